"""Funding the account, and orders paid from its balance, as a person sees them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from s4s_tui.domain.errors import OutcomeUnknown, Refused, Unreachable
from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import Created, Kind, OrderReply, Status
from s4s_tui.domain.secret import Secret
from s4s_tui.ui.messages_orders import OrderWanted
from s4s_tui.ui.screens.account import AccountScreen
from s4s_tui.ui.screens.order import OrderScreen
from tests.services.fakes import DRAFT
from tests.ui.accounts import MARK
from tests.ui.invoices import a_created, a_held, an_order, order_id
from tests.ui.user import User
from tests.ui.world import World

PREPAID = replace(DRAFT, prepaid=True)
FUND = Draft(country=None, country_name="sms4sats", service="", service_name="Account", quoted=25_000, kind=Kind.FUND)


@pytest.fixture
def rich(world: World) -> World:
    """There is a key and a balance."""
    world.keys.key = Secret(MARK)
    world.api.say("balance", 1_000)
    world.api.say("create_order", a_created(amount=25_000))
    return world


@pytest.fixture
async def owner(rich: World) -> AsyncIterator[User]:
    """A person who looks at the account."""
    async with rich.user(80, 24) as user:
        await user.presses("f9")
        await user.sees("Balance 1,000 sats")
        yield user
        assert MARK not in user.screen_text()


async def funds(user: User, amount: str = "25000") -> None:
    await user.presses("f")
    await user.sees("Fund the account")
    await user.types(amount)
    await user.presses("enter")
    await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")
    await user.settles()


async def test_the_amount_is_read_back_and_what_is_none_asks_for_nothing(owner: User) -> None:
    await owner.presses("f")
    await owner.sees_in(
        "#dialog", "10,000 sats: the balance rises from 1,000 to 11,000 sats.", "is not held", "promise"
    )
    await owner.types("0x1.5")
    await owner.sees_in("#dialog", "15 sats: the balance rises")
    await owner.presses("ctrl+u", "enter")
    await owner.sees_in("#dialog", "A whole number of sats, from 1 to 10,000,000.")
    await owner.types("10000001")
    await owner.presses("enter")
    await owner.settles()
    await owner.presses("escape")
    await owner.settles()
    assert owner.api.times("create_order") == []
    assert isinstance(owner.app.screen, AccountScreen)


@pytest.mark.parametrize(
    ("pasted", "value"), [("25,000\n", "25000"), ("25 000", "25000"), ("1.5", "10000"), ("x", "10000")]
)
async def test_a_paste_may_part_its_thousands_but_is_no_part_of_a_number(owner: User, pasted: str, value: str) -> None:
    from textual.events import Paste

    from s4s_tui.ui.screens.fund import AmountBox

    await owner.presses("f")
    owner.app.post_message(Paste(pasted))
    await owner.drains()
    assert owner.widget(AmountBox).value == value


async def test_a_funding_is_paid_and_the_balance_rises(owner: User) -> None:
    await funds(owner)
    assert owner.api.ordered == [(FUND, Secret(MARK))]
    await owner.sees("Pay 25,000 sats", "adds 25,000 sats to your balance", "A funding is not held", "○ Balance")
    await owner.until(owner.sees_code, "the QR code")
    await owner.server_says(order_id(), paid=True)
    await owner.sees("Paid: waiting for the balance to rise", "Do not pay twice.", "◌ Balance")
    assert "x " not in owner.keys_line()
    owner.api.say("balance", 26_000)
    await owner.waits(10)
    await owner.sees("Funded", "Your balance is 26,000 sats now.", "✓ Balance")
    assert owner.bells == 1
    assert owner.toasts == []
    before = len(owner.api.times("balance"))
    await owner.presses("escape")
    await owner.sees("Balance 26,000 sats")
    await owner.waits(3600)
    assert len(owner.api.times("balance")) == before
    assert len(owner.api.times("deposits")) == 2, "on opening, and when the funding had come"


async def test_a_funding_that_comes_while_another_screen_is_shown_is_told(owner: User) -> None:
    await funds(owner)
    await owner.presses("f6")
    await owner.sees("○ Waiting for payment", "Account · sms4sats")
    await owner.server_says(order_id(), paid=True)
    await owner.sees("◌ Balance is to rise")
    owner.api.say("balance", 26_000)
    await owner.waits(10)
    await owner.is_told("Account: funded with 25,000 sats. F9 shows the balance.")
    await owner.sees("✓ Funded")


async def test_a_funding_is_given_up_and_never_cancelled_at_the_server(owner: User) -> None:
    await funds(owner)
    await owner.presses("x")
    await owner.sees("Given up", "The server cancels no funding", "Do not pay this invoice any more.")
    await owner.waits(300)
    assert owner.api.times("cancel_order") == []
    await owner.presses("x")
    await owner.sees("Pay 25,000 sats")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refused("backend error", http_status=500), "No order was made. backend error"),
        (Unreachable("No connection [/]."), "No order was made. No connection [/]."),
        (
            OutcomeUnknown("No answer came."),
            "Outcome unknown. No answer came. Nothing was paid, so nothing is lost. f asks for another invoice.",
        ),
    ],
)
async def test_a_funding_that_is_not_made_is_said_on_the_account(rich: World, error: Exception, said: str) -> None:
    slow: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    rich.api.say("create_order", slow)
    async with rich.user(80, 24) as user:
        await user.presses("f9")
        await user.sees("Balance 1,000 sats")
        await user.presses("f", "enter")
        await user.sees("Asking for an invoice over 10,000 sats …")
        assert "f Fund" not in user.keys_line()
        slow.set_result(error)
        await user.sees(said, "f Fund")
        await user.presses("f5")
        await user.sees_no_more(said)


async def test_without_a_key_an_order_from_the_balance_is_said_not_to_be_made(world: World) -> None:
    async with world.user(80, 24) as user:
        user.app.post_message(OrderWanted(PREPAID))
        await user.until(lambda: "There is no API key" in user.app.state.order_error, "the sentence")
        assert user.api.times("create_order") == []


# -- orders that are paid from the balance


async def test_the_balance_is_read_again_when_a_prepaid_order_is_made_and_when_it_ends(rich: World) -> None:
    rich.api.say("create_order", Created("p", "", "bc", None, prepaid=True))
    rich.api.say("order_status", OrderReply(paid=True))
    async with rich.user(80, 24) as user:
        user.app.post_message(OrderWanted(PREPAID))
        await user.until(lambda: user.app.state.order("p"), "the order")
        await user.until(lambda: len(user.api.times("balance")) == 1, "the balance read")
        await user.opens_order()
        await user.sees(
            "Paid from your balance", "3,000 sats were taken from your balance with the order.", "✓ Payment"
        )
        words = user.words()
        assert not any(word in words for word in ("held", "Held", "wallet", "Invoice"))
        assert not user.sees_code()
        await user.waits(121)
        await user.presses("x")
        await user.sees_in("#dialog", "3,000 sats should go back to your balance.")
        await user.presses("n")
        user.api.say("balance", 4_000)
        await user.server_says("p", paid=True, error="No available number")
        await user.sees("went back to your balance as far as the server says.", "F9 shows the balance.")
        await user.until(lambda: user.app.state.account.balance == 4_000, "the balance read again")
        assert len(user.api.times("balance")) == 2
        await user.waits(900)
        assert len(user.api.times("balance")) == 2


async def test_a_lost_answer_to_a_prepaid_order_says_that_money_may_have_moved_and_the_balance_is_read(
    rich: World,
) -> None:
    rich.api.say("create_order", OutcomeUnknown("No answer came."))
    async with rich.user(80, 24) as user:
        user.app.post_message(OrderWanted(PREPAID))
        await user.until(lambda: user.app.state.order_error.startswith("Outcome unknown."), "the sentence")
        assert "Money may have moved: F6 lists it and says how to find out." in user.app.state.order_error
        assert "nothing is lost" not in user.app.state.order_error
        await user.until(lambda: user.api.times("balance"), "the balance read")
        await user.presses("f6", "enter")
        await user.sees("so money may have moved.", "F9 Look at the balance of the API key")
        await user.presses("f9")
        await user.sees("Balance 1,000 sats")


async def test_no_key_is_looked_for_because_an_order_ended(rich: World) -> None:
    await rich.knows(a_held(payreq="", prepaid=True), an_order(2, None, kind=Kind.FUND, amount=25_000))
    async with rich.user(80, 24) as user:
        await user.server_says(order_id(1), paid=True, error="No number")
        await user.server_says(order_id(2), paid=True)
        await user.settles()
        first = user.app.state.order(order_id(1))
        assert first is not None
        assert first.status is Status.RETURNED
        assert (rich.keys.asked, user.api.times("balance")) == (0, [])
