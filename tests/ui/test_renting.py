"""Renting a number: where, for what, and the inbox of what it receives."""

import pytest

from s4s_tui.domain.account import RentalOffer
from s4s_tui.domain.catalogue import Price
from s4s_tui.domain.errors import Refused, TimedOut
from s4s_tui.domain.order import Kind, Order, OrderReply, Received, Status
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.rent import RentScreen, RentServiceScreen
from s4s_tui.ui.screens.rental import RentalScreen
from tests.services.fakes import START
from tests.ui.invoices import a_created, order_id, with_number
from tests.ui.user import User
from tests.ui.world import World


def a_rental(**changes: object) -> Order:
    """A rental with its number; with a code it has received something already."""
    facts: dict[str, object] = {"kind": Kind.RENT, "amount": 18000, "quoted": 18000, **changes}
    if "code" in facts:
        facts |= {"status": Status.CODE, "code_at": START + 2}
    return with_number(1, **facts)


async def opens_rental(user: User) -> None:
    await user.presses("f6", "enter")
    await user.until(lambda: isinstance(user.app.screen, RentalScreen), "the rental")
    await user.settles()


async def in_germany(user: User) -> None:
    await user.presses("f8")
    await user.types("germ")
    await user.presses("enter")
    await user.until(lambda: isinstance(user.app.screen, RentServiceScreen), "what to rent a number for")
    await user.settles()


async def rents_telegram(world: World, user: User) -> None:
    world.api.say("create_order", a_created(1, amount=18000))
    await in_germany(user)
    await user.types("teleg")
    await user.presses("enter")
    await user.until(lambda: isinstance(user.app.screen, RentalScreen), "the rental")
    await user.settles()


async def test_countries_duration_and_price_are_listed_and_can_be_searched(world: World) -> None:
    async with world.user(80, 24) as user:
        await user.presses("escape", "r")
        await user.sees("Rent a number", "England 2 weeks 15,500 sats", "Germany 2 weeks 18,000 sats", "2 of 2")
        await user.types("uk")
        await user.sees("1 of 2", "England")
        await user.presses("ctrl+u", "x", "q", "z")
        await user.sees("No country to rent in is called 'xqz'. Backspace to widen.")


@pytest.mark.parametrize("size", [(60, 20), (40, 15)])
async def test_a_price_is_never_cut_however_small_the_window(world: World, size: tuple[int, int]) -> None:
    async with world.user(*size) as user:
        await user.presses("f8")
        await user.sees("Germany", "18,000 sats", "15,500 sats")
        await in_germany(user)
        await user.sees("18,000 sats")


async def test_what_the_server_does_not_say_is_not_made_up(world: World) -> None:
    world.api.say("rental_offers", (RentalOffer(43, "Germany", None, None),))
    async with world.user(80, 24) as user:
        await user.presses("f8")
        await user.sees("Germany as the server says unknown")


async def test_without_a_list_all_countries_are_there_at_the_least_price_and_f5_asks_again(world: World) -> None:
    world.api.say("rental_offers", Refused("Not found", http_status=404), (RentalOffer(43, "Germany", 4, 9000),))
    world.api.say("price", Price(receive=3000, rent=15000))
    async with world.user(80, 24) as user:
        await user.presses("f8")
        await user.sees("The server keeps no list of rentals", "184 of 184", "as the server says 15,000 sats")
        await user.presses("f5")
        await user.sees("Germany 4 weeks 9,000 sats", "1 of 1")


async def test_a_list_that_is_empty_is_said_to_be(world: World) -> None:
    world.api.say("rental_offers", ())
    async with world.user(80, 24) as user:
        await user.presses("f8")
        await user.sees("The server lists no country to rent a number in. F5 asks again")


async def test_the_warning_stands_where_enter_orders(world: World) -> None:
    for size in ((80, 24), (60, 20)):
        async with world.user(*size) as user:
            await in_germany(user)
            await user.sees("Any service", "Rentals are not refundable, and for some services they often fail")
            await user.sees("Enter orders: 18,000 sats, 2 weeks. Free until you pay.", "enter Order")


async def test_typed_blind_it_orders_a_rental_at_the_price_shown(world: World) -> None:
    world.api.say("create_order", a_created(1, amount=18000))
    async with world.user(100, 36) as user:
        await user.breathless("f8", *"germ", "enter", *"teleg", "enter")
        await user.sees("Rent ▸ Telegram · Germany", "Pay 18,000 sats", "18,000 sats as quoted", "○ Inbox")
        await user.sees("Once the number is there a rental is not refundable.")
        draft, key = user.api.ordered[0]
        assert (draft.kind, draft.country, draft.service, draft.quoted) == (Kind.RENT, 43, "tg", 18000)
        assert not draft.prepaid
        assert key is None


async def test_any_service_is_the_first_choice_and_needs_no_list(world: World) -> None:
    world.api.say("services", TimedOut("No answer in time."))
    world.api.say("create_order", a_created(1, amount=18000))
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.sees("No answer in time. F5 loads the services again.")
        await user.presses("enter")
        await user.sees("Rent ▸ Any service · Germany")
        assert user.api.ordered[0][0].service == "full"


