"""`s4s-tui sandbox`: the API on this machine as a server, for whoever builds on it."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from s4s_tui.commands.console import UsageError, say
from s4s_tui.commands.options import Parser, bare_parser, number, whole_number

if TYPE_CHECKING:
    from s4s_tui.sandbox.options import SandboxOptions
    from s4s_tui.sandbox.scenario import Scenario

PORT = 8021
"""Where it serves unless it is told otherwise."""

_USAGE = (
    "s4s-tui sandbox [--port N] [--style docs|live] [--speed X] [--seed N]\n"
    "                       [--scenario FILE] [--network bcrt|bc]"
)
_DESCRIPTION = """\
The whole API of the service on this machine, at http://127.0.0.1:8021, for
building and testing what uses it. No money moves: nobody can pay its invoices
but its own control API under /_sandbox/, which also assigns numbers, delivers
codes, returns money, sets stock and prices, advances the clock and makes
requests fail. README.md explains it; /_sandbox/openapi.json describes all of
it (OpenAPI 3.1).

Each request is one line on stdout: time, method, path, status, milliseconds.
API keys are left out. What else is to be said goes to stderr."""
_EPILOG = """\
Ctrl+C and SIGTERM end it; the exit status is 0 then, and 2 if it could not
start (one sentence on stderr says why). It needs the extra demo:
pip install 's4s-tui[demo]'"""
_MAINNET = (
    "s4s-tui sandbox: WARNING: these invoices look like real ones (lnbc), but are signed by a throw-away key that no "
    "wallet can route to. Never show one to somebody who would pay it.\n"
)


def main(arguments: Sequence[str]) -> int:
    """Serve until a signal comes; the exit status."""
    reader = _parser()
    found = reader.parse_args(arguments)
    if found.help:
        return say(reader.format_help())
    return _serve(_options(found), standing=found.seed is not None and found.speed is None)


def _parser() -> Parser:
    made = bare_parser("s4s-tui sandbox", _USAGE, _DESCRIPTION, _EPILOG)
    add = made.add_argument
    add("--port", type=whole_number(0, 65535), metavar="N", help=f"the port (default {PORT}; 0: a free one)")
    add("--style", choices=("docs", "live"), help="numbers as JSON numbers (docs, the default) or as strings (live)")
    add("--speed", type=number(1, 600), metavar="X", help="seconds of an order that pass in one (1-600, default 1)")
    add(
        "--seed",
        type=whole_number(0, 2**63 - 1),
        metavar="N",
        help="the same requests get the same answers, byte for byte; the clock stands at 2100-01-01 and moves only "
        "when it is told to, unless --speed is given too",
    )
    add("--scenario", metavar="FILE", help="what happens to which order, stock, prices and faults (TOML)")
    add("--network", choices=("bcrt", "bc"), help="the invoices' network: regtest (default) or one that looks real")
    add("-h", "--help", action="store_true", help="print this text")
    return made


def _options(found: argparse.Namespace) -> "SandboxOptions":
    from s4s_tui.sandbox.options import SandboxOptions

    return SandboxOptions(
        port=PORT if found.port is None else found.port,
        style=found.style or "docs",
        speed=1.0 if found.speed is None else found.speed,
        seed=found.seed,
        open_secrets=found.seed is not None,
        network=found.network or "bcrt",
        control=True,
        scenario=_scenario(found.scenario),
    )


def _scenario(file: str | None) -> "Scenario":
    from s4s_tui.sandbox.scenario import NOTHING_SCRIPTED
    from s4s_tui.sandbox.scenario_file import ScenarioError, read

    try:
        return NOTHING_SCRIPTED if file is None else read(Path(file))
    except ScenarioError as error:
        raise UsageError(str(error)) from error


def _serve(options: "SandboxOptions", *, standing: bool) -> int:
    import time

    from s4s_tui.sandbox.clock import standing as stands
    from s4s_tui.sandbox.server import Sandbox, SandboxError

    # Blocked before any thread begins, so that no thread but this one, which waits for them, ever sees them.
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    try:
        sandbox = Sandbox(options, now=stands if standing else time.time, log=_line)
        sandbox.start()
    except SandboxError as error:
        raise UsageError(str(error)) from error
    if options.network == "bc":
        sys.stderr.write(_MAINNET)
    sys.stderr.write(f"s4s-tui sandbox: {sandbox.url} ({options.network}, node {sandbox.node}); Ctrl+C ends it.\n")
    signal.sigwait(ends)
    sandbox.stop()
    return 0


def _line(text: str) -> None:
    say(f"{text}\n")
