"""A file for a person, whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_MOST_NAMES: Final = 1000


def write_new(folder: Path, name: str, ending: str, content: bytes) -> Path:
    """Write a file (0600) into a folder (made 0700) and return where it is; it blocks.

    Args:
        folder: made where it is missing.
        name: without its ending; a number is put behind it where that one is taken.
        ending: such as "txt".
        content: what is in it.

    Raises:
        OSError: it cannot be written; nothing of it is left.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = _reserved(folder, name, ending)
    _fill(path, content)
    return path


def _reserved(folder: Path, name: str, ending: str) -> Path:
    """A file that was not there before, still empty."""
    for number in range(1, _MOST_NAMES):
        path = folder / f"{name}{'' if number == 1 else f'-{number}'}.{ending}"
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            return path
    raise FileExistsError(0, "too many files of one name")


def write_over(path: Path, content: bytes) -> Path:
    """Put the whole content (0600) in the place of a file, or of a link, in one step; its folder is made 0700.

    Raises:
        OSError: it cannot be written; nothing of it is left, nor of what was there.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _fill(path, content)
    return path


def _fill(path: Path, content: bytes) -> None:
    """Put the whole content in the place of the file in one step; on failure neither is left."""
    from tempfile import mkstemp

    part = None
    try:
        handle, part = mkstemp(dir=path.parent, prefix=".", suffix=".tmp")  # 0600
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        Path(part).replace(path)
    except OSError:
        for leftover in (path, *([Path(part)] if part else [])):
            leftover.unlink(missing_ok=True)
        raise
