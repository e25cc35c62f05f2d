"""The options, which the program and its commands share, and the settings that they lead to."""

import argparse
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Never

from s4s_tui.commands.console import UsageError

if TYPE_CHECKING:
    from s4s_tui.config import Options, Settings
    from s4s_tui.domain.secret import Secret


class Parser(argparse.ArgumentParser):
    """One that raises UsageError instead of leaving."""

    def error(self, message: str) -> Never:
        """Say in one sentence what cannot be understood."""
        raise UsageError(f"{message.removeprefix('argument ')}; {self.prog} --help lists the options.")


def bare_parser(prog: str, usage: str, description: str, epilog: str = "") -> Parser:
    """A parser that knows no option; its texts are printed as they are."""
    return Parser(
        prog=prog,
        usage=usage,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )


def parser(prog: str, usage: str, description: str, epilog: str = "") -> Parser:
    """A parser that knows every option but --version."""
    made = bare_parser(prog, usage, description, epilog)
    add = made.add_argument
    add("--demo", action="store_true", help="try everything against a server on this machine; no money moves")
    add(
        "--demo-speed",
        type=number(1, 600),
        metavar="N",
        help="seconds of an order that pass in one (1-600, default 1)",
    )
    add("--demo-pay", type=number(0, 3600), metavar="SECONDS", help="pay invoices by themselves after so long (0-3600)")
    add("--api-url", metavar="URL", help="the server (default: https://api2.sms4sats.com)")
    add(
        "--proxy",
        type=_sealed,
        metavar="URL",
        help="send everything through this proxy (socks5h://, http://, https://)",
    )
    add("--config", metavar="FILE", help="read settings from FILE")
    add("--data-dir", metavar="DIR", help="keep the journal of orders in DIR")
    add("--no-mouse", action="store_true", help="leave the mouse to the terminal, which selects text with it")
    add("--log", metavar="FILE", help="append what the program does to FILE")
    add("-h", "--help", action="store_true", help="print this text")
    return made


def _sealed(text: str) -> "Secret":
    from s4s_tui.domain.secret import Secret

    return Secret(text)


def number(low: int, high: int) -> Callable[[str], float]:
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


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """The same of whole numbers."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 20 and low <= int(text) <= high):
            raise argparse.ArgumentTypeError(f"{text[:80]!r} is not a whole number from {low} to {high}")
        return int(text)

    return read


def options(arguments: argparse.Namespace) -> "Options":
    """What the options say; raises UsageError where they contradict each other."""
    from s4s_tui.config import Options

    if arguments.demo and arguments.api_url is not None:
        raise UsageError("--demo brings its own server: leave --api-url out.")
    if arguments.demo and arguments.proxy is not None:
        raise UsageError("--demo talks to this machine alone: leave --proxy out.")
    for option, value in (("--demo-speed", arguments.demo_speed), ("--demo-pay", arguments.demo_pay)):
        if value is not None and not arguments.demo:
            raise UsageError(f"{option} needs --demo.")
    return Options(
        api_url=arguments.api_url,
        proxy=arguments.proxy,
        config=arguments.config,
        data_dir=arguments.data_dir,
        log=arguments.log,
        no_mouse=arguments.no_mouse,
        demo=arguments.demo,
        demo_speed=1.0 if arguments.demo_speed is None else arguments.demo_speed,
        demo_pay=arguments.demo_pay,
    )


def settings(arguments: argparse.Namespace) -> "Settings":
    """The settings that hold; raises UsageError where one cannot be used."""
    from s4s_tui.config import ConfigError, load

    said = options(arguments)
    try:
        return load(said, os.environ)
    except ConfigError as error:
        raise UsageError(str(error)) from error
    finally:
        os.environ.pop("S4S_API_KEY", None)  # not handed on to the programs that this one starts


def check_keymap(held: "Settings") -> None:
    """Raise UsageError where the keymap cannot be used; only the screens know which bindings there are."""
    if not held.keymap:
        return
    from s4s_tui.config import place_of_binding
    from s4s_tui.ui.keymap import trouble

    found = trouble(dict(held.keymap))
    if found is not None:
        raise UsageError(f"{place_of_binding(held, found.binding)}: keymap: {found.binding}: {found.words}.")
