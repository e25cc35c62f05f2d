from typing import Any

import pytest

from s4s_tui.domain.invoice import read_invoice
from s4s_tui.sandbox import BARE_COUNTRY, NO_NUMBER_SERVICE, SandboxOptions
from tests.sandbox.conftest import GERMANY, TELEGRAM, Rig, refusal, running

FOUR_HOURS = 4 * 3600


def rent(rig: Rig, service: str = TELEGRAM) -> dict[str, str]:
    order = rig.order(service=service, isRental=True)
    rig.sandbox.pay(order["payreq"])
    return order


def inbox(rig: Rig, order: dict[str, str], seconds: int, every: int = 10) -> list[str]:
    """The distinct codes that a client sees that asks every so often."""
    seen: list[str] = []
    for _ in range(seconds // every):
        rig.clock.step(every)
        code = rig.status(order)["code"]
        if code and str(code) not in seen:
            seen.append(str(code))
    return seen


def test_countries_with_numbers_to_rent_come_with_weeks_and_price(docs: Rig) -> None:
    rows = {row["cc"]: row for row in docs.get("/getRentalCountries", service="full")}
    assert rows[GERMANY] == {"cc": 43, "country": "Germany", "duration": "2", "price": 18000}
    assert min(row["price"] for row in rows.values()) == docs.get("/price")["rent"]
    assert docs.get("/getRentalCountries") == list(rows.values())


def test_countries_with_numbers_to_rent_come_as_strings_as_seen_live(live: Rig) -> None:
    row = next(row for row in live.get("/getRentalCountries", service="full") if row["cc"] == "43")
    assert row == {"cc": "43", "country": "Germany", "duration": "2", "price": "18000"}


def test_numbers_for_a_rare_service_are_to_be_rented_in_fewer_countries(docs: Rig) -> None:
    everywhere = len(docs.get("/getRentalCountries", service=TELEGRAM))
    assert 0 < len(docs.get("/getRentalCountries", service="zu")) < everywhere


def test_an_unknown_service_is_not_rented(rig: Rig) -> None:
    assert rig.refused("/getRentalCountries", service="nosuch") == (400, "Unknown service.")


def test_a_rental_costs_what_its_country_says(rig: Rig) -> None:
    for row in rig.get("/getRentalCountries", service="full"):
        order = rig.order(country=row["cc"], service="full", isRental=True)
        invoice = read_invoice(order["payreq"])
        assert invoice.amount_sat == int(row["price"])
        assert invoice.description == f"sms4sats rental {row['country']} Full Rent"


@pytest.mark.parametrize("country", [0, 999, BARE_COUNTRY])
def test_a_country_without_rentals_is_refused(rig: Rig, country: int) -> None:
    reply = rig.post("/createorder", {"country": country, "service": TELEGRAM, "isRental": True})
    assert refusal(reply) == (500, "No rental numbers available for this service.")


def test_a_rental_receives_several_messages_until_it_is_over(rig: Rig) -> None:
    order = rent(rig)
    before = rig.status(order)
    assert (before["paid"], bool(before["number"]), bool(before["code"])) == (True, False, False)
    rig.clock.step(10)
    rented = rig.status(order)
    assert str(rented["number"]).startswith("4915")
    assert not rented["code"]
    rig.clock.step(59)
    assert not rig.status(order)["code"]
    rig.clock.step(1)
    assert rig.status(order) == {**rented, "code": "048010"}
    later = inbox(rig, order, 600)
    assert 3 <= len(later) <= 5
    assert later[0] == "048010"
    assert later[1].startswith("Telegram: your code is "), "a code may be a whole message"
    rig.clock.step(FOUR_HOURS - 661)
    waiting = rig.status(order)
    assert str(waiting["code"]) == later[-1]
    assert "error" not in waiting
    rig.clock.step(1)
    assert rig.status(order) == {**waiting, "error": "Rent is over."}


def test_a_rental_lives_at_the_speed_of_the_sandbox() -> None:
    for rig in running(SandboxOptions(speed=60, number_after=0, code_after=60)):
        order = rent(rig)
        rig.clock.step(1)
        assert rig.status(order)["code"]
        rig.clock.step(FOUR_HOURS / 60 - 1.5)
        assert "error" not in rig.status(order)
        rig.clock.step(0.5)
        assert rig.status(order)["error"] == "Rent is over."


def test_messages_come_within_the_usual_times() -> None:
    for rig in running(SandboxOptions(seed=3)):
        for _ in range(5):
            order = rent(rig)
            assert 3 <= len(inbox(rig, order, 25 + 5 * 120)) <= 5


def test_a_message_that_comes_after_the_rental_does_not_come() -> None:
    for rig in running(SandboxOptions(number_after=0, code_after=FOUR_HOURS - 1)):
        order = rent(rig)
        assert len(inbox(rig, order, 10 * FOUR_HOURS, every=3600)) == 1


def test_a_rental_may_receive_nothing() -> None:
    for rig in running(SandboxOptions(number_after=0, code_after=float("inf"))):
        order = rent(rig)
        assert inbox(rig, order, FOUR_HOURS, every=3600) == []
        assert rig.status(order)["error"] == "Rent is over."


def test_a_rental_without_a_number_goes_back(rig: Rig) -> None:
    order = rent(rig, NO_NUMBER_SERVICE)
    rig.clock.step(9)
    assert "error" not in rig.status(order)
    rig.clock.step(1)
    assert "No available number" in rig.status(order)["error"]
    rig.clock.step(100_000)
    status = rig.status(order)
    assert not status["number"]
    assert not status["code"]


def test_a_number_to_rent_that_comes_after_20_minutes_does_not_come() -> None:
    for rig in running(SandboxOptions(number_after=3600)):
        order = rent(rig)
        rig.clock.step(1199)
        assert "error" not in rig.status(order)
        rig.clock.step(1)
        assert "No available number" in rig.status(order)["error"]
        rig.clock.step(3600)
        assert rig.status(order)["number"] is None


def test_a_rental_is_cancelled_before_it_has_a_number_only() -> None:
    for rig in running(SandboxOptions(number_after=130)):
        held, rented, unpaid = rent(rig), rent(rig), rig.order(isRental=True)
        rig.clock.step(119)
        assert refusal(rig.cancel(held)) == (500, "unable to save data")
        rig.clock.step(1)
        assert rig.cancel(held).status_code == 200
        assert rig.cancel(unpaid).status_code == 200
        assert "canceled" in rig.status(held)["error"]
        rig.clock.step(10)
        assert refusal(rig.cancel(rented)) == (500, "unable to save data")
        assert "error" not in rig.status(rented)
        assert rig.status(held)["number"] is None


def test_a_real_phones_number_has_its_own_price(rig: Rig) -> None:
    order = rig.order(realphone=True)
    assert read_invoice(order["payreq"]).amount_sat == int(rig.get("/price")["s4s"])
    rig.sandbox.pay(order["payreq"])
    rig.clock.step(70)
    assert rig.status(order)["code"] == "048010"


@pytest.mark.parametrize("more", [{}, {"isRental": True}, {"realphone": True}])
def test_a_lightning_address_that_earns_is_kept_on_the_order(docs: Rig, more: dict[str, Any]) -> None:
    order = docs.order(ref="me@example.com", **more)
    kept = docs.sandbox._book.get(order["orderId"])
    assert getattr(kept, "ref", None) == "me@example.com"
    assert "ref" not in docs.status(order)
