"""Making each kind of order: what is sent exactly, the key only where it belongs, and what is read from the answer."""

import json
from dataclasses import replace

import pytest

from s4s_tui.api.client import Client
from s4s_tui.domain.errors import OutcomeUnknown, Refused
from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import Created, Kind
from s4s_tui.domain.secret import Secret
from tests.api.asks import EMAIL, FUND, KEY, MARK, NUMBER, PREPAID, RENT, SMS
from tests.api.server import Server, reply

ID = "ab" * 32
MADE = {"status": "OK", "orderId": ID, "payreq": "lnbc1"}
NUMBER_BODY = {"country": 43, "service": "tg"}
HOOK = "https://example.org/hook?id=7"
SENT: list[tuple[Draft, str, dict[str, object]]] = [
    (NUMBER, "/createorder", NUMBER_BODY),
    (PREPAID, "/createorder", NUMBER_BODY | {"immediate": True}),
    (replace(NUMBER, real_phone=True), "/createorder", NUMBER_BODY | {"realphone": True}),
    (replace(NUMBER, ref="me@ln.example"), "/createorder", NUMBER_BODY | {"ref": "me@ln.example"}),
    (RENT, "/createorder", NUMBER_BODY | {"isRental": True}),
    (
        replace(RENT, real_phone=True, ref="me@ln.example", prepaid=True),
        "/createorder",
        NUMBER_BODY | {"isRental": True, "realphone": True, "ref": "me@ln.example", "immediate": True},
    ),
    (replace(NUMBER, webhook=HOOK, message="m", recipient="r"), "/createorder", NUMBER_BODY),
    (SMS, "/createsendorder", {"message": "Grüße 🐣", "phone": "+4915112345678"}),
    (
        replace(SMS, prepaid=True, webhook=HOOK, real_phone=True, ref="me@ln.example"),
        "/createsendorder",
        {"message": "Grüße 🐣", "phone": "+4915112345678", "immediate": True, "webhookUrl": HOOK},
    ),
    (EMAIL, "/createemailsendorder", {"message": "Grüße 🐣", "address": "a@b.example"}),
    (
        replace(EMAIL, prepaid=True, webhook=HOOK),
        "/createemailsendorder",
        {"message": "Grüße 🐣", "address": "a@b.example", "immediate": True, "webhookUrl": HOOK},
    ),
    (FUND, "/fund", {"amount": 5000}),
]


@pytest.mark.parametrize(("draft", "path", "body"), SENT)
async def test_each_kind_goes_to_its_endpoint_and_says_only_what_was_chosen(
    server: Server, client: Client, draft: Draft, path: str, body: dict[str, object]
) -> None:
    server.script(reply(MADE))
    await client.create_order(draft, KEY)
    [request] = server.requests
    assert (request.method, request.target, json.loads(request.body)) == ("POST", path, body)
    assert request.headers["content-type"] == "application/json"
    keyed = draft.prepaid or draft.kind is Kind.FUND
    assert request.headers.get("x-api-key") == (MARK if keyed else None)
    assert keyed or MARK not in str(request)
    assert str(request).count(MARK) == keyed


async def test_the_key_goes_with_its_request_and_with_none_after_it(server: Server, client: Client) -> None:
    server.script(reply({"balance": 1}), reply(MADE), reply({"balance": 1}), reply({}), reply([]), reply([]))
    await client.balance(KEY)
    await client.create_order(NUMBER)
    await client.balance(Secret("another"))
    await client.order_status(ID)
    await client.rental_offers()
    await client.services(43)
    sent = [request.headers.get("x-api-key") for request in server.requests]
    assert sent == [MARK, None, "another", None, None, None]
    assert {request.connection for request in server.requests} == {1}


@pytest.mark.parametrize(
    ("draft", "key"),
    [
        (PREPAID, None),
        (PREPAID, Secret("")),
        (replace(SMS, prepaid=True), None),
        (FUND, None),
        (replace(FUND, quoted=None), KEY),
        (replace(FUND, quoted=0), KEY),
        (replace(FUND, prepaid=True), KEY),
        (replace(NUMBER, country=None), None),
        (replace(RENT, country=None), None),
    ],
)
async def test_what_the_program_must_not_order_is_a_mistake_of_the_program_and_never_sent(
    server: Server, client: Client, draft: Draft, key: Secret | None
) -> None:
    with pytest.raises(ValueError, match=r"cannot be ordered|is funded by"):
        await client.create_order(draft, key)
    assert server.requests == []


