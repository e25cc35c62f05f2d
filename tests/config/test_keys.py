"""The table of keys: its kinds of values, and that settings, example file and README say the same."""

import dataclasses
import tomllib
import typing
from pathlib import Path

import pytest

from s4s_tui.config import KEYS, Options, Settings, load
from tests.config.helpers import complaint, write_config

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("text", "days"), [("0", 0), ("1", 1), ("030", 30), ("3650", 3650), ("0" * 9000 + "5", 5)])
def test_days_in_the_environment_are_digits(text: str, days: int) -> None:
    assert load(Options(), {"S4S_KEEP_DAYS": text}).keep_days == days


@pytest.mark.parametrize(
    "text",
    ["3651", "-1", "-0", "+1", "1.0", "1_0", " 1", "1\n", "1e1", "0x1", "٣", "²", "true", "for ever", "9" * 9000],
)
def test_what_is_no_number_of_days_is_refused(text: str) -> None:
    sentence = complaint(environ={"S4S_KEEP_DAYS": text})
    assert sentence.startswith("S4S_KEEP_DAYS: ")
    assert sentence.endswith(" is not an integer from 0 to 3650.")
    assert len(sentence) < 200


def test_the_example_file_shows_every_key_with_its_default() -> None:
    example = ROOT / "config.example.toml"
    assert list(tomllib.loads(example.read_text())) == list(KEYS)
    without, shown = load(Options(), {}), load(Options(config=str(example)), {})
    for name, key in KEYS.items():
        assert getattr(shown, name) == getattr(without, name) == key.default(), name
        assert key.variable in example.read_text()


def test_every_key_is_a_setting_of_its_type_and_its_value_in_the_file_arrives(home: Path) -> None:
    types = typing.get_type_hints(Settings)
    defaults = {field.name: field.default for field in dataclasses.fields(Settings)}
    samples = {"api_url": "https://file.example", "data_dir": "/file", "keep_days": 7}
    assert samples.keys() == KEYS.keys()
    write_config(home, "".join(f"{name} = {value!r}\n" for name, value in samples.items()))
    settings = load(Options(), {})
    for name, key in KEYS.items():
        assert type(samples[name]) is key.kind.toml
        assert str(getattr(settings, name)) == str(samples[name])
        assert isinstance(key.default(), types[name])
        assert defaults[name] in (dataclasses.MISSING, key.default())


def test_the_readme_lists_every_key_with_its_variable() -> None:
    rows = [line for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("| ")]
    for name, key in KEYS.items():
        assert [row for row in rows if f"| `{key.variable}` | `{name}` |" in row], name
