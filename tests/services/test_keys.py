"""The API key is found once, when it is first needed, for all who ask at that time."""

import asyncio
import os
import sys
import threading
from pathlib import Path

import pytest

from s4s_tui.domain.secret import Secret
from s4s_tui.services.keys import ApiKeys
from tests.config.traces import MARK
from tests.services.places import Place, refusal

KEY, OTHER = Secret(MARK), Secret("another")


def python(script: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", "-c", script)


def counting(folder: Path, then: str) -> tuple[str, ...]:
    """A command that leaves a line in `folder`/runs, and then does something."""
    return python(f"open({str(folder / 'runs')!r}, 'a').write('x'); {then}")


def runs(folder: Path) -> int:
    file = folder / "runs"
    return len(file.read_text()) if file.exists() else 0


async def test_a_key_that_is_set_needs_no_looking() -> None:
    ring = Place(OTHER)
    for in_environment, origin in ((True, "from S4S_API_KEY"), (False, "from the config file")):
        keys = ApiKeys(key=KEY, in_environment=in_environment, ring=ring)
        assert (await keys.get(), keys.origin()) == (KEY, origin)
    assert ring.asked == 0


async def test_the_keyring_is_asked_once_where_nothing_is_set() -> None:
    ring = Place(KEY)
    keys = ApiKeys(ring=ring)
    assert keys.origin() == "none"
    assert [await keys.get(), await keys.get()] == [KEY, KEY]
    assert (keys.origin(), ring.asked) == ("from the keyring", 1)


async def test_no_key_anywhere_is_none_and_not_looked_for_again() -> None:
    ring = Place()
    for keys in (ApiKeys(), ApiKeys(ring=ring)):
        assert [await keys.get(), await keys.get()] == [None, None]
        assert keys.origin() == "none"
    assert ring.asked == 1


async def test_the_command_runs_on_first_need_once_for_all(tmp_path: Path) -> None:
    keys = ApiKeys(command=counting(tmp_path, f"print('{MARK}')"), ring=Place(OTHER))
    program = Path(sys.executable).name
    assert (keys.origin(), runs(tmp_path)) == (f"from the command {program}", 0)
    assert await asyncio.gather(*(keys.get() for _ in range(5))) == [KEY] * 5
    assert await keys.get() == KEY
    assert (keys.origin(), runs(tmp_path)) == (f"from the command {program}", 1)


async def test_a_failure_is_shared_told_to_all_and_the_next_call_tries_again(tmp_path: Path) -> None:
    keys = ApiKeys(command=counting(tmp_path, f"print('{MARK}'); raise SystemExit(1)"), ring=Place(OTHER))
    outcomes = await asyncio.gather(*(keys.get() for _ in range(3)), return_exceptions=True)
    assert [str(outcome).partition(") ")[2] for outcome in outcomes] == ["failed with exit status 1."] * 3
    assert runs(tmp_path) == 1
    assert "exit status 1" in await refusal(keys.get())
    assert runs(tmp_path) == 2


async def test_a_caller_who_leaves_does_not_end_the_command_for_the_others(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    keys = ApiKeys(command=counting(tmp_path, f"print(open({str(pipe)!r}).read())"))  # waits for what is written there
    one, two = asyncio.create_task(keys.get()), asyncio.create_task(keys.get())
    await begun(tmp_path)
    one.cancel()
    await asyncio.wait({one})
    await asyncio.to_thread(pipe.write_text, MARK)
    assert await two == KEY
    assert one.cancelled()
    assert runs(tmp_path) == 1


ONE_AT_A_TIME = """
import fcntl, os, signal, sys, time
lock = open(sys.argv[1] + "/lock", "w")
fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
if os.path.exists(sys.argv[1] + "/runs"):
    print("second")
else:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    open(sys.argv[1] + "/runs", "w").write("x")
    time.sleep(600)
"""


async def test_when_all_have_left_the_command_is_ended_and_only_then_the_next_one_runs(tmp_path: Path) -> None:
    keys = ApiKeys(command=(*python(ONE_AT_A_TIME), str(tmp_path)), limit=10)
    first = asyncio.create_task(keys.get())
    await begun(tmp_path)
    first.cancel()
    await asyncio.wait({first})
    assert await keys.get() == Secret("second")
    assert first.cancelled()


async def begun(folder: Path) -> None:
    """Until the command has left its line."""
    for _ in range(1000):
        if runs(folder):
            return
        await asyncio.sleep(0.01)
    pytest.fail("the command never ran")


async def test_closing_ends_a_command_that_runs(tmp_path: Path) -> None:
    keys = ApiKeys(command=counting(tmp_path, "import time; time.sleep(600)"))
    await keys.close()
    caller = asyncio.create_task(keys.get())
    await begun(tmp_path)
    async with asyncio.timeout(5):
        await keys.close()
    with pytest.raises(asyncio.CancelledError):
        await caller


async def test_a_command_that_hangs_is_given_up_after_the_limit() -> None:
    keys = ApiKeys(command=python("import time; time.sleep(600)"), limit=0.2)
    assert "did not end within 0.2 seconds." in await refusal(keys.get())


async def test_a_keyring_that_hangs_is_given_up_after_the_limit() -> None:
    ring = Place(KEY)
    ring.hang = threading.Event()
    keys = ApiKeys(ring=ring, limit=0.1)
    try:
        assert await refusal(keys.get()) == ("The keyring did not answer within 0.1 seconds.")
    finally:
        ring.hang.set()
    assert await keys.get() == KEY
