"""What a start has imported when its first screen is painted (how long it takes says `python -m tests.bench`)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAINTED = """
import sys
from s4s_tui import compose
from s4s_tui.config import Options, load
from s4s_tui.domain.errors import JournalError

async def looked_at(self, store, hand_over):
    open(sys.argv[1], "w").write("\\n".join(sys.modules))
    raise JournalError("enough")

compose.Connection.open = looked_at
compose.run(load(Options(data_dir=sys.argv[1] + ".d"), {}))
"""
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
SCREENS = {"country", "pick", "table"}
"""That of the countries, and what it is made of."""
LATE = {"s4s_tui.api", "s4s_tui.sandbox", "s4s_tui.domain.order", "s4s_tui.domain.events", "s4s_tui.domain.text"}


@pytest.fixture(scope="module")
def painted(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that are imported when the first screen is painted, and by a bare app are not."""
    folder = tmp_path_factory.mktemp("painted")
    return _modules(PAINTED, folder / "ours") - _modules(BARE, folder / "bare")


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


def test_the_services_are_wired_without_what_reads_an_invoice_or_writes_a_report() -> None:
    late = ("checks", "invoice", "report", "secp256k1")
    script = f"import sys, s4s_tui.services.bundle; print(*(m for m in {late} if 's4s_tui.domain.' + m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
