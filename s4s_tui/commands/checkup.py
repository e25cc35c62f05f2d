"""What the doctor looks at on this machine: terminal, folders and journal. It changes nothing."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from s4s_tui.domain.diagnosis import Finding, Verdict
from s4s_tui.domain.preferences import ClipboardChoice

if TYPE_CHECKING:
    from s4s_tui.config import Settings

_LITTLE = 50
_NOTHING = 2
"""MiB of free space below which orders may soon, or will, not be written down."""


def terminal(choice: ClipboardChoice) -> Iterator[Finding]:
    """What the terminal promises by its name and says when asked, and where copies go."""
    from s4s_tui.terminal.abilities import around, colours, copies, notices, osc52, sextants
    from s4s_tui.terminal.query import Answer, ask, question

    term, answer = os.environ.get("TERM", ""), Answer()
    if term in ("", "dumb"):
        yield Finding("terminal", "warning", f"TERM is {term or 'not set'}: the screens cannot be shown here")
    else:
        asks = _may_ask()
        if asks:
            answer = ask(sys.stdin.fileno(), sys.stdout.fileno(), question(os.environ))
        yield Finding("terminal", "ok", f"{term}, {colours(os.environ, answer)}")
        if asks:
            yield Finding("answer", "ok", answer.words)
    yield Finding("notices", "ok", notices(os.environ))
    yield Finding("sextants", "ok", sextants(os.environ, answer))
    yield Finding("osc52", "ok", osc52(os.environ, answer))
    if between := ", ".join(around(os.environ)):
        yield Finding("between", "ok", between)
    well, where = copies(choice, os.environ, sys.platform)
    yield Finding("copies", "ok" if well else "warning", where)


def _may_ask() -> bool:
    """Whether a terminal is there to answer; a job in the background must not touch its settings."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return False
    return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()


def files(held: "Settings") -> Iterator[Finding]:
    """The config file, the data folder, and the space there."""
    yield _config(held)
    folder = held.data_dir
    try:
        mode = folder.stat().st_mode & 0o777
        free = os.statvfs(folder)
    except FileNotFoundError:
        yield Finding("data", "ok", f"{folder} is not there yet; the first start makes it")
        return
    except OSError as error:
        yield Finding("data", "failure", f"{folder}: {error.strerror}")
        return
    if mode & 0o077:
        yield Finding("data", "warning", f"others can get into {folder}: chmod 700 it")
    elif not os.access(folder, os.W_OK | os.X_OK):
        yield Finding("data", "failure", f"nothing can be written into {folder}")
    else:
        yield Finding("data", "ok", f"{folder} is yours alone")
    left = free.f_bavail * free.f_frsize // 2**20
    yield Finding("space", space(left), f"{left:,} MiB free there")


def space(free: int) -> Verdict:
    """How so many MiB of free space stand: an order is only made where it can be written down."""
    return "failure" if free < _NOTHING else "warning" if free < _LITTLE else "ok"


def _config(held: "Settings") -> Finding:
    file = held.config_file
    try:
        mode = file.stat().st_mode & 0o777
    except OSError:  # one that cannot be read was refused before, as is one with a secret that others can read
        return Finding("config", "ok", f"{file} is not there")
    if mode & 0o022:
        return Finding("config", "warning", f"others can change {file}: chmod 600 it")
    return Finding("config", "ok", f"{file} is {'read by others, too' if mode & 0o044 else 'yours alone'}")


def journal(file: Path) -> Finding:
    """Whether the journal can be read; nothing is made beside it."""
    import sqlite3

    from s4s_tui.domain.errors import JournalError
    from s4s_tui.services.journal_file import open_to_look
    from s4s_tui.services.schema import VERSION

    if not file.exists():
        return Finding("journal", "ok", "none yet")
    try:
        db = open_to_look(file)
        try:
            (health,) = db.execute("PRAGMA quick_check(1)").fetchone()
            (orders,) = db.execute("SELECT count(*) FROM orders").fetchone()
            (version,) = db.execute("PRAGMA user_version").fetchone()
        finally:
            db.close()
    except (sqlite3.Error, JournalError) as error:
        return Finding("journal", "failure", f"{file}: {error}")
    if health != "ok":
        return Finding("journal", "failure", f"{file} is damaged; the next start sets it aside")
    later = "" if version == VERSION else ", which the next start brings up to date"
    return Finding("journal", "ok", f"sound, orders: {orders}, schema version {version}{later}")
