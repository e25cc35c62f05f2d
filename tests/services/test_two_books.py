"""Two programs on one journal, without their screens: no change is lost, and each learns what the other wrote."""

import asyncio
import contextlib
import random
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from s4s_tui.domain.history import Intent, Outcome, Source
from s4s_tui.domain.life import advance
from s4s_tui.domain.order import Cancel, Order, OrderReply, Received, Status
from s4s_tui.domain.wishes import arm, give_up, shifted
from s4s_tui.services import tables
from s4s_tui.services.book import OrderBook
from s4s_tui.services.journal import SqliteJournal
from s4s_tui.services.journal_file import transaction
from tests.services.disk import opened, written
from tests.services.fakes import DRAFT, START, HandClock, StateStore, an_order, held

PAID = OrderReply(paid=True)
NUMBERED = OrderReply(paid=True, number="4915112345678")
CODED = OrderReply(paid=True, number="4915112345678", code="048010")


@dataclass
class Program:
    """What one program has of the journal."""

    journal: SqliteJournal
    store: StateStore
    book: OrderBook
    clock: HandClock

    def order(self, order_id: str = "a") -> Order:
        return self.store.order(order_id)


@contextlib.asynccontextmanager
async def two_programs(path: Path) -> AsyncIterator[tuple[Program, Program]]:
    """Both have just been started on the journal."""
    async with opened(path) as first, opened(path) as second:
        programs = []
        for journal in (first, second):
            store, clock = StateStore(), HandClock()
            programs.append(Program(journal, store, OrderBook(store, journal, clock), clock))
            await programs[-1].book.load()
        yield programs[0], programs[1]


async def both_know(one: Program, two: Program, order: Order) -> None:
    await one.book.add(order, None)
    await two.book.sync()


def adds(code: str) -> Callable[[Order], Order]:
    """A change that is seen in the order whatever else is changed."""
    return lambda order: replace(order, earlier=(*order.earlier, Received(code, START)))


def told(reply: OrderReply) -> Callable[[Order], Order]:
    return lambda order: advance(order, reply, START + 5)


@pytest.mark.parametrize("seed", range(5))
async def test_changes_of_both_at_the_same_time_are_all_kept(path: Path, seed: int) -> None:
    rng = random.Random(seed)
    async with two_programs(path) as programs:
        for order_id in "ab":
            await both_know(*programs, held(order_id))
        wanted: dict[str, set[str]] = {"a": set(), "b": set()}

        async def work(program: Program, codes: list[str]) -> None:
            for code in codes:
                order_id = rng.choice("ab")
                wanted[order_id].add(code)
                await program.book.update(order_id, adds(code), Source.SERVER)
                if rng.random() < 0.3:
                    await program.book.sync()

        one, two = programs
        await asyncio.gather(*(work(one, [f"1-{at}-{part}" for at in range(8)]) for part in range(2)),
                             *(work(two, [f"2-{at}-{part}" for at in range(8)]) for part in range(2)))  # fmt: skip
        await one.book.sync()
        await two.book.sync()
        for order_id, codes in wanted.items():
            assert one.order(order_id) == two.order(order_id) == await one.journal.order(order_id)
            assert sorted(received.code for received in one.order(order_id).earlier) == sorted(codes)


@pytest.mark.parametrize("server_first", [True, False])
async def test_a_code_and_a_wish_that_come_together_are_both_kept(path: Path, server_first: bool) -> None:
    async with two_programs(path) as (one, two):
        await both_know(one, two, held())
        coded = one.book.update("a", lambda order: advance(order, CODED, START + 60), Source.SERVER)
        wished = two.book.update("a", lambda order: arm(replace(order, accepted=True)), Source.USER)
        for change in (coded, wished) if server_first else (wished, coded):
            await change
        await one.book.sync()
        await two.book.sync()
        assert one.order() == two.order()
        assert (one.order().status, one.order().code, one.order().accepted) == (Status.CODE, "048010", True)
        whats = [line.what for line in await one.journal.history("a")]
        assert whats.count("code") == whats.count("invoice accepted") == 1


async def test_what_both_were_told_stands_in_the_history_once(path: Path) -> None:
    async with two_programs(path) as (one, two):
        await both_know(one, two, an_order())
        for reply in (PAID, NUMBERED, CODED):
            for program in (one, two):
                await program.book.update("a", told(reply), Source.SERVER)
        assert [line.what for line in await two.journal.history("a")] == ["created", "paid", "number", "code"]


