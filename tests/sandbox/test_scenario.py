"""Scenarios: what they make of orders, stock and prices, and how a file that is wrong is refused."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from s4s_tui.sandbox import EMPTY_COUNTRY, NO_NUMBER_SERVICE, SandboxOptions
from s4s_tui.sandbox.scenario import Scenario
from s4s_tui.sandbox.scenario_file import ScenarioError, read
from tests.sandbox.conftest import GERMANY, KEY, Rig, running

INDIA = 22

Playing = Callable[[str], Iterator[Rig]]
"""Makes a sandbox run with the scenario of a text."""


@pytest.fixture
def scenario(tmp_path: Path) -> Callable[[str], Scenario]:
    """The scenario of this text."""

    def made(text: str) -> Scenario:
        file = tmp_path / "scenario.toml"
        file.write_text(text, encoding="utf-8")
        return read(file)

    return made


@pytest.fixture
def playing(scenario: Callable[[str], Scenario]) -> Playing:
    """A sandbox with the scenario of this text."""
    return lambda text: running(SandboxOptions(scenario=scenario(text), seed=1, keys={KEY: 50_000}))


def paid(rig: Rig, **more: object) -> dict[str, str]:
    order = rig.order(**more)
    rig.sandbox.pay(order["payreq"])
    return order


def test_the_first_script_that_fits_counts(playing: Playing) -> None:
    text = """
        [[orders]]
        place = 2
        code = "second"
        number_after = 0
        code_after = 0
        [[orders]]
        country = "india"
        no_number = true
        number_after = 3
        [[orders]]
        kind = "receive"
        service = "wa"
        number = "4915112345678"
        number_after = 5
        code_after = 7
        code = "012345"
    """
    for rig in playing(text):
        whatsapp, second, india = paid(rig, service="wa"), paid(rig, country=INDIA), paid(rig, country=INDIA)
        assert rig.status(second)["code"] == "second"
        rig.clock.step(3)
        assert "No available number" in rig.status(india)["error"]
        assert rig.status(whatsapp)["number"] is None
        rig.clock.step(2)
        assert rig.status(whatsapp)["number"] == 4915112345678
        rig.clock.step(6)
        assert rig.status(whatsapp)["code"] is None
        rig.clock.step(1)
        assert rig.status(whatsapp)["code"] == "012345"


def test_no_code_comes_where_the_scenario_says_so(playing: Playing) -> None:
    for rig in playing("[[orders]]\nno_code = true\n"):
        order = paid(rig)
        rig.clock.step(21 * 60 - 1)
        assert rig.status(order)["number"]
        assert "error" not in rig.status(order)
        rig.clock.step(1)
        assert "No SMS received in time" in rig.status(order)["error"]


def test_money_goes_back_by_itself_and_a_number_stays_if_there_was_one(playing: Playing) -> None:
    text = (
        "[[orders]]\nplace = 1\nnumber_after = 5\nrefund_after = 9\n[[orders]]\nnumber_after = 10\nrefund_after = 9\n"
    )
    for rig in playing(text):
        numbered, not_numbered = paid(rig), paid(rig)
        message = rig.made("/createsendorder", {"message": "x", "phone": "+4915112345678", "immediate": True}, KEY)
        assert rig.balance(KEY) == 49_000
        rig.clock.step(8.9)
        assert "error" not in rig.status(numbered)
        rig.clock.step(0.1)
        for order in (numbered, not_numbered, message):
            assert rig.status(order)["error"].startswith("Order is canceled. Your funds are returned")
        assert rig.balance(KEY) == 50_000
        rig.clock.step(10_000)
        assert rig.status(numbered)["number"]
        assert rig.status(numbered)["code"] is rig.status(not_numbered)["number"] is None
        assert rig.status(message)["smsStatus"] == "created"


def test_an_order_pays_itself_and_a_service_without_numbers_has_one(playing: Playing) -> None:
    text = '[[orders]]\npay_after = 4\nnumber_after = 1\nnumber = "4912345678"\ncode_after = "never"\n'
    for rig in playing(text):
        order = rig.order(service=NO_NUMBER_SERVICE)
        rig.clock.step(3.9)
        assert rig.status(order)["paid"] is False
        rig.clock.step(1.1)
        assert rig.status(order)["number"] == 4912345678
        funding = rig.made("/fund", {"amount": 500}, KEY)
        rig.clock.step(4)
        assert rig.status(funding)["paid"] is True


def test_a_rental_receives_the_texts_in_their_order(playing: Playing) -> None:
    text = '[[orders]]\nkind = "rental"\nnumber_after = 0\ncode_after = 10\ntexts = ["one", "two"]\n'
    for rig in playing(text):
        order = paid(rig, isRental=True)
        seen = []
        for _ in range(4):
            seen.append(rig.status(order)["code"])
            rig.clock.step(10)
        assert seen == [None, "one", "two", "two"]


def test_a_message_fails_or_is_sent_and_delivered_in_time(playing: Playing) -> None:
    text = """
        [[orders]]
        kind = "sms"
        sent_after = 2
        delivered_after = 3
        [[orders]]
        kind = "email"
        fail = true
        sent_after = 4
    """
    for rig in playing(text):
        sms = rig.made("/createsendorder", {"message": "x", "phone": "+491511112222"})
        email = rig.made("/createemailsendorder", {"message": "x", "address": "a@host.example"})
        for order in (sms, email):
            rig.sandbox.pay(order["payreq"])
        seen = []
        for _ in range(6):
            seen.append((rig.status(sms)["smsStatus"], rig.status(email)["smsStatus"]))
            rig.clock.step(1)
        assert [sms for sms, _ in seen] == ["created", "created", "sent", "sent", "sent", "delivered"]
        assert [email for _, email in seen] == ["created"] * 4 + ["failed"] * 2


def test_stock_and_prices_are_the_scenarios_from_the_start(playing: Playing) -> None:
    text = f"""
        [[stock]]
        country = {EMPTY_COUNTRY}
        service = "tg"
        count = 3
        [[prices]]
        what = "receive"
        country = "Germany"
        sats = 77
        [[prices]]
        what = "send"
        sats = 5
    """
    for rig in playing(text):
        assert rig.get("/price", country=GERMANY) | {"query": 0} == {
            "receive": 3000, "send": 5, "rent": 15000, "s4s": 5000, "query": 0,
            "computed": {"price": 77, "country": "Germany", "description": "any service in Germany"},
        }  # fmt: skip
        assert rig.order(country=EMPTY_COUNTRY)["orderId"]


def test_faults_of_the_scenario_are_in_force_from_the_start(playing: Playing) -> None:
    for rig in playing('[[faults]]\nkind = "status"\nendpoint = "/price"\nstatus = 502\ncount = 1\n'):
        assert [rig.http.get("/price").status_code for _ in range(2)] == [502, 200]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[orders]\n", "is not TOML: "),
        ("[orders]\nplace = 1\n", "orders must be written as [[orders]]."),
        ("speed = 3\n", "'speed' is no table; there are [[orders]], [[prices]], [[stock]], [[faults]]."),
        ("[[faults]]\nkind = 'reset'\n" * 101, "there are 100 [[faults]] at the most."),
        ("[[faults]]\nkind = 'odd'\n", "[[faults]] no. 1: The kind of a fault is one of: slow, "),
        ("[[orders]]\n[[orders]]\ncod = 1\n", "[[orders]] no. 2: 'cod' is no key; there are kind, country, "),
        ("[[orders]]\nplace = 0\n", "[[orders]] no. 1: place must be a whole number from 1 to 1000000, not 0."),
        ("[[orders]]\nplace = true\n", "not true."),
        ("[[orders]]\nkind = 'fax'\n", "kind must be one of receive, rental, sms, email, fund, not 'fax'."),
        ("[[orders]]\ncountry = 'Atlantis'\n", "country must be the number or the name of a country, not 'Atlantis'."),
        ("[[orders]]\nservice = 7\n", "service must be the code of a service, not 7."),
        ("[[orders]]\nnumber_after = 'soon'\n", "number_after must be seconds, 0 or more, or \"never\", not 'soon'."),
        ("[[orders]]\npay_after = -1\n", "pay_after must be seconds, 0 or more, not -1."),
        ("[[orders]]\npay_after = inf\n", "not inf."),
        ("[[orders]]\nnumber = '+4912345'\n", "number must be a text of 5 to 15 digits with country prefix, without +"),
        ("[[orders]]\ncode = 48010\n", "code must be a text of 1 to 1000 characters, not 48010."),
        ("[[orders]]\ntexts = []\n", "texts must be a list of texts of 1 to 1000 characters, not []."),
        ("[[orders]]\nfail = 'yes'\n", "fail must be true or false, not 'yes'."),
        ("[[orders]]\nkind = 'sms'\ncode = 'x'\n", "code does nothing for an order of the kind sms."),
        ("[[orders]]\nkind = 'fund'\nrefund_after = 1\n", "refund_after does nothing for an order of the kind fund."),
        ("[[orders]]\nno_code = true\ncode = 'x'\n", "no_code and code cannot both be true of an order."),
        ("[[prices]]\nwhat = 'rent'\n", "[[prices]] no. 1: sats is missing."),
        ("[[prices]]\nwhat = 'rent'\nsats = 1\ncountry = 144\n", "rent has no price of its own in the country 144."),
        ("[[prices]]\nwhat = 'sms'\nsats = 1\n", "what must be one of receive, send, rent, s4s, not 'sms'."),
        ("[[stock]]\ncountry = 43\nservice = 'tg'\n", "[[stock]] no. 1: count is missing."),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(
    scenario: Callable[[str], Scenario], text: str, sentence: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario(text)
    assert "scenario.toml': " in str(caught.value) or "scenario.toml' is not TOML" in str(caught.value)
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read: is a directory"):
        read(tmp_path)
    (tmp_path / "large.toml").write_bytes(b"#" * (2**20 + 1))
    with pytest.raises(ScenarioError, match="is larger than 1 MiB"):
        read(tmp_path / "large.toml")
    (tmp_path / "latin.toml").write_bytes(b"# \xff")
    with pytest.raises(ScenarioError, match="is not TOML"):
        read(tmp_path / "latin.toml")
