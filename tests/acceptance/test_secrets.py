"""A marked API key through every screen, fault, log, file and command, at a server that repeats it in every text."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from s4s_tui.sandbox import SandboxOptions
from tests.acceptance.conftest import Start
from tests.acceptance.leaks import CRASHING, KEY, MASKED, drawn, files_with, nowhere, runs_without_it, told
from tests.acceptance.screen import wait_sentence
from tests.acceptance.twisted import Twisted, twisted
from tests.pty_driver import Terminal

pytestmark = [pytest.mark.pty, pytest.mark.long]

CODE = "048010"
FAULTS = (
    ((401, {"status": "error", "reason": f"No such key: {KEY}"}), "No such key: ***"),
    ((500, {"error": [KEY, {KEY: KEY}], "userId": KEY}), "***, ***: ***"),
    ((502, f"<html><h1>{KEY}</h1>".encode()), "502 Bad Gateway"),
    ((200, f'{{"status":"OK","userId":"{KEY}","bala'.encode()), "cut off or not JSON"),
    ((200, {"balance": KEY, "orders": {KEY: KEY}}), "does not say the balance"),
    ((302, {"userId": KEY}), "sent us elsewhere"),
)
"""What is answered, and what is said of it."""


def repeats(text: str) -> str:
    return f"{text} {KEY}"


def leaves(terminal: Terminal, words: str) -> None:
    terminal.key("esc")
    terminal.gone(words)


def orders(terminal: Terminal) -> None:
    """From the start to an invoice, and all that can be done with one."""
    terminal.type("germ\r")
    wait_sentence(terminal, "Telegram ***")
    terminal.type("teleg\r")
    terminal.wait("Payable for")
    terminal.key("z")
    terminal.gone("Payable for")
    terminal.key("esc")
    terminal.wait("Payable for")
    terminal.key("b")
    terminal.gone("Payable for")
    terminal.key("esc")
    terminal.wait("Payable for")
    terminal.key("p")
    wait_sentence(terminal, ".png")
    terminal.key("i")
    terminal.until(lambda: (terminal.clipboard or "").startswith("lnbcrt"), "the invoice was not copied")


def receives(terminal: Terminal, server: Twisted) -> None:
    """The number and the code, what happened, and the files for support."""
    server.pay_invoice(terminal.clipboard or "")
    terminal.wait("Your code for Telegram")
    terminal.wait(CODE)
    terminal.key("c")
    terminal.until(lambda: CODE in (terminal.clipboard or ""), "the code was not copied")
    terminal.key("v")
    wait_sentence(terminal, "Order made")
    leaves(terminal, "Order made")
    for key in "ny":
        terminal.key("w")
        wait_sentence(terminal, "With the number and the code?")
        terminal.key(key)
        terminal.gone("With the number and the code?")
        wait_sentence(terminal, "order-")
    leaves(terminal, "Your code for")


def looks_around(terminal: Terminal) -> None:
    """The orders with the dialogs there, the help, the palette and the settings."""
    terminal.key("f6")
    terminal.wait("Code received")
    terminal.key("m")
    terminal.wait("Numbers and codes are hidden")
    terminal.key("f1")
    terminal.wait("Take an order off the list")
    leaves(terminal, "Take an order off the list")
    terminal.key("f")
    wait_sentence(terminal, "Paste its order id")
    terminal.type("0" * 64 + "\r")
    wait_sentence(terminal, "***")
    leaves(terminal, "Paste its order id")
    terminal.key("delete")
    wait_sentence(terminal, "Leave it on the list.")
    leaves(terminal, "Leave it on the list.")
    terminal.key("ctrl+p")
    terminal.type("tele")
    wait_sentence(terminal, "Service: Telegram ***")
    leaves(terminal, "Service: Telegram")
    leaves(terminal, "Code received")
    terminal.key("esc")
    terminal.settle()
    terminal.key(",")
    wait_sentence(terminal, "Changes are written to")
    leaves(terminal, "Changes are written to")


def sends_and_rents(terminal: Terminal) -> None:
    """To the invoices, by way of the preview."""
    terminal.key("f7")
    wait_sentence(terminal, "of 140")
    terminal.type("+491701234567\tHello")
    wait_sentence(terminal, "5 of 140")
    terminal.key("f7")
    wait_sentence(terminal, "Enter makes the order")
    terminal.key("enter")
    terminal.wait("Payable for")
    terminal.key("x")
    terminal.settle()
    leaves(terminal, "SMS to")
    terminal.key("f8")
    terminal.type("germ\r")
    wait_sentence(terminal, "Rentals are not refundable")
    terminal.type("teleg\r")
    terminal.wait("Payable for")
    leaves(terminal, "Payable for")


def uses_account(terminal: Terminal, server: Twisted) -> None:
    """Funds it, looks at a payment and its preimage, and types the key once more."""
    terminal.key("f9")
    terminal.wait(MASKED)
    terminal.key("f")
    wait_sentence(terminal, "the balance rises")
    terminal.key("enter")
    terminal.wait("Account · sms4sats")
    copied = terminal.clipboard
    terminal.key("i")
    terminal.until(lambda: terminal.clipboard != copied, "the invoice was not copied")
    server.pay_invoice(terminal.clipboard or "")
    wait_sentence(terminal, "Your balance is 60,000 sats now.")
    leaves(terminal, "Your balance is")
    wait_sentence(terminal, "sms4sats fund ***")
    terminal.key("p")
    wait_sentence(terminal, "Show the preimage of this payment?")
    terminal.key("y")
    terminal.wait("Preimage of 10,000 sats")
    leaves(terminal, "Preimage of")
    terminal.key("n")
    terminal.wait("Enter the API key")
    terminal.type(f"{KEY}x\r")  # not quite: refused, with the key in the reason
    wait_sentence(terminal, "Invalid API key. ***")
    terminal.type("\x7f\r")
    terminal.gone("Enter the API key")
    wait_sentence(terminal, "The server accepts the key.")
    terminal.settle()
    terminal.key("delete")
    wait_sentence(terminal, "Forget the API key")
    terminal.key("n")
    terminal.gone("Forget the API key")


def exports(terminal: Terminal, data: Path) -> None:
    for key in "cj":
        terminal.key("e")
        terminal.wait("j  JSON, for a program")
        terminal.key(key)
        terminal.gone("j  JSON, for a program")
    terminal.until(lambda: len([*data.glob("export/history*")]) == 2, "the files were not written")


def meets_faults(terminal: Terminal, server: Twisted) -> None:
    for fault, says in FAULTS:
        server.fault = fault
        terminal.key("f5")
        wait_sentence(terminal, says)
        server.fault, read = None, server.count("/history")
        terminal.key("f5")
        terminal.until(lambda: server.count("/history") > read, "the history was not read again")  # noqa: B023 -- now
        terminal.gone(says)
        terminal.settle()


def test_the_key_is_nowhere(start: Start, program: list[str], folders: dict[str, str], tmp_path: Path) -> None:
    options = SandboxOptions(style="live", number_after=0.2, code_after=0.2, code=CODE, keys={KEY: 50_000})
    with twisted(repeats, options, memos=False) as server:
        env = {"S4S_API_URL": server.url, "S4S_API_KEY": KEY, "SSH_TTY": "/dev/pts/1", "TERM_PROGRAM": "WezTerm"}
        terminal = start("--log", "program.log", size=(120, 40), **env)
        terminal.wait("Country")
        orders(terminal)
        receives(terminal, server)
        looks_around(terminal)
        sends_and_rents(terminal)
        uses_account(terminal, server)
        exports(terminal, tmp_path / "data")
        meets_faults(terminal, server)
        runs_without_it(terminal)
        assert files_with(KEY, tmp_path) == [], "while it runs, the journal's WAL included"
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
        nowhere(terminal, tmp_path)
        written = {
            file.relative_to(tmp_path).parts[1]
            for file in tmp_path.rglob("*")
            if file.is_file() and "data" in file.parts
        }
        assert written >= {"journal.db", "lists", "support", "qr", "export"}, "all that can be written was written"
        assert "/history" in (tmp_path / "program.log").read_text()
        for command in (["config", "show"], ["config", "check"], ["doctor"], ["doctor", "--json"]):
            ran = subprocess.run([*program, *command], env=os.environ | folders | env, capture_output=True, check=False)
            assert ran.stdout
            assert told(KEY, ran.stdout + ran.stderr) == set()


@pytest.mark.parametrize(
    ("module", "what"),
    [
        ("s4s_tui.ui.screens.key", "KeyBox.replace"),
        ("s4s_tui.ui.screens.key", "KeyScreen.action_choose"),
        ("s4s_tui.ui.screens.key", "KeyScreen.answer"),
        ("s4s_tui.ui.screens.key", "KeyEntered"),
        ("s4s_tui.services.account", "AccountDesk.enter"),
    ],
    ids=["as it is pasted", "once it is there", "as it is refused", "as it is handed on", "as it is tried"],
)
def test_a_crash_around_the_dialog_does_not_tell_the_key(
    folders: dict[str, str], tmp_path: Path, module: str, what: str
) -> None:
    # What Textual's own line is called with is not ours to hide.
    code = CRASHING.format(module=module, what=what).replace("raise ", "del args; raise ")
    with twisted(repeats, SandboxOptions(style="live"), memos=False) as server:
        argv = [sys.executable, "-c", code, "--log", "program.log"]
        with Terminal(argv, (120, 40), {**folders, "S4S_API_URL": server.url}, tmp_path) as terminal:
            terminal.wait("Country")
            terminal.key("f9")
            wait_sentence(terminal, "To enter one press n.")
            terminal.key("n")
            terminal.wait("Enter the API key")
            server.fault = FAULTS[0][0]
            terminal.type(f"\x1b[200~{KEY}\x1b[201~")
            if what != "KeyBox.replace":
                terminal.wait("•" * len(KEY))
                terminal.key("down" if what == "KeyScreen.action_choose" else "enter")
            assert terminal.wait_exit() == 1
            assert b"A mistake in the program" in terminal.transcript
            assert told(KEY, drawn(terminal)) == set()
            assert files_with(KEY, tmp_path) == []
