"""What becomes of a message that was ordered: followed, told, written again, never cancelled once it is paid."""

import pytest

from s4s_tui.domain.order import OrderReply, Status
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.preview import PreviewScreen
from tests.services.fakes import START
from tests.ui.invoices import order_id
from tests.ui.letters import (
    PHONE,
    SHOWN,
    TEXT,
    a_paid_sms,
    an_ended_sms,
    an_sms,
    previews_an_sms,
    sells_messages,
)
from tests.ui.world import World


async def test_it_is_followed_to_its_delivery(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await previews_an_sms(user)
        await user.presses("enter")
        await user.sees("Pay 1,000 sats", "nothing is spent until the message is sent")
        await user.server_says(order_id(), paid=True, sms_status="created")
        await user.sees("Being sent", "Held, not spent: 1,000 sats.", "◌ Sent")
        await user.server_says(order_id(), paid=True, sms_status="sent")
        await user.sees("Sent Word of its delivery may still come, or never: both are success.", "1,000 sats settled.")
        await user.server_says(order_id(), paid=True, sms_status="delivered")
        await user.sees("Delivered", "✓ Sent", "✓ Delivered", TEXT)
        assert user.bells == 1
        assert user.toasts == []
        await user.presses("n", "c")
        await user.is_told("Recipient:")
        await user.is_told("Message:")
        await user.presses("escape")
        await user.until(lambda: not isinstance(user.app.screen, OrderScreen | PreviewScreen), "where it was begun")


async def test_a_failed_one_is_told_elsewhere_and_can_be_written_again(world: World) -> None:
    sells_messages(world)
    await world.knows(a_paid_sms())
    async with world.user(80, 24) as user:
        await user.server_says(order_id(), paid=True, sms_status="failed")
        await user.is_told(f"SMS · {SHOWN}: the server says that it failed.")
        assert user.bells == 1
        await user.presses("f6")
        await user.sees("✗ Failed", f"SMS · {SHOWN}")
        await user.presses("enter")
        await user.sees("Failed", "The server says that the message could not be sent.")
        await user.sees("Where 1,000 sats are, the server has not said. A hold that nobody settles ends by itself")
        await user.sees("1 Write it again")
        await user.presses("1")
        await user.sees("Send an SMS", PHONE, TEXT)


async def test_an_unpaid_one_is_given_up_and_taken_back_and_a_paid_one_cannot_be_cancelled(world: World) -> None:
    await world.knows(an_sms(1), a_paid_sms(2, created_at=START - 60))
    world.api.say("order_status", OrderReply(paid=True, sms_status="created"), of=order_id(2))
    async with world.user(80, 24) as user:
        await user.presses("f6")
        await user.sees("Being sent", "Waiting for payment")
        await user.presses("G", "k", "k", "enter")
        await user.sees("Being sent", "Held, not spent")
        assert "x " not in user.keys_line()
        await user.presses("x", "escape", "j", "enter")
        await user.sees("Pay 1,000 sats")
        await user.presses("x")
        await user.sees("Given up", "The server is not told, for it cancels no message.")
        await user.waits(300)
        assert not user.api.times("cancel_order")
        await user.presses("x")
        await user.sees("Pay 1,000 sats")


@pytest.mark.parametrize("status", [Status.RETURNED, Status.EXPIRED])
async def test_what_was_not_sent_is_written_again_over_what_was_typed(world: World, status: Status) -> None:
    sells_messages(world)
    await world.knows(an_ended_sms(status, reason="No luck"))
    async with world.user(80, 24) as user:
        await user.presses("f6", "enter")
        await user.sees("The server said: No luck", "1 Write it again")
        await user.presses("1")
        await user.sees("Send an SMS", TEXT)
        await user.presses("f7")
        await user.sees(f"SMS to {SHOWN}", TEXT)


async def test_a_message_full_of_markup_is_text_everywhere(world: World) -> None:
    await world.knows(an_ended_sms(Status.SENT, message="[/] <b>\n[red]x\x1b[31m", country_name="[/]+49"))
    async with world.user(120, 40) as user:
        await user.presses("f6")
        await user.sees("[/]+49")
        await user.presses("enter")
        await user.sees("To [/]+49", "┃ [/] <b>", "┃ [red]x")
