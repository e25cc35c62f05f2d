"""How long the program takes to start with one open order, and with 100,000 ended ones beside it, on a terminal.

python -m tests.bench.start_big_journal [starts of each] [orders]
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.acceptance.server import Server
from tests.pty_driver import Terminal
from tests.services.big import DAY, fill_with_ended
from tests.services.disk import written
from tests.services.fakes import held


def start(folder: Path, server: Server) -> tuple[float, float]:
    """Seconds until the first screen stands, and until its open order is known."""
    installed = Path(sys.executable).with_name("s4s-tui")
    env = {"HOME": str(folder), "S4S_DATA_DIR": str(folder), "S4S_API_URL": server.url}
    begun = time.perf_counter()
    with Terminal([installed], size=(100, 36), env=env) as terminal:
        terminal.wait("Receive a code")
        first = time.perf_counter() - begun
        terminal.wait("1 open")
        known = time.perf_counter() - begun
        terminal.kill9()
    return first, known


def main(starts: int = 9, orders: int = 100_000) -> None:
    """Start alternately and print the medians."""
    server = Server()
    server.start()
    with tempfile.TemporaryDirectory() as name:
        folders = {"one open order": Path(name) / "small", f"and {orders:,} ended ones": Path(name) / "big"}
        fill_with_ended(folders[f"and {orders:,} ended ones"] / "journal.db", orders, oldest=time.time() - 25 * DAY,
                        newest=time.time() - DAY)  # fmt: skip
        seen: dict[str, list[tuple[float, float]]] = {which: [] for which in folders}
        for folder in folders.values():
            asyncio.run(written(folder / "journal.db", held("f" * 64, created_at=time.time(), paid_at=time.time())))
        for _ in range(starts + 1):
            for which, folder in folders.items():
                seen[which].append(start(folder, server))
        for which, times in seen.items():
            first, known = (statistics.median(column) for column in zip(*times[1:], strict=True))
            sys.stdout.write(
                f"{which}: first screen {first * 1000:.0f} ms, its open order known {known * 1000:.0f} ms\n"
            )
    server.stop()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
