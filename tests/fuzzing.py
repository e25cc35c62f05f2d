"""How many examples the property tests try, and how many they tried."""

import functools
import os
from collections import Counter
from collections.abc import Callable
from typing import ParamSpec

from hypothesis import settings

from tests.figures import record

FACTOR = int(os.environ.get("S4S_EXAMPLES") or 1)
"""How many times as many as usual."""

P = ParamSpec("P")
_tried: Counter[str] = Counter()


def examples(usual: int) -> int:
    """As many examples as usual for a test, or so many times as many as `S4S_EXAMPLES` says."""
    return usual * FACTOR


def choose_profile() -> None:
    """Let the tests that name no number of examples follow `S4S_EXAMPLES` too."""
    settings.register_profile("more", max_examples=examples(100), deadline=None)
    if FACTOR > 1:
        settings.load_profile("more")


def counted(name: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Count every example that the test tries, under this name; goes between `@given` and the test."""

    def around(test: Callable[P, None]) -> Callable[P, None]:
        @functools.wraps(test)
        def tries(*args: P.args, **kwargs: P.kwargs) -> None:
            _tried[name] += 1
            test(*args, **kwargs)

        return tries

    return around


def record_tried() -> None:
    """Write down what this process has tried."""
    for name, count in _tried.items():
        record(name, count)
    _tried.clear()
