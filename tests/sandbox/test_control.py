"""The control API: what it does to orders, stock, prices and the clock, and what it refuses."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from s4s_tui.sandbox import NO_NUMBER_SERVICE, SandboxOptions
from s4s_tui.sandbox.scenario import Scenario, Script
from tests.sandbox.conftest import GERMANY, KEY, TELEGRAM, Rig, refusal, running

SMS = {"message": "hello", "phone": "+4915112345678"}


OPTIONS = SandboxOptions(control=True, number_after=1000, code_after=900, sent_after=1000, keys={KEY: 5000})


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    """A sandbox with the control API, in which nothing comes by itself before 900 seconds."""
    yield from running(OPTIONS)


@pytest.fixture
def own() -> Iterator[Rig]:
    """The same, but new for each test: what changes more than its own orders changes nobody else's."""
    yield from running(OPTIONS)


def control(rig: Rig, path: str, **body: object) -> dict[str, Any]:
    reply = rig.post(f"/_sandbox/{path}", body)
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.json()
    assert answer.pop("status") == "OK"
    return answer


def steer(rig: Rig, order: dict[str, str], what: str, **body: object) -> dict[str, Any]:
    """What the control API shows of the order afterwards."""
    shown: dict[str, Any] = control(rig, f"orders/{order['orderId']}/{what}", **body)["order"]
    assert shown == rig.get(f"/_sandbox/orders/{order['orderId']}")["order"]
    return shown


def not_now(rig: Rig, order: dict[str, str], what: str, **body: object) -> str:
    status, reason = refusal(rig.post(f"/_sandbox/orders/{order['orderId']}/{what}", body))
    assert status == 409
    return reason


def paid(rig: Rig, **more: object) -> dict[str, str]:
    order = rig.order(**more)
    control(rig, "pay", orderId=order["orderId"])
    return order


def test_the_demo_and_other_sandboxes_do_not_serve_it(docs: Rig) -> None:
    assert SandboxOptions().control is False
    for path in ("openapi.json", "orders", "clock"):
        assert refusal(docs.http.get(f"/_sandbox/{path}")) == (404, "Not Found")
    assert refusal(docs.post("/_sandbox/pay", {"orderId": docs.order()["orderId"]})) == (404, "Not Found")


def test_an_order_is_paid_by_its_invoice_or_by_its_id_and_once_only(rig: Rig) -> None:
    by_invoice, by_id = rig.order(), rig.order()
    assert control(rig, "pay", payreq=by_invoice["payreq"])["order"]["phase"] == "held"
    assert control(rig, "pay", orderId=by_id["orderId"])["order"]["phase"] == "held"
    assert rig.status(by_invoice)["paid"] is rig.status(by_id)["paid"] is True
    again = refusal(rig.post("/_sandbox/pay", {"orderId": by_id["orderId"]}))
    assert again == (409, "This invoice has been paid already. Do not pay twice.")
    assert refusal(rig.post("/_sandbox/pay", {"orderId": "nosuch"})) == (404, "order not found")
    assert refusal(rig.post("/_sandbox/pay", {"payreq": "lnbc1"}))[0] == 409
    for body in ({}, {"orderId": "x", "payreq": "y"}, {"orderId": 7}):
        assert refusal(rig.post("/_sandbox/pay", body))[0] == 400


def test_a_number_and_a_code_come_when_they_are_told_to(rig: Rig) -> None:
    order = paid(rig)
    assert steer(rig, order, "number", number="4915199999999")["number"] == "4915199999999"
    assert rig.status(order)["number"] == 4915199999999
    rig.clock.step(33.3)
    assert steer(rig, order, "text", text="012 345")["phase"] == "settled"
    assert rig.status(order)["code"] == "012 345"
    assert (
        not_now(rig, order, "text", text="7")
        == "Only an order with a number receives a text; this one's phase is settled."
    )
    assert not_now(rig, order, "refund") == "Only held money can be returned; this one's phase is settled."


def test_without_a_number_given_the_one_that_was_drawn_is_assigned(rig: Rig) -> None:
    assert steer(rig, paid(rig), "number")["number"].startswith("4915")
    assert steer(rig, paid(rig, service=NO_NUMBER_SERVICE), "number")["number"].startswith("4915"), "drawn now"


def test_a_number_comes_without_a_body_at_all(rig: Rig) -> None:
    order = paid(rig)
    reply = rig.http.post(f"/_sandbox/orders/{order['orderId']}/number")
    assert (reply.status_code, reply.json()["order"]["phase"]) == (200, "number")


