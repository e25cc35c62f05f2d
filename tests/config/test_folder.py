"""The journal's folder: made for one user alone, or good enough as it is, or refused."""

import os
import stat
from pathlib import Path

import pytest

from s4s_tui.config import ConfigError, make_folder


def test_folders_are_made_for_this_user_alone_and_others_left_as_they_are(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        wide = tmp_path / "wide"
        wide.mkdir(mode=0o755)
        make_folder(wide / "a" / "b")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (wide, wide / "a", wide / "a/b")] == [0o755, 0o700, 0o700]
    make_folder(wide)
    assert stat.S_IMODE(wide.stat().st_mode) == 0o755


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"The data folder '.*/file/sub' cannot be made: "):
        make_folder(tmp_path / "file" / "sub")


def deny(monkeypatch: pytest.MonkeyPatch, folder: Path, denied: int) -> None:
    """Let the system say of `folder` that it lacks these rights; root would be allowed everything in a real one."""
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not (path == folder and mode & denied) and real(path, mode))


def test_a_folder_that_can_only_be_read_will_do_where_it_holds_a_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deny(monkeypatch, tmp_path, os.W_OK)
    with pytest.raises(ConfigError) as caught:
        make_folder(tmp_path)
    assert str(caught.value) == f"The data folder '{tmp_path}' cannot be written to."
    (tmp_path / "journal.db").mkdir()
    with pytest.raises(ConfigError, match="cannot be written to"):
        make_folder(tmp_path)
    (tmp_path / "journal.db").rmdir()
    (tmp_path / "journal.db").touch()
    make_folder(tmp_path)


@pytest.mark.parametrize("denied", [os.R_OK, os.X_OK])
def test_a_folder_that_cannot_be_read_is_refused_with_a_journal_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, denied: int
) -> None:
    (tmp_path / "journal.db").touch()
    make_folder(tmp_path)
    deny(monkeypatch, tmp_path, denied)
    with pytest.raises(ConfigError, match="cannot be written to"):
        make_folder(tmp_path)
