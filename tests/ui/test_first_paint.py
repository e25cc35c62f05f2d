"""What a start has imported when its first screen is painted, and when all is there that it stands on.

How long that takes says `python -m tests.bench`.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_START = """
import sys
from s4s_tui import compose
from s4s_tui.config import Options, load

def looked_at(app):
    open(sys.argv[1], "w").write("\\n".join(sys.modules))
    app.exit()
{}
compose.Connection.open = opened
compose.run(load(Options(data_dir=sys.argv[1] + ".d"), {{}}))
"""
PAINTED = _START.format("""
from s4s_tui.domain.errors import JournalError

async def opened(self, app, hand_over):
    looked_at(app)
    raise JournalError("enough")
""")
STARTED = _START.format("""
opening = compose.Connection.open

async def opened(self, app, hand_over):
    services = await opening(self, app, hand_over)
    async def run():
        looked_at(app)
    services.mirror.run = run  # what is begun last
    return services
""")
BARE = """
import sys
from tests.bench.bare import Bare

class Painted(Bare):
    def on_mount(self):
        self.call_after_refresh(self.exit)

Painted().run()
open(sys.argv[1], "w").write("\\n".join(sys.modules))
"""
LIBRARIES = {"concurrent", "gc", "json", "queue", "s4s_tui", "textual"}
"""What it needs of Python beyond what a bare app does, all of it small; of others nothing."""
SERVICES = {"builtin", "clock", "threads"}
"""The list of countries, the time, and the threads for names of servers; all others come once it is painted."""
JOURNAL = {
    "aside",
    "book",
    "bundle",
    "changes",
    "journal",
    "journal_file",
    "mirror",
    "place",
    "ports",
    "schema",
    "tables",
}
"""What the first screen stands on, for it counts the open orders: the journal, and what other programs write there."""
RULES = {"events", "history", "listing", "order", "reduce", "wishes"}
"""What the state is made of, once something happens to it."""
SCREENS = {"country", "pick", "table"}
"""That of the countries, and what it is made of."""
LATE = {"s4s_tui.api", "s4s_tui.sandbox", "s4s_tui.domain.order", "s4s_tui.domain.events", "s4s_tui.domain.text"}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that are imported by a bare app."""
    return _modules(BARE, tmp_path_factory.mktemp("bare") / "modules")


@pytest.fixture(scope="module")
def painted(bare: set[str], tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that are imported when the first screen is painted, and by a bare app are not."""
    return _modules(PAINTED, tmp_path_factory.mktemp("painted") / "modules") - bare


@pytest.fixture(scope="module")
def started(bare: set[str], painted: set[str], tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that are imported after that, until nothing goes on any more but the looks into the journal."""
    return _modules(STARTED, tmp_path_factory.mktemp("started") / "modules") - bare - painted


def _modules(script: str, file: Path) -> set[str]:
    headless = "textual.drivers.headless_driver:HeadlessDriver"
    env = {**os.environ, "HOME": str(file.parent), "TEXTUAL_DRIVER": headless}
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)], cwd=ROOT, env=env, capture_output=True, timeout=60, check=False
    )
    assert file.exists(), f"nothing was painted: {done.stderr.decode()}"
    return set(file.read_text().split())


def _within(package: str, modules: set[str]) -> set[str]:
    return {name.removeprefix(package).partition(".")[0] for name in modules if name.startswith(package)}


def test_the_first_paint_needs_no_library_beyond_a_bare_apps(painted: set[str]) -> None:
    others = {name.partition(".")[0] for name in painted}
    assert {name for name in others if not name.startswith("_")} <= LIBRARIES


def test_the_first_paint_needs_no_service_no_network_and_no_screen_but_its_own(painted: set[str]) -> None:
    assert _within("s4s_tui.ui.screens.", painted) == SCREENS
    assert _within("s4s_tui.services.", painted) == SERVICES
    assert LATE.isdisjoint(painted)


def test_a_program_that_is_merely_open_has_imported_nothing_but_its_journal_beyond_that(started: set[str]) -> None:
    others = {name.partition(".")[0] for name in started}
    assert {name for name in others if not name.startswith("_")} <= {"s4s_tui", "sqlite3"}
    assert {name for name in started if name.startswith("s4s_tui.")} == (
        {f"s4s_tui.services.{name}" for name in JOURNAL} | {f"s4s_tui.domain.{name}" for name in RULES}
    )
