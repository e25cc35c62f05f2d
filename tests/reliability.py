"""Everything about a hostile world in full, and the figures of it as a table: python -m tests.reliability

Takes a quarter of an hour. `--seed N` repeats a run, as far as programs that are killed and threads can be repeated;
files or folders that are named are run alone.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom

from tests.figures import FILE

ROOT = Path(__file__).parents[1]
WHOLE = ("tests/matrix", "tests/soak", "tests/acceptance", "tests/api")
"""Folders that are about this; so is every other file with properties."""
FULL = {"S4S_KILLS": "200", "S4S_MATRIX": "full", "S4S_EXAMPLES": "20"}
"""How much is tried, by environment variable."""
SEEDS = ("S4S_KILL_SEED", "S4S_MATRIX_SEED", "S4S_SOAK_SEED")
"""Environment variables with the seeds of what is drawn."""


def main(words: Sequence[str]) -> int:
    """Run it all and print the table; pytest's exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6), help="of all that is drawn")
    parser.add_argument("parts", nargs="*", help="files or folders of tests; all that this is about by default")
    given = parser.parse_args(words)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.jsonl"
        status = _run(file, given.seed, given.parts or _all_parts())
        figures = _read(file)
    sys.stdout.write("\n" + table(figures, given.seed, status, time.monotonic() - began))
    return status


def _all_parts() -> list[str]:
    tests = (ROOT / "tests").rglob("test_*.py")
    properties = [file for file in tests if "from hypothesis" in file.read_text()]
    found = [ROOT / part for part in WHOLE if (ROOT / part).exists()]
    return [str(part) for part in (*found, *(file for file in properties if not {*file.parents} & {*found}))]


def _run(file: Path, seed: int, parts: Sequence[str]) -> int:
    environ = {**FULL, **os.environ, **dict.fromkeys(SEEDS, str(seed)), FILE: str(file)}
    words = [sys.executable, "-m", "pytest", "-m", "long or not long", f"--hypothesis-seed={seed}", *parts]
    return subprocess.run(words, cwd=ROOT, env=environ, check=False).returncode


def _read(file: Path) -> Counter[str]:
    """The sum of each figure: several processes and several tests may add to one."""
    figures: Counter[str] = Counter()
    for line in file.read_text().splitlines() if file.exists() else ():
        entry = json.loads(line)
        figures[entry["name"]] += entry["value"]
    return figures


def table(figures: Mapping[str, float], seed: int, status: int, seconds: float) -> str:
    """The figures in Markdown, in the order of their names."""
    when = datetime.now(UTC).strftime("%Y-%m-%d")
    ended = "every test passed" if status == 0 else f"TESTS FAILED (exit status {status})"
    rows = [f"| {name} | {value:,.10g} |" for name, value in sorted(figures.items())]
    head = f"{when}, seed {seed}, {seconds / 60:.0f} minutes: {ended}."
    return "\n".join([head, "", "| What was tried | How many |", "|---|---:|", *rows, ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
