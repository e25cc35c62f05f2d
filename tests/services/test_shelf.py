"""The shelf: what it gives back, what it takes for nothing, what it leaves on the disk."""

import asyncio
import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from s4s_tui.domain.catalogue import Service
from s4s_tui.services.ports import Kept
from s4s_tui.services.shelf import KEPT_FOR, MOST_BYTES, MOST_COUNTRIES, MOST_ROWS, VERSION, FileShelf
from tests.services.fakes import START

SERVER = "https://api.example"
ROWS = (Service("tg", "Telegram", 12), Service("vk", "vk.com", None), Service("zz", "Zzap", 0))
KEPT = Kept(ROWS, 3000, START)
GOOD: dict[str, Any] = {
    "version": VERSION,
    "source": SERVER,
    "country": 43,
    "at": START,
    "price": 3000,
    "rows": [["tg", "Telegram", 12], ["vk", "vk.com", None], ["zz", "Zzap", 0]],
}
"""What stands in the file of Germany."""


def a_shelf(folder: Path, *, source: str = SERVER, later: float = 0.0) -> FileShelf:
    return FileShelf(folder, source=source, now=lambda: START + later)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "lists"


def lay(folder: Path, content: bytes | dict[str, Any], name: str = "43.json") -> None:
    """Put a file on the shelf, as anybody could."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())}


def allow(folder: Path, mode: int) -> None:
    folder.chmod(mode)


class TestKeeping:
    async def test_a_list_is_given_back_as_it_was_kept_at_the_next_start(self, folder: Path) -> None:
        await a_shelf(folder).put(43, ROWS, 3000, START)
        assert await a_shelf(folder, later=86400).get(43) == KEPT

    async def test_a_list_without_a_price_and_one_without_rows_are_kept_too(self, folder: Path) -> None:
        shelf = a_shelf(folder)
        await shelf.put(0, (), None, START)
        assert await shelf.get(0) == Kept((), None, START)

    async def test_nothing_was_kept_of_another_country(self, folder: Path) -> None:
        assert await a_shelf(folder).get(43) is None
        await a_shelf(folder).put(43, ROWS, 3000, START)
        assert await a_shelf(folder).get(44) is None

    async def test_a_newer_list_takes_the_place_of_the_old_one(self, folder: Path) -> None:
        shelf = a_shelf(folder, later=60)
        await shelf.put(43, ROWS, 3000, START)
        await shelf.put(43, ROWS[:1], 2500, START + 60)
        assert await shelf.get(43) == Kept(ROWS[:1], 2500, START + 60)
        assert names(folder) == ["43.json"]

    async def test_two_programs_may_keep_at_the_same_time(self, folder: Path) -> None:
        shelves = [a_shelf(folder), a_shelf(folder)]
        await asyncio.gather(*(shelf.put(cc, ROWS, cc, START) for cc in range(10) for shelf in shelves))
        assert [await shelves[0].get(cc) for cc in range(10)] == [Kept(ROWS, cc, START) for cc in range(10)]
        assert names(folder) == [f"{cc}.json" for cc in range(10)]

    async def test_the_folder_and_its_files_are_for_the_user_alone(self, folder: Path) -> None:
        await a_shelf(folder).put(43, ROWS, 3000, START)
        assert modes(folder) == {"lists": 0o700, "43.json": 0o600}

    async def test_the_largest_list_that_the_server_is_asked_for_is_kept(self, folder: Path) -> None:
        rows = tuple(Service(f"s{at}", f"Service number {at} with a rather long name", at) for at in range(MOST_ROWS))
        await a_shelf(folder).put(43, rows, 3000, START)
        assert await a_shelf(folder).get(43) == Kept(rows, 3000, START)


class TestForgetting:
    @pytest.mark.parametrize(("later", "known"), [(0.0, True), (KEPT_FOR, True), (KEPT_FOR + 1, False), (-1.0, False)])
    async def test_a_list_of_a_quarter_ago_says_nothing_any_more_nor_one_of_tomorrow(
        self, folder: Path, later: float, known: bool
    ) -> None:
        await a_shelf(folder).put(43, ROWS, 3000, START)
        assert (await a_shelf(folder, later=later).get(43) is not None) is known

    async def test_the_countries_least_lately_kept_go(self, folder: Path) -> None:
        shelf = a_shelf(folder)
        for cc in range(MOST_COUNTRIES):
            lay(folder, {**GOOD, "country": cc}, f"{cc}.json")
            os.utime(folder / f"{cc}.json", (START + cc, START + cc))
        lay(folder, b"half", ".left-by-a-crash.tmp")
        os.utime(folder / ".left-by-a-crash.tmp", (START - 1, START - 1))
        lay(folder, b"mine", "notes.txt")
        os.utime(folder / "notes.txt", (START - 2, START - 2))
        await shelf.put(500, ROWS, 3000, START)
        left = [f"{cc}.json" for cc in (*range(1, MOST_COUNTRIES), 500)]
        assert names(folder) == sorted([*left, "notes.txt"]), "a file of somebody else stays"


class TestWhatIsNoUse:
    async def test_the_file_of_these_tests_is_a_good_one(self, folder: Path) -> None:
        lay(folder, GOOD)
        assert await a_shelf(folder).get(43) == KEPT
        await a_shelf(folder).put(43, ROWS, 3000, START)
        assert json.loads((folder / "43.json").read_bytes()) == GOOD

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"my notes",
            json.dumps(GOOD).encode()[:-3],
            b"\xff\xfe" + json.dumps(GOOD).encode(),
            b"[" * 100_000,
            b'{"version": 1, "more": ' + b"[" * 100_000,
            b"null",
            b"[]",
            json.dumps(GOOD).encode() + b" " * MOST_BYTES,
        ],
        ids=["empty", "no JSON", "cut off", "no UTF-8", "deep", "deep within", "null", "a list", "too large"],
    )
    async def test_a_damaged_file_is_no_list_and_is_replaced_by_the_next_one(
        self, folder: Path, content: bytes
    ) -> None:
        lay(folder, content)
        assert await a_shelf(folder).get(43) is None
        await a_shelf(folder).put(43, ROWS, 3000, START)
        assert await a_shelf(folder).get(43) == KEPT

    @pytest.mark.parametrize(
        "change",
        [
            {"version": VERSION + 1},
            {"version": None},
            {"source": "https://other.example"},
            {"country": 44},
            {"at": 1e308},
            {"at": -1e308},
            {"at": "yesterday"},
            {"at": True},
            {"price": -1},
            {"price": 1e30},
            {"price": 10**17},
            {"price": "3000"},
            {"rows": None},
            {"rows": [["tg", "Telegram"]]},
            {"rows": [["tg", "Telegram", -1]]},
            {"rows": [["tg", "Telegram", 10**17]]},
            {"rows": [["tg", "Telegram", 1.5]]},
            {"rows": [["tg", 5, 1]]},
            {"rows": [["", "Telegram", 1]]},
            {"rows": [["t\x1b[31mg", "Telegram", 1]]},
            {"rows": [["tg", "Telegram", 1], ["tg", "Whatsapp", 1]]},
            {"rows": [[str(at), "", 1] for at in range(MOST_ROWS + 1)]},
        ],
        ids=str,
    )
    async def test_a_file_that_this_program_would_not_write_is_no_list(
        self, folder: Path, change: dict[str, Any]
    ) -> None:
        lay(folder, {**GOOD, **change})
        assert await a_shelf(folder).get(43) is None

    async def test_names_are_made_harmless_once_more(self, folder: Path) -> None:
        hostile = "\x1b]52;c;c3RvbGVu\x07Tele\x1b[2J\u202egram <b>x</b>\n" + "y" * 5000
        lay(folder, {**GOOD, "rows": [["tg", hostile, 1], ["em", "\x1b[2J", 1]]})
        kept = await a_shelf(folder).get(43)
        assert kept is not None
        first, second = kept.rows
        assert first.name.startswith("Telegram x yyy")
        assert first.name.isprintable()
        assert len(first.name) == 200
        assert second.name == "em", "a name of which nothing is left is the code"

    @pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["a folder", "a pipe"])
    async def test_what_is_no_file_is_no_list_and_nobody_waits_for_it(
        self, folder: Path, make: Callable[[Path], None]
    ) -> None:
        lay(folder, b"", "another")
        make(folder / "43.json")
        assert await asyncio.wait_for(a_shelf(folder).get(43), 5) is None


class TestADiskThatRefuses:
    async def test_a_folder_that_cannot_be_made_is_no_cache(self, tmp_path: Path) -> None:
        lay(tmp_path, b"", "lists")
        for folder in (tmp_path / "lists", tmp_path / "missing" / "lists"):
            await a_shelf(folder).put(43, ROWS, 3000, START)
            assert await a_shelf(folder).get(43) is None
        assert names(tmp_path) == ["lists"]

    @pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
    async def test_a_read_only_folder_goes_on_to_be_read(self, folder: Path) -> None:
        await a_shelf(folder).put(43, ROWS, 3000, START)
        allow(folder, 0o500)
        try:
            await a_shelf(folder).put(43, (), None, START)
            await a_shelf(folder).put(44, ROWS, 3000, START)
            assert await a_shelf(folder).get(43) == KEPT
            assert names(folder) == ["43.json"]
        finally:
            allow(folder, 0o700)

    @pytest.mark.parametrize("step", ["write", "replace"])
    async def test_a_full_disk_leaves_the_old_list_and_nothing_half_written(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        await a_shelf(folder).put(43, ROWS, 3000, START)

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            if step == "replace":
                patch.setattr(Path, "replace", full)
            else:
                patch.setattr("s4s_tui.services.shelf.os.fdopen", _Full)
            await a_shelf(folder).put(43, (), None, START)
        assert await a_shelf(folder).get(43) == KEPT
        assert names(folder) == ["43.json"]

    @pytest.mark.parametrize(
        "rows",
        [
            tuple(Service(str(at), "x", 1) for at in range(MOST_ROWS + 1)),
            tuple(Service(str(at), "x" * 2000, 1) for at in range(1001)),
        ],
        ids=["rows", "bytes"],
    )
    async def test_what_is_too_large_to_be_read_back_is_not_written(
        self, folder: Path, rows: tuple[Service, ...]
    ) -> None:
        await a_shelf(folder).put(43, rows, 3000, START)
        assert not (folder / "43.json").exists()


class _Full:
    """A file on a full disk."""

    def __init__(self, handle: int, _mode: str) -> None:
        self._handle = handle

    def __enter__(self) -> "_Full":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)

    def write(self, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")
