"""The real app and its real services; only the clock and the server are doubles."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.world import World

_SURROUNDINGS = ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "WSL_DISTRO_NAME", "WSL_INTEROP", "NO_COLOR", "COLORTERM")


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same terminal and time zone on every machine; copies go to the terminal."""
    for name in _SURROUNDINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "somewhere")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)