async def test_an_armed_cancellation_an_order_taken_off_the_list_and_a_lost_request_are_seen_by_the_other(
    path: Path,
) -> None:
    async with two_programs(path) as (one, two):
        await both_know(one, two, held())
        await both_know(one, two, an_order("ended", status=Status.EXPIRED, ended_at=START))
        await one.book.update("a", arm, Source.USER)
        await one.book.remove("ended", for_good=False)
        await one.journal.intend(Intent(intent_id="i", draft=DRAFT, created_at=START))
        await one.journal.conclude("i", Outcome.UNKNOWN, "The answer was lost.")
        assert await two.book.sync()
        assert two.order().cancel is Cancel.ARMED
        assert two.store.state.order("ended") is None
        assert [intent.intent_id for intent in two.store.state.intents] == ["i"]
        assert not await two.book.sync(), "nothing is new any more"
        assert await one.book.sync() is False, "what it wrote itself is no news"


async def test_an_order_deleted_for_good_is_not_brought_back_by_late_news_of_the_other(path: Path) -> None:
    async with two_programs(path) as (one, two):
        await both_know(one, two, an_order(status=Status.RETURNED, paid_at=START, ended_at=START))
        await one.book.remove("a", for_good=True)
        await two.book.update("a", lambda order: replace(order, odd="the error is gone"), Source.SERVER)
        assert await one.journal.order("a") is None
        assert two.store.state.order("a") is None


async def test_a_wish_is_not_sent_where_the_other_took_it_back_a_moment_ago(path: Path) -> None:
    async with two_programs(path) as (one, two):
        await both_know(one, two, an_order())
        await one.book.update("a", give_up, Source.USER)
        seen = await two.book.update("a", lambda order: order, Source.USER)
        assert seen is not None
        assert seen.cancel is Cancel.NO, "two has not looked yet"
        decided = []

        def send(order: Order) -> Order:
            decided.append(order.cancel)
            return replace(order, note="asked")

        await two.book.update("a", send, Source.USER)
        assert decided[-1] is Cancel.GIVEN_UP, "the last word is the journal's"


def written_by_another(path: Path, order: Order) -> None:
    """A third program writes this version of the order, on whatever thread this is."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        transaction(db, lambda db: tables.write(db, order, ()))


async def test_what_is_written_while_the_news_are_read_is_news_the_next_time(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with two_programs(path) as (one, two):
        await both_know(one, two, an_order())
        await one.book.update("a", adds("before"), Source.SERVER)
        real = tables.changed

        def changed_meanwhile(db: sqlite3.Connection, revision: int) -> tuple[Order, ...]:
            found = real(db, revision)
            if found:
                written_by_another(path, adds("meanwhile")(found[0]))
                monkeypatch.setattr(tables, "changed", real)
            return found

        monkeypatch.setattr(tables, "changed", changed_meanwhile)
        await two.book.sync()
        assert [received.code for received in two.order().earlier] == ["before"]
        await two.book.sync()
        assert [received.code for received in two.order().earlier] == ["before", "meanwhile"]


async def test_what_is_written_while_the_journal_is_loaded_is_news(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await written(path, an_order())
    real = tables.listed

    def listed_meanwhile(db: sqlite3.Connection) -> tuple[tuple[Order, ...], int]:
        found = real(db)
        written_by_another(path, adds("meanwhile")(an_order()))
        return found

    async with opened(path) as journal:
        store = StateStore()
        book = OrderBook(store, journal, HandClock())
        monkeypatch.setattr(tables, "listed", listed_meanwhile)
        await book.load()
        assert store.order().earlier == ()
        assert await book.sync()
        assert [received.code for received in store.order().earlier] == ["meanwhile"]


@pytest.mark.parametrize("seconds", [3600.0, -3600.0])
@pytest.mark.parametrize("looked", [True, False], ids=["it has seen the other's write", "it has not"])
async def test_a_clock_that_was_set_moves_an_order_once_though_both_notice_it(
    path: Path, seconds: float, looked: bool
) -> None:
    async with two_programs(path) as (one, two):
        await both_know(one, two, held())
        for program in (one, two):
            program.clock.wall += seconds
            await program.book.clock_was_set(seconds)
            if looked:
                await two.book.sync()
        assert await one.journal.order("a") == one.order() == two.order() == shifted(held(), seconds)
        for program in (one, two):  # and once more, a moment later
            program.clock.wall += seconds
            await program.book.clock_was_set(seconds)
        assert await one.journal.order("a") == two.order() == shifted(held(), 2 * seconds)
