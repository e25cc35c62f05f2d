"""The options on receiving, a real phone's number and payment from the balance, and the prices that are shown."""

import asyncio
from dataclasses import replace

import pytest

from s4s_tui.domain.account import RentalOffer
from s4s_tui.domain.catalogue import Price
from s4s_tui.domain.errors import OutcomeUnknown, TimedOut, Unreachable
from s4s_tui.domain.order import Created, Kind
from s4s_tui.domain.secret import Secret
from s4s_tui.ui.screens.confirm import Confirm
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.service import ServiceScreen
from tests.services.fakes import ScriptedApi
from tests.ui.invoices import a_created, order_id
from tests.ui.user import User
from tests.ui.world import World

KEY = Secret("key-0123456789")
PAID = Created(order_id(1), "", "bcrt", None, prepaid=True)


@pytest.fixture
def priced(world: World) -> World:
    """A world with a price for everything, and a key with a balance."""
    world.api.say("price", Price(receive=3000, real_phone=5000))
    world.api.say("balance", 50_000)
    world.keys.key = KEY
    return world


async def at_telegram(user: User) -> None:
    await user.types("germ")
    await user.presses("enter")
    await user.until(lambda: isinstance(user.app.screen, ServiceScreen), "the services")
    await user.types("teleg")
    await user.sees("2 of 5", "3,000 sats")


def general_prices(api: ScriptedApi) -> int:
    return len(api.times("price", "None None"))


async def test_a_real_phone_has_its_own_price_and_is_ordered_at_it(priced: World) -> None:
    priced.api.say("create_order", a_created(amount=5000))
    async with priced.user(80, 24) as user:
        await at_telegram(user)
        await user.presses("f3")
        await user.sees("Telegram tg 1,403 5,000 sats", "Real phone · 5,000 sats", "F3 Any number")
        await user.presses("f3")
        await user.sees("Telegram tg 1,403 3,000 sats", "F3 Real phone")
        await user.sees_no_more("Real phone ·")
        await user.presses("f3", "enter")
        await user.sees("Pay 5,000 sats", "5,000 sats as quoted", "A real phone's number.")
        draft, _ = user.api.ordered[0]
        assert (draft.real_phone, draft.quoted, draft.prepaid) == (True, 5000, False)
        assert general_prices(user.api) == 1, "asked for once"


async def test_an_enter_typed_before_a_real_phones_price_is_there_waits_for_it(priced: World) -> None:
    price: asyncio.Future[Price] = asyncio.get_running_loop().create_future()
    priced.api.say("price", price, of="None None")
    priced.api.say("create_order", a_created(amount=5000))
    async with priced.user(80, 24) as user:
        await at_telegram(user)
        await user.breathless("f3", "enter")
        await user.sees("Asking for the price …")
        assert not user.api.ordered
        price.set_result(Price(real_phone=5000))
        await user.sees("Pay 5,000 sats", "5,000 sats as quoted")


async def test_a_real_phones_price_that_cannot_be_had_is_unknown_and_none_is_quoted(priced: World) -> None:
    priced.api.say("price", TimedOut("No answer in time."), of="None None")
    async with priced.user(80, 24) as user:
        await at_telegram(user)
        await user.presses("f3")
        await user.sees("Telegram tg 1,403 unknown", "Real phone")
        await user.presses("enter")
        await user.sees("no price was quoted")
        assert user.api.ordered[0][0].quoted is None


