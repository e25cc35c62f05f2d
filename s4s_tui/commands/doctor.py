"""`s4s-tui doctor`: looks at server, proxy, clock, terminal, folders, journal and versions; changes nothing."""

import asyncio
import platform
import sys
import time
from collections.abc import Awaitable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from s4s_tui import __version__
from s4s_tui.commands.checkup import files, journal, terminal
from s4s_tui.commands.console import UsageError, say
from s4s_tui.commands.options import parser, settings
from s4s_tui.domain.diagnosis import Finding, as_json, as_text, skew, worst
from s4s_tui.domain.errors import ApiError, Refused, TimedOut, Unreachable

if TYPE_CHECKING:
    from s4s_tui.api.client import Client
    from s4s_tui.config import Settings

_Read = TypeVar("_Read")

_USAGE = "s4s-tui doctor [--json] [OPTIONS]"
_DESCRIPTION = """\
Looks at what the program needs, and says what is well (✓), what to know (!) and
what fails (✗). The server is asked for its prices, its countries and the services
of one of them; no key is sent, nothing is written. Exit status 1 where something fails."""
_GERMANY = 43
"""A country (API docs: its number) whose services any server lists."""


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
        *terminal(held.preferences.clipboard),
        *files(held),
        journal(held.journal_file),
        _key(held),
        _versions(),
    )


async def _server(held: "Settings") -> tuple[Finding, ...]:
    from s4s_tui.api.client import Client

    way = "none" if held.proxy is None else f"{held.proxy.url} ({held.origins['proxy'].words})"
    proxy = Finding("proxy", "ok", way)
    client = Client(held.api_url, user_agent=f"s4s-tui/{__version__}", proxy=held.proxy, key=held.api_key)
    try:
        (price, date), took = await _timed(client.price_and_date())
    except ApiError as error:
        if held.proxy is not None and isinstance(error, Unreachable | TimedOut):
            proxy = Finding("proxy", "warning", f"{way}; nothing came through it")
        return Finding("server", "failure", f"{held.api_url}: {error}"), proxy
    else:
        priced = price.receive is not None
        server = Finding(
            "server",
            "ok" if priced else "warning",
            f"{held.api_url} answers{'' if priced else ', but names no price'} ({took})",
        )
        return server, await _countries(client), await _services(client), proxy, skew(date, time.time())
    finally:
        await client.close()


async def _countries(client: "Client") -> Finding:
    try:
        countries, took = await _timed(client.countries())
    except Refused as error:
        if error.http_status == HTTPStatus.NOT_FOUND:  # optional, says its description
            return Finding("countries", "ok", "the server has no list of them; the program's own counts")
        return Finding("countries", "warning", f"{error} The program's own list counts.")
    except ApiError as error:
        return Finding("countries", "warning", f"{error} The program's own list counts.")
    return Finding("countries", "ok" if countries else "warning", f"{len(countries):,} understood ({took})")


async def _services(client: "Client") -> Finding:
    try:
        services, took = await _timed(client.services(_GERMANY))
    except ApiError as error:
        return Finding("services", "failure", str(error))
    return Finding("services", "ok" if services else "warning", f"{len(services):,} of Germany understood ({took})")


async def _timed(read: Awaitable[_Read]) -> tuple[_Read, str]:
    """What was read, and how long that took, in words."""
    began = time.perf_counter()
    found = await read
    return found, f"{(time.perf_counter() - began) * 1000:.0f} ms"


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
