"""The unsent message is written at most once a second, is there again, and is no trouble where the disk is."""

import asyncio

from s4s_tui.domain.history import Draft
from s4s_tui.domain.letters import Sheet, Unsent, from_text, to_text
from s4s_tui.domain.order import Kind
from s4s_tui.services.book import OrderBook
from s4s_tui.services.drafts import DRAFT, Drafts
from tests.services.fakes import HandClock, StateStore
from tests.services.memory import MemoryJournal


class Desk:
    def __init__(self) -> None:
        self.clock, self.journal, self.store = HandClock(), MemoryJournal(), StateStore()
        self.drafts = Drafts(OrderBook(self.store, self.journal, self.clock), self.journal, self.clock)

    def kept(self) -> Unsent:
        return from_text(self.journal.settings[DRAFT])


def typed(message: str) -> Unsent:
    return Unsent(Kind.SMS, Sheet("+49", message))


async def test_fast_typing_is_written_at_once_and_then_once_a_second() -> None:
    desk, writes = Desk(), []
    assert desk.drafts.put(typed("a"))
    writing = asyncio.create_task(desk.drafts.write())
    await desk.clock.settle()
    assert desk.kept() == typed("a")
    for letters in ("ab", "abc", "abcd"):
        assert not desk.drafts.put(typed(letters)), "it is being written already"
        await desk.clock.step(0.2)
        writes.append(desk.kept())
    assert writes == [typed("a")] * 3
    await desk.clock.step(0.5)
    assert desk.kept() == typed("abcd")
    await desk.clock.step(1)
    await writing


async def test_leaving_writes_at_once() -> None:
    desk = Desk()
    desk.drafts.put(typed("a"))
    writing = asyncio.create_task(desk.drafts.write())
    await desk.clock.settle()
    desk.drafts.put(typed("ab"))
    await desk.drafts.flush()
    assert desk.kept() == typed("ab")
    await desk.clock.step(1)
    await writing


async def test_what_cannot_be_written_is_still_there_in_this_run_and_is_tried_again() -> None:
    desk = Desk()
    desk.journal.trouble = "The disk is full."
    desk.drafts.put(typed("a"))
    await desk.drafts.write()
    assert desk.store.state.journal_trouble == "The disk is full."
    assert await desk.drafts.get() == typed("a")
    desk.journal.trouble = ""
    assert desk.drafts.put(typed("ab")), "the writing has ended"
    assert await desk.drafts.flush()
    assert desk.kept() == typed("ab")


async def test_a_journal_that_cannot_be_read_and_strange_content_are_blank() -> None:
    desk = Desk()
    assert await desk.drafts.get() == Unsent()
    desk.journal.settings[DRAFT] = '{"sms": []}'
    assert await desk.drafts.get() == Unsent()
    desk.journal.trouble = "No disk."
    assert await desk.drafts.get() == Unsent()


async def test_what_was_ordered_is_forgotten_and_the_other_sheet_is_not() -> None:
    desk = Desk()
    both = Unsent(Kind.SMS, Sheet("+49", "Hello"), Sheet("a@b.example", "mail"))
    desk.journal.settings[DRAFT] = to_text(both)
    sent = Draft(
        kind=Kind.SMS, country=None, country_name="", service="", service_name="", quoted=None, message="Hello"
    )
    await desk.drafts.clear(sent)
    assert desk.kept() == Unsent(Kind.SMS, Sheet(), Sheet("a@b.example", "mail"))
