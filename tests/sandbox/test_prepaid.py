"""Orders paid from the balance of an API key (`immediate`)."""

from typing import Any

import pytest

from s4s_tui.sandbox import NO_NUMBER_SERVICE, PaymentRefused, SandboxOptions
from s4s_tui.sandbox.stock import price
from tests.sandbox.conftest import GERMANY, KEY, OTHER_KEY, Rig, refusal, running

RECEIVE = {"country": GERMANY, "service": "tg"}
REQUESTS: list[tuple[str, dict[str, Any], int]] = [
    ("/createorder", RECEIVE, price(GERMANY)),
    ("/createorder", {**RECEIVE, "realphone": True}, 5000),
    ("/createorder", {**RECEIVE, "isRental": True}, 18000),
    ("/createsendorder", {"phone": "+4915112345678", "message": "hello"}, 1000),
    ("/createemailsendorder", {"address": "a@example.com", "message": "hello"}, 1000),
]
each_kind = pytest.mark.parametrize(("path", "body", "sats"), REQUESTS)


def prepaid(rig: Rig, path: str, body: dict[str, Any]) -> dict[str, str]:
    return rig.made(path, {**body, "immediate": True}, KEY)


@each_kind
def test_the_price_is_taken_from_the_balance_at_once(bank: Rig, path: str, body: dict[str, Any], sats: int) -> None:
    order = prepaid(bank, path, body)
    assert bank.balance(KEY) == 20000 - sats
    assert bank.status(order)["paid"] is True
    bank.clock.step(100)
    assert bank.balance(KEY) == 20000 - sats


@each_kind
def test_the_invoice_is_the_word_paid_as_documented(path: str, body: dict[str, Any], sats: int) -> None:
    for rig in running(SandboxOptions(keys={KEY: sats})):
        order = prepaid(rig, path, body)
        assert order == {"status": "OK", "orderId": order["orderId"], "payreq": "paid"}


@each_kind
def test_the_invoice_is_left_out_as_seen_live(path: str, body: dict[str, Any], sats: int) -> None:
    for rig in running(SandboxOptions(style="live", keys={KEY: sats})):
        order = prepaid(rig, path, body)
        assert order == {"status": "OK", "orderId": order["orderId"]}


@each_kind
def test_a_balance_that_is_too_low_moves_nothing(bank: Rig, path: str, body: dict[str, Any], sats: int) -> None:
    reply = bank.post(path, {**body, "immediate": True}, OTHER_KEY)
    assert refusal(reply) == (400, "Insufficient balance.")
    assert bank.balance(OTHER_KEY) == 0.5
    for rig in running(SandboxOptions(keys={KEY: sats - 1})):
        assert refusal(rig.post(path, {**body, "immediate": True}, KEY)) == (400, "Insufficient balance.")


@each_kind
def test_paying_from_a_balance_needs_its_key(rig: Rig, path: str, body: dict[str, Any], sats: int) -> None:
    asked = {**body, "immediate": True}
    assert refusal(rig.post(path, asked)) == (400, "X-API-Key header is missing.")
    assert refusal(rig.post(path, asked, "guessed")) == (401, "Invalid API key.")
    assert sats > 0


@each_kind
def test_a_key_alone_pays_nothing(bank: Rig, path: str, body: dict[str, Any], sats: int) -> None:
    order = bank.made(path, {**body, "immediate": False}, KEY)
    assert order["payreq"].startswith("lnbcrt")
    bank.sandbox.pay(order["payreq"])
    assert bank.balance(KEY) == 20000
    assert sats > 0


def test_without_a_number_the_price_goes_back_to_the_balance(bank: Rig) -> None:
    order = prepaid(bank, "/createorder", {"country": GERMANY, "service": NO_NUMBER_SERVICE})
    assert bank.balance(KEY) < 20000
    bank.clock.step(10)
    assert "No available number" in bank.status(order)["error"]
    assert bank.balance(KEY) == 20000


def test_a_rental_without_a_number_goes_back_to_the_balance(bank: Rig) -> None:
    prepaid(bank, "/createorder", {"country": GERMANY, "service": NO_NUMBER_SERVICE, "isRental": True})
    assert bank.balance(KEY) == 2000
    bank.clock.step(10)
    assert bank.balance(KEY) == 20000


def test_without_a_code_the_price_goes_back_to_the_balance() -> None:
    for rig in running(SandboxOptions(code_after=float("inf"), keys={KEY: 5000})):
        prepaid(rig, "/createorder", RECEIVE)
        rig.clock.step(21 * 60 - 1)
        assert rig.balance(KEY) < 5000
        rig.clock.step(1)
        assert rig.balance(KEY) == 5000


def test_a_cancelled_order_goes_back_to_the_balance() -> None:
    for rig in running(SandboxOptions(code_after=600, keys={KEY: 5000})):
        order = prepaid(rig, "/createorder", RECEIVE)
        rig.clock.step(120)
        assert rig.cancel(order).status_code == 200
        assert rig.balance(KEY) == 5000


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/createsendorder", {"phone": "+4915112340000", "message": "hello"}),
        ("/createemailsendorder", {"address": "fail@example.com", "message": "hello"}),
    ],
)
def test_a_failed_message_goes_back_to_the_balance(bank: Rig, path: str, body: dict[str, Any]) -> None:
    order = prepaid(bank, path, body)
    assert bank.balance(KEY) == 19000
    bank.clock.step(5)
    assert bank.status(order)["smsStatus"] == "failed"
    assert bank.balance(KEY) == 20000


def test_an_order_paid_from_the_balance_is_paid_by_nobody_else(bank: Rig) -> None:
    order = prepaid(bank, "/createorder", RECEIVE)
    with pytest.raises(PaymentRefused, match="no invoice"):
        bank.sandbox.pay(order.get("payreq", ""))


def test_the_last_sat_can_be_spent_once() -> None:
    for rig in running(SandboxOptions(keys={KEY: 1000})):
        body = {"phone": "+4915112345678", "message": "hello"}
        prepaid(rig, "/createsendorder", body)
        assert rig.balance(KEY) == 0
        reply = rig.post("/createsendorder", {**body, "immediate": True}, KEY)
        assert refusal(reply) == (400, "Insufficient balance.")
