"""A damaged file goes out of the way whole, and gives what can still be read from it."""

import contextlib
import errno
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from s4s_tui.services.aside import COMPANIONS, salvage_rows, set_aside

STAMP = "20240131-120000"
PAGE = 4096
ROWS = [(at, f"order {at:03} " + chr(97 + at % 26) * 1000) for at in range(200)]
READ = "SELECT id, text FROM things"


class TestSetAside:
    def test_the_file_and_its_companions_move_together(self, path: Path) -> None:
        write_all(path, "old")
        target = set_aside(path, STAMP)
        assert target == path.with_name(f"journal.db.damaged-{STAMP}")
        assert content(path) == {f"journal.db.damaged-{STAMP}{suffix}": f"old{suffix}" for suffix in ("", *COMPANIONS)}

    def test_a_file_without_companions_moves_alone_and_keeps_its_mode(self, path: Path) -> None:
        path.write_text("old")
        path.chmod(0o600)
        target = set_aside(path, STAMP)
        assert target is not None
        assert content(path) == {target.name: "old"}
        assert target.stat().st_mode & 0o777 == 0o600

    def test_nothing_is_overwritten_even_in_the_same_second(self, path: Path) -> None:
        names = []
        for age in ("first", "second", "third"):
            write_all(path, age)
            target = set_aside(path, STAMP)
            assert target is not None
            names.append(target.name)
        first = f"journal.db.damaged-{STAMP}"
        assert names == [first, f"{first}-2", f"{first}-3"]
        assert content(path) == {
            f"{name}{suffix}": f"{age}{suffix}"
            for name, age in zip(names, ("first", "second", "third"), strict=True)
            for suffix in ("", *COMPANIONS)
        }

    @pytest.mark.parametrize("suffix", COMPANIONS)
    def test_a_companion_that_is_in_the_way_is_not_overwritten_either(self, path: Path, suffix: str) -> None:
        write_all(path, "old")
        alone = path.with_name(f"journal.db.damaged-{STAMP}{suffix}")
        alone.write_text("alone")
        target = set_aside(path, STAMP)
        assert target == path.with_name(f"journal.db.damaged-{STAMP}-2")
        assert alone.read_text() == "alone"

    def test_a_link_that_leads_nowhere_is_not_overwritten(self, path: Path) -> None:
        path.write_text("old")
        link = path.with_name(f"journal.db.damaged-{STAMP}")
        link.symlink_to(path.with_name("nowhere"))
        assert set_aside(path, STAMP) == path.with_name(f"journal.db.damaged-{STAMP}-2")
        assert link.is_symlink()

    def test_without_a_file_nothing_happens(self, path: Path) -> None:
        assert set_aside(path, STAMP) is None
        assert set_aside(path / "below" / "journal.db", STAMP) is None
        path.mkdir()
        assert set_aside(path, STAMP) is None
        assert [file.name for file in path.parent.iterdir()] == ["journal.db"]

    def test_a_link_stays_and_what_it_leads_to_moves(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        real = tmp_path / "real" / "orders.db"
        write_all(real, "old")
        link = tmp_path / "journal.db"
        link.symlink_to(real)
        target = set_aside(link, STAMP)
        assert target == real.resolve().with_name(f"orders.db.damaged-{STAMP}")
        assert len(content(real)) == 1 + len(COMPANIONS)
        assert link.is_symlink()
        assert not link.exists()

    def test_a_move_that_fails_half_way_is_taken_back_and_said(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_all(path, "old")
        before = content(path)
        break_move_of(monkeypatch, path, OSError(errno.EACCES, "Permission denied"))
        with pytest.raises(PermissionError):
            set_aside(path, STAMP)
        assert content(path) == before

    def test_another_program_that_is_quicker_is_left_to_it(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path.write_text("old")
        break_move_of(monkeypatch, path, FileNotFoundError(errno.ENOENT, "gone"))
        assert set_aside(path, STAMP) is None
        assert content(path) == {"journal.db": "old"}, "and no empty file is left"

    def test_a_name_taken_between_looking_and_making_is_left_alone(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path.write_text("old")
        real, taken = os.open, path.with_name(f"journal.db.damaged-{STAMP}")

        def quicker(target: Path, flags: int, mode: int) -> int:
            if target == taken:
                taken.write_text("quicker")
            return real(target, flags, mode)

        with monkeypatch.context() as patch:
            patch.setattr(os, "open", quicker)
            target = set_aside(path, STAMP)
        assert target == path.with_name(f"journal.db.damaged-{STAMP}-2")
        assert content(path) == {taken.name: "quicker", target.name: "old"}

    def test_what_was_moved_is_one_database_still_with_its_log(self, path: Path) -> None:
        leave_rows_in_the_log(path)
        target = set_aside(path, STAMP)
        assert target is not None
        with contextlib.closing(sqlite3.connect(target)) as db:
            assert db.execute(READ).fetchall() == ROWS


class TestSalvage:
    def test_a_sound_file_gives_every_row(self, path: Path) -> None:
        fill(path)
        assert list(salvage_rows(path, READ)) == ROWS

    def test_damage_in_the_middle_leaves_the_rows_before_it_and_from_the_other_end_those_behind(
        self, path: Path
    ) -> None:
        fill(path)
        size = path.stat().st_size
        assert size > 40 * PAGE
        damage(path, 20 * PAGE, 25 * PAGE)
        before = path.read_bytes()
        leading = list(salvage_rows(path, READ))
        trailing = list(salvage_rows(path, READ + " ORDER BY id DESC"))[::-1]
        assert 30 < len(leading) < 150
        assert leading == ROWS[: len(leading)]
        assert 30 < len(trailing) < 150
        assert trailing == ROWS[-len(trailing) :]
        assert len(leading) + len(trailing) < 200
        assert path.read_bytes() == before

    def test_a_file_cut_short_gives_what_is_left(self, path: Path) -> None:
        fill(path)
        with path.open("r+b") as file:
            file.truncate(30 * PAGE)
        rows = list(salvage_rows(path, READ))
        assert 30 < len(rows) < 150
        assert rows == ROWS[: len(rows)]

    def test_a_text_that_is_none_any_more_ends_the_rows_before_it(self, path: Path) -> None:
        fill(path)
        at = path.read_bytes().index(b"order 050")
        damage(path, at, at + 4)
        assert list(salvage_rows(path, READ)) == ROWS[:50]

    @pytest.mark.parametrize("what", [b"", b"my notes, " * 2000, b"SQLite format 3\0" + b"\xa5" * 50_000])
    def test_a_file_that_is_no_database_gives_nothing_and_stays(self, path: Path, what: bytes) -> None:
        path.write_bytes(what)
        assert list(salvage_rows(path, READ)) == []
        assert [(file.name, file.read_bytes()) for file in path.parent.iterdir()] == [("journal.db", what)]

    def test_a_file_that_is_missing_gives_nothing_and_is_not_made(self, path: Path) -> None:
        assert list(salvage_rows(path, READ)) == []
        assert list(salvage_rows(path / "below" / "journal.db", READ)) == []
        assert list(path.parent.iterdir()) == []

    def test_a_database_without_the_table_gives_nothing(self, path: Path) -> None:
        fill(path)
        assert list(salvage_rows(path, "SELECT * FROM orders")) == []

    def test_an_empty_table_is_read_once_and_gives_nothing(self, path: Path) -> None:
        fill(path, rows=[])
        assert list(salvage_rows(path, READ)) == []

    def test_rows_that_are_in_the_log_alone_come_out_and_the_log_stays(self, path: Path) -> None:
        leave_rows_in_the_log(path)
        log = path.with_name("journal.db-wal")
        before = path.read_bytes(), log.read_bytes()
        assert len(before[0]) < len(before[1])
        assert list(salvage_rows(path, READ)) == ROWS
        assert (path.read_bytes(), log.read_bytes()) == before

    def test_a_log_that_is_damaged_itself_gives_the_rows_written_before(self, path: Path) -> None:
        leave_rows_in_the_log(path)
        log = path.with_name("journal.db-wal")
        damage(log, 50 * PAGE, log.stat().st_size)
        rows = list(salvage_rows(path, READ))
        assert 20 < len(rows) < 50
        assert rows == ROWS[: len(rows)]

    def test_a_transaction_cut_off_by_a_crash_does_not_hide_the_rows(self, path: Path) -> None:
        crash_in_a_transaction(path)
        before = content_of_all(path)
        assert "journal.db-journal" in before
        assert {row[0] for row in salvage_rows(path, READ)} == {row[0] for row in ROWS}
        assert content_of_all(path) == before

    def test_odd_letters_in_the_name_are_no_trouble(self, tmp_path: Path) -> None:
        path = tmp_path / "a b?mode=rwc#c%41é.db"
        fill(path)
        assert list(salvage_rows(path, READ)) == ROWS

    def test_stopping_early_closes_the_file(self, path: Path) -> None:
        fill(path)
        rows = salvage_rows(path, READ)
        assert next(rows) == ROWS[0]
        rows.close()  # type: ignore[attr-defined]  # a generator
        with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as db:
            db.execute("BEGIN EXCLUSIVE")
            assert db.in_transaction


def fill(path: Path, rows: list[tuple[int, str]] = ROWS) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute(f"PRAGMA page_size = {PAGE}")
        db.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, text TEXT)")
        db.executemany("INSERT INTO things VALUES (?, ?)", rows)


def damage(path: Path, start: int, end: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * (end - start))


def leave_rows_in_the_log(path: Path) -> None:
    """A database as a crash leaves it: everything but the empty table is in the log."""
    live = path.with_name("live.db")
    with contextlib.closing(sqlite3.connect(live, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, text TEXT)")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.executemany("INSERT INTO things VALUES (?, ?)", ROWS)
        copy(live, path)
    live.unlink()


def crash_in_a_transaction(path: Path) -> None:
    """A database as a crash leaves it with a rollback journal: half a change is in the file."""
    live = path.with_name("live.db")
    fill(live)
    with contextlib.closing(sqlite3.connect(live, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 5")  # pages, so that the change goes to the disk before its end
        db.execute("BEGIN")
        db.execute("UPDATE things SET text = replace(text, 'order', 'other')")
        copy(live, path)
        db.execute("ROLLBACK")
    live.unlink()


def copy(source: Path, target: Path) -> None:
    for suffix in ("", "-wal", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            shutil.copy(source.with_name(source.name + suffix), target.with_name(target.name + suffix))


def write_all(path: Path, text: str) -> None:
    """A file with all its companions, each holding its own suffix."""
    for suffix in ("", *COMPANIONS):
        path.with_name(path.name + suffix).write_text(text + suffix)


def content(path: Path) -> dict[str, str]:
    return {name: data.decode() for name, data in content_of_all(path).items()}


def content_of_all(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}


def break_move_of(monkeypatch: pytest.MonkeyPatch, path: Path, error: OSError) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self == path.resolve():
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
