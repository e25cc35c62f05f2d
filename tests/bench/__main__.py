"""What the program costs, measured on a terminal against the sandbox, beside a bare Textual app started in turn.

python -m tests.bench [starting] [using] [following]      (all three: four minutes)
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import following, starting, using
from tests.bench.program import bare_start, median
from tests.bench.shop import Shop
from tests.bench.table import Row, markdown


def main(parts: list[str]) -> int:
    """Measure, print the table; the exit status says whether every target is kept."""
    begun, rows = time.monotonic(), list[Row]()
    with tempfile.TemporaryDirectory() as name, Shop() as shop:
        home = Path(name)
        if "starting" in parts:
            rows += starting.measure(home, shop)
        if "using" in parts:
            rows += using.measure(home, shop, median(bare_start(home).mib for _ in range(3)))
        if "following" in parts:
            rows += following.measure(home, shop)
    load = os.getloadavg()[0]
    sys.stdout.write(markdown(rows))
    sys.stdout.write(
        f"\n{time.strftime('%Y-%m-%d')}, Python {sys.version.split()[0]}, {os.cpu_count()} processors with a load of "
        f"{load:.1f}, in {time.monotonic() - begun:.0f} s\n"
    )
    return 0 if all(row.kept for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["starting", "using", "following"]))
