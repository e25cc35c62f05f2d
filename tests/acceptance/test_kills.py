"""kill -9 at random moments of an order's life: no order is lost, no state is wrong, nothing is sent again.

20 kills, or as many as S4S_KILLS says; S4S_KILL_SEED repeats a run (the threads' timing apart).
"""

import os
import random
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.acceptance.lifeline import Lifeline
from tests.figures import record

pytestmark = [pytest.mark.pty, pytest.mark.long]

KILLS = int(os.environ.get("S4S_KILLS", "20"))
SEED = os.environ.get("S4S_KILL_SEED") or str(random.SystemRandom().randrange(10**6))
AT_ONCE = 5
"""Programs that run at the same time: each mostly waits."""
EACH = 4
"""Kills of one data folder; one in three of them is about cancelling."""


def test_a_program_killed_at_random_moments_loses_no_order_and_shows_no_wrong_state(tmp_path: Path) -> None:
    installed = Path(sys.executable).with_name("s4s-tui")
    program: list[str | Path] = [installed] if installed.exists() else [sys.executable, "-m", "s4s_tui"]

    def live(number: int) -> tuple[int, Counter[str]]:
        rng = random.Random(f"{SEED} {number}")
        try:
            with Lifeline(tmp_path / str(number), program, rng, cancelling=number % 3 == 2) as line:
                while line.kills < EACH:
                    line.round()
        except AssertionError as error:
            raise AssertionError(f"S4S_KILL_SEED={SEED}, folder {number}: {error}") from error
        return line.kills, line.happened

    with ThreadPoolExecutor(AT_ONCE) as threads:
        done = list(threads.map(live, range(-(-KILLS // EACH))))
    happened = sum((counted for _, counted in done), Counter[str]())
    kills = sum(kills for kills, _ in done)
    sys.stdout.write(f"{kills} kills (seed {SEED}), and what the journal held afterwards: {dict(happened)}\n")
    record("programs killed with kill -9", kills)
    assert kills >= KILLS