def test_no_step_is_taken_out_of_turn(rig: Rig) -> None:
    order = rig.order()
    assert not_now(rig, order, "number") == "Only a paid order waits for a number; this one's phase is unpaid."
    assert not_now(rig, order, "refund") == "Only held money can be returned; this one's phase is unpaid."
    control(rig, "pay", orderId=order["orderId"])
    assert not_now(rig, order, "text", text="1").endswith("this one's phase is held.")
    rig.clock.step(700)  # so late that its own code would come to a dead number
    steer(rig, order, "number")
    assert not_now(rig, order, "fail").endswith("this one's phase is number.")
    rig.clock.step(20 * 60 - 700)
    assert not_now(rig, order, "text", text="1") == "This number no longer receives."
    late = paid(rig, service=NO_NUMBER_SERVICE)
    assert not_now(rig, late, "progress", smsStatus="sent").endswith("this one's phase is held.")


def test_an_order_fails_for_want_of_a_number_and_held_money_is_returned(rig: Rig) -> None:
    without = paid(rig)
    assert steer(rig, without, "fail")["phase"] == "no_number"
    assert rig.status(without)["error"].startswith("No available number")
    returned = paid(rig)
    steer(rig, returned, "number")
    assert steer(rig, returned, "refund")["phase"] == "cancelled"
    assert "returned" in rig.status(returned)["error"]
    rig.clock.step(5000)
    assert rig.status(returned)["code"] is None


def test_what_has_come_is_not_taken_back_by_a_refund_of_the_scenario() -> None:
    scenario = Scenario((Script(number_after=0, refund_after=50),))
    for rig in running(SandboxOptions(control=True, scenario=scenario)):
        order, message = paid(rig), rig.made("/createsendorder", SMS)
        control(rig, "pay", orderId=message["orderId"])
        steer(rig, order, "text", text="48010")
        steer(rig, message, "progress", smsStatus="delivered")
        rig.clock.step(51)
        assert rig.status(order)["code"] == 48010
        assert "error" not in rig.status(order) | rig.status(message)


def test_what_a_balance_paid_comes_back_to_it(own: Rig) -> None:
    order = own.made("/createorder", {"country": GERMANY, "service": TELEGRAM, "immediate": True}, KEY)
    assert own.balance(KEY) == 5000 - 2900
    steer(own, order, "refund")
    assert own.balance(KEY) == 5000


def test_a_rental_receives_one_text_after_the_other_beside_its_own(rig: Rig) -> None:
    order = paid(rig, isRental=True)
    steer(rig, order, "number")
    assert [steer(rig, order, "text", text=text)["code"] for text in ("one", "two")] == ["one", "two"]
    rig.clock.step(901)
    assert rig.status(order)["code"] not in ("one", "two", None), "its own come all the same"
    assert not_now(rig, order, "refund").endswith("this one's phase is number.")


def test_a_message_is_sent_and_delivered_or_fails(rig: Rig) -> None:
    order, failing = rig.made("/createsendorder", SMS), rig.made("/createsendorder", SMS)
    for each in (order, failing):
        control(rig, "pay", orderId=each["orderId"])
    assert steer(rig, order, "progress", smsStatus="sent")["smsStatus"] == "sent"
    assert steer(rig, order, "progress", smsStatus="delivered")["phase"] == "delivered"
    assert (
        not_now(rig, order, "progress", smsStatus="failed")
        == "Nothing becomes failed here; this one's phase is delivered."
    )
    assert steer(rig, failing, "fail")["smsStatus"] == "failed"
    assert rig.status(failing)["smsStatus"] == "failed"
    other = rig.made("/createsendorder", SMS)
    control(rig, "pay", orderId=other["orderId"])
    assert steer(rig, other, "refund")["phase"] == "cancelled"
    assert not_now(rig, other, "number").endswith("this one's phase is cancelled.")


