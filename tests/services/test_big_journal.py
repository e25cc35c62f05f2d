"""A journal of 100,000 ended orders: no question reads or sorts all of it, and old ones go a few at a time."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from s4s_tui.domain.history import Source
from s4s_tui.domain.order import Order
from s4s_tui.services import schema, tables
from s4s_tui.services.book import OrderBook
from s4s_tui.services.journal import SqliteJournal
from s4s_tui.services.mirror import Mirror
from tests.services.big import DAY, fill_with_ended
from tests.services.disk import look, opened, written
from tests.services.fakes import START, HandClock, StateStore, held

MANY = 100_000
QUESTIONS = {
    "open orders": schema.OPEN_ORDERS,
    "the newest ended ones": schema.ENDED_ORDERS,
    "what is new": schema.CHANGED_ORDERS,
    "the latest revision": schema.LATEST_REVISION,
    "which are still listed": schema.STILL_LISTED,
    "one order": schema.ONE_ORDER,
    "its history": schema.HISTORY,
    "lost requests": schema.LOOSE_INTENTS,
    "old ones": schema.ENDED_BEFORE,
    "old notes": schema.FORGET_INTENTS,
    "its lines": schema.FORGET[0],
    "the order": schema.FORGET[1],
    "a note": schema.CONCLUDE_INTENT,
}
"""Everything that is asked of, or deleted from, a table that grows."""


def whole(path: Path, question: str) -> list[str]:
    """The steps in which SQLite would read or sort a whole table for the question."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        steps = [str(row[3]) for row in db.execute(f"EXPLAIN QUERY PLAN {question}", ["1"] * question.count("?"))]
    assert steps, "no plan"
    scans = [step for step in steps if step.startswith("SCAN") and "json_each" not in step and "CONSTANT" not in step]
    sorts = [step for step in steps if "TEMP B-TREE" in step and question != schema.LOOSE_INTENTS]  # a handful
    most = [step for step in steps if step.endswith("orders_listed (removed=?)")]  # nearly all orders are listed
    return scans + sorts + most


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_or_sorts_a_whole_table(path: Path, name: str) -> None:
    fill_with_ended(path, 10, oldest=START - DAY)
    assert whole(path, QUESTIONS[name]) == []


def test_what_reads_or_sorts_a_whole_table_is_found(path: Path) -> None:
    fill_with_ended(path, 10, oldest=START - DAY)
    assert whole(path, "SELECT * FROM orders WHERE reason = ?") == ["SCAN orders"]
    assert whole(path, "SELECT * FROM orders ORDER BY amount") == ["SCAN orders", "USE TEMP B-TREE FOR ORDER BY"]
    assert len(whole(path, "SELECT * FROM orders WHERE removed = 0 AND revision > ?")) == 1


async def test_the_start_and_the_news_read_a_handful_of_100_000_orders(path: Path) -> None:
    fill_with_ended(path, MANY, oldest=START - 365 * DAY)
    assert {name: whole(path, question) for name, question in QUESTIONS.items() if whole(path, question)} == {}
    steps: list[int] = []
    async with opened(path) as journal:
        assert await journal.order("none") is None
        await journal._on_thread(lambda db: db.set_progress_handler(lambda: steps.append(1), 1000))
        memory = await journal.load()
        await written(path, held())
        news = await journal.news([order.order_id for order in memory.orders])
        assert len(memory.orders) == tables.ENDED_AT_START
        assert news is not None
        assert news.orders == (held(),)
        assert len(steps) < 200, f"{len(steps)} thousand steps of SQLite's machine for {MANY} orders"


def noted(words: str) -> Callable[[Order], Order]:
    return lambda order: replace(order, note=words)


class Counting(SqliteJournal):
    """A journal that counts its purges."""

    purges = 0
    last = False

    async def purge(self, before: float) -> tuple[str, ...]:
        ids = await super().purge(before)
        self.purges += 1
        self.last = not ids
        assert len(ids) <= tables.PURGED_AT_ONCE
        return ids


async def test_old_orders_go_a_few_at_a_time_and_no_write_waits_for_more_than_that(path: Path) -> None:
    many = tables.PURGED_AT_ONCE * 6
    fill_with_ended(path, many, oldest=START - 60 * DAY, newest=START - 40 * DAY)
    journal = Counting(path, now=lambda: START)
    store, clock = StateStore(), HandClock()
    book = OrderBook(store, journal, clock)
    await book.load()
    await book.add(held(), None)
    mirror = Mirror(book, clock, wake=lambda: None, keep_days=30)
    run = asyncio.create_task(mirror.run())
    waited = []
    for seconds in range(5):
        before = journal.purges
        await book.update("a", noted(f"{seconds}"), Source.SERVER)
        waited.append(journal.purges - before)
    async with asyncio.timeout(10):
        while not journal.last:
            await book.update("a", noted(f"{journal.purges}"), Source.SERVER)
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)
    assert journal.purges == 7
    assert max(waited) <= 2, f"a write waited for {waited} purges"
    assert look(path, "SELECT order_id FROM orders") == [("a",)]
    assert look(path, "SELECT DISTINCT order_id FROM happenings") == [("a",)]
    assert [order.order_id for order in store.state.orders] == ["a"], "they left the screen, too"
    await journal.close()