async def test_a_refusal_is_said_where_it_was_ordered(world: World) -> None:
    world.api.say("create_order", Refused("No rental numbers available for this service.", http_status=500))
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.presses("enter")
        await user.sees("No order was made. No rental numbers available for this service.")


async def test_messages_come_newest_on_top_each_rings_and_each_can_be_copied(world: World) -> None:
    async with world.user(80, 24) as user:
        await rents_telegram(world, user)
        rental = order_id(1)
        await user.server_says(rental, paid=True)
        await user.sees("Held: 18,000 sats.", "count it as spent")
        await user.server_says(rental, paid=True, number="4915112345678")
        await user.sees("Your number:", "+49 151 123 45678 n copies it", "Nothing has come yet.")
        await user.sees("By the server's list it lasts 2 weeks, until", "the server may end it earlier.")
        await user.sees("Count 18,000 sats as spent: rentals are not refundable.")
        assert user.bells == 1
        await user.server_says(rental, paid=True, number="4915112345678", code="048010")
        await user.sees("Received Message ▸", "048010")
        long = "Telegram: your code is 222333.\nDo not share it with anybody, whoever asks for it, not even with us."
        await user.server_says(rental, paid=True, number="4915112345678", code=long)
        await user.sees("Telegram: your code is 222333. Do not share")
        assert user.bells == 3
        rows = [line for line in user.lines() if "048010" in line or "222333" in line]
        assert "222333" in rows[0], "the newest one is on top"
        assert "▸" in rows[0]

        await user.presses("c")
        await user.is_told("Message: ")
        assert user.app.clipboard == long
        await user.presses("enter")
        await user.sees_in("#dialog", "Received", "not even with us.")
        await user.presses("escape", "down", "c")
        await user.until(lambda: user.app.clipboard == "048010", "the marked message on the clipboard")
        await user.presses("n")
        await user.until(lambda: user.app.clipboard == "+4915112345678", "the number on the clipboard")


async def test_the_mark_stays_on_its_message_when_others_come(world: World) -> None:
    earlier = (Received("111111", START), Received("222222", START + 1))
    await world.knows(a_rental(code="333333", earlier=earlier))
    async with world.user(80, 24) as user:
        await opens_rental(user)
        await user.presses("j", "c")
        await user.until(lambda: user.app.clipboard == "222222", "the second one")
        await user.server_says(order_id(1), paid=True, number="4915112345678", code="444444")
        await user.sees("444444")
        await user.presses("c")
        await user.settles()
        assert user.app.clipboard == "222222"
        await user.presses("g", "c")
        await user.until(lambda: user.app.clipboard == "444444", "the newest one")


async def test_a_message_is_told_on_other_screens_and_the_list_counts_them(world: World) -> None:
    await world.knows(a_rental(code="333333"))
    async with world.user(80, 24) as user:
        await user.server_says(order_id(1), paid=True, number="4915112345678", code="444444")
        await user.is_told("Telegram · Germany: a message has come. F6 lists the orders.")
        assert user.bells == 1
        await user.presses("f6")
        await user.sees("◌ Receiving (2)", "444444", "Its number goes on receiving. Enter shows all that came.")
        await user.presses("delete")
        await user.is_told("This number goes on receiving.")


async def test_a_rental_is_asked_about_until_the_server_ends_it_and_keeps_what_it_received(world: World) -> None:
    await world.knows(a_rental(code="333333"))
    async with world.user(80, 24) as user:
        await opens_rental(user)
        await user.sees("It goes on receiving, newest on top.")
        world.api.say(
            "order_status",
            OrderReply(paid=True, number="4915112345678", code="333333", error="The rental is over."),
            of=order_id(1),
        )
        await user.until_asked(order_id(1), len(user.api.times("order_status", order_id(1))))
        await user.sees("The rental is over", "What it received stays here.", "333333", "Over since")
        await user.sees("The server said: The rental is over.", "Count 18,000 sats as spent")
        asked = len(user.api.times("order_status", order_id(1)))
        await user.waits(120)
        assert len(user.api.times("order_status", order_id(1))) == asked
        await user.presses("f6")
        await user.sees("✓ Rental over (1)")


async def test_an_order_for_one_code_keeps_its_screen(world: World) -> None:
    await world.knows(with_number(1))
    async with world.user(80, 24) as user:
        await user.opens_order()
        assert type(user.app.screen) is OrderScreen


async def test_f8_leads_here_from_anywhere_and_so_does_the_palette(world: World) -> None:
    async with world.user(100, 30) as user:
        await user.presses("f6", "f8")
        await user.until(lambda: isinstance(user.app.screen, RentScreen), "the rentals")
        depth = len(user.app.screen_stack)
        await user.presses("f8")
        assert len(user.app.screen_stack) == depth
        await user.presses("escape", "escape", "ctrl+p")
        await user.types("rent a")
        await user.sees("Rent a number that receives many messages")
        await user.presses("enter")
        await user.until(lambda: isinstance(user.app.screen, RentScreen), "the rentals")
