"""Copies are taken back where they still are, all of them, and nothing else is."""

import os
from pathlib import Path

import pyperclip
import pytest

from s4s_tui.domain.preferences import ClipboardChoice
from s4s_tui.terminal.clipboard import Clipboard

TMUX = """#!/bin/sh
cd {folder}/buffers
case "$1" in
load-buffer)
    name=buffer$(ls | wc -l)
    cat > $name
    cp $name ../outside
    if [ "$5" = delete-buffer ]; then rm $name; else echo $name; echo older; fi;;
show-buffer) cat "$3";;
delete-buffer) rm "$3";;
esac
"""
"""As much of tmux as copying needs: its buffers are files, "outside" is the clipboard of the terminal outside."""


@pytest.fixture
def buffers(tmp_path: Path) -> Path:
    program = tmp_path / "tmux"
    program.write_text(TMUX.format(folder=tmp_path), encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "buffers").mkdir()
    return tmp_path / "buffers"


@pytest.fixture
def clipboard(tmp_path: Path, buffers: Path) -> Clipboard:
    """In that tmux, over SSH."""
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    environ = {"TMUX": f"{buffers},1,0", "PATH": path, "SSH_TTY": "/dev/pts/1"}
    return Clipboard(environ, lambda _text: None, platform="linux")


def held(buffers: Path) -> list[str]:
    return [buffer.read_text(encoding="utf-8") for buffer in buffers.iterdir()]


def no_file(_text: str) -> Path:
    raise AssertionError("it was written to a file")


async def test_tmux_loses_every_copy_and_the_terminal_outside_gets_a_blank(
    clipboard: Clipboard, tmp_path: Path, buffers: Path
) -> None:
    await clipboard.copy("number", no_file)
    await clipboard.copy("code", no_file)
    (buffers / "mine").write_text("of the person")
    await clipboard.forget()
    assert held(buffers) == ["of the person"]
    assert (tmp_path / "outside").read_text() == " "


async def test_a_buffer_that_holds_something_else_meanwhile_is_left_alone(
    clipboard: Clipboard, tmp_path: Path, buffers: Path
) -> None:
    await clipboard.copy("code", no_file)
    (buffers / "buffer0").write_text("of the person")
    await clipboard.forget()
    assert held(buffers) == ["of the person"]
    assert (tmp_path / "outside").read_text() == "code", "what the terminal outside holds by now is not known"


async def test_what_stays_for_good_is_not_taken_back_with_what_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    held = [""]
    monkeypatch.setattr(pyperclip, "copy", lambda text: held.__setitem__(0, text))
    monkeypatch.setattr(pyperclip, "paste", lambda: held[0])
    sent: list[str] = []
    clipboard = Clipboard({}, sent.append, platform="linux")
    await clipboard.copy("one", no_file)
    clipboard.leave()
    await clipboard.copy("two", no_file, ClipboardChoice.SYSTEM)
    assert held == ["two"]
    await clipboard.forget()
    assert (sent, held) == (["one"], [""])


async def test_a_copy_that_went_nowhere_leaves_the_one_before_it_to_be_taken_back() -> None:
    sent: list[str] = []
    clipboard = Clipboard({}, sent.append, platform="linux")
    await clipboard.copy("one", no_file)
    await clipboard.copy("two", no_file, ClipboardChoice.OFF)
    await clipboard.forget()
    assert sent == ["one", ""]
