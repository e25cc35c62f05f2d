"""Two programs on one journal, and what is deleted by age."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

from s4s_tui.domain.history import Intent, Outcome, Source
from s4s_tui.domain.order import Cancel, Order, OrderReply, Status
from s4s_tui.domain.wishes import arm
from s4s_tui.services.book import OrderBook
from s4s_tui.services.journal import SqliteJournal
from s4s_tui.services.mirror import DAY, LOOK, Mirror
from s4s_tui.services.ports import News
from tests.services.conftest import Stage
from tests.services.disk import look, opened, written
from tests.services.fakes import DRAFT, START, HandClock, StateStore, an_order, held

PAID = OrderReply(paid=True)


@dataclass
class Program:
    """One of several programs on a journal."""

    journal: SqliteJournal
    store: StateStore
    book: OrderBook


@contextlib.asynccontextmanager
async def program(path: Path) -> AsyncIterator[Program]:
    async with opened(path) as journal:
        store = StateStore()
        book = OrderBook(store, journal, HandClock())
        await book.load()
        yield Program(journal, store, book)


def numbered(order: Order) -> Order:
    return replace(order, status=Status.NUMBER, number="49151", number_at=START)


class TestTwoPrograms:
    async def test_each_sees_the_others_orders_and_what_becomes_of_them(self, path: Path) -> None:
        async with program(path) as one, program(path) as two:
            await one.book.add(an_order(), "no intent")
            assert await two.book.sync()
            assert two.store.order() == an_order()
            await two.book.update("a", numbered, Source.SERVER)
            assert await one.book.sync()
            assert one.store.order() == two.store.order()
            assert not await one.book.sync(), "nothing new"

    async def test_changes_of_both_to_one_order_are_both_kept(self, path: Path) -> None:
        await written(path, held())
        async with program(path) as one, program(path) as two:
            await one.book.update("a", arm, Source.USER)
            order = await two.book.update("a", numbered, Source.SERVER)
            assert order is not None
            assert (order.cancel, order.number) == (Cancel.ARMED, "49151")
            assert two.store.order() == order, "what the other one did is seen at once"
            await one.book.sync()
            assert one.store.order() == order
            assert [line.what for line in await one.journal.history("a")] == ["cancel armed", "number"]

    async def test_an_order_taken_off_the_list_or_deleted_leaves_both_lists(self, path: Path) -> None:
        ended = held("b", status=Status.CODE, code="1", code_at=START, ended_at=START)
        await written(path, held(), ended, replace(ended, order_id="c"))
        async with program(path) as one, program(path) as two:
            await one.book.remove("b", for_good=False)
            await one.book.remove("c", for_good=True)
            await one.book.remove("a", for_good=True)
            await two.book.sync()
            for each in (one, two):
                assert [order.order_id for order in each.store.state.orders] == ["a"], "an open one stays"
        assert look(path, "SELECT order_id, removed FROM orders ORDER BY 1") == [("a", 0), ("b", 1)]

    async def test_late_news_do_not_bring_a_deleted_order_back(self, path: Path) -> None:
        await written(path, held(status=Status.RETURNED, reason="No number", ended_at=START))
        async with program(path) as one, program(path) as two:
            await one.book.remove("a", for_good=True)
            await two.book.update("a", lambda order: replace(order, odd="the error is gone"), Source.SERVER)
            assert two.store.state.orders == ()
        assert look(path, "SELECT * FROM orders") == []

    async def test_lost_outcomes_of_one_are_shown_by_the_other(self, path: Path) -> None:
        intent = Intent(intent_id="i", draft=DRAFT, created_at=START)
        lost = replace(intent, outcome=Outcome.UNKNOWN, detail="The answer was lost.")
        async with program(path) as one, program(path) as two:
            await one.journal.intend(intent)
            await one.journal.conclude("i", lost.outcome, lost.detail)
            await two.book.sync()
            assert list(two.store.state.intents) == [lost]
            await two.book.dismiss(lost)
            assert list(two.store.state.intents) == []
            await one.book.sync()
            assert list(one.store.state.intents) == []
        assert look(path, "SELECT outcome FROM intents") == [("seen",)]

    async def test_only_the_one_that_leads_asks_the_server(self, stage: Stage) -> None:
        stage.put(held())
        stage.api.say("order_status", PAID)
        stage.lead.mine = False
        async with stage.watching():
            await stage.clock.step(60)
            assert stage.api.calls == []
            stage.lead.mine = True
            await stage.clock.step(8)
        assert len(stage.api.calls) >= 2

    async def test_who_does_not_lead_lets_time_pass_all_the_same(self, stage: Stage) -> None:
        stage.put(held())
        stage.lead.mine = False
        async with stage.watching():
            await stage.clock.step(21 * 60 + 5)
        assert stage.store.order().status is Status.UNKNOWN


class TestTheMirror:
    @contextlib.asynccontextmanager
    async def running(self, stage: Stage, keep_days: int) -> AsyncIterator[list[str]]:
        woken: list[str] = []
        mirror = Mirror(stage.book, stage.clock, wake=lambda: woken.append("wake"), keep_days=keep_days)
        run = asyncio.create_task(mirror.run())
        try:
            await stage.clock.step()
            yield woken
            assert not run.done()
        finally:
            run.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await run

    async def test_news_wake_the_watcher(self, stage: Stage) -> None:
        async with self.running(stage, 30) as woken:
            await stage.clock.step(10)
            assert woken == []
            stage.journal.others.append(News((an_order("other"),), (), ()))
            await stage.clock.step(LOOK)
            assert woken == ["wake"]
            assert stage.store.order("other") == an_order("other")

    async def test_a_journal_in_trouble_is_looked_at_again_and_again(self, stage: Stage) -> None:
        async with self.running(stage, 30):
            stage.journal.trouble = "The disk is full."
            await stage.clock.step(10)
            stage.journal.trouble = ""
            stage.journal.others.append(News((an_order("other"),), (), ()))
            await stage.clock.step(LOOK)
            assert stage.store.order("other") == an_order("other")

    async def test_ended_orders_are_deleted_by_age_at_the_start_and_once_a_day(self, stage: Stage) -> None:
        old = held("old", status=Status.CODE, ended_at=START - 31 * DAY)
        young = held("young", status=Status.CODE, ended_at=START - 30 * DAY + 60)
        unknown = held("unknown", status=Status.UNKNOWN, paid_at=START - 90 * DAY)
        stage.put(old, young, unknown)
        stage.journal.orders = {order.order_id: order for order in (old, young, unknown)}
        async with self.running(stage, 30):
            assert set(stage.journal.orders) == {"young", "unknown"}
            assert stage.store.state.orders == (young, unknown)
            await stage.clock.step(120)
            assert set(stage.journal.orders) == {"young", "unknown"}, "not before the day is over"
            stage.clock.suspend(DAY)
            await stage.clock.step(LOOK)
            assert set(stage.journal.orders) == {"unknown"}

    async def test_zero_days_keep_everything(self, stage: Stage) -> None:
        stage.journal.orders["old"] = held("old", status=Status.CODE, ended_at=0.0)
        async with self.running(stage, 0):
            await stage.clock.step(10)
            assert set(stage.journal.orders) == {"old"}
            assert "purge" not in stage.trace


async def test_purging_takes_the_history_and_notes_along_and_leaves_the_rest(path: Path) -> None:
    old = held("old", status=Status.CODE, ended_at=START - 100)
    await written(path, old, held("open", created_at=START - 1000))
    async with opened(path) as journal:
        for name, outcome in (("made", Outcome.MADE), ("lost", Outcome.UNKNOWN)):
            await journal.intend(Intent(intent_id=name, draft=DRAFT, created_at=START - 1000))
            await journal.conclude(name, outcome, "")
        assert await journal.purge(START) == ("old",)
        assert await journal.purge(START) == ()
    assert look(path, "SELECT order_id FROM orders") == [("open",)]
    assert look(path, "SELECT intent_id FROM intents") == [("lost",)]


async def test_a_revision_is_never_used_twice_so_that_no_news_are_missed(path: Path) -> None:
    ended = held("b", status=Status.CODE, code="1", ended_at=START)
    async with program(path) as one, program(path) as two:
        await one.book.add(ended, None)
        await two.book.sync()
        await one.book.remove("b", for_good=True)
        await one.book.add(an_order("c"), None)
        await two.book.sync()
        assert [order.order_id for order in two.store.state.orders] == ["c"]
