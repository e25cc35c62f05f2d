"""The API key through the run: found once, shared, kept where it is wanted, removed."""

import asyncio
import sys
import threading
from collections.abc import Awaitable
from pathlib import Path

import pytest

from s4s_tui.config import Options, load
from s4s_tui.config.edit import KeyInFile
from s4s_tui.domain.apikey import KeyPlace
from s4s_tui.domain.errors import ApiKeyError
from s4s_tui.domain.secret import Secret
from s4s_tui.services.keys import ApiKeys
from tests.config.traces import MARK, told

KEY, OTHER = Secret(MARK), Secret("another")


class Place:
    """A place that keeps a key, in memory."""

    def __init__(self, key: Secret | None = None) -> None:
        self.key = key
        self.usable = True
        self.asked = 0
        self.broken = False
        self.hang: threading.Event | None = None

    def get(self) -> Secret | None:
        self.asked += 1
        if self.hang is not None:
            self.hang.wait(10)
        self._check()
        return self.key

    def put(self, key: Secret) -> None:
        self._check()
        self.key = key

    def remove(self) -> None:
        self._check()
        self.key = None

    def _check(self) -> None:
        if self.broken:
            raise ApiKeyError("It is broken.")


def python(script: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", "-c", script)


def counting(folder: Path, then: str) -> tuple[str, ...]:
    """A command that leaves a line in `folder`/runs, and then does something."""
    return python(f"open({str(folder / 'runs')!r}, 'a').write('x'); {then}")


def runs(folder: Path) -> int:
    file = folder / "runs"
    return len(file.read_text()) if file.exists() else 0


async def refusal(job: Awaitable[object]) -> str:
    with pytest.raises(ApiKeyError) as caught:
        await job
    assert MARK not in told(caught.value)
    return str(caught.value)


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
    keys = ApiKeys(command=counting(tmp_path, f"import time; time.sleep(0.2); print('{MARK}')"))
    one, two = asyncio.create_task(keys.get()), asyncio.create_task(keys.get())
    await begun(tmp_path)
    one.cancel()
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
    keys = ApiKeys(command=(*python(ONE_AT_A_TIME), str(tmp_path)))
    first = asyncio.create_task(keys.get())
    await begun(tmp_path)
    first.cancel()
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


ALL = (KeyPlace.KEYRING, KeyPlace.FILE, KeyPlace.RUN)


def test_the_choices_are_what_would_count_at_the_next_start() -> None:
    unusable = Place()
    unusable.usable = False
    assert ApiKeys(file=Place(), ring=Place()).choices() == ALL
    assert ApiKeys(key=KEY, file=Place(), ring=Place()).choices() == ALL
    assert ApiKeys(file=Place(), ring=unusable).choices() == ALL[1:]
    assert ApiKeys().choices() == ALL[2:]
    assert ApiKeys(key=KEY, in_environment=True, file=Place(), ring=Place()).choices() == ALL[2:]
    assert ApiKeys(command=("pass",), file=Place(), ring=Place()).choices() == ALL[2:]


async def test_a_key_that_is_typed_in_is_kept_in_one_place() -> None:
    file, ring = Place(), Place(OTHER)
    keys = ApiKeys(file=file, ring=ring)
    assert await keys.get() == OTHER
    await keys.put(Secret(f" {MARK}\n"), KeyPlace.FILE)
    assert (file.key, ring.key, await keys.get(), keys.origin()) == (KEY, None, KEY, "from the config file")
    await keys.put(OTHER, KeyPlace.KEYRING)
    assert (file.key, ring.key, await keys.get(), keys.origin()) == (None, OTHER, OTHER, "from the keyring")


async def test_a_key_for_this_run_is_kept_nowhere_and_removing_it_brings_the_kept_one_back() -> None:
    file, ring = Place(OTHER), Place()
    keys = ApiKeys(key=OTHER, file=file, ring=ring)
    await keys.put(KEY, KeyPlace.RUN)
    assert (await keys.get(), keys.origin()) == (KEY, "typed in, for this run")
    assert (file.key, ring.key) == (OTHER, None)
    await keys.remove()
    assert (await keys.get(), keys.origin(), file.key) == (OTHER, "from the config file", OTHER)


async def test_a_key_for_this_run_counts_before_a_command_that_fails() -> None:
    keys = ApiKeys(command=("/no/such",))
    await keys.put(KEY, KeyPlace.RUN)
    assert await keys.get() == KEY
    await keys.remove()
    assert "could not be started" in await refusal(keys.get())


async def test_what_cannot_be_kept_is_refused_in_a_sentence() -> None:
    keys = ApiKeys(command=("pass",), file=Place(), ring=Place())
    for where in (KeyPlace.FILE, KeyPlace.KEYRING):
        assert "cannot be kept in" in await refusal(keys.put(KEY, where))
    for text in ("", " ", f"{MARK}\x07", MARK * 20):
        bad = Secret(text)
        for where in KeyPlace:
            with pytest.raises(ApiKeyError, match=r"^This is no API key: it .*\.$") as caught:
                await ApiKeys(file=Place(), ring=Place()).put(bad, where)
            assert MARK not in told(caught.value)


async def test_a_place_that_fails_leaves_the_key_as_it_was() -> None:
    file = Place()
    file.broken = True
    keys = ApiKeys(key=OTHER, file=file)
    assert await refusal(keys.put(KEY, KeyPlace.FILE)) == "It is broken."
    assert (await keys.get(), keys.origin()) == (OTHER, "from the config file")


async def test_an_old_key_that_would_count_again_is_told() -> None:
    file, ring = Place(OTHER), Place()
    keys = ApiKeys(key=OTHER, file=file, ring=ring)
    file.broken = True
    assert await refusal(keys.put(KEY, KeyPlace.KEYRING)) == (
        "The key is in the keyring; one in the config file may still be there, and counts. It is broken."
    )
    assert (ring.key, await keys.get()) == (KEY, KEY)


async def test_a_removed_key_is_gone_everywhere() -> None:
    file, ring = Place(KEY), Place(OTHER)
    keys = ApiKeys(key=KEY, file=file, ring=ring)
    await keys.remove()
    assert (file.key, ring.key, await keys.get(), keys.origin()) == (None, None, None, "none")


async def test_a_removal_that_fails_is_told_and_says_what_is_left() -> None:
    file, ring = Place(KEY), Place(OTHER)
    keys = ApiKeys(key=KEY, file=file, ring=ring)
    file.broken = True
    assert "Nothing was removed; " in await refusal(keys.remove())
    assert await keys.get() == KEY
    file.broken, ring.broken = False, True
    sentence = await refusal(keys.remove())
    assert sentence == "No key is in the config file; one in the keyring may still be there. It is broken."
    ring.broken = False
    assert (await keys.get(), keys.origin()) == (OTHER, "from the keyring")


async def test_what_is_set_elsewhere_is_removed_there() -> None:
    for keys, origin in (
        (ApiKeys(key=KEY, in_environment=True), "from S4S_API_KEY"),
        (ApiKeys(command=("/usr/bin/pass", "show")), "from the command pass"),
    ):
        sentence = await refusal(keys.remove())
        assert sentence == f"The API key comes {origin}: take it away there."


async def test_a_key_that_was_put_into_the_real_file_counts_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text("# mine\n")
    keys = ApiKeys(file=KeyInFile(file))
    await keys.put(KEY, KeyPlace.FILE)
    settings = load(Options(config=str(file)), {})
    assert settings.api_key == KEY
    again = ApiKeys(
        key=settings.api_key, in_environment=settings.api_key_in_environment, command=settings.api_key_command,
        file=KeyInFile(settings.config_file),
    )  # fmt: skip
    assert (await again.get(), again.origin()) == (KEY, "from the config file")
    await again.remove()
    assert file.read_text() == "# mine\n"


async def test_nothing_of_it_shows_the_key(tmp_path: Path) -> None:
    keys = ApiKeys(key=KEY, file=KeyInFile(tmp_path / "c.toml"))
    await keys.put(KEY, KeyPlace.RUN)
    shown = [repr(keys), str(keys), keys.origin(), repr(await keys.get()), *map(repr, keys.choices())]
    shown += [repr(getattr(keys, name)) for name in vars(keys)]
    assert "Secret(***)" in "".join(shown)
    assert MARK not in "".join(shown)
