"""A journal as version 1 wrote it is brought up to date whole, or stays as it was."""

import asyncio
import contextlib
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from s4s_tui.domain.errors import JournalError
from s4s_tui.domain.history import Outcome
from s4s_tui.domain.order import Cancel, Order, Status
from s4s_tui.services import schema
from tests.services.disk import content, look, opened, written
from tests.services.fakes import INVOICE, START, an_order

VERSION_1 = Path(__file__).with_name("journal_v1.sql")
NUMBERED = {"number": "4915112345678", "number_at": START + 20}


def expected() -> dict[str, Order]:
    """What the file of version 1 says, in today's words; every order was made a second after the one before."""

    def order(at: int, status: Status, **more: object) -> Order:
        paid = None if status in (Status.WAITING, Status.EXPIRED) else START
        made = an_order(status=status, created_at=START + at, paid_at=paid)
        return replace(made, **more)  # type: ignore[arg-type]  # the lines below name the fields

    orders = {
        "waiting": order(0, Status.WAITING),
        "held": order(1, Status.HELD),
        "number": order(2, Status.NUMBER, note="unable to read data", **NUMBERED),
        "code": order(3, Status.CODE, code="048010", code_at=START + 50, ended_at=START + 50, **NUMBERED),
        "returned": order(4, Status.RETURNED, reason="No available number", ended_at=START + 20,
                          service_name="Tele'gram; [x]"),
        "cancelled": order(5, Status.CANCELLED, cancel=Cancel.ACCEPTED, ended_at=START + 140),
        "expired": order(6, Status.EXPIRED, amount=None, quoted=None, ended_at=START + 86400),
        "unknown": order(7, Status.UNKNOWN),
        "given up": order(8, Status.WAITING, cancel=Cancel.GIVEN_UP, accepted=True),
    }  # fmt: skip
    return {order_id: replace(order, order_id=order_id) for order_id, order in orders.items()}


@pytest.fixture
def old(path: Path) -> Path:
    """A file as version 1 left it, its write-ahead log written back."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(VERSION_1.read_text())
    return path


def shape(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Tables with their columns (name, type, whether it may be empty, key), and indexes with theirs."""
    found: dict[str, set[tuple[object, ...]]] = {}
    for kind, name in look(path, "SELECT type, name FROM sqlite_master"):
        rows = look(path, f"PRAGMA {kind}_info({name})")
        found[f"{kind} {name}"] = {(row[1], row[2], row[3], row[5]) if kind == "table" else row[2:] for row in rows}
    return found


async def test_every_order_intent_setting_and_line_is_there_with_its_values(old: Path) -> None:
    assert INVOICE in VERSION_1.read_text()
    async with opened(old) as journal:
        memory = await journal.load()
        assert {order.order_id: order for order in memory.orders} == expected()
        assert [order.order_id for order in memory.orders] == list(expected())[::-1], "newest first"
        assert [(intent.intent_id, intent.outcome, intent.draft.prepaid) for intent in memory.intents] == [
            ("lost", Outcome.UNKNOWN, False),
            ("crashed", Outcome.OPEN, False),
        ]
        assert {"started": "1700000000", "payees": "02aa 03bb"}.items() <= memory.settings.items()
        assert (memory.notice, memory.trouble) == ("", "")
        for order_id, order in expected().items():
            lines = [line.what for line in await journal.history(order_id)]
            assert lines == (["created", "paid"] if order.paid_at else ["created"]), order_id
    assert look(old, "SELECT intent_id FROM intents WHERE outcome = 'made'") == [("made",)]


async def test_the_tables_are_as_those_of_a_new_file(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    await written(new)
    for path in (old, new):
        async with opened(path) as journal:
            await journal.load()
    assert shape(old) == shape(new)
    assert look(old, "PRAGMA user_version") == [(schema.VERSION,)] == look(new, "PRAGMA user_version")


async def test_a_migrated_journal_is_written_to_as_any_other(old: Path) -> None:
    async with opened(old) as journal:
        await journal.load()
        await journal.record(an_order("new", found=True, odd="the error is gone"), ())
    async with opened(old) as journal:
        assert an_order("new", found=True, odd="the error is gone") in (await journal.load()).orders
        assert len((await journal.load()).orders) == len(expected()) + 1


@pytest.mark.parametrize("steps", range(1, len(schema.MIGRATIONS[1]) + 1))
async def test_a_failure_on_the_way_leaves_the_old_file_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    before, dump = content(old), dumped(old)
    broken = (*schema.MIGRATIONS[1][:steps], "INSERT INTO nowhere VALUES (1)")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", MappingProxyType({1: broken}))
        async with opened(old) as journal:
            with pytest.raises(JournalError, match="nowhere"):
                await journal.load()
    assert dumped(old) == dump
    assert content(old) == before
    async with opened(old) as journal:
        assert len((await journal.load()).orders) == len(expected()), "the next start migrates it"


async def test_two_programs_that_migrate_at_once_both_work(old: Path) -> None:
    async with opened(old) as one, opened(old) as two:
        first, second = await asyncio.gather(one.load(), two.load())
        assert first == second
        assert {order.order_id: order for order in first.orders} == expected()
        await asyncio.gather(one.record(an_order("one"), ()), two.record(an_order("two"), ()))
    assert look(old, "SELECT count(*) FROM orders") == [(len(expected()) + 2,)]


KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from types import MappingProxyType
from s4s_tui.services import journal_file, schema
steps = schema.MIGRATIONS[1]
class Deadly(sqlite3.Connection):
    count = 0
    def execute(self, statement, *values):
        if statement in steps:
            self.count += 1
            if self.count == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)
        if statement == "COMMIT" and int(sys.argv[2]) > len(steps):
            super().execute(statement, *values)
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(statement, *values)
real = sqlite3.connect
sqlite3.connect = lambda *words, **more: real(*words, factory=Deadly, **more)
journal_file.open_journal(Path(sys.argv[1]))
"""


def migrated_until(path: Path, step: int) -> int:
    """Migrate in a process that ends at this step as by kill -9; its exit status."""
    return subprocess.run([sys.executable, "-c", KILLED, str(path), str(step)], timeout=30, check=False).returncode


@pytest.mark.parametrize("step", [1, 5, len(schema.MIGRATIONS[1]), len(schema.MIGRATIONS[1]) + 1])
async def test_kill_9_on_the_way_leaves_a_good_file(old: Path, step: int) -> None:
    dump = dumped(old)
    assert migrated_until(old, step) == -signal.SIGKILL
    if step <= len(schema.MIGRATIONS[1]):
        assert dumped(old) == dump, "nothing of it is half done"
    async with opened(old) as journal:
        memory = await journal.load()
        assert {order.order_id: order for order in memory.orders} == expected()


def dumped(path: Path) -> list[str]:
    """The whole content as SQL, with the version."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        return [*db.iterdump(), str(db.execute("PRAGMA user_version").fetchone()[0])]
