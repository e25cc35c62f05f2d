"""Settings: where they come from, and which of several counts."""

from pathlib import Path

import pytest

from s4s_tui.config import DEFAULT_API_URL, Options, Settings, load
from tests.config.helpers import complaint, write_config


def test_without_any_word_the_defaults_hold(home: Path) -> None:
    assert load(Options(), {}) == Settings(
        keep_days=30,
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


def test_the_environment_counts_before_the_file_and_that_before_the_default_also_with_zero(home: Path) -> None:
    assert load(Options(), {}).keep_days == 30
    write_config(home, "keep_days = 0\n")
    assert load(Options(), {}).keep_days == 0
    assert load(Options(), {"S4S_KEEP_DAYS": "3650"}).keep_days == 3650
    (home / "seven").write_text("keep_days = 7\n")
    assert load(Options(config=str(home / "seven")), {"S4S_KEEP_DAYS": "0"}).keep_days == 0


def test_the_config_file_is_checked_also_where_something_else_counts(home: Path) -> None:
    write_config(home, "keep_days = 4000\n")
    assert "keep_days: 4000 is not an integer" in complaint(environ={"S4S_KEEP_DAYS": "1"})


def test_the_named_config_file_counts_before_the_environments(tmp_path: Path) -> None:
    for name in ("arg", "env"):
        (tmp_path / name).write_text(f'api_url = "https://{name}.example"')
    environ = {"S4S_CONFIG": str(tmp_path / "env")}
    assert load(Options(), environ).api_url == "https://env.example"
    assert load(Options(config=str(tmp_path / "arg")), environ).api_url == "https://arg.example"


def test_empty_environment_variables_count_as_unset() -> None:
    assert load(Options(), {"S4S_API_URL": "", "S4S_CONFIG": "", "S4S_DATA_DIR": "", "S4S_KEEP_DAYS": ""}) == load(
        Options(), {}
    )


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


def test_a_relative_path_in_a_folder_that_is_gone_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert "--data-dir: 'here' starts in a folder" in complaint(Options(data_dir="here"))


def test_the_demo_keeps_its_journal_apart() -> None:
    assert load(Options(data_dir="/d"), {}).journal_dir == Path("/d")
    assert load(Options(data_dir="/d", demo=True), {}).journal_dir == Path("/d/demo")
    assert load(Options(data_dir="/d", demo=True), {}).journal_file == Path("/d/demo/journal.db")


@pytest.mark.parametrize("variable", ["S4S_API_URL", "S4S_CONFIG"])
def test_a_bad_variable_is_named(variable: str) -> None:
    sentence = complaint(environ={variable: "/no\x1bsuch/file"})
    assert "/no\\x1bsuch/file" in sentence
    assert variable in sentence or "config file" in sentence
