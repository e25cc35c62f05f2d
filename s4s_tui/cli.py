"""The command line. `--help` and `--version` must stay quick: whatever they do not need is imported late."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from s4s_tui import __version__
from s4s_tui.commands import COMMANDS
from s4s_tui.commands.console import UsageError, complain, say
from s4s_tui.commands.options import check_keymap, parser, settings

if TYPE_CHECKING:
    from pathlib import Path

    from s4s_tui.config import Settings

_USAGE = (
    "s4s-tui [--demo [--demo-speed N] [--demo-pay SECONDS]] [--api-url URL]\n"
    "               [--proxy URL] [--config FILE] [--data-dir DIR] [--log FILE]\n"
    "               [--no-mouse]\n"
    "       s4s-tui config path|check|show|keys [OPTIONS]\n"
    "       s4s-tui doctor [--json] [OPTIONS]\n"
    "       s4s-tui sandbox [--help]"
)
_DESCRIPTION = """\
Rent a phone number for one SMS code from sms4sats.com, in the terminal. It is
paid over Lightning with a hold invoice: the sats are only taken when the code
has arrived, else they come back.

Type a country, Enter, type a service, Enter: the invoice appears as a QR code
and as text. Making an order is free until its invoice is paid. Inside, F1 or ?
shows the keys."""
_EPILOG = """\
environment (an option counts before it, a config file after it):
  S4S_API_URL      as --api-url
  S4S_PROXY        as --proxy; without it HTTPS_PROXY or ALL_PROXY
                   count, except for hosts in NO_PROXY and for this machine
  S4S_CONFIG       as --config
  S4S_DATA_DIR     as --data-dir
  S4S_KEEP_DAYS    days that ended orders are kept (0-3650, default 30; 0: for
                   ever); older ones are deleted from the journal
  S4S_MAX_PRICE    sats (1-10000000) above which an invoice is blocked until you
                   accept it
  S4S_REF          a Lightning address that is named to the server as who
                   brought the order; nobody is named without it
  S4S_CLIPBOARD, S4S_COPY_CODE, S4S_CLEAR_CLIPBOARD, S4S_BELL, S4S_NOTIFY,
  S4S_WINDOW_TITLE, S4S_THEME, S4S_MASK, S4S_REDUCE_MOTION, S4S_MOUSE,
  S4S_KEYMAP       as the keys of these names in the config file
  S4S_API_KEY      the API key of a prepaid account
  S4S_API_KEY_COMMAND
                   a program that writes the key, run without a shell

files:
  ~/.config/s4s-tui/config.toml   settings, if it exists: api_url, proxy,
                                  data_dir, keep_days, max_price, ref,
                                  clipboard, copy_code, clear_clipboard, bell,
                                  notify, window_title, theme, mask,
                                  reduce_motion, mouse, keymap, api_key,
                                  api_key_command
  ~/.local/share/s4s-tui/         the journal of your orders; the demo keeps its
                                  own in the folder demo in there
  XDG_CONFIG_HOME and XDG_DATA_HOME move them.

exit status: 0 after an ordinary end (q, Ctrl+C), 1 if the program could not go
on, 2 if it could not start (one sentence on stderr says why). After a signal it
is 128 and its number: 129 closed terminal, 130 SIGINT, 143 SIGTERM."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with `argv` (default: the process's arguments); returns its exit status."""
    try:
        return _main(argv)
    except UsageError as error:
        return complain(str(error))
    except KeyboardInterrupt:
        return 130


def _main(argv: Sequence[str] | None) -> int:
    given = sys.argv[1:] if argv is None else argv
    if given and given[0] in COMMANDS:
        return COMMANDS[given[0]](given[1:])
    reader = parser("s4s-tui", _USAGE, _DESCRIPTION, _EPILOG)
    reader.add_argument("--version", action="store_true", help="print the version")
    arguments = reader.parse_args(given)
    if arguments.help:
        return say(reader.format_help())
    if arguments.version:
        return say(f"s4s-tui {__version__}\n")
    # Nothing that a start makes is garbage, and looking for some in 60,000 objects takes 20 to 30 ms of 300 (measured,
    # half of them in one go): the search begins when the first screen is painted and the server is on its way.
    gc.disable()
    return _start(settings(arguments))


def _start(chosen: "Settings") -> int:
    from s4s_tui.config import ConfigError, make_folder

    if chosen.demo:
        _check_demo_extra()
    _check_terminal()
    check_keymap(chosen)
    os.umask(0o077)  # the journal, its WAL and the log are this user's alone
    _log_to(chosen.log_file)
    try:
        make_folder(chosen.journal_dir)
    except ConfigError as error:
        raise UsageError(str(error)) from error
    from s4s_tui.compose import run

    return run(chosen)


def _check_demo_extra() -> None:
    from importlib.util import find_spec

    if find_spec("starlette") is None or find_spec("uvicorn") is None:
        raise UsageError("The demo needs the extra: pip install 's4s-tui[demo]'")


def _check_terminal() -> None:
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output")):
        if not _is_terminal(stream):
            raise UsageError(f"This is a program for a terminal, and its standard {name} is none.")
    kind = os.environ.get("TERM", "")
    if not kind:
        raise UsageError(
            "TERM is not set, so the terminal's abilities are unknown: set it, for instance to xterm-256color."
        )
    if kind == "dumb":
        raise UsageError("TERM says that this terminal is dumb, it cannot show screens: use another terminal.")


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _log_to(file: "Path | None") -> None:
    """Send the program's log to `file`, or nowhere: never to the terminal that the screens are drawn on."""
    import logging
    import time

    logger = logging.getLogger("s4s_tui")
    logger.propagate = False
    if file is None:
        logger.addHandler(logging.NullHandler())
        return
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        handler = logging.FileHandler(file, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"The log {str(file)!r} cannot be written: {reason}.") from error
    logging.raiseExceptions = False  # a full disk must not write tracebacks across the screens
    formatter = logging.Formatter("%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
