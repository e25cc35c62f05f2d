"""The installed program on a terminal, and a server for it that is not ours."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.manners import too_fast
from tests.acceptance.server import Server
from tests.pty_driver import Terminal

Start = Callable[..., Terminal]
"""Starts the program: options, then `size` and environment variables by name. Its data outlives it."""


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server of the "live" style, or of the style that the test asks for; a test fails where it was rushed."""
    server = Server(getattr(request, "param", "live"))
    server.start()
    try:
        yield server
    finally:
        server.stop()
    assert too_fast(server.log) == []


@pytest.fixture
def program() -> list[str]:
    """How the program is called."""
    installed = Path(sys.executable).with_name("s4s-tui")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "s4s_tui"]


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, str]:
    """Where the program keeps its things, as environment variables."""
    (tmp_path / "home").mkdir()
    return {"HOME": str(tmp_path / "home"), "S4S_DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def start(program: list[str], folders: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    with ExitStack() as stack:

        def begin(*options: str, size: tuple[int, int] = (100, 36), **env: Any) -> Terminal:
            return stack.enter_context(Terminal([*program, *options], size=size, env=folders | env, cwd=tmp_path))

        yield begin