async def test_the_balance_pays_only_after_a_question_with_the_balance_before_and_after(priced: World) -> None:
    priced.api.say("create_order", PAID)
    async with priced.user(80, 24) as user:
        await at_telegram(user)
        await user.presses("f4")
        await user.sees("From balance", "Enter asks before the balance pays.", "F4 By invoice")
        assert not user.api.times("balance"), "read when it matters"
        await user.presses("enter")
        await user.sees_in("#dialog", "Pay 3,000 sats from the balance for Telegram · Germany?")
        await user.sees_in("#dialog", "Balance: 50,000 sats now, 47,000 sats after.", "at once, without a hold")
        assert not user.api.ordered
        await user.presses("n")
        await user.settles()
        assert not user.api.ordered
        await user.presses("enter")
        await user.sees_in("#dialog", "Pay 3,000 sats")
        await user.presses("y")
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")
        draft, key = user.api.ordered[0]
        assert (draft.prepaid, draft.quoted, key) == (True, 3000, KEY)
        assert len(user.api.ordered) == 1
        await user.until(lambda: len(user.api.times("balance")) == 3, "read before each question and after the order")


async def test_the_balance_pays_a_rental_after_a_question_that_says_what_is_at_stake(priced: World) -> None:
    priced.api.say("create_order", PAID)
    priced.api.say("rental_offers", (RentalOffer(43, "Germany", 2, 18000),))
    async with priced.user(80, 24) as user:
        await user.presses("f8")
        await user.types("germ")
        await user.presses("enter")
        await user.sees("Rent a number ▸ Germany", "F4 From balance")
        await user.types("teleg")
        await user.presses("f4")
        await user.sees("Enter asks before the balance pays.", "F4 By invoice", "Rentals are not refundable")
        await user.presses("enter")
        await user.sees_in("#dialog", "Pay 18,000 sats from the balance for Telegram · Germany?")
        await user.sees_in("#dialog", "Balance: 50,000 sats now, 32,000 sats after.", "Rentals are not refundable")
        assert not user.api.ordered
        await user.presses("y")
        await user.sees("Paid from your balance", "Paid from the balance: 18,000 sats. A rental is not refundable once")
        draft, key = user.api.ordered[0]
        assert (draft.kind, draft.prepaid, draft.quoted, key) == (Kind.RENT, True, 18000, KEY)
        assert len(user.api.ordered) == 1


async def test_a_balance_that_does_not_do_is_said_before_anything_is_sent(priced: World) -> None:
    priced.api.say("balance", 2999)
    async with priced.user(80, 24) as user:
        await at_telegram(user)
        await user.presses("f4", "enter")
        await user.sees("No order was made. The balance is 2,999 sats, and this costs 3,000 sats. F9 adds to it;")
        assert not user.api.ordered
        assert not isinstance(user.app.screen, Confirm)
        await user.presses("f4", "enter")
        await user.sees("Pay 3,000 sats", "Scan it with a wallet")


async def test_without_a_key_it_is_said_where_one_is_entered(world: World) -> None:
    async with world.user(80, 24) as user:
        await at_telegram(user)
        await user.presses("f4", "enter")
        await user.sees("No order was made. There is no API key: enter one in the account (F9).")
        assert not user.api.times("balance")
        assert not user.api.ordered
        await user.presses("down")
        await user.sees("From balance")


async def test_a_balance_that_cannot_be_read_makes_no_order(priced: World) -> None:
    priced.api.say("balance", Unreachable("No connection to the server."), 50_000)
    async with priced.user(80, 24) as user:
        await at_telegram(user)
        await user.presses("f4", "enter")
        await user.sees("No order was made. No connection to the server.")
        await user.presses("enter")
        await user.sees_in("#dialog", "Balance: 50,000 sats now")


async def test_enter_pressed_twice_asks_once(priced: World) -> None:
    balance: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    priced.api.say("balance", balance)
    async with priced.user(80, 24) as user:
        await at_telegram(user)
        await user.breathless("f4", "enter", "enter")
        await user.sees("Reading the balance …")
        balance.set_result(50_000)
        await user.sees_in("#dialog", "Pay 3,000 sats")
        await user.presses("n")
        await user.settles()
        assert not isinstance(user.app.screen, Confirm)
        assert len(user.api.times("balance")) == 1


