"""Copying: the way is chosen by the surroundings, and nothing is claimed that nobody confirmed."""

import asyncio
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pyperclip
import pytest

from s4s_tui.domain.preferences import ClipboardChoice
from s4s_tui.terminal.clipboard import OSC52_MOST, Clipboard, Copied, Way, choose

DESKTOP = {"DISPLAY": ":0", "PATH": ""}
BY_OSC52 = Copied((Way.TERMINAL,), "Sent to the terminal's clipboard (OSC 52).")
INVOICE = "lnbc30u1p-secret-ü"


def no_file(_text: str) -> Path:
    raise AssertionError("it was written to a file")


class System:
    """Stands in for the desktop's clipboard: what was copied last can be pasted."""

    def __init__(self) -> None:
        self.text = ""

    def copy(self, text: str) -> None:
        self.text = text

    def paste(self) -> str:
        return self.text


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    system = System()
    monkeypatch.setattr(pyperclip, "copy", system.copy)
    monkeypatch.setattr(pyperclip, "paste", system.paste)
    return system


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """Set at the end of the test, so that a helper that hangs does not outlive it."""
    event = threading.Event()
    yield event
    event.set()


def tool(folder: Path, name: str, script: str) -> None:
    """Put an executable shell script into the folder."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def in_tmux(folder: Path) -> dict[str, str]:
    return {"TMUX": "/tmp/x,1,0", "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "SSH_TTY": "/dev/pts/1"}


@pytest.mark.parametrize(
    ("environ", "platform", "way"),
    [
        ({"DISPLAY": ":0"}, "linux", Way.SYSTEM),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", Way.SYSTEM),
        ({}, "linux", Way.TERMINAL),
        ({"DISPLAY": ""}, "linux", Way.TERMINAL),
        ({}, "darwin", Way.SYSTEM),
        ({}, "win32", Way.SYSTEM),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", Way.SYSTEM),
        ({"SSH_CONNECTION": "1 2 3 4", "DISPLAY": ":10"}, "linux", Way.TERMINAL),
        ({"SSH_TTY": "/dev/pts/1"}, "darwin", Way.TERMINAL),
        ({"STY": "1.tty", "SSH_TTY": "/dev/pts/1"}, "linux", Way.FILE),
        ({"STY": "1.tty", "DISPLAY": ":0"}, "linux", Way.SYSTEM),
        ({"STY": "1.tty", "TMUX": "/tmp/x,1,0"}, "linux", Way.TERMINAL),
        ({"SSH_CLIENT": "1 2 3", "WSL_DISTRO_NAME": "Debian"}, "linux", Way.TERMINAL),
    ],
)
def test_the_system_is_chosen_on_a_desktop_and_the_terminal_elsewhere(
    environ: dict[str, str], platform: str, way: Way
) -> None:
    assert choose(environ, platform) is way


async def test_on_a_desktop_the_system_takes_the_text(system: System) -> None:
    sent: list[str] = []
    copied = await Clipboard(DESKTOP, sent.append, platform="linux").copy(INVOICE, no_file)
    assert copied == Copied((Way.SYSTEM,), "Copied to the desktop's clipboard.")
    assert (system.text, sent) == (INVOICE, [])


async def test_over_ssh_the_distant_systems_clipboard_is_left_alone(system: System) -> None:
    sent: list[str] = []
    copied = await Clipboard(DESKTOP | {"SSH_TTY": "/dev/pts/1"}, sent.append, platform="linux").copy(INVOICE, no_file)
    assert copied == BY_OSC52
    assert (system.text, sent) == ("", [INVOICE])


@pytest.mark.parametrize("error", [pyperclip.PyperclipException("no xclip"), OSError("gone"), UnicodeError("odd")])
async def test_a_desktop_without_a_clipboard_program_falls_back_to_the_terminal(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(_text: str) -> None:
        raise error

    monkeypatch.setattr(pyperclip, "copy", fail)
    sent: list[str] = []
    assert await Clipboard(DESKTOP, sent.append, platform="linux").copy(INVOICE, no_file) == BY_OSC52
    assert sent == [INVOICE]


async def test_a_clipboard_program_that_hangs_falls_back_to_the_terminal(
    monkeypatch: pytest.MonkeyPatch, released: threading.Event
) -> None:
    monkeypatch.setattr(pyperclip, "copy", lambda _text: released.wait(10))
    sent: list[str] = []
    assert await Clipboard(DESKTOP, sent.append, platform="darwin", limit=0.01).copy(INVOICE, no_file) == BY_OSC52
    assert sent == [INVOICE]


async def test_a_dead_display_is_noticed_by_reading_the_clipboard_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool(tmp_path, "xclip", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(pyperclip, "copy", pyperclip.copy)
    monkeypatch.setattr(pyperclip, "paste", pyperclip.paste)
    pyperclip.set_clipboard("xclip")
    sent: list[str] = []
    assert await Clipboard(DESKTOP, sent.append, platform="linux").copy(INVOICE, no_file) == BY_OSC52
    assert sent == [INVOICE]


@pytest.mark.parametrize(("environ", "platform"), [({}, "darwin"), ({"WSL_DISTRO_NAME": "Debian"}, "linux")])
async def test_where_reading_back_is_slow_or_asks_the_person_it_is_not_done(
    system: System, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], platform: str
) -> None:
    monkeypatch.setattr(pyperclip, "paste", lambda: "something else")
    copied = await Clipboard(environ, print, platform=platform).copy(INVOICE, no_file)
    assert copied == Copied((Way.SYSTEM,), "Handed to the desktop's clipboard."), "what is not known is not claimed"
    assert system.text == INVOICE


async def test_in_tmux_the_text_goes_through_stdin_and_the_terminal(tmp_path: Path) -> None:
    tool(tmp_path, "tmux", f'echo "$@" > {tmp_path}/args; echo "$TMUX" > {tmp_path}/session; cat > {tmp_path}/stdin')
    sent: list[str] = []
    copied = await Clipboard(in_tmux(tmp_path), sent.append, platform="linux").copy(INVOICE, no_file)
    assert copied == Copied((Way.TERMINAL, Way.TMUX), "Sent to tmux and the terminal.")
    assert sent == [INVOICE]
    assert (tmp_path / "stdin").read_text(encoding="utf-8") == INVOICE
    assert (tmp_path / "args").read_text(encoding="utf-8") == "load-buffer -w - ; list-buffers -F #{buffer_name}\n"
    assert (tmp_path / "session").read_text(encoding="utf-8") == "/tmp/x,1,0\n"


async def test_in_tmux_on_a_desktop_both_take_the_text(tmp_path: Path, system: System) -> None:
    tool(tmp_path, "tmux", f"cat > {tmp_path}/stdin")
    environ = in_tmux(tmp_path) | {"SSH_TTY": "", "DISPLAY": ":0"}
    copied = await Clipboard(environ, print, platform="linux").copy(INVOICE, no_file)
    assert copied == Copied((Way.SYSTEM, Way.TMUX), "Copied to the desktop's clipboard.")
    assert (tmp_path / "stdin").read_text(encoding="utf-8") == system.text == INVOICE


@pytest.mark.parametrize("script", ["exit 1", "exec 0<&-; exit 3"])
async def test_a_tmux_that_refuses_is_not_named(tmp_path: Path, script: str) -> None:
    tool(tmp_path, "tmux", script)
    clipboard = Clipboard(in_tmux(tmp_path), lambda _text: None, platform="linux")
    assert await clipboard.copy(INVOICE * 3_000, no_file) == BY_OSC52


async def test_a_tmux_that_hangs_is_not_waited_for_and_not_named(tmp_path: Path) -> None:
    tool(tmp_path, "tmux", "exec tail -f /dev/null")
    clipboard = Clipboard(in_tmux(tmp_path), lambda _text: None, platform="linux", limit=0.05)
    assert await clipboard.copy(INVOICE, no_file) == BY_OSC52


async def test_a_tmux_that_cannot_be_started_is_not_named(tmp_path: Path) -> None:
    broken = tmp_path / "tmux"
    broken.write_bytes(b"\x7fELF broken")
    broken.chmod(0o755)
    assert await Clipboard(in_tmux(tmp_path), lambda _text: None, platform="linux").copy(INVOICE, no_file) == BY_OSC52


async def test_without_tmux_on_the_path_the_terminal_alone_is_named() -> None:
    environ = {"TMUX": "/tmp/x,1,0", "PATH": ""}
    assert await Clipboard(environ, lambda _text: None, platform="linux").copy(INVOICE, no_file) == BY_OSC52


async def test_leaving_in_the_middle_of_a_copy_leaves_no_process_behind(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "started")
    tool(tmp_path, "tmux", f"echo $$ > {tmp_path}/started; exec tail -f /dev/null")
    copying = asyncio.create_task(
        Clipboard(in_tmux(tmp_path), lambda _text: None, platform="linux").copy(INVOICE, no_file),
    )
    pid = int(await asyncio.to_thread((tmp_path / "started").read_text, encoding="utf-8"))
    copying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await copying
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


class Files:
    """Where a text is kept when no clipboard takes it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "clipboard.txt"

    def __call__(self, text: str) -> Path:
        self.path.write_text(text, encoding="utf-8")
        return self.path


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


