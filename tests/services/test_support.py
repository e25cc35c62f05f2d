"""The file for support on the disk: private, whole or not there, never over another one."""

import errno
import os
import stat
from pathlib import Path

import pytest

from s4s_tui.domain.errors import JournalError
from s4s_tui.domain.history import Happening, Source
from s4s_tui.services.support import SupportFiles
from tests.services.fakes import START, HandClock, StateStore, held
from tests.services.memory import MemoryJournal

NUMBER = "4915112345678"


def made(folder: Path, *ids: str, journal: MemoryJournal | None = None) -> SupportFiles:
    store = StateStore(*(held(order_id, number=NUMBER) for order_id in ids))
    journal = journal or MemoryJournal()
    clock = HandClock()
    return SupportFiles(
        folder / "support", journal=journal, store=store, clock=clock, program="s4s-tui/1", server="https://s.test"
    )


async def test_it_is_private_and_named_by_order_and_time(tmp_path: Path) -> None:
    path = await made(tmp_path, "abcdef0123456789").write("abcdef0123456789", secrets=True)
    assert path == tmp_path / "support" / "order-abcdef01-20231114-221320.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert NUMBER in path.read_text()


async def test_nothing_is_overwritten(tmp_path: Path) -> None:
    support = made(tmp_path, "a")
    first = await support.write("a", secrets=True)
    second = await support.write("a", secrets=False)
    assert second.name == "order-a-20231114-221320-2.txt"
    assert NUMBER in first.read_text()
    assert NUMBER not in second.read_text()
    assert len(list(first.parent.iterdir())) == 2, "no draft is left"


async def test_an_id_from_the_server_leads_nowhere_else(tmp_path: Path) -> None:
    name = "../../etc/\x00passwd"
    path = await made(tmp_path, name).write(name, secrets=False)
    assert path.parent == tmp_path / "support"
    assert path.name == "order-etcpassw-20231114-221320.txt"


async def test_the_history_is_in_it_and_a_journal_in_trouble_is_told(tmp_path: Path) -> None:
    journal = MemoryJournal()
    journal.lines["a"].append(Happening(START, Source.SERVER, "paid"))
    support = made(tmp_path, "a", journal=journal)
    assert "Paid: the payment is held" in (await support.write("a", secrets=False)).read_text()
    journal.trouble = "The disk is gone."
    assert "The disk is gone." in (await support.write("a", secrets=False)).read_text()


async def test_an_order_that_is_off_the_list_is_read_from_the_journal(tmp_path: Path) -> None:
    journal = MemoryJournal()
    journal.orders["b"] = held("b")
    support = made(tmp_path, journal=journal)
    assert "order-b-" in (await support.write("b", secrets=False)).name
    with pytest.raises(JournalError, match="not in the journal any more"):
        await support.write("c", secrets=False)


async def test_a_full_disk_is_a_sentence_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(JournalError, match=r"cannot be written to .*support: No space left on device\."):
        await made(tmp_path, "a").write("a", secrets=False)
    assert list((tmp_path / "support").iterdir()) == []


async def test_a_folder_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "support").write_text("")
    with pytest.raises(JournalError, match="The file for support cannot be written to"):
        await made(tmp_path, "a").write("a", secrets=False)
