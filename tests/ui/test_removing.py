"""Taking orders and notes off the list, and what is said of a journal in trouble."""

import pytest

from s4s_tui.domain.errors import JournalError
from s4s_tui.domain.events import JournalNoticed, JournalTroubled
from s4s_tui.domain.order import Cancel, Kind, OrderReply, Status
from s4s_tui.services.journal import SqliteJournal
from s4s_tui.ui.screens.orders import OrdersScreen
from s4s_tui.ui.screens.remove import RemoveScreen
from tests.services.fakes import START
from tests.ui.invoices import a_held, an_order, order_id, with_code, with_number
from tests.ui.world import World

NOTICE = "The journal was damaged. It was set aside as /home/me/journal.db.damaged-1."


@pytest.mark.parametrize("key", ["delete", "backspace"])
async def test_off_the_list_it_stays_in_the_journal(world: World, key: str) -> None:
    await world.knows(with_code(1), an_order(2, service_name="Viber", status=Status.EXPIRED, ended_at=START))
    async with world.user(80, 24) as user:
        await user.presses("f6", "g")
        marked = user.app.screen.query_one("PickTable").row.order_id  # type: ignore[attr-defined]  # the marked order
        await user.presses(key)
        await user.sees("Remove", "Take it off the list.", "keep_days", "This cannot be undone.")
        await user.presses("y")
        await user.until(lambda: user.app.state.order(marked) is None, "the list without it")
        assert len(user.app.state.orders) == 1
    async with world.journal() as journal:
        kept = await journal.order(marked)
        assert kept is not None
        assert kept.removed


async def test_for_good_it_is_deleted_with_its_history(world: World) -> None:
    await world.knows(with_code(1))
    async with world.user(80, 24) as user:
        await user.presses("f6", "delete")
        await user.sees("Remove Telegram · Germany?", "✓ Code received")
        await user.presses("d")
        await user.sees("No orders yet.")
    async with world.journal() as journal:
        assert await journal.order(order_id(1)) is None


@pytest.mark.parametrize("key", ["n", "escape"])
async def test_every_other_answer_leaves_it(world: World, key: str) -> None:
    await world.knows(with_code(1))
    async with world.user(80, 24) as user:
        await user.presses("f6")
        await user.breathless("delete", "delete")
        await user.sees("Remove Telegram · Germany?")
        await user.presses(key)
        await user.until(lambda: isinstance(user.app.screen, OrdersScreen), "the list")
        await user.sees("✓ Code received")


async def test_a_rental_that_the_server_forgot_says_so_and_can_be_removed(world: World) -> None:
    world.api.say("order_status", OrderReply(error="Order not found"))
    rental = with_number(1, kind=Kind.RENT, status=Status.CODE, code="048010", code_at=START)
    await world.knows(rental)
    async with world.user(80, 24) as user:
        await user.presses("f6")
        await user.until_asked(order_id(1), 0)
        await user.sees("? Not known (1)", "The server does not know it now: it may be over.")
        await user.presses("enter")
        await user.sees("The server does not know this rental now.", "Time left: not known; it may be over.", "048010")
        await user.presses("escape", "delete", "y")
        await user.until(lambda: not user.app.state.orders, "the list without it")
    async with world.journal() as journal:
        kept = await journal.order(rental.order_id)
        assert kept is not None
        assert (kept.removed, kept.ended, kept.code) == (True, True, "048010")


async def test_an_order_that_has_not_ended_stays_and_says_why(world: World) -> None:
    world.api.say("order_status", OrderReply(paid=True, number="4915112345678"), of=order_id(1))
    world.api.say("order_status", OrderReply(paid=True), of=order_id(2))
    await world.knows(with_number(1), a_held(2), an_order(3), an_order(4, cancel=Cancel.GIVEN_UP))
    async with world.user(80, 24) as user:
        await user.presses("f6")
        for keys, why in (
            ("g", "Money may be held behind this order."),
            ("j", "Money may be held behind this order."),
            ("j", "This order still waits for its payment. Give it up first"),
            ("j", "The server has not closed this order yet."),
        ):
            user.toasts.clear()
            await user.presses(keys, "delete")
            await user.is_told(why)
            assert not isinstance(user.app.screen, RemoveScreen)
        assert len(user.app.state.orders) == 4


