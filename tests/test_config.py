"""Settings: where they come from, what is refused, and how it is said."""

import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.config import DEFAULT_API_URL, KEYS, ConfigError, Options, Settings, base_url, load, make_folder

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def write_config(home: Path, content: str | bytes) -> Path:
    file = home / ".config" / "s4s-tui" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def complaint(options: Options | None = None, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        load(options or Options(), environ or {})
    sentence = str(caught.value)
    assert sentence.isprintable(), "control characters would reach the terminal"
    assert sentence.endswith(".")
    return sentence


def test_without_any_word_the_defaults_hold(home: Path) -> None:
    assert load(Options(), {}) == Settings(
        api_url=DEFAULT_API_URL,
        data_dir=home / ".local/share/s4s-tui",
        config_file=home / ".config/s4s-tui/config.toml",
    )


def test_xdg_variables_move_both_folders(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "c"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "d"))
    settings = load(Options(), {})
    assert settings.config_file == home / "c/s4s-tui/config.toml"
    assert settings.data_dir == home / "d/s4s-tui"


def test_an_argument_counts_before_the_environment_and_that_before_the_file(home: Path) -> None:
    write_config(home, 'api_url = "https://file.example"\ndata_dir = "/file"\n')
    environ = {"S4S_API_URL": "https://env.example", "S4S_DATA_DIR": "/env"}
    by_file, by_environment = load(Options(), {}), load(Options(), environ)
    by_argument = load(Options(api_url="https://arg.example", data_dir="/arg"), environ)
    assert [(s.api_url, str(s.data_dir)) for s in (by_file, by_environment, by_argument)] == [
        ("https://file.example", "/file"),
        ("https://env.example", "/env"),
        ("https://arg.example", "/arg"),
    ]


def test_the_named_config_file_counts_before_the_environments(tmp_path: Path) -> None:
    for name in ("arg", "env"):
        (tmp_path / name).write_text(f'api_url = "https://{name}.example"')
    environ = {"S4S_CONFIG": str(tmp_path / "env")}
    assert load(Options(), environ).api_url == "https://env.example"
    assert load(Options(config=str(tmp_path / "arg")), environ).api_url == "https://arg.example"


def test_empty_environment_variables_count_as_unset() -> None:
    assert load(Options(), {"S4S_API_URL": "", "S4S_CONFIG": "", "S4S_DATA_DIR": ""}) == load(Options(), {})


def test_a_tilde_is_the_home_folder_everywhere(home: Path) -> None:
    (home / "c.toml").write_text('data_dir = "~/from-file"')
    options = Options(config="~/c.toml", log="~/l")
    settings = load(options, {})
    assert (settings.data_dir, settings.log_file) == (home / "from-file", home / "l")
    assert load(Options(data_dir="~/x"), {}).data_dir == home / "x"


def test_relative_paths_on_the_command_line_start_where_the_program_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(Options(data_dir="here"), {}).data_dir == tmp_path / "here"


def test_the_demo_keeps_its_journal_apart() -> None:
    assert load(Options(data_dir="/d"), {}).journal_dir == Path("/d")
    assert load(Options(data_dir="/d", demo=True), {}).journal_dir == Path("/d/demo")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://api2.sms4sats.com/", "https://api2.sms4sats.com"),
        ("HTTPS://Api2.SMS4Sats.com", "https://api2.sms4sats.com"),
        ("https://host.example:8443/base//", "https://host.example:8443/base"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.9.9.9/", "http://127.9.9.9"),
        ("http://[::1]:80/", "http://[::1]:80"),
        ("http://localhost:1", "http://localhost:1"),
    ],
)
def test_an_address_is_brought_into_its_normal_form(text: str, expected: str) -> None:
    assert base_url(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "must begin with https:// and a host"),
        ("api2.sms4sats.com", "must begin with https:// and a host"),
        ("ftp://host.example", "must begin with https:// and a host"),
        ("https://", "must begin with https:// and a host"),
        ("https:///path", "must begin with https:// and a host"),
        ("https://:443", "has no valid host"),
        ("https://-x.example", "has no valid host"),
        ("https://[::g]", "no valid host or port"),
        ("https://[::1", "no valid host or port"),
        ("https://host.example:99999", "no valid host or port"),
        ("https://host.example:0", "no server on port 0"),
        ("https://host.example?", "must end before ? and #"),
        ("https://host.example/#x", "must end before ? and #"),
        ("https://host.example /x", "characters that an address cannot have"),
        ("https://host.\texample", "characters that an address cannot have"),
        ("https://host.example\\x", "characters that an address cannot have"),
        ("https://hösт.example", "characters that an address cannot have"),
        ("https://name:secret@host.example", "user name or password"),
        ("http://host.example", "http:// is allowed to this machine only"),
        ("http://127.0.0.1.example", "http:// is allowed to this machine only"),
        ("http://localhost.example", "http:// is allowed to this machine only"),
        ("http://0.0.0.0", "http:// is allowed to this machine only"),
        ("http://[::2]", "http:// is allowed to this machine only"),
    ],
)
def test_a_bad_address_is_refused_with_its_reason(text: str, reason: str) -> None:
    sentence = complaint(Options(api_url=text))
    assert sentence.startswith("--api-url: ")
    assert reason in sentence


