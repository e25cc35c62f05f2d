"""The real app and its real services; only the clock and the server are doubles."""

import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from s4s_tui.domain.account import Deposits
from s4s_tui.domain.secret import Secret
from tests.ui.accounts import MARK, NEW, OLD
from tests.ui.user import User
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


@pytest.fixture
def rich(world: World) -> World:
    """There is a key, a balance and a history."""
    world.keys.key = Secret(MARK)
    world.api.say("balance", 12_500)
    world.api.say("deposits", Deposits((NEW, OLD), 12_500))
    return world


@pytest.fixture
async def owner(rich: World) -> AsyncIterator[User]:
    """A person who looks at the account."""
    async with rich.user(80, 24) as user:
        await user.presses("f9")
        await user.sees("Balance 12,500 sats", "Total 12,500 sats")
        yield user
        assert MARK not in user.screen_text()
        assert MARK not in repr(user.toasts)
        assert MARK not in repr(user.app.state)