async def test_who_has_gone_on_meanwhile_is_asked_nothing(priced: World) -> None:
    balance: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    priced.api.say("balance", balance)
    async with priced.user(80, 24) as user:
        await at_telegram(user)
        await user.presses("f4", "enter", "escape", "escape")
        balance.set_result(50_000)
        await user.settles()
        assert not isinstance(user.app.screen, Confirm)
        assert not user.api.ordered


async def test_a_price_above_the_highest_one_is_named_in_the_question(priced: World) -> None:
    async with priced.user(80, 24) as user:
        allow_at_most(user, 2000)
        await at_telegram(user)
        await user.presses("f4", "enter")
        await user.sees_in("#dialog", "Pay 3,000 sats", "This is above your max_price of 2,000 sats.")


async def test_an_unknown_price_is_called_unknown_in_the_question(priced: World) -> None:
    priced.api.say("price", TimedOut("No answer in time."))
    async with priced.user(80, 24) as user:
        await user.types("germ")
        await user.presses("enter")
        await user.sees("unknown")
        await user.presses("f4", "enter")
        await user.sees_in("#dialog", "The price is not known", "50,000 sats now; what is left after is not known")


async def test_a_lost_answer_to_a_prepaid_order_says_that_money_may_have_moved(priced: World) -> None:
    priced.api.say("create_order", OutcomeUnknown("The server's answer was lost."))
    async with priced.user(80, 24) as user:
        await at_telegram(user)
        await user.presses("f4", "enter")
        await user.sees_in("#dialog", "Pay 3,000 sats")
        await user.presses("y")
        await user.sees("Outcome unknown. The server's answer was lost. Money may have moved")
        assert "nothing is lost" not in user.words()
        assert len(user.api.ordered) == 1


async def test_options_are_off_at_the_next_visit(priced: World) -> None:
    async with priced.user(80, 24) as user:
        await at_telegram(user)
        await user.presses("f3", "f4")
        await user.sees("Real phone · 5,000 sats From balance")
        await user.goes_home()
        await at_telegram(user)
        await user.settles()
        await user.sees("F3 Real phone", "F4 From balance", "Free until you pay; held")
        assert "Real phone ·" not in user.words()


async def test_a_referral_goes_with_the_order_and_is_disclosed(world: World) -> None:
    async with world.user(80, 24) as user:
        with_state(user, ref="user@host.example")
        await user.orders_telegram()
        await user.sees("Referral: user@host.example earns from this order.")
        assert user.api.ordered[0][0].ref == "user@host.example"


async def test_without_a_referral_none_goes_along(world: World) -> None:
    async with world.user(80, 24) as user:
        await user.orders_telegram()
        assert user.api.ordered[0][0].ref == ""
        assert "Referral" not in user.words()


@pytest.mark.parametrize(("most", "quoted", "says"), [
    (None, 3000, "Asks 3,500 sats, quoted were 3,000 sats."),
    (2000, 3500, "Asks 3,500 sats, your max_price is 2,000 sats."),
])  # fmt: skip
async def test_an_invoice_above_what_was_agreed_is_shown_only_when_both_numbers_were_accepted(
    world: World, most: int | None, quoted: int, says: str
) -> None:
    world.api.say("price", Price(receive=quoted))
    world.api.say("create_order", a_created(amount=3500))
    async with world.user(100, 36) as user:
        allow_at_most(user, most)
        await user.types("germ")
        await user.presses("enter")
        await user.types("teleg")
        await user.sees(f"{quoted:,} sats")
        await user.presses("enter")
        await user.sees("Look before you pay", says, "a accepts")
        assert not user.sees_code()
        await user.presses("a")
        await user.sees("Pay 3,500 sats")
        await user.until(user.sees_code, "the QR code")


def allow_at_most(user: User, most: int | None) -> None:
    with_state(user, max_price=most)


def with_state(user: User, **settings: object) -> None:
    """As if the settings said so."""
    user.app.state = replace(user.app.state, **settings)  # type: ignore[arg-type]  # named by the tests
