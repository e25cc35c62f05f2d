"""Threads for what may hang: jobs in their order, failures carried over, and an end that waits for nothing."""

import asyncio
import subprocess
import sys
import threading
import time

import pytest

from s4s_tui.services.threads import Helpers

HANGS = """
import asyncio, threading
from s4s_tui.services.threads import Helpers

async def main():
    asyncio.get_running_loop().set_default_executor(Helpers(2, "helper"))
    done = asyncio.ensure_future(asyncio.shield(asyncio.get_running_loop().run_in_executor(None, job)))
    await asyncio.to_thread(begun.wait)
    raise SystemExit(7)

def job():
    begun.set()
    goes.wait(0.2)  # ends while the interpreter does
    later.wait()

begun, goes, later = threading.Event(), threading.Event(), threading.Event()
asyncio.run(main())
"""


def test_one_worker_does_one_job_after_the_other() -> None:
    helpers, done = Helpers(1, "desk"), list[int]()
    futures = [helpers.submit(done.append, number) for number in range(50)]
    for future in futures:
        future.result(5)
    assert done == list(range(50))
    helpers.shutdown()


def test_several_workers_work_at_the_same_time_and_no_more_than_that() -> None:
    helpers, both = Helpers(2, "pair"), threading.Barrier(2)
    first, second = helpers.submit(both.wait, 5), helpers.submit(both.wait, 5)
    assert {first.result(5), second.result(5)} == {0, 1}
    assert helpers.submit(threading.current_thread).result(5).name in {"pair-0", "pair-1"}
    helpers.shutdown()


def test_what_a_job_raises_reaches_the_one_who_waits() -> None:
    helpers = Helpers(1, "desk")
    with pytest.raises(ZeroDivisionError):
        helpers.submit(divmod, 1, 0).result(5)
    assert helpers.submit(divmod, 7, 2).result(5) == (3, 1), "the worker did not outlive the failure"
    helpers.shutdown()


def test_a_job_called_off_before_its_turn_is_not_done() -> None:
    helpers, goes, done = Helpers(1, "desk"), threading.Event(), list[int]()
    first = helpers.submit(goes.wait, 5)
    assert helpers.submit(done.append, 1).cancel()
    goes.set()
    assert first.result(5)
    helpers.submit(done.append, 2).result(5)
    assert done == [2]
    helpers.shutdown()


def test_the_end_waits_for_idle_threads_and_takes_no_more_jobs() -> None:
    before = set(threading.enumerate())
    helpers = Helpers(2, "desk")
    helpers.submit(len, "").result(5)
    helpers.shutdown()
    assert set(threading.enumerate()) <= before
    with pytest.raises(RuntimeError, match="no more"):
        helpers.submit(len, "")


def test_the_end_does_not_wait_for_a_job_that_hangs_nor_tells_of_it_but_goes_on_with_it() -> None:
    helpers, goes, done = Helpers(1, "desk"), threading.Event(), threading.Event()
    hanging, queued = helpers.submit(goes.wait, 5), helpers.submit(done.set)
    helpers.shutdown()
    goes.set()
    assert done.wait(5), "what was to be done is lost"
    assert not hanging.done()
    assert not queued.done()


def test_a_program_ends_whatever_its_threads_do_and_says_nothing_about_it() -> None:
    begun = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", HANGS], capture_output=True, text=True, timeout=20, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (7, "", "")
    assert time.monotonic() - begun < 10


async def test_an_event_loop_takes_them_for_its_own() -> None:
    helpers = Helpers(1, "desk")
    assert await asyncio.get_running_loop().run_in_executor(helpers, threading.current_thread) is not None
    helpers.shutdown()
