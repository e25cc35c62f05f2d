"""The table of keys: its kinds of values, and that settings, example file and README say the same."""

import dataclasses
import re
import tomllib
import typing
from pathlib import Path

import pytest

from s4s_tui.config import KEYS, Options, Settings, load
from s4s_tui.domain.preferences import ClipboardChoice, NotifyChoice
from s4s_tui.domain.proxy import Proxy
from s4s_tui.domain.secret import Secret
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
    text = example.read_text()
    names = re.findall(r"^#?(\w+) = ", text, re.MULTILINE)
    assert sorted(names) == sorted(KEYS)
    assert set(tomllib.loads(text)) == {name for name, key in KEYS.items() if key.default() not in (None, ())}
    without, shown = load(Options(), {}), load(Options(config=str(example)), {})
    for name, key in KEYS.items():
        assert getattr(shown, name) == getattr(without, name) == key.default(), name
        assert key.variable in text


def test_the_lines_that_the_example_file_leaves_out_are_valid(home: Path) -> None:
    lines = re.findall(r"^#(\w+ = .*)$", (ROOT / "config.example.toml").read_text(), re.MULTILINE)
    assert len(lines) == 5
    for line in lines:
        file = write_config(home, f"{line}\n")
        name, _, _ = line.partition(" ")
        assert getattr(load(Options(), {}), name) != KEYS[name].default()
        file.unlink()


SAMPLES: dict[str, tuple[str, object]] = {
    "api_url": ("'https://file.example'", "https://file.example"),
    "proxy": (
        "'socks5h://me:pw@localhost:9050'",
        Proxy(scheme="socks5h", host="localhost", port=9050, user=Secret("me"), password=Secret("pw")),
    ),
    "data_dir": ("'/file'", Path("/file")),
    "keep_days": ("7", 7),
    "max_price": ("10000000", 10_000_000),
    "ref": ("'me@example.com'", "me@example.com"),
    "clipboard": ("'osc52'", ClipboardChoice.OSC52),
    "copy_code": ("true", True),
    "clear_clipboard": ("30", 30),
    "bell": ("false", False),
    "notify": ("'osc777'", NotifyChoice.OSC777),
    "window_title": ("false", False),
    "theme": ("'terminal'", "terminal"),
    "mask": ("true", True),
    "reduce_motion": ("true", True),
    "mouse": ("false", False),
    "keymap": ("{ 'app.send' = 'S,ctrl+n' }", (("app.send", "S,ctrl+n"),)),
    "api_key": ("' a key '", Secret("a key")),
    "api_key_command": ("""'pass show "my key"'""", ("pass", "show", "my key")),
}


@pytest.mark.parametrize("name", KEYS)
def test_every_key_is_a_setting_of_its_type_and_its_value_in_the_file_arrives(home: Path, name: str) -> None:
    written, expected = SAMPLES[name]
    write_config(home, f"{name} = {written}\n")
    assert getattr(load(Options(), {}), name) == expected
    defaults = {field.name: field.default for field in dataclasses.fields(Settings)}
    assert defaults[name] in (dataclasses.MISSING, KEYS[name].default())
    known = typing.get_type_hints(Settings)[name]
    for value in (expected, KEYS[name].default()):
        assert isinstance(value, tuple if name in ("api_key_command", "keymap") else known)


def test_the_readme_lists_every_key_with_its_variable() -> None:
    rows = [line for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("| ")]
    for name, key in KEYS.items():
        assert [row for row in rows if f"| `{key.variable}` | `{name}` |" in row], name
