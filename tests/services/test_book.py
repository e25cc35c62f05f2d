"""The book of orders: no lost updates, journal first, and what happens when the journal fails."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from s4s_tui.domain.errors import JournalError
from s4s_tui.domain.events import JournalLoaded, JournalTroubled, OrderChanged
from s4s_tui.domain.history import Happening, Intent, Source
from s4s_tui.domain.life import advance
from s4s_tui.domain.order import Order, OrderReply, Status
from s4s_tui.services.book import OrderBook
from s4s_tui.services.journal import SqliteJournal
from s4s_tui.services.ports import Memory
from tests.services.conftest import Stage
from tests.services.fakes import DRAFT, START, HandClock, StateStore, an_order, held


def numbered(order: Order) -> Order:
    return replace(order, status=Status.NUMBER, number="49151", number_at=START)


async def test_nothing_is_written_or_published_where_nothing_changes(stage: Stage) -> None:
    stage.put(held())
    assert await stage.book.update("a", replace, Source.SERVER) == held()
    assert stage.trace == []


async def test_two_changes_that_come_together_are_both_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.put(held())
    write = stage.journal.record

    async def slow(order: Order, lines: Sequence[Happening], intent_id: str | None = None) -> None:
        await asyncio.sleep(0)
        await write(order, lines, intent_id)

    monkeypatch.setattr(stage.journal, "record", slow)
    await asyncio.gather(
        stage.book.update("a", numbered, Source.SERVER),
        stage.book.update("a", lambda order: replace(order, accepted=True), Source.USER),
    )
    order = stage.store.order()
    assert (order.number, order.accepted) == ("49151", True)
    assert stage.journal.orders["a"] == order


async def test_an_order_that_left_the_list_while_it_was_asked_about_is_no_trouble(stage: Stage) -> None:
    late: asyncio.Future[OrderReply] = asyncio.get_running_loop().create_future()
    stage.put(held(status=Status.RETURNED, reason="No number", ended_at=START), held("b"))
    stage.api.say("order_status", late, of="a")
    async with stage.watching():
        await stage.book.remove("a", for_good=True)
        late.set_result(OrderReply(paid=True))
        await stage.clock.step(10)
    assert [order.order_id for order in stage.store.state.orders] == ["b"]
    assert len(stage.api.times("order_status", "b")) > 2, "the others are followed on"


async def test_what_the_journal_cannot_take_is_shown_all_the_same_with_the_trouble(stage: Stage) -> None:
    stage.put(held())
    stage.journal.trouble = "The disk is full."
    await stage.book.update("a", numbered, Source.SERVER)
    assert stage.store.order().number == "49151"
    assert stage.store.state.journal_trouble == "The disk is full."


async def test_what_could_not_be_written_is_written_with_the_next_look_at_any_order(stage: Stage) -> None:
    stage.put(held("a"), held("b"))
    stage.journal.trouble = "The disk is full."
    await stage.book.update("a", numbered, Source.SERVER)
    await stage.book.update("a", lambda order: replace(order, accepted=True), Source.USER)
    assert stage.journal.lines == {}
    stage.journal.trouble = ""
    await stage.book.update("b", replace, Source.SERVER)
    assert stage.journal.orders == {"a": stage.store.order("a")}
    assert stage.journal.whats("a") == ["number", "invoice accepted"]
    assert stage.store.state.journal_trouble == ""
    await stage.book.update("b", replace, Source.SERVER)
    assert stage.journal.whats("a") == ["number", "invoice accepted"], "once"


class TestLoading:
    async def test_the_first_start_is_noticed_once(self, stage: Stage) -> None:
        await stage.book.load()
        assert (stage.store.state.journal_loaded, stage.store.state.first_start) == (True, True)
        stage.journal.memory = Memory(orders=(), intents=(), settings=dict(stage.journal.settings))
        await stage.book.load()
        assert stage.store.state.first_start is False

    async def test_orders_intents_and_payees_come_back(self, stage: Stage) -> None:
        intent = Intent(intent_id="i", draft=DRAFT, created_at=START)
        stage.journal.memory = Memory(orders=(held(),), intents=(intent,), settings={"payees": "02aa 03bb"})
        await stage.book.load()
        state = stage.store.state
        assert (state.orders, state.intents) == ((held(),), (intent,))
        assert state.payees == {"02aa", "03bb"}
        assert state.first_start is False

    async def test_a_journal_that_cannot_be_read_is_a_trouble_and_not_an_empty_list(self, stage: Stage) -> None:
        stage.journal.trouble = "It is damaged."
        await stage.book.load()
        assert [type(event) for event in stage.store.events] == [JournalTroubled]
        assert not any(isinstance(event, JournalLoaded) for event in stage.store.events)


async def test_on_a_real_disk_a_killed_programs_order_is_followed_where_it_was(tmp_path: Path) -> None:
    clock = HandClock()
    journal = SqliteJournal(tmp_path / "journal.db", now=clock.now)
    store = StateStore()
    book = OrderBook(store, journal, clock)
    await book.add(an_order(), "no intent")
    reply = OrderReply(paid=True, number="49151")
    await book.update("a", lambda order: advance(order, reply, clock.now()), Source.SERVER)
    # no close: the next program finds what was synced
    again = SqliteJournal(tmp_path / "journal.db", now=clock.now)
    found = StateStore()
    await OrderBook(found, again, clock).load()
    assert found.order() == store.order()
    assert found.order().status is Status.NUMBER
    assert [line.what for line in await again.history("a")] == ["created", "paid", "number"]
    await asyncio.gather(journal.close(), again.close())
    assert [type(event) for event in store.events] == [OrderChanged, OrderChanged]


class TestADamagedJournal:
    async def test_is_filled_again_with_what_is_known_before_the_change_is_written(self, stage: Stage) -> None:
        intent = Intent(intent_id="i", draft=DRAFT, created_at=START)
        stage.put(held("a"), an_order("b"))
        stage.store.state = replace(stage.store.state, intents=(intent,), payees=frozenset({"02aa"}))
        stage.journal.damaged = True
        await stage.book.update("a", numbered, Source.SERVER)
        assert set(stage.journal.orders) == {"a", "b"}
        assert stage.journal.orders["a"].number == "49151"
        assert stage.journal.intents == {"i": intent}
        assert stage.journal.settings["payees"] == "02aa"
        assert stage.journal.whats("b") == ["written again to a new journal"]
        assert stage.journal.whats("a") == ["written again to a new journal", "number"]
        assert stage.store.state.journal_notice.startswith("The journal was damaged.")
        assert stage.store.state.journal_trouble == ""

    async def test_found_before_an_order_is_made_loses_nothing_either(self, stage: Stage) -> None:
        stage.put(held("a"))
        stage.journal.damaged = True
        order = await stage.orders.create(DRAFT)
        assert order is not None
        assert set(stage.journal.orders) == {"a", "new"}
        assert [intent.outcome for intent in stage.journal.intents.values()] == ["made"]


class TestAStartInTrouble:
    async def test_a_disk_that_takes_no_writes_shows_what_is_there_and_says_so(self, stage: Stage) -> None:
        stage.journal.memory = Memory(orders=(held(),), intents=(), settings={}, trouble="It is read-only.")
        await stage.book.load()
        assert (stage.store.state.orders, stage.store.state.journal_trouble) == ((held(),), "It is read-only.")
        assert "remember" not in stage.trace

    async def test_a_disk_that_is_full_at_the_first_start_is_no_reason_not_to_start(self, stage: Stage) -> None:
        real = stage.journal.remember

        async def full(key: str, value: str) -> None:
            stage.journal.trouble = "The disk is full."
            await real(key, value)

        stage.journal.remember = full  # type: ignore[method-assign]  # the disk fills up between reading and writing
        await stage.book.load()
        assert (stage.store.state.journal_loaded, stage.store.state.journal_trouble) == (True, "The disk is full.")

    async def test_what_became_of_a_damaged_file_is_told(self, stage: Stage) -> None:
        stage.journal.memory = Memory(orders=(), intents=(), settings={}, notice="It was set aside.")
        await stage.book.load()
        assert stage.store.state.journal_notice == "It was set aside."


async def test_an_order_that_could_not_be_taken_off_the_list_stays_on_it(stage: Stage) -> None:
    stage.put(held(status=Status.CODE, code="1", ended_at=START))
    stage.journal.trouble = "The disk is full."
    with pytest.raises(JournalError):
        await stage.book.remove("a", for_good=True)
    assert stage.store.order().code == "1"
    assert stage.store.state.journal_trouble == "The disk is full."
