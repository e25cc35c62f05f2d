"""A key that a person typed in: where it can be kept, what then counts, and how it goes away again."""

from pathlib import Path

import pytest

from s4s_tui.config import Options, load
from s4s_tui.config.edit import KeyInFile
from s4s_tui.domain.apikey import KeyPlace
from s4s_tui.domain.errors import ApiKeyError
from s4s_tui.domain.secret import Secret
from s4s_tui.services.keys import ApiKeys
from tests.config.traces import MARK, told
from tests.services.places import Place, refusal

KEY, OTHER = Secret(MARK), Secret("another")
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
