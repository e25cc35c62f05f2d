"""Of all tests: how many run at once, and in which order."""

import gc
import os

import pytest

from tests.fuzzing import choose_profile, record_tried

gc.set_threshold(20_000, 50, 100)
"""Rarer than usual: every test makes and drops a whole app, and looking for garbage took a quarter of the time."""


choose_profile()


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores, where it is not said: for half of the time the tests wait for something."""
    named = os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS")
    return int(named) if named else len(os.sched_getaffinity(0)) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Beside each other, tests that wait (on a terminal) and tests that compute (on the screens), mixed evenly.

    In the order of the files one process would have all the waiting and the others all the work. The many short
    tests come last, so that all processes end at about the same time.
    """
    if not hasattr(config, "workerinput"):
        return
    waiting = [item for item in items if item.get_closest_marker("pty")]
    computing = [item for item in items if item.path.parent.name in ("ui", "sandbox") and item not in waiting]
    place = {item: number / len(some) for some in (waiting, computing) for number, item in enumerate(some)}
    items.sort(key=lambda item: place.get(item, 1))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: nobody need look through it again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """What was tried in this process is one of the figures."""
    record_tried()
