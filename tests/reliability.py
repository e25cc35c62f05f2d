"""Everything about a hostile world in full, and the figures of it as a table: python -m tests.reliability

Takes tens of minutes. `--seed N` repeats a run, as far as programs that are killed and threads can be repeated; what
follows `--` goes to pytest.
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
PARTS = (
    "tests/matrix",
    "tests/soak",
    "tests/domain",
    "tests/api",
    "tests/config",
    "tests/terminal",
    "tests/services",
    "tests/sandbox",
    "tests/ui",
    "tests/acceptance",
)
"""Where the tests are that this is about."""
FULL = {"S4S_KILLS": "200", "S4S_MATRIX": "full", "S4S_EXAMPLES": "20"}
"""How much is tried, by environment variable."""
SEEDS = ("S4S_KILL_SEED", "S4S_MATRIX_SEED", "S4S_SOAK_SEED")
"""Environment variables with the seeds of what is drawn."""


def main(words: Sequence[str]) -> int:
    """Run it all and print the table; pytest's exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6), help="of all that is drawn")
    parser.add_argument("more", nargs="*", help="goes to pytest")
    given = parser.parse_args(words)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.jsonl"
        status = _run(file, given.seed, given.more)
        figures = _read(file)
    sys.stdout.write("\n" + table(figures, given.seed, status, time.monotonic() - began))
    return status


def _run(file: Path, seed: int, more: Sequence[str]) -> int:
    environ = {**FULL, **os.environ, **dict.fromkeys(SEEDS, str(seed)), FILE: str(file)}
    parts = [part for part in PARTS if (ROOT / part).exists()]
    words = [sys.executable, "-m", "pytest", "-m", "long or not long", f"--hypothesis-seed={seed}", *parts, *more]
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
