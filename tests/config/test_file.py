"""The config file: every mistake is told by file, line and key."""

from pathlib import Path

import pytest

from s4s_tui.config import Options, load
from tests.config.helpers import complaint, write_config


@pytest.mark.parametrize(
    ("content", "line", "parts"),
    [
        ("# 1\n\napi_url = 5\n", 3, ["api_url must be a string", "not an integer"]),
        ("api_url = 1979-05-27\n", 1, ["not a date or time"]),
        (
            "x = '''\napi_url = 1\n'''\napi_url = true\n",
            1,
            ["unknown key 'x'", "allowed are api_url, proxy, data_dir, ", " and api_key_command."],
        ),
        ("data_dir = '''\napi_url = 1\n'''\napi_url = true\n", 4, ["api_url must be a string", "not a boolean"]),
        ("[data_dir]\n", 1, ["data_dir must be a string", "not a table"]),
        ('\n"a\x7fpi" = 1\n', 2, ["not valid TOML"]),
        ('"\\u001b[31m" = 1\n', None, ["unknown key '\\x1b[31m'"]),
        ('api_url = "http://host.example"\n', 1, ["api_url: 'http://host.example'", "this machine only"]),
        ('\ndata_dir = "relative"\n', 2, ["data_dir: 'relative' must be an absolute path", "~/"]),
        ('data_dir = ""\n', 1, ["data_dir: ''"]),
        ('data_dir = "/a\\u0000b"\n', 1, ["data_dir: '/a\\x00b' is not a path"]),
        ('data_dir = "~nobody-of-this-name/x"\n', 1, ["no home folder"]),
        ("keep_days = 3651\n", 1, ["keep_days: 3651 is not an integer from 0 to 3650."]),
        ("\nkeep_days = -1\n", 2, ["keep_days: -1 is not an integer from 0 to 3650."]),
        ("keep_days = 0x" + "f" * 9000, 1, ["keep_days: this number is not an integer from 0 to 3650."]),
        ("keep_days = false\n", 1, ["keep_days must be an integer, from 0 to 3650, not a boolean."]),
        ('keep_days = "30"\n', 1, ["keep_days must be an integer, from 0 to 3650, not a string."]),
        ("keep_days = 30.0\n", 1, ["keep_days must be an integer", "not a float."]),
        ("keep_days = [30]\n", 1, ["keep_days must be an integer", "not an array."]),
        ('data_dir = "/d"\n\n[keep_days]\nx = 1\n', 3, ["keep_days must be an integer", "not a table."]),
        ("max_price = 0\n", 1, ["max_price: 0 is not an integer from 1 to 10000000."]),
        ("max_price = 10000001\n", 1, ["is not an integer from 1 to 10000000."]),
        ("ref = 'me'\n", 1, ["ref: 'me' is not a Lightning address like name@example.com"]),
        ("ref = 'Me@example.com'\n", 1, ["in lower case"]),
        ("ref = 1\n", 1, ["ref must be a string, a Lightning address or empty, not an integer."]),
        ("api_key = 1\n", 1, ["api_key must be a string, at most 200 characters, not an integer."]),
        ("\napi_key_command = 1\n", 2, ["api_key_command must be a string or an array, a program"]),
        ("api_key_command = []\n", 1, ["api_key_command: this command names no program."]),
        ("api_key_command = ''\n", 1, ["names no program"]),
        ("api_key_command = ['', 'x']\n", 1, ["names no program"]),
        ("api_key_command = ['a', 1]\n", 1, ["must all be strings"]),
        ('api_key_command = "pass \'x"\n', 1, ["a quote in this command does not end"]),
        ('api_key_command = ["a\\u0000"]\n', 1, ["a character that none can have"]),
        ("keep_days = 030\n", 1, ["not valid TOML"]),
        ("api_url\n", 1, ["not valid TOML"]),
        ("data_dir = '/x'\ndata_dir = '/y'\n", 2, ["not valid TOML"]),
        ("\n\napi_url = [", 3, ["not valid TOML"]),
        ("x = " + "9" * 5000, None, ["not valid TOML"]),
        ("x = " + "[" * 30000, None, ["nested too deeply"]),
        (b"\n\xff\n", 2, ["not in UTF-8"]),
        ("\n" * 600 + "x = 1", None, ["unknown key 'x'"]),
        (b"#" * 70000, None, ["larger than 64 KiB"]),
    ],
)
def test_a_bad_config_file_is_told_by_file_line_and_key(
    home: Path, content: str | bytes, line: int | None, parts: list[str]
) -> None:
    file = write_config(home, content)
    sentence = complaint()
    for part in [repr(str(file)) + ("" if line is None else f", line {line}:"), *parts]:
        assert part in sentence, sentence


def test_a_file_written_on_windows_is_read(home: Path) -> None:
    write_config(home, b'\xef\xbb\xbfapi_url = "https://host.example"\r\n')
    assert load(Options(), {}).api_url == "https://host.example"


def test_a_named_config_file_must_exist_and_be_a_file(tmp_path: Path) -> None:
    assert "does not exist" in complaint(Options(config=str(tmp_path / "none")))
    assert "is a directory" in complaint(Options(config=str(tmp_path)))
    assert "--config: '' is not a path" in complaint(Options(config=""))


def test_an_endless_file_is_not_read_to_its_end() -> None:
    assert "larger than" in complaint(Options(config="/dev/zero"))
