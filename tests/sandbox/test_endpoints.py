import httpx
import pytest

from s4s_tui.sandbox import BARE_COUNTRY, EMPTY_COUNTRY
from tests.sandbox.conftest import GERMANY, TELEGRAM, Rig, refusal


def test_the_root_says_that_the_server_is_up(rig: Rig) -> None:
    assert rig.http.get("/").status_code == 200


def test_every_answer_declares_the_sandbox(rig: Rig) -> None:
    paths = ("/", "/price", "/orderstatus", "/nowhere")
    headers = {rig.http.get(path).headers["X-S4S-Sandbox"] for path in paths}
    assert headers == {f"bcrt {rig.sandbox.node}"}
    assert len(bytes.fromhex(rig.sandbox.node)) == 33


def test_prices_are_numbers_as_documented(docs: Rig) -> None:
    assert docs.get("/price") == {"receive": 3000, "send": 1000, "rent": 15000, "s4s": 5000}


def test_prices_are_strings_as_seen_live(live: Rig) -> None:
    assert live.get("/price") == {"receive": "3000", "send": 1000, "rent": 15000, "s4s": "5000"}


def test_a_price_that_was_asked_for_is_what_the_invoice_asks(rig: Rig) -> None:
    from s4s_tui.domain.invoice import read_invoice

    for country in (GERMANY, 187, 999):
        body = rig.get("/price", country=country, service=TELEGRAM)
        assert body["query"] == {"country": country, "service": TELEGRAM}
        assert int(body["computed"]["price"]) == read_invoice(rig.order(country)["payreq"]).amount_sat


def test_a_price_names_its_country_and_service(live: Rig) -> None:
    computed = live.get("/price", country="germany", service=TELEGRAM)["computed"]
    assert computed["country"] == "Germany"
    assert computed["description"] == "Telegram in Germany"
    assert isinstance(computed["price"], str)
    assert live.get("/price", service=TELEGRAM)["computed"]["price"] == "3000"


def test_services_come_with_code_name_count_and_image(docs: Rig) -> None:
    rows = {row["value"]: row for row in docs.get("/getnumbersstatus", country=GERMANY)}
    telegram = rows[TELEGRAM]
    assert telegram == {
        "key": "tg",
        "text": "Telegram",
        "value": "tg",
        "count": telegram["count"],
        "image": {"avatar": True, "src": "/images/services/tg.png"},
    }
    assert telegram["count"] > 0
    assert rows["ot"]["text"] == "Any other <small>call forwarding</small>"


def test_counts_are_strings_as_seen_live(live: Rig) -> None:
    rows = live.get("/getnumbersstatus", country=GERMANY)
    assert all(isinstance(row["count"], str) and row["count"].isdigit() for row in rows)


def test_a_country_without_stock_lists_nothing_but_zeros(docs: Rig) -> None:
    rows = docs.get("/getnumbersstatus", country=EMPTY_COUNTRY)
    assert len(rows) > 400
    assert {row["count"] for row in rows} == {0}


def test_a_country_can_have_an_empty_list(rig: Rig) -> None:
    assert rig.get("/getnumbersstatus", country=BARE_COUNTRY) == []


def test_countries_come_in_the_spelling_of_the_api(docs: Rig) -> None:
    rows = {row["id"]: row for row in docs.get("/getCountries")}
    assert len(rows) == 185
    assert rows[0] == {"id": 0, "eng": "Russia", "visible": 1, "rent": 0}
    assert 999 in rows
    assert rows[GERMANY]["rent"] == 1, "numbers to rent are to be had there"


def test_country_numbers_are_strings_as_seen_live(live: Rig) -> None:
    assert {"0", "999"} < {row["id"] for row in live.get("/getCountries")}


