"""A damaged journal: set aside whole, a new one begun, and what is known written there, by one program or two."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from s4s_tui.domain.errors import JournalReplaced
from s4s_tui.domain.history import Intent, Outcome, Source
from s4s_tui.domain.order import Cancel, Order, Status
from s4s_tui.services.book import OrderBook
from s4s_tui.services.journal import SqliteJournal
from tests.services.disk import content, fill, look, opened, written
from tests.services.fakes import DRAFT, START, HandClock, StateStore, an_order, held

PAGE = 4096
MANY = 80
NOTES = b"Buy milk. Call Anna. " * 300


def many() -> list[Order]:
    """Open orders, an ended one between each two of them."""
    return [held(f"{at:03}") if at % 2 else ended(f"{at:03}") for at in range(MANY)]


def ended(order_id: str = "e") -> Order:
    return held(order_id, status=Status.CODE, code="048010", code_at=START, ended_at=START)


def in_the_middle(good: bytes) -> bytes:
    """One page of the orders' table is garbage."""
    at = good.index(b"lnbc", len(good) // 2) // PAGE * PAGE
    return good[:at] + b"\xa5" * PAGE + good[at + PAGE :]


def cut_off(good: bytes) -> bytes:
    return good[: len(good) * 9 // 10 // PAGE * PAGE + 100]


def as_text(_good: bytes) -> bytes:
    return NOTES


def damage(path: Path, how: Callable[[bytes], bytes]) -> bytes:
    """Write the file anew with damage, where it lies: programs that have it open see it. Returns what it holds now."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    bad = how(content(path))
    with path.open("r+b") as file:
        file.write(bad)
        file.truncate()
    return bad


async def looks_again(journal: SqliteJournal) -> None:
    """Drop what the connection holds in memory, as a program that runs for long does by itself."""
    await journal._on_thread(lambda db: db.execute("PRAGMA shrink_memory"))


def set_aside(path: Path) -> list[Path]:
    """The damaged files beside the journal, without their companions."""
    return sorted(file for file in path.parent.glob("*.damaged-*") if not file.name.endswith(("-wal", "-shm")))


class TestAtTheStart:
    @pytest.mark.parametrize("how", [in_the_middle, cut_off], ids=["a page is garbage", "it is cut off"])
    async def test_the_open_orders_that_can_be_read_are_saved_and_it_is_said(
        self, path: Path, how: Callable[[bytes], bytes]
    ) -> None:
        await written(path, *many())
        bad = damage(path, how)
        async with opened(path) as journal:
            memory = await journal.load()
            [aside] = set_aside(path)
            assert content(aside) == bad, "not a byte of it is changed"
            assert memory.notice.startswith(f"The journal was damaged. It was set aside as {aside}, and a new one is")
            assert f"{len(memory.orders)} open orders were saved" in memory.notice
            assert "payment hash in your wallet" in memory.notice
            assert 0 < len(memory.orders) < MANY // 2 + 1
            assert set(memory.orders) <= {order for order in many() if not order.ended}
            await journal.record(an_order("new"), ())
        async with opened(path) as journal:
            again = await journal.load()
            assert again.notice == ""
            assert {*memory.orders, an_order("new")} == set(again.orders)

    async def test_a_text_file_in_its_place_is_kept_and_a_new_journal_is_begun(self, path: Path) -> None:
        fill(path, NOTES)
        async with opened(path) as journal:
            memory = await journal.load()
            assert (memory.orders, memory.trouble) == ((), "")
            assert "was set aside as" in memory.notice
            assert "0 open orders were saved" in memory.notice
            await journal.record(an_order(), ())
        [aside] = set_aside(path)
        assert content(aside) == NOTES

    async def test_both_of_two_programs_that_find_it_at_once_go_on_with_one_new_file(self, path: Path) -> None:
        await written(path, *many())
        bad = damage(path, in_the_middle)
        async with opened(path) as one, opened(path) as two:
            await asyncio.gather(one.load(), two.load())
            assert len(set_aside(path)) == 1, "the new file was not taken for the damaged one"
            assert content(set_aside(path)[0]) == bad
            assert set((await one.load()).orders) == set((await two.load()).orders) != set()
            await one.record(an_order("one"), ())
            await two.record(an_order("two"), ())
            assert {order.order_id for order in (await one.load()).orders} >= {"one", "two"}


class Program:
    """A running program, as far as it knows orders."""

    def __init__(self, journal: SqliteJournal) -> None:
        self.journal = journal
        self.store = StateStore()
        self.book = OrderBook(self.store, journal, HandClock())


@contextlib.asynccontextmanager
async def running(path: Path) -> AsyncIterator[Program]:
    async with opened(path) as journal:
        program = Program(journal)
        await program.book.load()
        await program.book.sync()
        yield program


def noted(order: Order) -> Order:
    return replace(order, odd="the number is missing")


class TestWhileItRuns:
    @pytest.mark.parametrize("how", [in_the_middle, cut_off, as_text])
    async def test_a_write_that_finds_it_writes_everything_that_is_known_anew(
        self, path: Path, how: Callable[[bytes], bytes]
    ) -> None:
        await written(path, *many())
        async with running(path) as program:
            program.store.state = replace(program.store.state, payees=frozenset({"02aa"}))
            damage(path, how)
            await looks_again(program.journal)
            for order in many():
                await program.book.update(order.order_id, noted, Source.SERVER)
            assert program.store.state.journal_trouble == ""
            assert "was set aside as" in program.store.state.journal_notice
        assert len(set_aside(path)) == 1
        async with opened(path) as journal:
            memory = await journal.load()
            assert set(memory.orders) == {noted(order) for order in many()}, "open and ended ones, with what was new"
            assert memory.settings["payees"] == "02aa"
            whats = [line.what for line in await journal.history("001")]
            assert whats[-1] == "odd"

    async def test_a_look_for_news_finds_it_too(self, path: Path) -> None:
        await written(path, *many())
        async with running(path) as program, running(path) as other:
            damage(path, as_text)
            await looks_again(other.journal)
            await looks_again(program.journal)
            await program.book.sync()
            assert "was set aside as" in program.store.state.journal_notice
            assert {row[0] for row in look(path, "SELECT order_id FROM orders")} == {o.order_id for o in many()}

    async def test_what_a_question_finds_is_made_good_by_the_next_look_or_write(self, path: Path) -> None:
        await written(path, *many())
        async with running(path) as program:
            damage(path, as_text)
            await looks_again(program.journal)
            with pytest.raises(JournalReplaced):
                await program.journal.history("001")
            await program.book.sync()
            assert len(look(path, "SELECT order_id FROM orders")) == MANY
            assert "was set aside as" in program.store.state.journal_notice

    async def test_where_the_new_file_cannot_be_filled_yet_that_is_said_and_made_good_later(self, path: Path) -> None:
        await written(path, *many())
        async with running(path) as program:
            damage(path, as_text)
            await looks_again(program.journal)
            with pytest.raises(JournalReplaced):
                await program.journal.order("001")
            pages = await program.journal._on_thread(
                lambda db: db.execute("PRAGMA page_count").fetchone()[0], beside=True
            )
            await program.journal._on_thread(lambda db: db.execute(f"PRAGMA max_page_count = {pages}"), beside=True)
            await program.book.update("001", noted, Source.SERVER)
            assert "disk is full" in program.store.state.journal_trouble
            await program.journal._on_thread(lambda db: db.execute("PRAGMA max_page_count = 10000"), beside=True)
            await program.book.update("003", noted, Source.SERVER)
            assert program.store.state.journal_trouble == ""
        assert len(look(path, "SELECT order_id FROM orders")) == MANY
        assert sorted(look(path, "SELECT order_id FROM orders WHERE odd IS NOT NULL")) == [("001",), ("003",)]

    async def test_a_journal_that_somebody_deleted_is_written_anew(self, path: Path) -> None:
        await written(path, *many())
        async with running(path) as program:
            for file in list(path.parent.glob("journal.db*")):
                file.unlink()
            await program.book.sync()
            assert "moved or deleted" in program.store.state.journal_notice
        async with opened(path) as journal:
            assert set((await journal.load()).orders) == set(many())


class TestTwoProgramsThatRun:
    async def test_the_second_one_follows_to_the_new_file_and_neither_loses_what_it_knows(self, path: Path) -> None:
        await written(path, *many())
        async with running(path) as one, running(path) as two:
            damage(path, in_the_middle)
            await looks_again(one.journal)
            for order in many():
                await one.book.update(order.order_id, noted, Source.SERVER)  # finds it on the way
            await two.book.update("001", lambda order: replace(order, cancel=Cancel.ARMED), Source.USER)
            await two.book.sync()
            await one.book.sync()
            assert len(set_aside(path)) == 1
            assert one.store.order("001").cancel is Cancel.ARMED
            assert set(one.store.state.orders) == set(two.store.state.orders)
            assert "new one is begun" in two.store.state.journal_notice
        async with opened(path) as journal:
            kept = {order.order_id: order for order in (await journal.load()).orders}
        assert kept.keys() == {order.order_id for order in many()}
        assert kept["001"].cancel is Cancel.ARMED

    async def test_it_does_not_overwrite_what_the_first_one_has_learned_since(self, path: Path) -> None:
        await written(path, held())
        async with running(path) as one, running(path) as two:
            damage(path, as_text)
            await looks_again(one.journal)
            await one.book.update("a", lambda _: ended("a"), Source.SERVER)
            await two.book.sync()
            assert two.store.order().code == one.store.order().code == "048010"
            await two.book.update("a", noted, Source.SERVER)
            await one.book.sync()
            assert (one.store.order().odd, one.store.order().code) == ("the number is missing", "048010")

    async def test_a_lost_request_that_both_know_is_written_once(self, path: Path) -> None:
        intent = Intent(intent_id="i", draft=DRAFT, created_at=START, outcome=Outcome.UNKNOWN, detail="Lost.")
        async with opened(path) as journal:
            await journal.intend(intent)
            await journal.conclude("i", Outcome.UNKNOWN, "Lost.")
        async with running(path) as one, running(path) as two:
            damage(path, as_text)
            await looks_again(one.journal)
            for program in (one, two):
                await program.book.sync()
                assert program.store.state.journal_trouble == ""
                assert [known.intent_id for known in program.store.state.intents] == ["i"]
        assert look(path, "SELECT intent_id, outcome FROM intents") == [("i", "unknown")]
