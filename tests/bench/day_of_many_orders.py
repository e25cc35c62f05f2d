"""A whole day of 300 orders in all states, on a clock that jumps: run it by hand, it takes two or three minutes.

python -m tests.bench.day_of_many_orders [hours] [orders]
"""

import resource
import sys
import time
from collections import Counter

from tests.services.crew import HOUR
from tests.services.fleet import on_jumping_clock, voyage


def main(hours: float, orders: float) -> None:
    """Follow the orders and print what was seen."""
    begun = time.perf_counter()
    seen = on_jumping_clock(lambda: voyage(int(orders), hours, every=HOUR / 2))
    lines = [
        f"{orders:g} orders, {hours:g} hours in {time.perf_counter() - begun:.0f} s",
        f"{len(seen.requests)} requests, {seen.shortest_gap:.3f} s between two at the least",
        "late at the most: " + ", ".join(f"{kind} {late:.1f} s" for kind, late in seen.longest.items()),
        f"blocks of memory each half hour: {seen.memory}",
        f"resident at the most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB",
        f"states in the end: {dict(Counter(order.status.value for order in seen.orders))}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:3]]
    main(*(given + [24, 300][len(given) :]))