def test_stock_and_prices_hold_from_now_on(own: Rig) -> None:
    before = own.order()
    control(own, "stock", country=GERMANY, service=TELEGRAM, count=0)
    assert refusal(own.post("/createorder", {"country": GERMANY, "service": TELEGRAM}))[0] == 500
    control(own, "stock", country="Monaco", service=TELEGRAM, count=7)
    assert [(row["value"], row["count"]) for row in own.get("/getnumbersstatus", country=144)] == [(TELEGRAM, 7)]

    control(own, "price", what="receive", country=144, sats=1234)
    control(own, "price", what="rent", country=16, sats=9999)
    for what, sats in (("receive", 4321), ("send", 11), ("s4s", 22)):
        control(own, "price", what=what, sats=sats)
    prices = own.get("/price", country=144)
    assert prices["computed"]["price"] == 1234
    assert {name: prices[name] for name in ("receive", "send", "rent", "s4s")} == {
        "receive": 4321, "send": 11, "rent": 9999, "s4s": 22,
    }  # fmt: skip
    assert own.get("/price", country=GERMANY)["computed"]["price"] == 4321
    assert {row["cc"]: row["price"] for row in own.get("/getRentalCountries")}[16] == 9999
    listed = {row["orderId"]: row["price"] for row in own.get("/_sandbox/orders")["orders"]}
    assert listed[before["orderId"]] == 2900, "an order keeps its price"
    assert own.get(f"/_sandbox/orders/{own.order(144)['orderId']}")["order"]["price"] == 1234


def test_the_clock_is_advanced_by_seconds_of_the_orders_lives() -> None:
    for rig in running(SandboxOptions(control=True, speed=10, number_after=60, code_after=60, code="7")):
        order = paid(rig)
        before = rig.get("/_sandbox/clock")["now"]
        assert control(rig, "clock", seconds=119)["now"] == before + 11.9
        assert rig.status(order)["code"] is None
        control(rig, "clock", seconds=1)
        assert rig.status(order)["code"] == 7


def test_the_clock_does_not_go_on_for_ever(own: Rig) -> None:
    year = {"seconds": 366 * 86400}
    replies = [own.post("/_sandbox/clock", year).status_code for _ in range(101)]
    assert replies == [200] * 100 + [409]
    assert own.order()["payreq"].startswith("lnbcrt")


def test_orders_are_listed_oldest_first_with_what_they_are(own: Rig) -> None:
    order, message = own.order(), own.made("/createsendorder", SMS)
    first, second = own.get("/_sandbox/orders")["orders"]
    assert first == {
        "orderId": order["orderId"], "kind": "receive", "phase": "unpaid", "price": 2900, "paid": False,
        "payreq": order["payreq"], "createdAt": int(own.clock.seconds * 1000), "country": GERMANY, "service": TELEGRAM,
        "number": None, "code": None,
    }  # fmt: skip
    assert (second["orderId"], second["kind"], second["recipient"]) == (message["orderId"], "sms", SMS["phone"])
    assert own.refused("/_sandbox/orders/nosuch") == (404, "order not found")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("orders/ID/number", {"number": "+4915112345678"}),
        ("orders/ID/number", {"number": 4915112345678}),
        ("orders/ID/text", {}),
        ("orders/ID/text", {"text": 7}),
        ("orders/ID/text", {"text": "x" * 1001}),
        ("orders/ID/text", {"text": "half \ud83d"}),
        ("orders/ID/progress", {"smsStatus": "created"}),
        ("stock", {"country": GERMANY, "service": TELEGRAM}),
        ("stock", {"country": GERMANY, "service": TELEGRAM, "count": -1}),
        ("stock", {"country": GERMANY, "service": "nosuch", "count": 1}),
        ("price", {"what": "nothing", "sats": 1}),
        ("price", {"what": "receive", "sats": 0}),
        ("price", {"what": "receive", "sats": 1.5}),
        ("price", {"what": "send", "country": GERMANY, "sats": 1}),
        ("price", {"what": "rent", "country": 144, "sats": 1}),
        ("clock", {"seconds": 0}),
        ("clock", {"seconds": True}),
        ("clock", {"seconds": 1e12}),
        ("clock", [1]),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(rig: Rig, path: str, body: object) -> None:
    order = paid(rig)
    before = (rig.get("/_sandbox/orders"), rig.get("/price", country=GERMANY), rig.get("/_sandbox/clock"))
    status, reason = refusal(_post(rig, path.replace("ID", order["orderId"]), body))
    assert status == 400
    assert reason.isprintable()
    assert (rig.get("/_sandbox/orders"), rig.get("/price", country=GERMANY), rig.get("/_sandbox/clock")) == before


def _post(rig: Rig, path: str, body: object) -> httpx.Response:
    import json

    # httpx itself writes UTF-8, which has no half characters; JSON can escape them.
    return rig.http.post(f"/_sandbox/{path}", content=json.dumps(body).encode())