def test_a_password_in_an_address_is_not_repeated() -> None:
    assert "secret" not in complaint(Options(api_url="https://name:secret@host.example/?x"))


@given(st.text() | st.text(alphabet="htps:/[]@.1a%#?\\ \x1b").map("https://".__add__))
def test_any_text_is_an_address_or_refused_in_printable_words(text: str) -> None:
    try:
        normal = base_url(text)
    except ValueError as error:
        outcome = str(error)
    else:
        outcome = base_url(normal)
        assert outcome == normal
    assert outcome.isprintable()


@pytest.mark.parametrize("variable", ["S4S_API_URL", "S4S_CONFIG"])
def test_a_bad_variable_is_named(variable: str) -> None:
    sentence = complaint(environ={variable: "/no\x1bsuch/file"})
    assert "/no\\x1bsuch/file" in sentence
    assert variable in sentence or "config file" in sentence


@pytest.mark.parametrize(
    ("content", "line", "parts"),
    [
        ("# 1\n\napi_url = 5\n", 3, ["api_url must be a string", "not an integer"]),
        ("api_url = 1979-05-27\n", 1, ["not a date or time"]),
        ("x = '''\napi_url = 1\n'''\napi_url = true\n", 1, ["unknown key 'x'", "api_url and data_dir"]),
        ("data_dir = '''\napi_url = 1\n'''\napi_url = true\n", 4, ["api_url must be a string", "not a boolean"]),
        ("[data_dir]\n", 1, ["data_dir must be a string", "not a table"]),
        ('\n"a\x7fpi" = 1\n', 2, ["not valid TOML"]),
        ('"\\u001b[31m" = 1\n', None, ["unknown key '\\x1b[31m'"]),
        ('api_url = "http://host.example"\n', 1, ["api_url: 'http://host.example'", "this machine only"]),
        ('\ndata_dir = "relative"\n', 2, ["data_dir: 'relative' must be an absolute path", "~/"]),
        ('data_dir = ""\n', 1, ["data_dir: ''"]),
        ('data_dir = "/a\\u0000b"\n', 1, ["data_dir: '/a\\x00b' is not a path"]),
        ('data_dir = "~nobody-of-this-name/x"\n', 1, ["no home folder"]),
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


def test_folders_are_made_for_this_user_alone_and_others_left_as_they_are(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        wide = tmp_path / "wide"
        wide.mkdir(mode=0o755)
        make_folder(wide / "a" / "b")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (wide, wide / "a", wide / "a/b")] == [0o755, 0o700, 0o700]
    make_folder(wide)
    assert stat.S_IMODE(wide.stat().st_mode) == 0o755


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"The data folder '.*/file/sub' cannot be made: "):
        make_folder(tmp_path / "file" / "sub")


def test_the_example_file_shows_every_key_with_its_default() -> None:
    example = ROOT / "config.example.toml"
    assert tomllib.loads(example.read_text()).keys() == KEYS.keys()
    without = load(Options(), {})
    shown = load(Options(config=str(example)), {})
    assert (shown.api_url, shown.data_dir) == (without.api_url, without.data_dir)