async def test_a_choice_counts_before_the_surroundings(system: System, files: Files, tmp_path: Path) -> None:
    tool(tmp_path, "tmux", f"cat > {tmp_path}/stdin")
    sent: list[str] = []
    clipboard = Clipboard(in_tmux(tmp_path) | {"DISPLAY": ":0"}, sent.append, platform="linux")
    assert await clipboard.copy("one", no_file, ClipboardChoice.SYSTEM) == Copied(
        (Way.SYSTEM,), "Copied to the desktop's clipboard."
    )
    assert (system.text, sent) == ("one", [])
    assert not (tmp_path / "stdin").exists()
    assert (await clipboard.copy("two", no_file, ClipboardChoice.OSC52)).ways == (Way.TERMINAL, Way.TMUX)
    assert (system.text, sent) == ("one", ["two"])
    kept = await clipboard.copy("three", files, ClipboardChoice.FILE)
    assert kept == Copied((Way.FILE,), f"It is in {files.path}.", files.path)
    off = await clipboard.copy("four", no_file, ClipboardChoice.OFF)
    assert off == Copied((), 'Not copied: copying is off. clipboard = "auto" in the settings turns it on.')
    assert (system.text, sent, files.path.read_text()) == ("one", ["two"], "three")
    assert (tmp_path / "stdin").read_text() == "two"


