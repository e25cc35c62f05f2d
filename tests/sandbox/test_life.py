from hashlib import sha256

import pytest

from s4s_tui.domain.invoice import read_invoice
from s4s_tui.sandbox import NO_NUMBER_SERVICE, PaymentRefused, SandboxOptions
from tests.sandbox.conftest import GERMANY, Rig, refusal, running

NO_NUMBER = "No available number, payment request is canceled. Your funds are returned to your wallet automatically."
TOO_EARLY = (500, "unable to save data")


def test_an_order_goes_from_payment_to_number_to_code_with_numbers_as_numbers(docs: Rig) -> None:
    order = docs.order()
    unpaid = docs.status(order)
    assert unpaid == {
        "status": "OK",
        "paid": False,
        "code": None,
        "id": unpaid["id"],
        "number": None,
        "timestamp": int(docs.clock.seconds * 1000),
        "country": "Germany",
        "service": "Telegram",
    }
    assert isinstance(unpaid["id"], int)

    docs.sandbox.pay(order["payreq"])
    assert docs.status(order) == {**unpaid, "paid": True}
    docs.clock.step(9)
    assert docs.status(order)["number"] is None
    docs.clock.step(1)
    with_number = docs.status(order)
    assert isinstance(with_number["number"], int)
    assert str(with_number["number"]).startswith("4915")
    docs.clock.step(59)
    assert docs.status(order) == with_number
    docs.clock.step(1)
    assert docs.status(order) == {**with_number, "code": "048010"}, "a code keeps the zero in front"
    docs.clock.step(100_000)
    assert docs.status(order) == {**with_number, "code": "048010"}, "settled for good"


def test_an_order_goes_from_payment_to_number_to_code_with_numbers_as_strings(live: Rig) -> None:
    order = live.order()
    unpaid = live.status(order)
    assert (unpaid["paid"], unpaid["number"], unpaid["code"]) == (False, "", "")
    live.sandbox.pay(order["payreq"])
    live.clock.step(70)
    status = live.status(order)
    assert isinstance(status["id"], str)
    assert status["number"].startswith("4915")
    assert len(status["number"]) == 12
    assert status["code"] == "048010"


def test_a_code_without_a_zero_in_front_is_a_number_as_documented() -> None:
    for rig in running(SandboxOptions(number_after=0, code_after=0, code="48010")):
        order = rig.order()
        rig.sandbox.pay(order["payreq"])
        assert rig.status(order)["code"] == 48010


def test_no_number_is_a_success_with_an_error_in_it(rig: Rig) -> None:
    order = rig.order(service=NO_NUMBER_SERVICE)
    rig.sandbox.pay(order["payreq"])
    assert "error" not in rig.status(order)
    rig.clock.step(10)
    status = rig.status(order)
    assert (status["status"], status["paid"], status["error"]) == ("OK", True, NO_NUMBER)
    assert not status["number"]


def test_without_a_code_the_money_is_back_after_21_minutes() -> None:
    for rig in running(SandboxOptions(number_after=10, code_after=float("inf"))):
        order = rig.order()
        rig.sandbox.pay(order["payreq"])
        rig.clock.step(21 * 60 - 1)
        waiting = rig.status(order)
        assert "error" not in waiting
        rig.clock.step(1)
        ended = rig.status(order)
        assert "Your funds are returned" in ended.pop("error")
        assert ended == waiting, "the number is still shown"
        assert refusal(rig.cancel(order)) == TOO_EARLY


def test_a_code_that_comes_after_20_minutes_does_not_come() -> None:
    for rig in running(SandboxOptions(number_after=10, code_after=20 * 60)):
        order = rig.order()
        rig.sandbox.pay(order["payreq"])
        rig.clock.step(3600)
        status = rig.status(order)
        assert status["code"] is None
        assert "No SMS" in status["error"]


def test_a_number_that_comes_after_20_minutes_does_not_come() -> None:
    for rig in running(SandboxOptions(number_after=20 * 60)):
        order = rig.order()
        rig.sandbox.pay(order["payreq"])
        rig.clock.step(3600)
        status = rig.status(order)
        assert status["number"] is None
        assert "error" in status


def test_a_held_order_is_cancelled_from_2_minutes_after_the_payment() -> None:
    for rig in running(SandboxOptions(number_after=10, code_after=600)):
        order = rig.order()
        rig.clock.step(100)
        rig.sandbox.pay(order["payreq"])
        rig.clock.step(119)
        assert refusal(rig.cancel(order)) == TOO_EARLY
        rig.clock.step(1)
        reply = rig.cancel(order)
        assert (reply.status_code, reply.json()) == (200, {"status": "OK"})
        status = rig.status(order)
        assert status["paid"] is True
        assert status["number"] is not None
        assert "canceled" in status["error"]
        rig.clock.step(3600)
        assert rig.status(order) == status, "no code comes any more"