@pytest.mark.parametrize(
    ("word", "name"), [(43, "Germany"), ("43", "Germany"), ("gErMaNy", "Germany"), (0, "Russia"), (999, "Auto-Select")]
)
def test_an_order_takes_a_country_by_number_and_by_name(docs: Rig, word: object, name: str) -> None:
    status = docs.status(docs.order(country=word))
    assert status["country"] == name
    assert status["service"] == "Telegram"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"service": "tg"}, "country is missing."),
        ({"country": 43}, "service is missing."),
        ({"country": 43, "service": ""}, "service is missing."),
        ({"country": 17, "service": "tg"}, "Unknown country."),
        ({"country": True, "service": "tg"}, "Unknown country."),
        ({"country": [43], "service": "tg"}, "Unknown country."),
        ({"country": "Atlantis", "service": "tg"}, "Unknown country."),
        ({"country": 43, "service": "nosuch"}, "Unknown service."),
        ({"country": 43, "service": ["tg"]}, "Unknown service."),
        ({"country": 43, "service": "tg", "isRental": "yes"}, "isRental must be true or false."),
        ({"country": 43, "service": "tg", "realphone": 1}, "realphone must be true or false."),
        ({"country": 43, "service": "tg", "immediate": "true"}, "immediate must be true or false."),
        ({"country": 43, "service": "tg", "ref": "nobody"}, "ref is not an address."),
        ({"country": 43, "service": "tg", "ref": ["a@b.de"]}, "ref is not an address."),
        (
            {"country": 43, "service": "tg", "isRental": True, "realphone": True},
            "A real phone's number cannot be rented.",
        ),
        ([], "The request is not a JSON object."),
    ],
)
def test_an_order_that_makes_no_sense_is_refused_with_the_reason(docs: Rig, body: object, reason: str) -> None:
    assert refusal(docs.http.post("/createorder", json=body)) == (400, reason)


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 10_000, b"country=43"])
def test_an_order_that_is_not_json_is_refused(docs: Rig, raw: bytes) -> None:
    assert refusal(docs.http.post("/createorder", content=raw)) == (400, "The request is not JSON.")


def test_an_order_that_is_too_large_is_refused(docs: Rig) -> None:
    assert refusal(docs.http.post("/createorder", content=b" " * 20_000)) == (413, "The request is too large.")


@pytest.mark.parametrize("country", [EMPTY_COUNTRY, BARE_COUNTRY])
def test_an_order_without_stock_is_refused(docs: Rig, country: int) -> None:
    reply = docs.http.post("/createorder", json={"country": country, "service": TELEGRAM})
    assert refusal(reply) == (500, "No numbers available for this service.")


@pytest.mark.parametrize("path", ["/orderstatus", "/cancelorder"])
def test_an_order_that_nobody_made_is_not_found(rig: Rig, path: str) -> None:
    assert rig.refused(path, orderId="00" * 32) == (404, "order not found")
    assert rig.refused(path) == (400, "orderId is missing.")


@pytest.mark.parametrize("path", ["/getnumbersstatus", "/price"])
def test_an_unknown_country_is_refused(rig: Rig, path: str) -> None:
    assert rig.refused(path, country=17) == (400, "Unknown country.")


def test_a_list_of_services_needs_a_country(docs: Rig) -> None:
    assert docs.refused("/getnumbersstatus") == (400, "country is missing.")


def test_an_unknown_service_has_no_price(docs: Rig) -> None:
    assert docs.refused("/price", service="nosuch") == (400, "Unknown service.")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("GET", "/createorder", 405), ("POST", "/cancelorder", 405), ("DELETE", "/", 405)],
)
def test_wrong_paths_and_methods_fail_as_json(docs: Rig, method: str, path: str, status: int) -> None:
    reply = docs.http.request(method, path)
    assert refusal(reply)[0] == status


def test_an_endpoint_that_breaks_answers_as_json(docs: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("s4s_tui.sandbox.replies.price_list", broken)
    with httpx.Client(base_url=docs.sandbox.url, trust_env=False, verify=False) as http:
        assert refusal(http.get("/price")) == (500, "backend error")
