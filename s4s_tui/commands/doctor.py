"""`s4s-tui doctor`: looks at server, proxy, clock, terminal, folders, journal and versions; changes nothing."""

import asyncio
import os
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from s4s_tui import __version__
from s4s_tui.commands.console import UsageError, say
from s4s_tui.commands.options import parser, settings
from s4s_tui.domain.diagnosis import Finding, as_json, as_text, skew, worst
from s4s_tui.domain.errors import ApiError

if TYPE_CHECKING:
    from s4s_tui.config import Settings

_USAGE = "s4s-tui doctor [--json] [OPTIONS]"
_DESCRIPTION = """\
Looks at what the program needs, and says what is well (✓), what to know (!) and
what fails (✗). The server is asked for its prices only; no key is sent, nothing
is written. Exit status 1 where something fails."""


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit status."""
    reader = parser("s4s-tui doctor", _USAGE, _DESCRIPTION)
    reader.add_argument("--json", action="store_true", help="for programs")
    found = reader.parse_args(arguments)
    if found.help:
        return say(reader.format_help())
    if found.demo:
        raise UsageError("s4s-tui doctor looks at the real server: leave --demo out.")
    findings = _examine(settings(found))
    said = say((as_json if found.json else as_text)(findings))
    return said or int(worst(findings) == "failure")


def _examine(held: "Settings") -> tuple[Finding, ...]:
    return (
        *asyncio.run(_server(held)),
        *_terminal(),
        *_files(held),
        _journal(held.journal_file),
        _key(held),
        _versions(),
    )


async def _server(held: "Settings") -> tuple[Finding, ...]:
    from s4s_tui.api.client import Client

    way = "none" if held.proxy is None else f"{held.proxy.url} ({held.origins['proxy'].words})"
    proxy = Finding("proxy", "ok", way)
    client = Client(held.api_url, user_agent=f"s4s-tui/{__version__}", proxy=held.proxy)
    began = time.perf_counter()
    try:
        price, date = await client.price_and_date()
    except ApiError as error:
        return Finding("server", "failure", f"{held.api_url}: {error}"), proxy
    finally:
        await client.close()
    took = (time.perf_counter() - began) * 1000
    if price.receive is None:
        return Finding("server", "warning", f"{held.api_url} answers, but names no price"), proxy
    answered = Finding("server", "ok", f"{held.api_url} answers in {took:.0f} ms and is understood")
    return answered, proxy, skew(date, time.time())


def _terminal() -> Iterator[Finding]:
    from s4s_tui.terminal.abilities import around, by_name, colours

    term = os.environ.get("TERM", "")
    if term in ("", "dumb"):
        yield Finding("terminal", "warning", f"TERM is {term or 'not set'}: the screens cannot be shown here")
    else:
        yield Finding("terminal", "ok", f"{term}, {colours(os.environ)}")
        if _may_ask():
            from s4s_tui.terminal.query import ask, words

            yield Finding("answer", "ok", words(ask(sys.stdin.fileno(), sys.stdout.fileno())))
    for name, told in zip(("notices", "sextants"), by_name(os.environ), strict=True):
        yield Finding(name, "ok", told)
    if between := "; ".join(around(os.environ, sys.platform)):
        yield Finding("between", "ok", between)


def _may_ask() -> bool:
    """Whether a terminal is there to answer; a job in the background must not touch its settings."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return False
    return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()


def _files(held: "Settings") -> Iterator[Finding]:
    yield Finding(
        "config", "ok", f"{held.config_file}" if held.config_file.exists() else f"{held.config_file} is not there"
    )
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
    else:
        yield Finding("data", "ok", f"{folder} is yours alone, {free.f_bavail * free.f_frsize // 2**20:,} MiB free")


def _journal(file: Path) -> Finding:
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


def _key(held: "Settings") -> Finding:
    if held.api_key is not None:
        place = "the environment" if held.api_key_in_environment else "the config file"
        return Finding("key", "ok", f"{held.api_key.masked} from {place}; not sent")
    words = "by a command, which was not run" if held.api_key_command else "none set; a keyring was not asked"
    return Finding("key", "ok", words)


def _versions() -> Finding:
    from importlib.metadata import version

    own = f"s4s-tui {__version__}, Python {platform.python_version()}"
    return Finding("versions", "ok", f"{own}, textual {version('textual')}, httpx {version('httpx')}, {sys.platform}")
