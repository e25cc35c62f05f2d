"""An order's history on its screen, the question to the server, and the file for support."""

import stat
from pathlib import Path

from s4s_tui.domain.errors import JournalError, Refused, Unreachable
from s4s_tui.domain.history import Happening, Source
from s4s_tui.domain.order import OrderReply, Status
from s4s_tui.ui.history_view import history_rows
from s4s_tui.ui.screens.history import HistoryScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.secrets import SecretsQuestion
from tests.services.fakes import START
from tests.ui.invoices import a_held, an_order, order_id, with_code, with_number
from tests.ui.user import User
from tests.ui.world import World


def files(world: World) -> list[Path]:
    """The files for support that were written."""
    return sorted((world.journal_path.parent / "support").glob("*"))


async def opens_history(user: User) -> None:
    await user.presses("v")
    await user.until(lambda: isinstance(user.app.screen, HistoryScreen), "the history")


async def test_v_tells_what_happened_and_follows_what_happens(world: World) -> None:
    async with world.user() as user:
        order = await user.orders_telegram()
        await user.server_says(order.order_id, paid=True)
        await user.sees("Held, not spent")
        await opens_history(user)
        await user.sees("Telegram · Germany ▸ History", "you Order made, its invoice came", "server Paid: the payment")
        await user.server_says(order.order_id, paid=True, number="4915112345678")
        await user.sees("server Number: 4915112345678")
        await user.server_says(order.order_id)
        await user.sees("! 22:", "Unusual: the number is missing")
        await user.presses("escape")
        await user.sees("Enter this number at Telegram:")


async def test_v_pressed_twice_in_one_breath_shows_one_history(world: World) -> None:
    await world.knows(a_held())
    async with world.user() as user:
        await user.opens_order()
        depth = len(user.app.screen_stack)
        await user.breathless("v", "v")
        await user.settles()
        assert len(user.app.screen_stack) == depth + 1


async def test_a_long_history_scrolls_and_hostile_words_are_text(world: World) -> None:
    lines = [Happening(START + at, Source.SERVER, "reason", f"[/] number {at} \x1b[31m") for at in range(40)]
    async with world.journal() as journal:
        await journal.record(a_held(), lines)
    async with world.user(60, 20) as user:
        await user.opens_order()
        await opens_history(user)
        await user.sees("The server said: [/] number 0")
        assert "number 39" not in user.words()
        await user.presses("G")
        await user.sees("The server said: [/] number 39")
        await user.presses("g", "j", "k", "pagedown", "pageup")
        await user.sees("The server said: [/] number 0")
        await user.presses("v")
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order again")


async def test_an_order_without_a_history_says_so(world: World) -> None:
    world.api.say("order_status", Unreachable("No connection."))  # an answer would be its history
    await world.knows(a_held())
    async with world.user() as user:
        await user.opens_order()
        await opens_history(user)
        await user.sees("Nothing is kept of this order.")


async def test_a_journal_that_cannot_be_read_is_told_and_the_file_is_written_all_the_same(world: World) -> None:
    await world.knows(a_held())
    async with world.user() as user:
        await user.opens_order()
        assert user.app.services is not None

        async def broken(order_id: str) -> tuple[Happening, ...]:
            raise JournalError(f"The journal [/] cannot be read for {order_id[:4]}.")

        user.app.services.outside.journal.history = broken  # type: ignore[method-assign]  # a disk that fails
        await user.presses("v")
        await user.is_told("The journal [/] cannot be read for 0000.")
        await user.presses("w")
        await user.is_told("support@sms4sats.com")
        assert "Not readable      The journal [/] cannot be read for 0000." in files(world)[0].read_text()


def test_rows_are_broken_for_the_width_and_keep_their_column() -> None:
    lines = [
        Happening(START, Source.USER, "created"),
        Happening(START + 86400, Source.SERVER, "returned", "No number was available at this time of the day"),
    ]
    rows = history_rows(lines, START + 86400, 60)
    assert rows[0].when == "yesterday 22:13  you   "
    assert len({len(row.when) for row in rows}) == 1
    assert all(len(row.when) + len(row.words) + 4 <= 60 for row in rows)
    assert " ".join(row.words for row in rows[1:]) == f"Returned. The server said: {lines[1].detail}"
    assert history_rows(lines, START, 5), "however narrow"


async def test_f5_asks_the_server_also_about_an_ended_order(world: World) -> None:
    ended = a_held(status=Status.RETURNED, reason="No SMS", ended_at=START - 86400)
    await world.knows(ended)
    async with world.user() as user:
        await user.opens_order()
        await user.settles()
        assert not user.api.times("order_status")
        user.api.say("order_status", OrderReply(paid=True, number="4915112345678", code="048010"))
        await user.presses("f5")
        await user.is_told("The server is asked about this order.")
        await user.sees("048010", "This code came after the server had ended the order.", "look in your wallet")
        user.api.say("order_status", Refused("Busy [/]", http_status=500))
        await user.presses("f5")
        await user.is_told("Busy [/]")


async def test_w_asks_once_and_writes_the_file_without_number_and_code(world: World) -> None:
    await world.knows(with_code(), an_order(2, created_at=START - 60))
    async with world.user() as user:
        await user.opens_order("down")
        await user.presses("w")
        await user.until(lambda: isinstance(user.app.screen, SecretsQuestion), "the question")
        await user.sees("With the number and the code?", "y With them", "n Without", "esc No file")
        await user.presses("n")
        await user.is_told("Send it to t.me/sms4sats or support@sms4sats.com.")
    (path,) = files(world)
    assert str(path) in user.toasts[-1]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    text = path.read_text()
    assert order_id() in text
    assert order_id(2) not in text
    assert "048010" not in text
    assert "4915112345678" not in text


async def test_w_with_number_and_code_where_they_are_wanted(world: World) -> None:
    await world.knows(with_code())
    async with world.user() as user:
        await user.opens_order()
        await user.presses("w", "y")
        await user.is_told("Send it to")
        await user.presses("w", "n")
        await user.until(lambda: len(user.toasts) == 2, "the second file")
    texts = [path.read_text() for path in files(world)]
    assert sorted("048010" in text and "4915112345678" in text for text in texts) == [False, True]


async def test_esc_writes_no_file(world: World) -> None:
    await world.knows(with_number())
    async with world.user() as user:
        await user.opens_order()
        await user.presses("w", "escape")
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")
        await user.settles()
        assert not user.toasts
    assert not files(world)


async def test_a_folder_that_cannot_be_written_is_told(world: World) -> None:
    await world.knows(a_held())
    (world.journal_path.parent / "support").write_text("not a folder")
    async with world.user() as user:
        await user.opens_order()
        await user.presses("w")
        await user.is_told("The file for support cannot be written to")


async def test_a_files_path_goes_with_the_screen_and_a_new_one_takes_its_place(world: World) -> None:
    await world.knows(a_held())
    async with world.user(80, 30) as user:
        await user.opens_order()
        await user.presses("w")
        await user.sees("File for support")
        await user.presses("w")
        await user.until(lambda: sum("Send it to" in toast for toast in user.toasts) == 2, "a second file is told of")
        await user.until(lambda: user.words().count("File for support") == 1, "one path in sight")
        await user.presses("escape")
        await user.sees_no_more("File for support")
