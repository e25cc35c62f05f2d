"""The API key in the settings: which place counts, what is refused, and that it is shown nowhere."""

import pickle
from pathlib import Path

import pytest

from s4s_tui.config import ConfigError, Options, Settings, load
from s4s_tui.domain.secret import Secret
from tests.config.helpers import complaint, write_config
from tests.config.traces import MARK, told

KEY, COMMAND = {"S4S_API_KEY": "of-env"}, {"S4S_API_KEY_COMMAND": "pass 'of env'"}


def which(environ: dict[str, str]) -> tuple[Secret | None, bool, tuple[str, ...]]:
    settings = load(Options(), environ)
    return settings.api_key, settings.api_key_in_environment, settings.api_key_command


def test_the_environments_key_counts_before_every_command_and_that_before_the_files_key(home: Path) -> None:
    nothing = (None, False, ())
    assert which({}) == nothing
    write_config(home, 'api_key = "of-file"')
    assert which({}) == (Secret("of-file"), False, ())
    assert which(COMMAND) == (None, False, ("pass", "of env"))
    assert which({**COMMAND, **KEY}) == (Secret("of-env"), True, ())
    assert which({"S4S_API_KEY": "", "S4S_API_KEY_COMMAND": ""}) == (Secret("of-file"), False, ())
    write_config(home, 'api_key_command = ["pass", "of file"]')
    assert which({}) == (None, False, ("pass", "of file"))
    assert which(COMMAND) == (None, False, ("pass", "of env"))
    assert which(KEY) == (Secret("of-env"), True, ())


def test_a_key_and_a_command_in_one_file_are_refused(home: Path) -> None:
    write_config(home, f'api_key_command = "pass"\napi_key = "{MARK}"\n')
    for environ in ({}, KEY):
        sentence = complaint(environ=environ)
        assert "line 2: of api_key and api_key_command only one can be set." in sentence
        assert MARK not in sentence


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644, 0o666])
def test_a_key_in_a_file_that_others_can_reach_is_refused_with_what_to_do(home: Path, mode: int) -> None:
    file = write_config(home, f'\napi_key = "{MARK}"\n')
    file.chmod(mode)
    for environ in ({}, KEY):
        sentence = complaint(environ=environ)
        assert f"'{file}', line 2: api_key is set, but others can read this file" in sentence
        assert f"chmod 600 '{file}'." in sentence
    file.chmod(0o600)
    assert load(Options(), {}).api_key == Secret(MARK)


def test_a_file_without_a_key_may_be_read_by_others(home: Path) -> None:
    write_config(home, 'api_key_command = "pass"').chmod(0o644)
    assert load(Options(), {}).api_key_command == ("pass",)


BAD = [" ", "\t\n", MARK + "\x00", MARK + "\x1b[0m", MARK + "ä", MARK + "\nsecond", MARK + "\x7f", MARK * 20]


@pytest.mark.parametrize("key", BAD)
def test_a_key_that_can_be_none_is_refused_and_not_repeated(home: Path, key: str) -> None:
    by_environment = complaint(environ={"S4S_API_KEY": key})
    assert by_environment.startswith("S4S_API_KEY: this is no API key: it ")
    escaped = "".join(f"\\U{ord(char):08x}" for char in key)
    write_config(home, f'api_key = "{escaped}"')
    by_file = complaint()
    assert ", line 1: api_key: this is no API key: it " in by_file
    assert MARK not in by_environment + by_file


def test_the_longest_key_is_taken_and_blanks_around_it_are_not() -> None:
    assert load(Options(), {"S4S_API_KEY": f"\t {'k' * 200} \r\n"}).api_key == Secret("k" * 200)
    assert "longer than 200 characters" in complaint(environ={"S4S_API_KEY": "k" * 201})


def test_the_settings_show_no_key_and_cannot_be_written_away(home: Path) -> None:
    write_config(home, f'api_key = "{MARK}"')
    for settings in (load(Options(), {}), load(Options(), {"S4S_API_KEY": MARK})):
        assert isinstance(settings, Settings)
        assert settings.api_key is not None
        assert settings.api_key.reveal() == MARK
        assert MARK not in f"{settings!r}{settings}"
        with pytest.raises(TypeError, match="not written anywhere"):
            pickle.dumps(settings)


@pytest.mark.parametrize(
    "content",
    [
        f'api_key = "{MARK}\n',
        f'api_key = "{MARK}"\nkeep_days = 4000',
        f'api_key = "{MARK}"\napi_key = "{MARK}"',
        f'api_key = "{MARK}"\napi_key_command = "x"',
        f'api_key = "{MARK}\\u0007"',
        f'api_key = ["{MARK}"]',
        f'[api_key]\n"{MARK}" = "{MARK}"',
        f'api-key = "{MARK}"',
        f'apikey = ["{MARK}"]',
        f'api_key = "{MARK}"\n' + "x = [" * 300,
        f'api_key = "{MARK}"\n# \xff'.encode("latin-1"),
        f'api_key = "{MARK}"\n'.encode() + b"#" * 70000,
    ],
)
def test_no_traceback_of_a_refused_file_holds_the_key(home: Path, content: str | bytes) -> None:
    write_config(home, content)
    with pytest.raises(ConfigError) as caught:
        load(Options(), {})
    trace = told(caught.value)
    assert "environment" in trace, "the frames' variables are not there"
    assert MARK not in trace


@pytest.mark.parametrize("environ", [{"S4S_API_KEY": MARK + "\n\n\x01"}, {"S4S_API_KEY": MARK, "S4S_KEEP_DAYS": "x"}])
def test_no_traceback_of_a_refused_environment_holds_the_key(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as caught:
        load(Options(), environ)
    assert MARK not in told(caught.value)


def test_price_and_lightning_address_come_from_the_environment_too() -> None:
    settings = load(Options(), {"S4S_MAX_PRICE": "010", "S4S_REF": "me+tag@pay.example.com"})
    assert (settings.max_price, settings.ref) == (10, "me+tag@pay.example.com")
    assert "S4S_MAX_PRICE: '0' is not an integer from 1 to 10000000." in complaint(environ={"S4S_MAX_PRICE": "0"})
    assert "S4S_REF: 'me@host' is not a Lightning address" in complaint(environ={"S4S_REF": "me@host"})
