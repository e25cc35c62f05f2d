"""The pictures of the README say what the running program says."""

import subprocess
import sys
from pathlib import Path

import pytest

MAKE = Path(__file__).parents[2] / "screenshots" / "make.py"


@pytest.mark.long
def test_no_picture_is_stale() -> None:
    """What changes at every run (amounts, times, ids) apart; `python screenshots/make.py` makes them again."""
    check = subprocess.run(
        [sys.executable, MAKE, "--check"], capture_output=True, text=True, timeout=180, check=False, cwd=MAKE.parent
    )
    assert (check.returncode, check.stderr) == (0, "")
