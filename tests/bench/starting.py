"""What a start costs: until the countries can be typed into, in memory, with a journal of years, and of `--version`."""

import asyncio
import time
from pathlib import Path

from tests.bench.program import bare_start, median, run, start
from tests.bench.shop import Shop
from tests.bench.table import Row, ratio
from tests.services.big import DAY, fill_with_ended
from tests.services.disk import written
from tests.services.fakes import held

STARTS = 11
BIG = 100_000


def measure(home: Path, shop: Shop) -> list[Row]:
    """Start each in turn, so that all have what the machine gives at that moment; the first round warms the caches."""
    small, big = home / "small", home / "big"
    fill_with_ended(big / "journal.db", BIG, oldest=time.time() - 25 * DAY, newest=time.time() - DAY)
    for folder in (small, big):
        asyncio.run(written(folder / "journal.db", held("f" * 64, created_at=time.time(), paid_at=time.time())))

    def env(folder: Path) -> dict[str, str]:
        return {"HOME": str(home), "S4S_DATA_DIR": str(folder), "S4S_API_URL": shop.url}

    rounds = [
        (bare_start(home), start(env(home / "fresh")), start(env(small)), start(env(big))) for _ in range(STARTS + 1)
    ][1:]
    spent, least = median(one[1].cpu for one in rounds), median(one[0].cpu for one in rounds)
    bare, first = [one[0].ms for one in rounds], [one[1].ms for one in rounds]
    memory, floor = median(one[1].mib for one in rounds), median(one[0].mib for one in rounds)
    times = median(ours / base for ours, base in zip(first, bare, strict=True))
    # By the processor: so small a difference of times drowns in what else the machine does.
    quickest = [min(one[which].cpu for one in rounds) for which in (0, 2, 3)]
    later = (quickest[2] - quickest[1]) / quickest[0]
    rows = [
        ratio("start until the country list can be typed into", median(first), median(bare), 1.25, "ms", of=times),
        ratio("processor until then", spent, least, 1.25, "ms"),
        ratio("memory at that point", memory, floor, 1.35, "MiB"),
        Row(f"the same with a journal of {BIG:,} orders", f"{later:+.2f} × bare", later, 0.05, "+0.05 × bare"),
    ]
    for option in ("--version", "--help"):
        took = median(run(option, home) for _ in range(5))
        rows.append(ratio(f"`{option}`", took, median(bare), 0.5, "ms"))
    return rows