async def test_a_notice_is_shown_once_where_a_dialog_opens_above_it(world: World) -> None:
    await world.knows(an_order(1))
    async with world.user(120, 40) as user:
        await user.presses("f6", "delete")
        await user.sees("This order still waits for its payment.")
        await user.presses("f")
        await user.sees("Find an order", "This order still waits for its payment.")
        await user.until(lambda: user.words().count("This order still waits") == 1, "the notice once")
        await user.presses("ctrl+p")
        await user.sees("Search for commands", "This order still waits for its payment.")
        await user.until(lambda: user.words().count("This order still waits") == 1, "the notice once")
        await user.presses("escape", "escape")
        await user.sees_no_more("Find an order")
        await user.sees("This order still waits for its payment.")


@pytest.mark.parametrize("theme", ["s4s-dark", "terminal"])
async def test_a_notice_covers_no_answer_of_a_dialog_in_a_small_window(world: World, theme: str) -> None:
    await world.knows(an_order(1))
    async with world.user(60, 20) as user:
        user.app.wear(theme)
        await user.presses("f6", "delete")
        await user.sees("This order still waits for its")
        await user.presses("f", *"abcd", "enter")
        await user.sees("This order still waits", "no payment hash (64 hex", "digits) and no invoice")


async def test_the_mark_goes_to_the_next_row_when_one_is_removed(world: World) -> None:
    names = ("One", "Two", "Three")
    await world.knows(*(with_code(at, service_name=name, created_at=START - at) for at, name in enumerate(names)))
    async with world.user(80, 24) as user:
        await user.presses("f6", "j", "delete", "y")
        await user.sees_no_more("Two")
        await user.sees("▸ ✓ Code received Three")
        await user.presses("delete", "y")
        await user.sees("▸ ✓ Code received One")


async def test_a_removal_that_cannot_be_written_is_said_and_the_order_stays(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise JournalError("The disk is full.")

    await world.knows(with_code(1))
    async with world.user(80, 24) as user:
        monkeypatch.setattr(SqliteJournal, "forget", full)
        await user.presses("f6", "delete", "d")
        await user.is_told("The disk is full.")
        await user.sees("▸ ✓ Code received", "The disk is full.")


async def test_trouble_with_the_journal_is_said_first_on_the_list_and_on_the_countries(world: World) -> None:
    await world.knows(an_order())
    async with world.user(80, 24) as user:
        user.app.publish(JournalTroubled("The disk is full: the journal cannot be written."))
        await user.sees("The disk is full: the journal cannot be written.")
        await user.types("xyz")
        await user.sees("The disk is full")
        await user.presses("f6")
        await user.sees("The disk is full")
        user.app.publish(JournalTroubled(""))
        await user.sees_no_more("The disk is full")


async def test_what_became_of_a_damaged_journal_is_told_once_and_stays_until_it_is_read(world: World) -> None:
    await world.knows(an_order())
    async with world.user(80, 24) as user:
        user.app.publish(JournalNoticed(NOTICE))
        await user.is_told(NOTICE)
        user.app.clear_notifications()
        await user.sees(NOTICE, "F6, then r, puts this away.")
        await user.presses("f6")
        user.app.publish(JournalTroubled("The disk is full."))
        await user.sees(f"The disk is full. {NOTICE}", "r Read")
        user.app.publish(JournalTroubled(""))
        await user.presses("r")
        await user.until(lambda: not user.app.state.journal_notice, "the notice put away")
        await user.sees("Its invoice can be paid until tomorrow")
        assert "r Read" not in user.keys_line()
        assert user.toasts == [NOTICE]
