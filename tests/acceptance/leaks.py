"""Where a secret could have got to: what was drawn, the files of a run, and the processes of a session."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from tests.pty_driver import STRING, Terminal

RARE = "^`~"
"""Letters that no screen has: where one is drawn, it is of the key, be it drawn letter by letter."""
KEY = f"mark{RARE[0]}7Kq{RARE[1]}Zx{RARE[2]}9WvT3pL8sRd"
MASKED = f"••••{KEY[-4:]}"
CRASHING = """
import sys
import {module}
from s4s_tui import cli
there = {module}.{what}
def crash(*args, **kwargs):
    if {module!r} != "h11" or "x-api-key" in repr(args).lower():
        raise RuntimeError("A mistake in the program")
    return there(*args, **kwargs)
{module}.{what} = crash
sys.exit(cli.main())
"""
"""The program with a mistake in it."""
PIECE = 6
"""Letters in a row that give a secret away; a masked key shows its last four."""
_CONTROL = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]|[\x00-\x1f]")
_COPIED = re.compile(rb"\x1b\]52;[^;]*;([A-Za-z0-9+/]*={0,2})(?:\x07|\x1b\\)")


def told(secret: str, data: bytes) -> set[str]:
    """The pieces of the secret that stand in the data: as they are, in hex, in a URL, or in base64."""
    pieces = {secret[at : at + PIECE] for at in range(len(secret) - PIECE + 1)}
    return {piece for piece in pieces if any(form in data for form in _forms(piece))}


def _forms(piece: str) -> Iterator[bytes]:
    raw = piece.encode()
    yield raw
    yield raw.hex().encode()
    yield quote(piece, safe="").encode()
    for before in range(3):  # wherever it begins in a longer text; the letters at its ends hang on their neighbours
        coded = base64.b64encode(b"\0" * before + raw)
        yield coded[(0, 2, 3)[before] : len(coded.rstrip(b"=")) - bool((before + len(raw)) % 3)]


def letters(terminal: Terminal) -> bytes:
    """All letters that ever came on the screen, in their order."""
    return _CONTROL.sub(b"", STRING.sub(b"", bytes(terminal.transcript)))


def drawn(terminal: Terminal) -> bytes:
    """All that the terminal was sent: as it is, as letters, and what went to the clipboard."""
    copied = (base64.b64decode(text) for text in _COPIED.findall(terminal.transcript))
    return b" ".join((bytes(terminal.transcript), letters(terminal), *copied))


def files_with(secret: str, *places: Path) -> list[Path]:
    """The files that hold a piece of the secret, of these and all below them."""
    files = [file for place in places for file in (place.rglob("*") if place.is_dir() else [place])]
    return sorted(file for file in files if file.is_file() and told(secret, file.read_bytes()))


def processes(terminal: Terminal) -> Iterator[tuple[str, bytes]]:
    """The arguments of every process of the terminal's session, and the environment of those that it started."""
    session = terminal.process.pid
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[3]) != session:
                continue
            yield f"arguments of {folder.name}", (folder / "cmdline").read_bytes()
            if folder.name != str(session):  # its own is the person's doing
                yield f"environment of {folder.name}", (folder / "environ").read_bytes()
        except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
            continue


def nowhere(terminal: Terminal, *places: Path, but: tuple[Path, ...] = ()) -> None:
    """The key was not drawn, not copied, not logged, and is in no file but these."""
    seen = told(KEY, drawn(terminal))
    assert not seen, seen
    shown = letters(terminal).replace(b"^q", b"")  # the palette's word for a key
    alone = re.findall(rb".{,60}[" + re.escape(RARE.encode()) + rb"].{,20}", shown)
    assert not alone, alone
    files = files_with(KEY, *places)
    assert files == list(but), files


def runs_without_it(terminal: Terminal) -> None:
    """No process shows the key: not to `ps`, and not in what it was started with."""
    looked = dict(processes(terminal))
    assert f"arguments of {terminal.process.pid}" in looked
    telling = [where for where, data in looked.items() if told(KEY, data)]
    assert not telling, telling
