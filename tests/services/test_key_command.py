"""A command that writes the key: real processes, without a shell, each within its time."""

import asyncio
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from s4s_tui.domain.errors import ApiKeyError
from s4s_tui.services.key_command import KeyCommand
from tests.config.traces import MARK, told
from tests.pty_driver import Terminal

ROOT = Path(__file__).parents[2]
SOON = 0.3
"""Seconds; a limit for commands that hang."""


needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no list of processes to read")


def python(script: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", "-c", script)


async def refusal(*words: str, limit: float = 20) -> str:
    with pytest.raises(ApiKeyError) as caught:
        await KeyCommand(words, limit=limit).run()
    assert MARK not in told(caught.value)
    return str(caught.value)


def processes() -> str:
    """The command lines and the environments of all processes, as `ps` reads them."""
    shown = b""
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            try:
                shown += (process / name).read_bytes()
            except OSError:  # it has ended
                continue
    return shown.decode(errors="replace")


@pytest.mark.parametrize(
    "script",
    [
        "print(f'{MARK}')",
        "print(f'  {MARK}\\t\\r\\nlogin: me\\n' + 'x' * 100000)",
        "import sys; sys.stdout.write(MARK)",
        "import sys; sys.stderr.write('a word\\n'); print(MARK)",
    ],
)
async def test_the_first_line_is_the_key(script: str) -> None:
    key = await KeyCommand(python(f"MARK = '{MARK}'; {script}")).run()
    assert key.reveal() == MARK


async def test_no_shell_is_run_and_words_arrive_as_they_are() -> None:
    words = ("$HOME", "~", "a b", "*", "; echo x", "|")
    key = await KeyCommand((*python("import sys; print('+'.join(sys.argv[1:]))"), *words)).run()
    assert key.reveal() == "+".join(words)


@pytest.mark.parametrize(
    ("script", "end"),
    [
        (f"print('{MARK}'); raise SystemExit(3)", "failed with exit status 3."),
        ("pass", "wrote no key."),
        (f"print(); print('{MARK}')", "wrote no key."),
        (f"print('{MARK}\\x1b[0m')", "wrote something that is no API key: it holds characters that a key cannot have."),
        (f"import os; os.write(1, b'{MARK}\\xff')", "it holds characters that a key cannot have."),
        (f"print('{MARK}' * 99999)", "wrote something that is no API key: it is longer than 200 characters."),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "was ended by SIGKILL."),
    ],
)
async def test_a_command_that_gives_no_key_is_told_without_its_output(script: str, end: str) -> None:
    sentence = await refusal(*python(script))
    assert sentence.startswith(f"The command {Path(sys.executable).name} (api_key_command) ")
    assert sentence.endswith(end)


async def test_a_command_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    assert await refusal("/no/such/pass", "show") == (
        "The command pass (api_key_command) could not be started: no such file or directory."
    )
    (tmp_path / "no\x1bprogram").touch(0o600)
    assert await refusal(str(tmp_path / "no\x1bprogram")) == (
        "The command no?program (api_key_command) could not be started: permission denied."
    )


HANGS = "import time; time.sleep(600)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {HANGS}"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-I', '-S', '-c', {DEAF!r}, 'MARKED'])"


@pytest.mark.parametrize("script", [HANGS, DEAF, PARENT, "while True: print('x')"])
async def test_a_command_that_hangs_is_ended_with_all_that_it_started(script: str, tmp_path: Path) -> None:
    marked = str(tmp_path)
    sentence = await refusal(*python(script.replace("MARKED", marked)), marked, limit=SOON)
    assert sentence.endswith("did not end within 0.3 seconds.")
    await listed(marked, there=False)


@needs_proc
async def test_a_command_that_nobody_waits_for_any_more_is_ended(tmp_path: Path) -> None:
    run = asyncio.create_task(KeyCommand((*python(HANGS), str(tmp_path))).run())
    await listed(str(tmp_path), there=True)
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    await listed(str(tmp_path), there=False)


async def listed(marked: str, *, there: bool) -> None:
    """Until some process has this in its arguments, or none any more: an orphan is reaped by somebody else."""
    for _ in range(1000):
        if (marked in processes()) is there:
            return
        await asyncio.sleep(0.01)
    pytest.fail(f"a process is {'not there' if there else 'still there'}")


