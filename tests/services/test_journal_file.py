"""The journal's file: whom it lets in, what is left untouched, and what is said when it cannot be used."""

import asyncio
import contextlib
import sqlite3
import threading
from pathlib import Path

import pytest

from s4s_tui.domain.errors import JournalError
from s4s_tui.domain.history import Happening, Source
from s4s_tui.services import journal_file as module
from s4s_tui.services.journal import SqliteJournal
from tests.services.disk import change, content, fill, look, make_folder, opened, remove_folder, written
from tests.services.fakes import START, an_order


class TestTheFile:
    async def test_it_is_for_the_user_alone_and_so_are_new_folders(self, tmp_path: Path) -> None:
        path = tmp_path / "one" / "two" / "journal.db"
        async with opened(path) as journal:
            await journal.record(an_order(), ())
            files = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
        assert set(files.values()) == {0o600}, files
        assert {folder.stat().st_mode & 0o777 for folder in (path.parent, path.parent.parent)} == {0o700}

    async def test_two_programs_write_one_journal(self, path: Path) -> None:
        async with opened(path) as one, opened(path) as two:
            await asyncio.gather(
                *(
                    journal.record(an_order(f"{name} {at}"), ())
                    for at in range(10)
                    for name, journal in (("one", one), ("two", two))
                )
            )
            assert len((await one.load()).orders) == len((await two.load()).orders) == 20

    async def test_a_second_program_that_was_quicker_to_make_the_tables_is_no_trouble(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await written(path, an_order())
        real, first = module._version, [0]
        monkeypatch.setattr(module, "_version", lambda db, path: first.pop() if first else real(db, path))
        async with opened(path) as journal:
            assert len((await journal.load()).orders) == 1
        assert first == []

    async def test_a_newer_journal_is_left_untouched_and_the_sentence_says_what_to_do(self, path: Path) -> None:
        await written(path)
        async with opened(path) as journal:
            await journal.load()
        change(path, "PRAGMA user_version = 7")
        before = content(path)
        async with opened(path) as journal:
            with pytest.raises(JournalError, match=r"newer version .* 7, .* knows 2.*another data folder"):
                await journal.load()
            with pytest.raises(JournalError, match="newer"):
                await journal.record(an_order(), ())
        assert content(path) == before

    async def test_a_database_of_another_program_is_left_untouched(self, path: Path) -> None:
        change(path, "CREATE TABLE things (a)")
        before = content(path)
        async with opened(path) as journal:
            with pytest.raises(JournalError, match="another program"):
                await journal.load()
        assert content(path) == before

    async def test_a_file_that_is_no_database_is_set_aside_and_a_new_one_begun(self, path: Path) -> None:
        fill(path, b"my notes, " * 200)
        async with opened(path) as journal:
            memory = await journal.load()
        assert memory.orders == ()
        (aside,) = path.parent.glob("journal.db.damaged-*[0-9]")
        assert str(aside) in memory.notice
        assert "a new one is begun" in memory.notice
        assert content(aside) == b"my notes, " * 200

    async def test_of_a_damaged_file_what_can_be_read_of_open_orders_is_saved(self, path: Path) -> None:
        await written(path, *(an_order(f"{at:03}", payreq="x" * 1500) for at in range(100)))
        good = content(path)
        middle = len(good) // 2 // 4096 * 4096
        fill(path, good[:middle] + b"\xa5" * 8192 + good[middle + 8192 :])
        async with opened(path) as journal:
            memory = await journal.load()
        assert 50 < len(memory.orders) < 100
        assert "were saved from it" in memory.notice
        assert "found again by its payment hash" in memory.notice

    async def test_a_row_that_makes_no_sense_hides_no_other_order(self, path: Path) -> None:
        await written(path, an_order(), an_order("b"))
        change(path, "UPDATE orders SET status = 'dreaming' WHERE order_id = 'a'")
        async with opened(path) as journal:
            memory = await journal.load()
        assert memory.orders == (an_order("b"),)
        assert memory.notice.startswith("1 of the journal's orders cannot be read by this version")
        assert look(path, "SELECT status FROM orders WHERE order_id = 'a'") == [("dreaming",)], "it is left as it is"

    async def test_a_number_too_large_for_the_file_is_an_error_with_a_sentence(self, path: Path) -> None:
        async with opened(path) as journal:
            with pytest.raises(JournalError, match="wrong value"):
                await journal.record(an_order(quoted=10**30), ())
            assert (await journal.load()).orders == ()

    async def test_a_folder_in_its_place_is_an_error_with_a_sentence(self, path: Path) -> None:
        make_folder(path)
        async with opened(path) as journal:
            with pytest.raises(JournalError, match="cannot be opened"):
                await journal.load()

    async def test_a_path_below_a_file_is_an_error_with_a_sentence(self, path: Path) -> None:
        fill(path, b"")
        async with opened(path / "below" / "journal.db") as journal:
            with pytest.raises(JournalError, match="Not a directory"):
                await journal.load()

    async def test_a_repaired_disk_is_found_by_the_next_call(self, path: Path) -> None:
        make_folder(path)
        async with opened(path) as journal:
            with pytest.raises(JournalError):
                await journal.record(an_order(), ())
            remove_folder(path)
            await journal.record(an_order(), ())
            assert (await journal.load()).orders == (an_order(),)

    async def test_a_full_disk_is_said_and_nothing_is_half_written(self, path: Path) -> None:
        async with opened(path) as journal:
            pages = await journal._on_thread(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
            await journal._on_thread(lambda db: db.execute(f"PRAGMA max_page_count = {pages}"))
            with pytest.raises(JournalError, match="The disk is full"):
                await journal.record(an_order(), [Happening(START, Source.USER, "created", "x" * 50_000)])
            await journal._on_thread(lambda db: db.execute("PRAGMA max_page_count = 10000"))
            await journal.record(an_order("after"), ())
        assert look(path, "SELECT order_id FROM orders") == [("after",)]
        assert look(path, "SELECT * FROM happenings") == []

    async def test_a_read_only_journal_is_said(self, path: Path) -> None:
        async with opened(path) as journal:
            await journal._on_thread(lambda db: db.execute("PRAGMA query_only = ON"))
            with pytest.raises(JournalError, match="read-only or not yours"):
                await journal.record(an_order(), ())

    async def test_a_journal_that_another_program_holds_locked_is_said(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("s4s_tui.services.journal_file.BUSY_SECONDS", 0.0)
        await written(path, an_order())
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            async with opened(path) as journal:
                with pytest.raises(JournalError, match="locked by another program"):
                    await journal.record(an_order(), ())
                assert (await journal.load()).orders == (an_order(),), "reading goes on"


class TestClosing:
    async def test_closing_twice_and_closing_a_journal_never_opened_are_fine(self, path: Path) -> None:
        journal = SqliteJournal(path)
        await journal.close()
        await journal.close()
        with pytest.raises(FileNotFoundError):
            content(path)

    async def test_closing_finishes_what_is_under_way_and_ends_the_thread(self, path: Path) -> None:
        before = set(threading.enumerate())
        async with opened(path) as journal:
            write = asyncio.ensure_future(journal.record(an_order(), ()))
            await asyncio.sleep(0)
        await write
        assert set(threading.enumerate()) <= before
        assert look(path, "SELECT order_id FROM orders") == [("a",)]

    async def test_a_closed_journal_says_so(self, path: Path) -> None:
        journal = SqliteJournal(path)
        await journal.close()
        with pytest.raises(JournalError, match="closed"):
            await journal.load()
