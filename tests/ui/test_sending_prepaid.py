"""Paying a message from the balance: asked first with the balance as it is now, and nothing said that is not known."""

import pytest

from s4s_tui.domain.errors import OutcomeUnknown, Unreachable
from s4s_tui.domain.order import Created, Status
from s4s_tui.domain.secret import Secret
from s4s_tui.ui.screens.confirm import Confirm
from tests.ui.invoices import KEY, order_id
from tests.ui.letters import SHOWN, previews_an_sms, sells_messages, writes_an_sms
from tests.ui.user import User
from tests.ui.world import World

KEY_TEXT = "s4s-key-that-nobody-sees-0000"


def has_a_key(world: World, balance: int) -> None:
    sells_messages(world)
    world.keys.key = Secret(KEY_TEXT)
    world.api.say("balance", balance)
    world.api.say("create_order", Created(order_id(), "", "bcrt", KEY.public, prepaid=True))


async def previews_from_balance(user: User) -> None:
    await writes_an_sms(user)
    await user.presses("f4")
    await user.sees("from the balance")
    await user.settles()
    await user.presses("f7")
    await user.sees("Enter reads your balance and asks you once more before anything is paid or sent.")


async def test_the_question_names_the_amount_and_the_balance_before_and_after(world: World) -> None:
    has_a_key(world, 50_000)
    async with world.user(80, 24) as user:
        await previews_from_balance(user)
        user.api.say("balance", 5_000)  # meanwhile something else was paid
        await user.presses("enter")
        await user.sees_in("#dialog", f"Send this SMS to {SHOWN} and pay 1,000 sats from the balance now?")
        await user.sees_in("#dialog", "Balance before: 5,000 sats. Balance after: 4,000 sats.", "cannot be called back")
        await user.presses("n")
        await user.settles()
        assert not user.api.ordered
        await user.presses("enter", "y")
        await user.sees("Being sent", "1,000 sats were taken from your balance with the order.", "from the balance")
        (draft, key), *others = user.api.ordered
        assert (draft.prepaid, key, others) == (True, Secret(KEY_TEXT), [])
        assert KEY_TEXT not in user.words()
        await user.server_says(order_id(), paid=True, sms_status="failed")
        await user.sees("1,000 sats should go back to your balance. The server has not said that this has happened.")
        assert user.app.state.orders[0].status is Status.FAILED


async def test_too_little_is_said_before_anything_is_sent(world: World) -> None:
    has_a_key(world, 300)
    async with world.user(80, 24) as user:
        await previews_from_balance(user)
        await user.presses("enter")
        await user.sees("The balance is 300 sats, 700 sats too few. Nothing was sent and nothing paid.")
        assert not isinstance(user.app.screen, Confirm)
        assert not user.api.ordered


async def test_a_lost_answer_says_that_money_may_have_moved(world: World) -> None:
    has_a_key(world, 5_000)
    world.api.say("create_order", OutcomeUnknown("The server's answer was lost."))
    async with world.user(80, 24) as user:
        await previews_from_balance(user)
        await user.presses("enter", "y")
        await user.sees("Outcome unknown. The server's answer was lost. Money may have moved")
        assert "nothing is lost" not in user.words()
        await user.settles()
        assert len(user.api.ordered) == 1


@pytest.mark.parametrize("trouble", ["", "The command ended with status 1."])
async def test_without_a_key_it_is_paid_by_invoice(world: World, trouble: str) -> None:
    sells_messages(world)
    world.keys.trouble = trouble
    async with world.user(100, 24) as user:
        await writes_an_sms(user)
        await user.presses("f4")
        await user.sees(trouble or "There is no API key", "by invoice")
        await user.presses("f7", "enter")
        await user.sees("Pay 1,000 sats")
        assert not user.api.ordered[0][0].prepaid


async def test_a_balance_that_cannot_be_read_stops_it(world: World) -> None:
    has_a_key(world, 5_000)
    async with world.user(80, 24) as user:
        await previews_from_balance(user)
        user.api.say("balance", Unreachable("No connection to the server."))
        await user.presses("enter")
        await user.sees("The balance could not be read, so nothing was ordered. No connection to the server.")
        user.api.say("balance", 5_000)
        await user.presses("enter")
        await user.sees_in("#dialog", "Balance after: 4,000 sats.")


async def test_an_unknown_price_is_not_paid_from_a_balance(world: World) -> None:
    has_a_key(world, 5_000)
    world.api.say("price", Unreachable("No connection to the server."))
    async with world.user(80, 24) as user:
        await user.presses("f7")
        await user.types("+491701234567")
        await user.presses("enter")
        await user.types("Hi")
        await user.presses("f4")
        await user.sees("price unknown, from the balance")
        await user.presses("f7", "enter")
        await user.sees("The price is not known, so nothing can be paid from the balance.")
        assert not user.api.ordered


async def test_f4_again_goes_back_to_the_invoice(world: World) -> None:
    has_a_key(world, 5_000)
    world.api.say("create_order", Created(order_id(), "", "bcrt", KEY.public))
    async with world.user(80, 24) as user:
        await previews_an_sms(user)
        await user.presses("escape", "f4")
        await user.sees("from the balance: 5,000 sats")
        await user.presses("f4")
        await user.sees("by invoice: free until you pay it")
