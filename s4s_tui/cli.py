"""The command line. `--help` and `--version` must stay quick: whatever they do not need is imported late."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Never, TextIO

from s4s_tui import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from s4s_tui.config import Settings

_USAGE = (
    "s4s-tui [--demo [--demo-speed N] [--demo-pay SECONDS]] [--api-url URL]\n"
    "               [--config FILE] [--data-dir DIR] [--log FILE] [--no-mouse]"
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
  S4S_CONFIG       as --config
  S4S_DATA_DIR     as --data-dir
  S4S_KEEP_DAYS    days that ended orders are kept (0-3650, default 30; 0: for
                   ever); older ones are deleted from the journal
  S4S_MAX_PRICE    sats (1-10000000) above which an invoice is blocked until you
                   accept it
  S4S_REF          a Lightning address that is named to the server as who
                   brought the order; nobody is named without it
  S4S_CLIPBOARD, S4S_COPY_CODE, S4S_CLEAR_CLIPBOARD, S4S_BELL, S4S_NOTIFY,
  S4S_WINDOW_TITLE, S4S_THEME, S4S_MASK, S4S_REDUCE_MOTION, S4S_MOUSE
                   as the keys of these names in the config file
  S4S_API_KEY      the API key of a prepaid account
  S4S_API_KEY_COMMAND
                   a program that writes the key, run without a shell

files:
  ~/.config/s4s-tui/config.toml   settings, if it exists: api_url, data_dir,
                                  keep_days, max_price, ref, clipboard,
                                  copy_code, clear_clipboard, bell, notify,
                                  window_title, theme, mask, reduce_motion,
                                  mouse, api_key, api_key_command
  ~/.local/share/s4s-tui/         the journal of your orders; the demo keeps its
                                  own in the folder demo in there
  XDG_CONFIG_HOME and XDG_DATA_HOME move them.

exit status: 0 after an ordinary end (q, Ctrl+C), 1 if the program could not go
on, 2 if it could not start (one sentence on stderr says why). After a signal it
is 128 and its number: 129 closed terminal, 130 SIGINT, 143 SIGTERM."""


class UsageError(Exception):
    """The program cannot start as it was called; its text is one sentence for stderr."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Never:
        raise UsageError(f"{message.removeprefix('argument ')}; s4s-tui --help lists the options.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with `argv` (default: the process's arguments); returns its exit status."""
    try:
        return _main(argv)
    except UsageError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return 130


def _main(argv: Sequence[str] | None) -> int:
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.help:
        return _say(parser.format_help())
    if arguments.version:
        return _say(f"s4s-tui {__version__}\n")
    _check_together(arguments)
    return _start(_settings(arguments))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="s4s-tui",
        usage=_USAGE,
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    add = parser.add_argument
    add("--demo", action="store_true", help="try everything against a server on this machine; no money moves")
    add(
        "--demo-speed",
        type=_number(1, 600),
        metavar="N",
        help="seconds of an order that pass in one (1-600, default 1)",
    )
    add(
        "--demo-pay", type=_number(0, 3600), metavar="SECONDS", help="pay invoices by themselves after so long (0-3600)"
    )
    add("--api-url", metavar="URL", help="the server (default: https://api2.sms4sats.com)")
    add("--config", metavar="FILE", help="read settings from FILE")
    add("--data-dir", metavar="DIR", help="keep the journal of orders in DIR")
    add("--no-mouse", action="store_true", help="leave the mouse to the terminal, which selects text with it")
    add("--log", metavar="FILE", help="append what the program does to FILE")
    add("--version", action="store_true", help="print the version")
    add("-h", "--help", action="store_true", help="print this text")
    return parser


def _number(low: int, high: int) -> Callable[[str], float]:
    """A reader of numbers from `low` to `high`, as argparse wants its types."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text[:80]!r} is not a number from {low} to {high}")
        return value

    return read


def _check_together(arguments: argparse.Namespace) -> None:
    if arguments.demo and arguments.api_url is not None:
        raise UsageError("--demo brings its own server: leave --api-url out.")
    for option, value in (("--demo-speed", arguments.demo_speed), ("--demo-pay", arguments.demo_pay)):
        if value is not None and not arguments.demo:
            raise UsageError(f"{option} needs --demo.")


def _settings(arguments: argparse.Namespace) -> "Settings":
    from s4s_tui.config import ConfigError, Options, load

    options = Options(
        api_url=arguments.api_url,
        config=arguments.config,
        data_dir=arguments.data_dir,
        log=arguments.log,
        no_mouse=arguments.no_mouse,
        demo=arguments.demo,
        demo_speed=1.0 if arguments.demo_speed is None else arguments.demo_speed,
        demo_pay=arguments.demo_pay,
    )
    try:
        return load(options, os.environ)
    except ConfigError as error:
        raise UsageError(str(error)) from error
    finally:
        os.environ.pop("S4S_API_KEY", None)  # not handed on to the programs that this one starts


def _start(settings: "Settings") -> int:
    from s4s_tui.config import ConfigError, make_folder

    if settings.demo:
        _check_demo_extra()
    _check_terminal()
    os.umask(0o077)  # the journal, its WAL and the log are this user's alone
    _log_to(settings.log_file)
    try:
        make_folder(settings.journal_dir)
    except ConfigError as error:
        raise UsageError(str(error)) from error
    from s4s_tui.compose import run

    return run(settings)


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


def _say(text: str) -> int:
    """Write `text` to stdout; the reader may have gone (`--help | head -1`)."""
    if sys.stdout is None:
        return 0
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_stdout()
    except OSError as error:
        _drop_stdout()
        return _complain(f"The output cannot be written: {(error.strerror or type(error).__name__).lower()}.")
    return 0


def _drop_stdout() -> None:
    """Let what is still buffered go nowhere, else the interpreter complains about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(sentence: str) -> int:
    if sys.stderr is not None:
        safe = "".join(char if char.isprintable() else repr(char)[1:-1] for char in sentence)
        sys.stderr.write(f"s4s-tui: {safe}\n")
    return 2
