"""The account on a terminal, against the sandbox: key, funding, prepaid code, history; and the key is nowhere after."""

import csv
import json
import re
import shlex
import stat
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from s4s_tui.sandbox import Sandbox, SandboxOptions
from tests.acceptance.conftest import Start
from tests.acceptance.leaks import CRASHING, KEY, MASKED, drawn, files_with, letters, nowhere, runs_without_it, told
from tests.acceptance.screen import sentences, wait_sentence
from tests.pty_driver import Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at processes in /proc"),
]

CODE = "048010"
CONFIG = ".config/s4s-tui/config.toml"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    options = SandboxOptions(
        style="live", pay_after=0.2, number_after=0.2, code_after=0.2, code=CODE, keys={KEY: 50_000}
    )
    with Sandbox(options) as sandbox:
        asks(sandbox, "/fund", {"amount": 21_000})
        yield sandbox


def asks(sandbox: Sandbox, path: str, body: object = None) -> Any:
    """Ask the server beside the program, as the owner of the key."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"X-API-Key": KEY, "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(sandbox.url + path, data, headers), timeout=5) as answer:
        return json.load(answer)


def preimages(sandbox: Sandbox) -> list[str]:
    """Of the payments in the history, the newest first."""
    return [order["preimage"] for order in asks(sandbox, "/history")["orders"]]


def enters_key(terminal: Terminal, *, down: int = 0) -> None:
    terminal.key("f9")
    wait_sentence(terminal, "To enter one press n.")
    terminal.key("n")
    terminal.wait("Enter the API key")
    terminal.type(KEY)
    terminal.wait("•" * len(KEY))
    for _ in range(down):
        terminal.key("down")
    terminal.key("enter")
    shows_account(terminal, 71_000)


def shows_account(terminal: Terminal, balance: int) -> None:
    terminal.wait(MASKED)
    terminal.until(lambda: re.search(rf"Balance +{balance:,} sats", terminal.text()) is not None, "no such balance")


def funds(terminal: Terminal, sats: int, *, after: int) -> None:
    terminal.key("f")
    terminal.wait("Fund the account")
    terminal.key("end")
    terminal.type("\x7f" * 8 + str(sats))
    wait_sentence(terminal, f"{sats:,} sats: the balance rises from {after - sats:,} to {after:,} sats.")
    terminal.key("enter")
    terminal.wait("Account · sms4sats")
    wait_sentence(terminal, f"Your balance is {after:,} sats now.")
    terminal.key("esc")
    shows_account(terminal, after)
    terminal.wait("2 payments")


def receives_from_balance(terminal: Terminal, before: int) -> int:
    """A code, paid from the balance; what the balance is then."""
    terminal.key("esc")
    terminal.wait("Country")
    terminal.type("germ\rteleg")
    terminal.wait("1 of ")
    terminal.key("f4")
    terminal.wait("Enter asks before the balance pays.")
    terminal.key("enter")
    wait_sentence(terminal, f"Balance: {before:,} sats now, ")
    asked = re.search(r"Pay ([\d,]+) sats from the balance .*now, ([\d,]+) sats ", sentences(terminal))
    assert asked is not None, sentences(terminal)
    price, after = (int(group.replace(",", "")) for group in asked.groups())
    assert before - price == after
    terminal.key("y")
    terminal.wait("Your code for Telegram:")
    terminal.wait(f" {CODE} ")
    terminal.key("f9")
    shows_account(terminal, after)
    return after


def amounts(terminal: Terminal) -> list[int]:
    """The amounts of the history, from top to bottom."""
    rows = re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d +([\d,]+) sats", terminal.text())
    return [int(row.replace(",", "")) for row in rows]


def sorts_by_amount(terminal: Terminal, *, falling: list[int]) -> None:
    terminal.key("f2")
    terminal.wait("oldest first")
    for words, rows in (("largest first", falling), ("smallest first", falling[::-1])):
        terminal.key("f2")
        terminal.wait(words)
        terminal.settle()
        assert amounts(terminal) == rows


def exports(terminal: Terminal, data: Path) -> list[Path]:
    """The history as CSV and as JSON."""
    for key in "cj":
        terminal.key("e")
        terminal.wait("j  JSON, for a program")
        terminal.key(key)
        terminal.gone("j  JSON, for a program")
    terminal.until(lambda: len(_written(data)) == 2, "the files were not written")
    return _written(data)


def _written(data: Path) -> list[Path]:
    """The files that are whole: they are empty before."""
    return sorted(file for file in data.glob("export/history*") if file.stat().st_size)


def quits(terminal: Terminal) -> None:
    terminal.key("ctrl+q")
    assert terminal.wait_exit() == 0


def test_key_in_the_config_file_funding_code_history_and_export(sandbox: Sandbox, start: Start, tmp_path: Path) -> None:
    data, config = tmp_path / "data", tmp_path / "home" / CONFIG
    terminal = start("--log", "program.log", S4S_API_URL=sandbox.url)
    terminal.wait("Country")
    enters_key(terminal)
    terminal.wait("1 payment ")
    funds(terminal, 7_000, after=78_000)
    left = receives_from_balance(terminal, 78_000)
    sorts_by_amount(terminal, falling=[21_000, 7_000])
    written = exports(terminal, data)
    runs_without_it(terminal)
    assert files_with(KEY, data) == [], "while it runs, the journal's WAL included"

    proofs = preimages(sandbox)
    places = (data, tmp_path / "program.log")
    assert len(proofs) == 2
    for proof in proofs:
        assert told(proof, drawn(terminal)) == set()
        assert files_with(proof, *places) == []

    terminal.key("p")
    wait_sentence(terminal, "Show the preimage of this payment?")
    terminal.key("y")
    terminal.wait("Preimage of 7,000 sats")
    terminal.until(lambda: proofs[0] in re.sub(r"[\s│]", "", terminal.text()), "the preimage was not shown")
    terminal.key("esc")
    quits(terminal)
    assert told(proofs[1], drawn(terminal)) == set(), "of the other payment"
    assert [files_with(proof, *places) for proof in proofs] == [[], []]

    table = list(csv.DictReader(written[0].read_text().splitlines()))
    assert [row["amount"] for row in table] == ["7000", "21000"]
    assert [row["amount"] for row in json.loads(written[1].read_text())["deposits"]] == [7_000, 21_000]
    nowhere(terminal, tmp_path, but=(config,))
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert (tmp_path / "program.log").read_text().count("/history") >= 3

    again = start(S4S_API_URL=sandbox.url)
    again.wait("Country")
    again.key("f9")
    shows_account(again, left)
    wait_sentence(again, "from the config file")
    quits(again)
    nowhere(again, tmp_path, but=(config,))


def test_a_key_for_this_run_is_written_nowhere(sandbox: Sandbox, start: Start, tmp_path: Path) -> None:
    terminal = start("--log", "program.log", S4S_API_URL=sandbox.url)
    terminal.wait("Country")
    enters_key(terminal, down=1)
    wait_sentence(terminal, "It is kept nowhere, and known until the program ends.")
    runs_without_it(terminal)
    quits(terminal)
    nowhere(terminal, tmp_path)

    again = start(S4S_API_URL=sandbox.url)
    again.wait("Country")
    again.key("f9")
    wait_sentence(again, "There is no API key.")


def test_a_key_of_the_environment_is_not_handed_on(sandbox: Sandbox, start: Start, tmp_path: Path) -> None:
    helper = tmp_path / "bin" / "xclip"
    helper.parent.mkdir()
    helper.write_text(f"#!/bin/sh\nenv > {shlex.quote(str(tmp_path))}/environment\nexit 1\n")
    helper.chmod(0o755)
    desktop = {"DISPLAY": ":0", "PATH": f"{helper.parent}:/usr/bin:/bin"}
    terminal = start("--log", "program.log", S4S_API_URL=sandbox.url, S4S_API_KEY=KEY, **desktop)
    terminal.wait("Country")
    terminal.key("f9")
    shows_account(terminal, 71_000)
    wait_sentence(terminal, "from S4S_API_KEY")
    terminal.wait("1 payment ")
    terminal.key("c")
    wait_sentence(terminal, "Payment hash:")
    runs_without_it(terminal)
    quits(terminal)
    assert "PATH=" in (tmp_path / "environment").read_text(), "a program was started to copy"
    nowhere(terminal, tmp_path)


def test_a_key_of_a_command_stays_with_the_command(sandbox: Sandbox, start: Start, tmp_path: Path) -> None:
    vault, config = tmp_path / "vault", tmp_path / "home" / CONFIG
    vault.write_text(f"{KEY}\nand more\n")
    config.parent.mkdir(parents=True)
    words = [sys.executable, "-c", f"print(open({str(vault)!r}).read())"]
    config.write_text(f"api_key_command = {json.dumps(words)}\n")
    config.chmod(0o600)
    terminal = start("--log", "program.log", S4S_API_URL=sandbox.url)
    terminal.wait("Country")
    terminal.key("f9")
    shows_account(terminal, 71_000)
    wait_sentence(terminal, "from the command python")
    runs_without_it(terminal)
    quits(terminal)
    nowhere(terminal, tmp_path, but=(vault,))


@pytest.mark.parametrize(
    ("module", "what"),
    [
        ("s4s_tui.services.account", "AccountDesk._change"),
        ("s4s_tui.api.decode", "deposits"),
        ("h11", "Connection.send"),
    ],
    ids=["in the services", "with the answer that holds the key", "with the request that holds it"],
)
def test_a_crash_with_the_key_in_hand_does_not_tell_it(
    sandbox: Sandbox, folders: dict[str, str], tmp_path: Path, module: str, what: str
) -> None:
    code = CRASHING.format(module=module, what=what)
    env = {**folders, "S4S_API_URL": sandbox.url, "S4S_API_KEY": KEY}
    with Terminal([sys.executable, "-c", code, "--log", "program.log"], (120, 40), env, tmp_path) as terminal:
        terminal.wait("Country")
        terminal.key("f9")
        assert terminal.wait_exit() == 1
        last = letters(terminal).decode()
        assert "A mistake in the program" in last or "more of it would show the API key" in last
        assert told(KEY, drawn(terminal)) == set()
        assert files_with(KEY, tmp_path) == []
