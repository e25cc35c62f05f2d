"""The house: one version, small files, a tidy top level, imports in one direction."""

import importlib.metadata
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from s4s_tui import __version__

ROOT = Path(__file__).parent.parent
LONGEST_FILE = 300
TOP_LEVEL = {
    "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "config.example.toml", "s4s_tui", "tests", "screenshots",
}  # fmt: skip


def test_the_version_is_written_in_one_place() -> None:
    assert importlib.metadata.version("s4s-tui") == __version__, "installed from elsewhere, or before the version rose"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "version" in project["dynamic"]
    holders = [file.name for file in (ROOT / "s4s_tui").rglob("*.py") if f'"{__version__}"' in file.read_text()]
    assert holders == ["__init__.py"]


def test_no_file_is_longer_than_300_lines() -> None:
    files = [
        path for top in ("s4s_tui", "tests") for kind in ("py", "tcss") for path in (ROOT / top).rglob(f"*.{kind}")
    ]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files}
    assert lengths, "nothing was measured"
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_the_top_level_holds_what_it_should_and_no_more() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    entries = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert {entry for entry in entries if not entry.startswith(".")} == TOP_LEVEL


def test_imports_go_one_way() -> None:
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