def test_an_unpaid_order_is_cancelled_from_2_minutes_after_it_was_made(rig: Rig) -> None:
    order = rig.order()
    rig.clock.step(119)
    assert refusal(rig.cancel(order)) == TOO_EARLY
    rig.clock.step(1)
    assert rig.cancel(order).status_code == 200
    status = rig.status(order)
    assert status["paid"] is False
    assert "canceled" in status["error"]
    with pytest.raises(PaymentRefused, match="cancelled"):
        rig.sandbox.pay(order["payreq"])


@pytest.mark.parametrize("seconds", [70, 3600])
def test_a_settled_order_is_not_cancelled(rig: Rig, seconds: int) -> None:
    order = rig.order()
    rig.sandbox.pay(order["payreq"])
    rig.clock.step(seconds)
    assert refusal(rig.cancel(order)) == TOO_EARLY
    assert rig.status(order)["code"] == "048010"


def test_an_unpaid_order_ends_with_its_invoice(rig: Rig) -> None:
    order = rig.order()
    rig.clock.step(86399)
    assert "error" not in rig.status(order)
    rig.clock.step(1)
    assert "expired" in rig.status(order)["error"]


def test_an_impatient_clock_lives_a_minute_in_seconds() -> None:
    for rig in running(SandboxOptions(speed=20, number_after=20, code_after=100)):
        paid, unpaid = rig.order(), rig.order()
        rig.sandbox.pay(paid["payreq"])
        rig.clock.step(1)
        assert rig.status(paid)["number"] is not None
        rig.clock.step(4.9)
        assert rig.status(paid)["code"] is None
        assert refusal(rig.cancel(unpaid)) == TOO_EARLY
        rig.clock.step(0.1)
        assert rig.status(paid)["code"] is not None
        assert rig.cancel(unpaid).status_code == 200


def test_an_order_can_be_paid_by_itself() -> None:
    for rig in running(SandboxOptions(pay_after=5, number_after=10)):
        order, early, cancelled = rig.order(), rig.order(), rig.order()
        rig.clock.step(4)
        assert rig.status(order)["paid"] is False
        rig.sandbox.pay(early["payreq"])
        assert rig.status(early)["paid"] is True
        rig.clock.step(1)
        assert rig.status(order)["paid"] is True
        with pytest.raises(PaymentRefused, match="paid already"):
            rig.sandbox.pay(order["payreq"])
        rig.clock.step(9)
        assert rig.status(early)["number"] is not None
        assert rig.status(order)["number"] is None
        assert refusal(rig.cancel(cancelled)) == TOO_EARLY


def test_an_order_cancelled_before_it_pays_itself_stays_unpaid() -> None:
    for rig in running(SandboxOptions(pay_after=300)):
        order = rig.order()
        rig.clock.step(200)
        assert rig.cancel(order).status_code == 200
        rig.clock.step(200)
        assert rig.status(order)["paid"] is False


def test_number_and_code_come_within_the_usual_times() -> None:
    for rig in running(SandboxOptions(seed=1)):
        orders = [rig.order(country=187) for _ in range(20)]
        for order in orders:
            rig.sandbox.pay(order["payreq"])
        rig.clock.step(4.9)
        assert not any(rig.status(order)["number"] for order in orders)
        rig.clock.step(20.2)
        assert all(rig.status(order)["number"] for order in orders)
        rig.clock.step(9.8)
        assert not any(rig.status(order)["code"] for order in orders)
        rig.clock.step(115.2)
        assert all(rig.status(order)["code"] for order in orders)


def test_a_seed_repeats_numbers_but_never_invoices() -> None:
    seen = []
    for _ in range(2):
        for rig in running(SandboxOptions(seed=7, number_after=0)):
            order = rig.order()
            rig.sandbox.pay(order["payreq"])
            seen.append((rig.status(order)["number"], order["orderId"], rig.sandbox.node))
    first, second = seen
    assert first[0] == second[0]
    assert first[1] != second[1]
    assert first[2] != second[2]


@pytest.mark.parametrize(
    ("country", "name"), [(GERMANY, "Germany"), (999, "Auto-Select"), (178, "São Tomé and Príncipe")]
)
def test_an_invoice_says_what_the_real_ones_say(docs: Rig, country: int, name: str) -> None:
    order = docs.order(country)
    assert order["payreq"].startswith("lnbcrt")
    invoice = read_invoice(order["payreq"])
    assert invoice.network == "bcrt"
    assert invoice.payment_hash == order["orderId"]
    assert invoice.payee == docs.sandbox.node
    assert invoice.description == f"sms4sats payment {name} Telegram"
    assert (invoice.timestamp, invoice.expiry) == (int(docs.clock.seconds), 86400)
    assert invoice.min_final_cltv == 40
    assert invoice.features == {9, 14, 17}
    assert invoice.description_hash is None
    assert invoice.text == order["payreq"]
    assert invoice.amount_sat is not None
    assert 2600 <= invoice.amount_sat <= 3800


def test_no_two_orders_share_a_payment_hash(docs: Rig) -> None:
    ids = {docs.order()["orderId"] for _ in range(10)}
    assert len(ids) == 10
    assert all(len(bytes.fromhex(order_id)) == sha256().digest_size for order_id in ids)
