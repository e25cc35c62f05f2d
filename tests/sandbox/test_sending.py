from itertools import pairwise
from typing import Any

import pytest

from s4s_tui.domain.invoice import read_invoice
from s4s_tui.sandbox import SandboxOptions
from tests.sandbox.conftest import Rig, refusal, running

PHONE, ADDRESS = "+4915112345678", "a@example.com"
SMS = ("/createsendorder", {"phone": PHONE, "message": "hello"})
EMAIL = ("/createemailsendorder", {"address": ADDRESS, "message": "hello"})
both = pytest.mark.parametrize(("path", "body"), [SMS, EMAIL])


def send(rig: Rig, phone: str = PHONE) -> dict[str, str]:
    order = rig.made("/createsendorder", {"phone": phone, "message": "hello"})
    rig.sandbox.pay(order["payreq"])
    return order


def progress(rig: Rig, order: dict[str, str], *steps: float) -> list[str]:
    """What `smsStatus` says after each of the waits."""
    said = []
    for seconds in steps:
        rig.clock.step(seconds)
        said.append(rig.status(order)["smsStatus"])
    return said


@both
def test_a_message_goes_from_created_to_sent_to_delivered(rig: Rig, path: str, body: dict[str, Any]) -> None:
    order = rig.made(path, body)
    unpaid = rig.status(order)
    assert unpaid == {
        "status": "OK",
        "paid": False,
        "id": unpaid["id"],
        "smsStatus": "created",
        "timestamp": int(rig.clock.seconds * 1000),
    }
    assert unpaid["id"].startswith("SM")
    assert len(unpaid["id"]) == 34
    rig.sandbox.pay(order["payreq"])
    assert rig.status(order) == {**unpaid, "paid": True}
    assert progress(rig, order, 4, 1, 9, 1, 100_000) == ["created", "sent", "sent", "delivered", "delivered"]
    assert rig.status(order) == {**unpaid, "paid": True, "smsStatus": "delivered"}


@both
def test_a_message_costs_what_the_price_list_says(rig: Rig, path: str, body: dict[str, Any]) -> None:
    order = rig.made(path, body)
    invoice = read_invoice(order["payreq"])
    assert order == {"status": "OK", "orderId": invoice.payment_hash, "payreq": invoice.text}
    assert invoice.amount_sat == int(rig.get("/price")["send"])
    assert invoice.description in ("sms4sats send sms", "sms4sats send email")


def test_the_recipient_decides_what_becomes_of_a_message(rig: Rig) -> None:
    assert progress(rig, send(rig, "+4915112340000"), 4, 1, 1000) == ["created", "failed", "failed"]
    assert progress(rig, send(rig, "+4915112341111"), 5, 100_000) == ["sent", "sent"]
    assert progress(rig, send(rig, "+4915112342222"), 5, 10) == ["created", "delivered"]


@pytest.mark.parametrize("address", ["fail@example.com", "Failure@example.com"])
def test_an_email_to_a_failing_address_fails(rig: Rig, address: str) -> None:
    order = rig.made("/createemailsendorder", {"address": address, "message": "hello"})
    rig.sandbox.pay(order["payreq"])
    assert progress(rig, order, 4, 1) == ["created", "failed"]
    assert rig.status(order)["paid"] is True, "held, and let go: paid stays true"


def test_a_message_that_nobody_pays_expires(rig: Rig) -> None:
    order = rig.made(*SMS)
    rig.clock.step(86400)
    status = rig.status(order)
    assert (status["smsStatus"], status["paid"]) == ("created", False)
    assert "expired" in status["error"]


def test_nothing_cancels_a_message(rig: Rig) -> None:
    unpaid, paid = rig.made(*EMAIL), send(rig)
    rig.clock.step(200)
    for order in (unpaid, paid):
        assert refusal(rig.cancel(order)) == (500, "unable to save data")


