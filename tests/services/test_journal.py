"""The journal on a real disk: what it keeps, all or nothing, and over a kill."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from s4s_tui.domain.errors import JournalError
from s4s_tui.domain.history import Happening, Outcome, Source
from s4s_tui.domain.order import Cancel, Kind, Received, Status
from s4s_tui.services import schema
from tests.services.disk import DEAD, INTENT, change, look, opened, written
from tests.services.fakes import START, an_order, held


class TestKeeping:
    async def test_an_order_comes_back_with_every_field(self, path: Path) -> None:
        order = held(
            status=Status.RETURNED,
            paid_at=START + 1.25,
            number="+49151",
            number_at=START + 2,
            code="048010",
            code_at=START + 3,
            ended_at=START + 4,
            reason="No available number",
            note="a note",
            cancel=Cancel.SENT,
            accepted=True,
            node="02ab",
            country=0,
            amount=None,
            cancel_at=START + 5,
            odd="the number is missing",
            gone=True,
            skew=-7200.0,
            earlier=(Received("7", START + 2), Received("8", START + 2.5)),
            kind=Kind.RENT,
            found=True,
        )
        nowhere = an_order("b", country=None)
        await written(path, order, nowhere)
        async with opened(path) as journal:
            memory = await journal.load()
        assert set(memory.orders) == {order, nowhere}
        assert all(type(known.status) is Status and type(known.accepted) is bool for known in memory.orders)

    async def test_a_fresh_journal_is_empty(self, path: Path) -> None:
        async with opened(path) as journal:
            memory = await journal.load()
            assert await journal.history("a") == ()
        assert (memory.orders, memory.intents, memory.settings) == ((), (), {})

    async def test_the_history_only_grows_and_keeps_its_order(self, path: Path) -> None:
        lines = [Happening(START, Source.USER, "created"), Happening(START, Source.SERVER, "number", "+49151")]
        async with opened(path) as journal:
            await journal.record(an_order(), lines[:1])
            await journal.record(held(), lines[1:])
            await journal.record(an_order("b"), lines[:1])
            assert await journal.history("a") == tuple(lines)

    async def test_settings_keep_their_last_value(self, path: Path) -> None:
        async with opened(path) as journal:
            await journal.remember("payees", "02aa")
            await journal.remember("payees", "02aa 03bb")
        async with opened(path) as journal:
            assert (await journal.load()).settings == {"payees": "02aa 03bb"}

    async def test_orders_come_newest_first_and_of_the_ended_ones_the_newest_few(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("s4s_tui.services.tables.ENDED_AT_START", 20)
        ended = [an_order(f"e{at}", created_at=START + at, status=Status.EXPIRED) for at in range(25)]
        old = an_order("open", created_at=START - 1e6)
        async with opened(path) as journal:
            await journal.record(old, ())
        with contextlib.closing(sqlite3.connect(path)) as db, db:
            db.executemany(schema.UPSERT_ORDER, [schema.order_row(order) for order in ended])
        async with opened(path) as journal:
            orders = (await journal.load()).orders
        assert orders == (*reversed(ended[5:]), old)

    async def test_both_queries_of_the_start_go_by_an_index_and_sort_nothing(self, path: Path) -> None:
        await written(path)
        async with opened(path) as journal:
            await journal.load()
        for query in (schema.OPEN_ORDERS, schema.ENDED_ORDERS.replace("?", "200"), schema.LOOSE_INTENTS):
            plan = " ".join(str(row[3]) for row in look(path, f"EXPLAIN QUERY PLAN {query}"))
            assert "USING INDEX" in plan, plan
        for query in (schema.OPEN_ORDERS, schema.ENDED_ORDERS.replace("?", "200")):
            assert "TEMP B-TREE" not in str(look(path, f"EXPLAIN QUERY PLAN {query}"))

    async def test_every_write_is_synced_and_the_log_is_ahead_of_the_file(self, path: Path) -> None:
        async with opened(path) as journal:
            await journal.load()
            modes = await journal._on_thread(
                lambda db: [
                    db.execute(f"PRAGMA {name}").fetchone()[0]
                    for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "user_version")
                ]
            )
        assert modes == ["wal", 2, 1, 5000, schema.VERSION]

    async def test_all_statements_run_on_one_thread_that_is_not_the_loops(self, path: Path) -> None:
        async with opened(path) as journal:
            idents = {await journal._on_thread(lambda _: threading.get_ident()) for _ in range(5)}
        assert len(idents) == 1
        assert threading.get_ident() not in idents


class TestTransactions:
    async def test_order_history_and_intent_change_together_or_not_at_all(self, path: Path) -> None:
        async with opened(path) as journal:
            await journal.intend(INTENT)
            bad = Happening(START, Source.USER, "created", None)  # type: ignore[arg-type]  # refused by the table
            with pytest.raises(JournalError):
                await journal.record(an_order(), [bad], "i")
            memory = await journal.load()
            assert memory.orders == ()
        assert look(path, "SELECT outcome FROM intents") == [("open",)]

    async def test_a_made_order_concludes_its_intent(self, path: Path) -> None:
        async with opened(path) as journal:
            await journal.intend(INTENT)
            await journal.record(an_order(), (), "i")
            assert (await journal.load()).intents == ()
        assert look(path, "SELECT outcome, detail FROM intents") == [("made", "a")]

    async def test_a_cancelled_caller_does_not_undo_a_write(self, path: Path) -> None:
        async with opened(path) as journal:
            await journal.load()
            hold = threading.Event()
            first = asyncio.ensure_future(journal._on_thread(lambda _: hold.wait(5)))
            second = asyncio.ensure_future(journal.record(an_order(), ()))
            await asyncio.sleep(0)
            second.cancel()
            with pytest.raises(asyncio.CancelledError):
                await second
            hold.set()
            await first
            assert (await journal.load()).orders == (an_order(),)


class TestIntents:
    async def test_a_lost_answer_is_remembered_until_it_is_settled(self, path: Path) -> None:
        async with opened(path) as journal:
            await journal.intend(INTENT)
            await journal.conclude("i", Outcome.UNKNOWN, "The answer was lost.")
            (intent,) = (await journal.load()).intents
            assert intent == replace(INTENT, outcome=Outcome.UNKNOWN, detail="The answer was lost.")
            await journal.conclude("i", Outcome.REFUSED, "no")
            assert (await journal.load()).intents == ()

    async def test_a_request_under_way_in_a_running_program_is_not_taken_for_a_crash(self, path: Path) -> None:
        async with opened(path, now=START + 59) as journal:
            await journal.intend(INTENT)
            assert (await journal.load()).intents == ()

    async def test_a_request_older_than_a_minute_is_from_a_crash_whoever_has_its_process_id(self, path: Path) -> None:
        async with opened(path, now=START + 60) as journal:
            await journal.intend(INTENT)
            assert (await journal.load()).intents == (INTENT,)

    @pytest.mark.parametrize(("pid", "shown"), [(DEAD, 1), (1, 0)])
    async def test_a_fresh_request_is_from_a_crash_once_its_program_is_gone(
        self, path: Path, pid: int, shown: int
    ) -> None:
        async with opened(path, now=START + 1) as journal:
            await journal.intend(INTENT)
            change(path, "UPDATE intents SET pid = ?", pid)
            assert len((await journal.load()).intents) == shown

    async def test_a_process_of_somebody_else_counts_as_running(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def not_yours(pid: int, number: int) -> None:
            raise PermissionError(pid, number)

        async with opened(path, now=START + 1) as journal:
            await journal.intend(INTENT)
            monkeypatch.setattr(os, "kill", not_yours)
            assert (await journal.load()).intents == ()


async def test_after_a_kill_in_between_the_open_order_and_the_intent_are_there(path: Path) -> None:
    program = f"""
import asyncio, os, pathlib, signal
from s4s_tui.services.journal import SqliteJournal
from tests.services.fakes import held
from tests.services.disk import INTENT
async def main():
    journal = SqliteJournal(pathlib.Path({str(path)!r}))
    await journal.record(held(number="+49151"), ())
    await journal.intend(INTENT)
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    ended = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", program], check=False)
    assert ended.returncode == -signal.SIGKILL
    async with opened(path, now=START + 1) as journal:
        memory = await journal.load()
    assert memory.orders == (held(number="+49151"),)
    assert memory.intents == (INTENT,)


def test_sqlite_is_not_imported_before_the_journal_is_opened() -> None:
    program = "import sys, s4s_tui.services.journal; sys.exit('sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