async def test_what_is_too_long_for_the_terminal_goes_to_a_file(files: Files) -> None:
    sent: list[str] = []
    clipboard = Clipboard({}, sent.append, platform="linux")
    assert (await clipboard.copy("x" * OSC52_MOST, no_file)).ways == (Way.TERMINAL,)
    copied = await clipboard.copy("ü" * OSC52_MOST, files)
    assert copied.sentence == f"It is too long for the terminal's clipboard. It is in {files.path}."
    assert len(sent) == 1


async def test_a_chosen_system_that_takes_nothing_is_said_and_the_text_is_kept(
    system: System, monkeypatch: pytest.MonkeyPatch, files: Files
) -> None:
    monkeypatch.setattr(pyperclip, "paste", lambda: "something else")
    copied = await Clipboard(DESKTOP, print, platform="linux").copy(INVOICE, files, ClipboardChoice.SYSTEM)
    assert copied.sentence == f"The system's clipboard did not take it. It is in {files.path}."
    assert files.path.read_text(encoding="utf-8") == system.text == INVOICE


async def test_a_file_that_cannot_be_written_is_said() -> None:
    def full(_text: str) -> Path:
        raise OSError(28, "No space left on device")

    copied = await Clipboard({}, print, platform="linux").copy(INVOICE, full, ClipboardChoice.FILE)
    assert copied == Copied((), "It cannot be written to a file: no space left on device.")


async def test_a_copy_is_taken_back_where_it_still_is_the_last_one(system: System, files: Files) -> None:
    sent: list[str] = []
    clipboard = Clipboard({}, sent.append, platform="linux")
    await clipboard.copy("two", no_file)
    await clipboard.forget()
    await clipboard.forget()
    assert sent == ["two", ""], "once"

    await clipboard.copy("one", no_file, ClipboardChoice.SYSTEM)
    await clipboard.forget()
    assert system.text == ""
    await clipboard.copy("one", no_file, ClipboardChoice.SYSTEM)
    system.text = "of the person"
    await clipboard.forget()
    assert system.text == "of the person"

    await clipboard.copy("three", files, ClipboardChoice.FILE)
    await clipboard.forget()
    assert not files.path.exists()
    await clipboard.copy("three", files, ClipboardChoice.FILE)
    files.path.write_text("another one")
    await clipboard.forget()
    assert files.path.read_text() == "another one"