@pytest.mark.parametrize(
    "answer",
    [
        {"payreq": "paid"},
        {"payreq": "PAID"},
        {"payreq": " Paid\n"},
        {"payreq": None},
        {"payreq": ""},
        {},
        {"error": ""},
    ],
)
async def test_a_prepaid_order_is_paid_where_no_invoice_comes(
    server: Server, client: Client, answer: dict[str, object]
) -> None:
    server.script(reply({"status": "OK", "orderId": ID, **answer}))
    assert await client.create_order(PREPAID, KEY) == Created(ID, "", "bc", None, prepaid=True)


@pytest.mark.parametrize(
    ("answer", "payreq"),
    [
        ({"payreq": "lnbc30u1p"}, "lnbc30u1p"),  # the server wants to be paid after all
        ({"payreq": "paid?"}, "paid?"),
        ({"error": "Insufficient balance"}, ""),  # nothing says that anything was paid
        ({"payreq": "lnbc30u1p", "error": "Insufficient balance"}, "lnbc30u1p"),
    ],
)
async def test_a_prepaid_order_is_not_called_paid_where_that_is_not_known(
    server: Server, client: Client, answer: dict[str, object], payreq: str
) -> None:
    server.script(reply({"status": "OK", "orderId": ID, **answer}))
    assert await client.create_order(PREPAID, KEY) == Created(ID, payreq, "bc", None)


async def test_an_order_that_was_not_to_be_prepaid_is_never_called_so(server: Server, client: Client) -> None:
    server.script(reply({"orderId": ID, "payreq": "paid"}), reply({"orderId": ID}), reply({"orderId": ID}))
    assert await client.create_order(NUMBER, KEY) == Created(ID, "paid", "bc", None)
    assert await client.create_order(NUMBER) == Created(ID, "", "bc", None)
    assert await client.create_order(FUND, KEY) == Created(ID, "", "bc", None)


@pytest.mark.parametrize("answer", [{"payreq": "paid"}, {"payreq": "paid", "orderId": ""}, {}])
async def test_a_prepaid_order_without_an_id_is_of_unknown_outcome(
    server: Server, client: Client, answer: dict[str, object]
) -> None:
    server.script(reply({"status": "OK", **answer}))
    with pytest.raises(OutcomeUnknown, match="an order may exist"):
        await client.create_order(PREPAID, KEY)


@pytest.mark.parametrize("http_status", [200, 400, 402, 500])
@pytest.mark.parametrize("draft", [PREPAID, replace(SMS, prepaid=True), replace(EMAIL, prepaid=True)])
async def test_too_small_a_balance_is_a_refusal_with_the_servers_words(
    server: Server, client: Client, draft: Draft, http_status: int
) -> None:
    server.script(reply({"status": "error", "reason": "Insufficient balance"}, http_status))
    with pytest.raises(Refused, match=r"^Insufficient balance$"):
        await client.create_order(draft, KEY)


async def test_the_documented_failure_of_a_funding_is_a_refusal(server: Server, client: Client) -> None:
    server.script(reply({"status": "error", "reason": "backend error"}, 500))
    with pytest.raises(Refused, match=r"^backend error$") as caught:
        await client.create_order(FUND, KEY)
    assert caught.value.http_status == 500


async def test_a_server_that_sends_no_e_mail_any_more_answers_404(server: Server, client: Client) -> None:
    server.script(reply(b"<html>Cannot POST /createemailsendorder</html>", 404))
    with pytest.raises(Refused, match="404 Not Found") as caught:
        await client.create_order(EMAIL)
    assert caught.value.http_status == 404


@pytest.mark.parametrize("draft", [NUMBER, RENT, SMS, EMAIL, FUND])
async def test_docs_style_and_live_style_answers_are_read_for_every_kind(
    server: Server, client: Client, draft: Draft
) -> None:
    server.script(reply(MADE), reply({"status": "ok", "orderId": 17, "payreq": "lnbc1"}))
    assert (await client.create_order(draft, KEY)).order_id == ID
    assert await client.create_order(draft, KEY) == Created("17", "lnbc1", "bc", None)