async def test_what_a_command_leaves_behind_is_not_waited_for() -> None:
    agent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {HANGS!r}]); print('{MARK}')"
    async with asyncio.timeout(10):
        key = await KeyCommand(python(agent.replace("600", "1.5"))).run()
    assert key.reveal() == MARK


@needs_proc
async def test_the_key_is_in_no_process_list_while_the_command_runs(tmp_path: Path) -> None:
    mark = secrets.token_hex(16)  # its own: other tests, which may run just now, give theirs on command lines
    (tmp_path / "key").write_text(mark)
    script = f"print(open({str(tmp_path / 'key')!r}).read(), flush=True); open({str(tmp_path / 'go')!r}).read()"
    os.mkfifo(tmp_path / "go")
    run = asyncio.create_task(KeyCommand(python(script)).run())
    go = await asyncio.to_thread(os.open, tmp_path / "go", os.O_WRONLY)  # the key has been written now
    seen = processes()
    os.close(go)
    assert str(tmp_path) in seen
    assert mark not in seen
    assert (await run).reveal() == mark


async def test_the_terminal_is_handed_over_while_the_command_runs_also_where_it_fails() -> None:
    seen: list[str] = []

    @contextmanager
    def hand_over() -> Iterator[None]:
        seen.append("away")
        try:
            yield
        finally:
            seen.append("back")

    await KeyCommand(python(f"print('{MARK}')"), hand_over=hand_over).run()
    assert seen == ["away", "back"]
    with pytest.raises(ApiKeyError):
        await KeyCommand(("/no/such",), hand_over=hand_over).run()
    assert seen == ["away", "back"] * 2


async def test_without_a_terminal_to_hand_over_the_command_has_none() -> None:
    script = """
import sys
try:
    open('/dev/tty')
except OSError:
    print('none' + sys.stdin.read())
"""
    assert (await KeyCommand(python(script)).run()).reveal() == "none"


ASKS = "import getpass; print(getpass.getpass('Passphrase: '))"
PROGRAM = f"""
import asyncio, contextlib, os, sys
from s4s_tui.services.key_command import KeyCommand
from s4s_tui.domain.errors import ApiKeyError
async def main():
    try:
        key = await KeyCommand([sys.executable, '-c', {ASKS!r}], hand_over=contextlib.nullcontext, limit=15).run()
        print('the key has', len(key.reveal()), 'characters')
    except ApiKeyError as error:
        print(error)
    print('foreground' if os.tcgetpgrp(0) == os.getpgrp() else 'background')
asyncio.run(main())
"""


@pytest.fixture
def asked() -> Iterator[Terminal]:
    """A program on a terminal whose command asks for a passphrase."""
    with Terminal([sys.executable, "-c", PROGRAM], size=(120, 10), cwd=ROOT) as terminal:
        terminal.wait("Passphrase:")
        yield terminal


@pytest.mark.pty
def test_a_command_can_ask_on_the_terminal(asked: Terminal) -> None:
    asked.type(f"{MARK}\r")
    assert asked.wait_exit() == 0
    assert f"the key has {len(MARK)} characters" in asked.text()
    assert asked.text().rstrip().endswith("foreground")
    assert MARK not in asked.transcript.decode()


@pytest.mark.pty
def test_ctrl_c_at_the_question_ends_the_command_and_not_the_program(asked: Terminal) -> None:
    asked.key("ctrl+c")
    assert asked.wait_exit() == 0
    assert "(api_key_command) was ended by SIGINT." in asked.text()
    assert asked.text().rstrip().endswith("foreground")


@pytest.mark.pty
@pytest.mark.skipif(sys.platform == "darwin", reason="a stopped child is not seen there")
def test_ctrl_z_at_the_question_leaves_it_open(asked: Terminal) -> None:
    asked.key("ctrl+z")
    asked.listen(0.3)
    asked.type(f"{MARK}\r")
    assert asked.wait_exit() == 0
    assert f"the key has {len(MARK)} characters" in asked.text()