def test_messages_take_the_usual_times_and_some_skip_sent() -> None:
    for rig in running(SandboxOptions(seed=1)):
        orders = [send(rig) for _ in range(20)]
        rig.clock.step(1.9)
        assert {rig.status(order)["smsStatus"] for order in orders} == {"created"}
        seen: dict[str, list[str]] = {order["orderId"]: ["created"] for order in orders}
        for _ in range(30):
            rig.clock.step(1)
            for order in orders:
                seen[order["orderId"]].append(rig.status(order)["smsStatus"])
        ways = {(said[0], *(b for a, b in pairwise(said) if a != b)) for said in seen.values()}
        assert ways == {("created", "sent", "delivered"), ("created", "delivered")}


def test_a_message_lives_at_the_speed_of_the_sandbox() -> None:
    for rig in running(SandboxOptions(speed=20, sent_after=20, delivered_after=20)):
        assert progress(rig, send(rig), 0.9, 0.1, 1) == ["created", "sent", "delivered"]


def test_delivery_can_be_left_out() -> None:
    for rig in running(SandboxOptions(sent_after=5, delivered_after=float("inf"))):
        assert progress(rig, send(rig), 5, 100_000) == ["sent", "sent"]


@both
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"message": None}, "message is missing."),
        ({"message": ""}, "message is missing."),
        ({"message": 5}, "message must be a text."),
        ({"message": "x" * 141}, "The message has more than 140 characters."),
        ({"immediate": "yes"}, "immediate must be true or false."),
        (
            {"webhookUrl": "http://example.com/"},
            "webhookUrl must be a https address, or a http address on this machine.",
        ),
    ],
)
def test_a_message_that_makes_no_sense_is_refused(
    rig: Rig, path: str, body: dict[str, Any], change: dict[str, object], reason: str
) -> None:
    assert refusal(rig.post(path, {**body, **change})) == (400, reason)


@both
def test_140_characters_are_a_message(docs: Rig, path: str, body: dict[str, Any]) -> None:
    assert docs.made(path, {**body, "message": "ü" * 140})["orderId"]


@pytest.mark.parametrize(
    ("phone", "reason"),
    [
        (None, "phone is missing."),
        ("", "phone is missing."),
        ("4915112345678", "phone must be a number with + and country prefix (E.164)."),
        ("+0915112345678", "phone must be a number with + and country prefix (E.164)."),
        ("+49 151 12345678", "phone must be a number with + and country prefix (E.164)."),
        ("+4915112345678\n", "phone must be a number with + and country prefix (E.164)."),
        ("+49151123456789012", "phone must be a number with + and country prefix (E.164)."),
        ("+٤٩١٥١١٢٣٤٥", "phone must be a number with + and country prefix (E.164)."),
        (4915112345678, "phone must be a number with + and country prefix (E.164)."),
    ],
)
def test_a_recipient_that_is_no_phone_is_refused(rig: Rig, phone: object, reason: str) -> None:
    assert refusal(rig.post("/createsendorder", {"phone": phone, "message": "hello"})) == (400, reason)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (None, "address is missing."),
        ("nobody", "address is not an address."),
        ("a@b", "address is not an address."),
        ("a b@example.com", "address is not an address."),
        (f"{'x' * 250}@example.com", "address is not an address."),
        (["a@example.com"], "address is not an address."),
    ],
)
def test_a_recipient_that_is_no_address_is_refused(rig: Rig, address: object, reason: str) -> None:
    assert refusal(rig.post("/createemailsendorder", {"address": address, "message": "hello"})) == (400, reason)


@pytest.mark.parametrize("style", ["docs", "live"])
def test_sending_emails_may_no_longer_be_offered(style: Any) -> None:
    for rig in running(SandboxOptions(style=style, email=False)):
        assert refusal(rig.post(*EMAIL)) == (404, "Not Found")
        assert rig.post(*SMS).status_code == 200


@pytest.mark.parametrize("path", ["/createsendorder", "/createemailsendorder", "/fund"])
def test_a_body_that_is_too_large_or_no_object_is_refused(docs: Rig, path: str) -> None:
    key = {"X-API-Key": "a-key-of-the-tests"}
    assert refusal(docs.http.post(path, content=b" " * 20_000, headers=key)) == (413, "The request is too large.")
    assert refusal(docs.http.post(path, content=b"[]", headers=key)) == (400, "The request is not a JSON object.")
    assert refusal(docs.http.get(path))[0] == 405
