"""What is said when no order comes of it, and that nothing is sent twice."""

import pytest

from s4s_tui.domain.errors import JournalError, OutcomeUnknown, Refused, Unreachable
from s4s_tui.domain.order import Cancel
from s4s_tui.services.journal import SqliteJournal
from tests.ui.invoices import a_created, a_held, an_order
from tests.ui.user import User
from tests.ui.world import World


async def tries_to_order(user: User) -> None:
    await user.breathless(*"germ", "enter", *"teleg", "enter")


async def test_a_refusal_is_said_with_the_servers_reason_and_ordering_goes_on(world: World) -> None:
    world.api.say("create_order", Refused("Out of stock [/] for [A]", http_status=400), a_created())
    async with world.user() as user:
        await tries_to_order(user)
        await user.sees("No order was made. Out of stock [/] for [A]")
        await user.presses("enter")
        await user.sees("Pay 3,000 sats")
        await user.presses("escape")
        await user.sees("Free until you pay; held")


async def test_no_connection_makes_no_order(world: World) -> None:
    world.api.say("create_order", Unreachable("No connection to the server."))
    async with world.user() as user:
        await tries_to_order(user)
        await user.sees("No order was made. No connection to the server.", "✗ no answer (1)")


async def test_a_lost_answer_is_called_unknown_and_is_listed(world: World) -> None:
    world.api.say("create_order", OutcomeUnknown("The server's answer was lost."))
    async with world.user() as user:
        await tries_to_order(user)
        await user.sees("Outcome unknown. The server's answer was lost.", "Nothing was paid, so nothing is lost.")
        assert len(user.api.times("create_order")) == 1
        await user.presses("f6")
        await user.sees("? Outcome unknown", "Telegram", "The server's answer to this order was lost")
        await user.presses("enter", "c")
        await user.settles()
        await user.sees("? Outcome unknown")


async def test_an_order_that_cannot_be_written_down_is_not_sent(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object) -> None:
        raise JournalError("The disk is full.")

    async with world.user() as user:
        monkeypatch.setattr(SqliteJournal, "intend", full)
        await tries_to_order(user)
        await user.sees("No order was made. The disk is full.")
        assert not user.api.times("create_order")


async def test_an_old_error_is_gone_when_another_order_is_tried(world: World) -> None:
    world.api.say("create_order", Refused("Busy", http_status=400), Refused("Later", http_status=400))
    async with world.user() as user:
        await tries_to_order(user)
        await user.sees("No order was made. Busy")
        await user.presses("enter")
        await user.sees("No order was made. Later")
        assert "Busy" not in user.words()


async def test_a_sixth_unpaid_order_is_only_made_by_a_word(world: World) -> None:
    await world.knows(*(an_order(serial) for serial in range(1, 6)))
    world.api.say("create_order", a_created(6))
    async with world.user() as user:
        await tries_to_order(user)
        await user.sees_in("#dialog", "5 orders wait for their payment already.", "costs the service", "y ", "n ")
        await user.presses("n")
        await user.settles()
        assert not user.api.times("create_order")
        assert len(user.app.state.orders) == 5
        await user.presses("enter")
        await user.sees_in("#dialog", "5 orders wait for their payment already.")
        await user.presses("y")
        await user.sees("Pay 3,000 sats")
        assert len(user.api.times("create_order")) == 1
        assert len(user.app.state.orders) == 6


async def test_given_up_and_paid_orders_do_not_count_as_unpaid(world: World) -> None:
    given_up = (an_order(serial, cancel=Cancel.GIVEN_UP) for serial in range(1, 4))
    await world.knows(*given_up, *(an_order(serial) for serial in range(4, 8)), a_held(8))
    world.api.say("create_order", a_created(9))
    async with world.user() as user:
        await tries_to_order(user)
        await user.sees("Pay 3,000 sats")
        assert len(user.api.times("create_order")) == 1
