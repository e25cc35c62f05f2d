"""A disk that is full or read-only: said before an order is made, and in the middle nothing is lost or half written.

Where this user may mount, on a real disk of 3 MB (tmpfs); everywhere with limits that SQLite and the system set.
"""

import contextlib
import os
import resource
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from s4s_tui.domain.errors import JournalError
from s4s_tui.domain.history import Source
from s4s_tui.domain.life import advance
from s4s_tui.domain.order import OrderReply, Status
from s4s_tui.services import journal_file
from s4s_tui.services.bundle import Services
from s4s_tui.services.journal import SqliteJournal
from s4s_tui.services.place import LEAST_ROOM, room
from tests.services.disk import look, opened, written
from tests.services.fakes import DRAFT, START, HandClock, ScriptedApi, StateStore, held
from tests.services.outside import outside

PAID = OrderReply(paid=True)
NUMBERED = OrderReply(paid=True, number="4915112345678")


class Program:
    """The services of orders on a real journal."""

    def __init__(self, journal: SqliteJournal) -> None:
        clock, self.store = HandClock(), StateStore()
        self.api = ScriptedApi(clock)
        self.journal = journal
        services = Services(outside(self.api, journal, self.store, clock))
        self.book, self.orders = services.book, services.orders

    async def learn(self, reply: OrderReply) -> None:
        """The server said this of the one order."""
        await self.book.update("a", lambda order: advance(order, reply, START + 5), Source.SERVER)

    async def refuses_to_order(self, words: str) -> None:
        with pytest.raises(JournalError, match=words):
            await self.orders.create(DRAFT)
        assert self.api.times("create_order") == [], "nothing was sent"
        assert self.store.state.buying is None
        assert words in self.store.state.journal_trouble


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with 3 MB; a test that needs one is not run where this user may not mount."""
    point = tmp_path / "disk"
    point.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(point)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this user may not mount")
    yield point
    subprocess.run(["umount", "-l", str(point)], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Fill the disk but for so many bytes; the file that does it."""
    free = room(disk)
    assert free is not None
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * (free - leave))
    return ballast


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def protect(path: Path, *, against_writing: bool) -> None:
    path.chmod(0o400 if against_writing else 0o600)
    path.parent.chmod(0o500 if against_writing else 0o700)


