"""What next, where an order ended without a code: choices, taken by a person and never by the program."""

import pytest

from s4s_tui.domain.catalogue import AUTO_SELECT
from s4s_tui.domain.order import Order, Status
from s4s_tui.ui.next_steps import next_steps
from s4s_tui.ui.screens.country import CountryScreen
from s4s_tui.ui.screens.service import ServiceScreen
from tests.services.fakes import START
from tests.ui.invoices import a_held, an_order, with_code, with_number
from tests.ui.user import User
from tests.ui.world import GERMANY, World

COUNTRIES = (GERMANY, AUTO_SELECT)


def returned(**changes: object) -> Order:
    return a_held(**{"status": Status.RETURNED, "reason": "No number", "ended_at": START, **changes})


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        (returned(), "123"),
        (an_order(status=Status.EXPIRED, ended_at=START), "123"),
        (an_order(status=Status.CANCELLED, ended_at=START), "123"),
        (returned(country=AUTO_SELECT, country_name="Auto-Select"), "13"),
        (returned(country=4711), "23"),
        (returned(code="048010"), ""),
        (returned(service="", country=None, found=True), ""),
        (with_code(), ""),
        (with_number(), ""),
        (a_held(status=Status.UNKNOWN), ""),
        (an_order(), ""),
    ],
)
def test_what_is_offered(order: Order, keys: str) -> None:
    assert "".join(step.key for step in next_steps(order, COUNTRIES)) == keys


def test_the_choices_say_what_they_are() -> None:
    assert [step.words for step in next_steps(returned(), COUNTRIES)] == [
        "Telegram in Germany again",
        "Telegram by Auto-Select",
        "Telegram in another country",
    ]
    assert next_steps(returned(country=AUTO_SELECT), COUNTRIES)[0].words == "Telegram by Auto-Select again"


async def opens_returned(user: User) -> None:
    await user.opens_order()
    await user.sees("What next?", "1 Telegram in Germany again", "2 Telegram by Auto-Select")
    await user.sees("3 Telegram in another country", "1 Same again 2 Auto-Select 3 Another country")


@pytest.mark.parametrize(("key", "place"), [("1", "Germany"), ("2", "Auto-Select")])
async def test_price_and_stock_are_seen_before_enter_orders(world: World, key: str, place: str) -> None:
    await world.knows(returned())
    async with world.user() as user:
        await opens_returned(user)
        await user.presses(key)
        await user.until(lambda: isinstance(user.app.screen, ServiceScreen), "the services")
        await user.sees(f"Receive a code ▸ {place}", "Telegram", "3,000 sats", "1,403")
        await user.settles()
        assert not user.api.times("create_order"), "nothing is ordered by itself"
        await user.presses("enter")
        await user.until(lambda: user.api.times("create_order"), "the order")


async def test_another_country_is_chosen_with_the_service_in_mind(world: World) -> None:
    await world.knows(returned())
    async with world.user() as user:
        await opens_returned(user)
        await user.presses("3")
        await user.until(lambda: isinstance(user.app.screen, CountryScreen), "the countries")
        await user.sees("Telegram in …")
        assert not user.api.times("create_order")


async def test_an_order_that_goes_on_offers_nothing_next(world: World) -> None:
    await world.knows(a_held())
    async with world.user() as user:
        await user.opens_order()
        await user.presses("1", "2", "3")
        await user.settles()
        assert "What next?" not in user.words()
        assert not isinstance(user.app.screen, ServiceScreen | CountryScreen)
