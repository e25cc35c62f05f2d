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