class TestADiskOfItsOwn:
    async def test_one_that_is_nearly_full_is_said_before_an_order_is_made(self, disk: Path) -> None:
        async with opened(disk / "journal.db") as journal:
            program = Program(journal)
            await program.book.load()
            ballast = fill(disk, LEAST_ROOM // 2)
            await program.refuses_to_order("The disk is nearly full")
            ballast.unlink()
            assert await program.orders.create(DRAFT) is not None
            assert program.store.state.journal_trouble == ""

    async def test_one_that_is_full_in_the_middle_loses_nothing_and_catches_up(self, disk: Path) -> None:
        path = disk / "journal.db"
        await written(path, held())
        async with opened(path) as journal:
            program = Program(journal)
            await program.book.load()
            ballast = fill(disk, 0)
            await program.learn(NUMBERED)
            assert program.store.order().number == NUMBERED.number, "shown all the same: it says where money is"
            assert "The disk is full" in program.store.state.journal_trouble
            await program.refuses_to_order("disk is nearly full")
            ballast.unlink()
            await program.learn(replace(NUMBERED, code="048010"))
            assert program.store.state.journal_trouble == ""
        async with opened(path) as journal:
            [order] = (await journal.load()).orders
            assert (order.number, order.code, order.status) == (NUMBERED.number, "048010", Status.CODE)
            assert [line.what for line in await journal.history("a")] == ["number", "code"]

    async def test_one_that_is_full_at_the_start_shows_the_orders_and_makes_none(self, disk: Path) -> None:
        path = disk / "journal.db"
        await written(path, held())
        fill(disk, 0)
        async with opened(path) as journal:
            program = Program(journal)
            await program.book.load()
            assert program.store.state.orders == (held(),)
            await program.refuses_to_order("The disk is full")

    async def test_one_that_is_full_before_there_is_a_journal_is_said(self, disk: Path) -> None:
        ballast = fill(disk, 0)
        async with opened(disk / "journal.db") as journal:
            program = Program(journal)
            await program.book.load()
            assert not program.store.state.journal_loaded
            assert "The disk is full" in program.store.state.journal_trouble
            ballast.unlink()
            await program.book.load()
            assert (program.store.state.journal_loaded, program.store.state.journal_trouble) == (True, "")

    async def test_one_that_is_read_only_shows_the_orders_says_so_and_makes_none(self, disk: Path) -> None:
        path = disk / "journal.db"
        await written(path, held())
        remount(disk, "ro")
        async with opened(path) as journal:
            program = Program(journal)
            await program.book.load()
            assert program.store.state.orders == (held(),)
            assert "read-only" in program.store.state.journal_trouble
            await program.refuses_to_order("read-only")
            await program.learn(NUMBERED)
            assert program.store.order().number == NUMBERED.number
            remount(disk, "rw")
            await program.learn(replace(NUMBERED, code="048010"))
            assert program.store.state.journal_trouble == "", "a repaired disk is found"
        assert look(path, "SELECT number, code FROM orders") == [(NUMBERED.number, "048010")]


@contextlib.contextmanager
def no_file_grows_beyond(size: int) -> Iterator[None]:
    """The system refuses to make any file of this process larger (RLIMIT_FSIZE)."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class TestOnAnyDisk:
    async def test_one_that_is_nearly_full_is_said_before_an_order_is_made(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("s4s_tui.services.journal.room", lambda _: LEAST_ROOM - 1)
        async with opened(path) as journal:
            program = Program(journal)
            await program.book.load()
            await program.refuses_to_order("The disk is nearly full")

    async def test_writes_that_fail_in_the_middle_lose_nothing_and_catch_up(self, path: Path) -> None:
        await written(path, held())
        async with opened(path) as journal:
            program = Program(journal)
            await program.book.load()
            await program.learn(PAID)
            with no_file_grows_beyond(1000):
                await program.learn(NUMBERED)
                assert program.store.order().number == NUMBERED.number
                assert str(path) in program.store.state.journal_trouble
            await program.learn(replace(NUMBERED, code="048010"))
            assert program.store.state.journal_trouble == ""
        assert look(path, "SELECT number, code FROM orders") == [(NUMBERED.number, "048010")]
        assert look(path, "SELECT what FROM happenings") == [("number",), ("code",)]

    async def test_a_folder_that_may_not_be_written_shows_the_orders_and_makes_none(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await written(path, held())
        protect(path, against_writing=True)
        if os.geteuid() == 0:  # root may write everything: the system's answer is played

            def refused(path: Path) -> None:
                raise PermissionError(13, "Permission denied", str(path))

            monkeypatch.setattr(journal_file, "open_journal", refused)
        try:
            async with opened(path) as journal:
                program = Program(journal)
                await program.book.load()
                assert program.store.state.orders == (held(),)
                assert "cannot be written: Permission denied" in program.store.state.journal_trouble
                await program.refuses_to_order("Permission denied")
        finally:
            protect(path, against_writing=False)


class TestANetworkDisk:
    async def test_gets_the_rollback_journal_and_two_programs_on_it_work(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(journal_file, "on_network", lambda _: True)
        async with opened(path) as one, opened(path) as two:
            programs = [Program(one), Program(two)]
            for program in programs:
                await program.book.load()
            await programs[0].book.add(held(), None)
            assert await programs[1].book.sync()
            await programs[1].learn(NUMBERED)
            await programs[0].book.sync()
            assert programs[0].store.order() == programs[1].store.order()
            assert look(path, "PRAGMA journal_mode") == [("delete",)]
            assert [file.name for file in path.parent.glob("*-wal")] == []

    async def test_a_journal_that_moved_to_a_network_disk_gets_it_too_and_keeps_its_orders(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await written(path, held())
        assert look(path, "PRAGMA journal_mode") == [("wal",)]
        monkeypatch.setattr(journal_file, "on_network", lambda _: True)
        async with opened(path) as journal:
            assert (await journal.load()).orders == (held(),)
        assert look(path, "PRAGMA journal_mode") == [("delete",)]
