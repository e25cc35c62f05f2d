"""`s4s-tui config`, as a shell calls it."""

import tomllib
from pathlib import Path

import pytest

from s4s_tui.config import KEYS
from tests.config.helpers import write_config
from tests.config.traces import MARK
from tests.test_cli import call, on_terminal, refusal


def test_the_path_of_the_config_file_is_printed_alone(tmp_path: Path) -> None:
    done = call("config", "path", home=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"{tmp_path}/.config/s4s-tui/config.toml\n")
    write_config(tmp_path, "bell = [\n")
    assert call("config", "path", home=tmp_path).stdout == done.stdout, "also of a file that has to be mended"


def test_a_check_says_that_all_is_well_or_the_sentence(tmp_path: Path) -> None:
    assert "All settings are well." in call("config", "check", home=tmp_path).stdout
    write_config(tmp_path, "bell = true\nclipbord = 'auto'\n")
    sentence = refusal(call("config", "check", home=tmp_path))
    assert "config.toml', line 2: unknown key 'clipbord' (did you mean clipboard?)" in sentence
    other = tmp_path / "other.toml"
    other.write_text("bell = 'loud'\n")
    assert "other.toml', line 1: bell must be" in refusal(
        call("config", "check", "--config", str(other), home=tmp_path)
    )


def test_what_holds_is_shown_as_toml_with_the_place_of_each_value_and_no_secret(tmp_path: Path) -> None:
    write_config(tmp_path, f"# mine\nkeep_days = 7\nmask = true\napi_key = '{MARK}'\n")
    done = call("config", "show", "--no-mouse", home=tmp_path, S4S_THEME="nord", S4S_MASK="false")
    assert (done.returncode, done.stderr) == (0, "")
    said = tomllib.loads(done.stdout)
    assert (said["keep_days"], said["theme"], said["mask"], said["mouse"]) == (7, "nord", False, False)
    for line in (
        "keep_days = 7  # config file, line 2",
        'theme = "nord"  # S4S_THEME',
        "mask = false  # S4S_MASK",
        "mouse = false  # --no-mouse",
        "bell = true  # default",
        "# api_key is set and not shown  # config file, line 4",
        "# max_price is not set",
    ):
        assert line in done.stdout.splitlines()
    assert MARK not in done.stdout
    assert all(name in done.stdout for name in KEYS)


def test_a_password_in_the_command_of_the_key_is_not_shown(tmp_path: Path) -> None:
    done = call("config", "show", home=tmp_path, S4S_API_KEY_COMMAND=f"tool --password {MARK}")
    assert "# api_key_command is set and not shown  # S4S_API_KEY_COMMAND" in done.stdout
    write_config(tmp_path, f"api_key = '{MARK}'\n")
    done = call("config", "show", home=tmp_path, S4S_API_KEY_COMMAND=f"tool --password {MARK}")
    assert "# api_key does not count  # config file, line 1" in done.stdout
    assert MARK not in done.stdout


def test_the_names_of_the_keys_are_listed_with_what_they_do(tmp_path: Path) -> None:
    done = call("config", "keys", home=tmp_path, S4S_KEYMAP="order.copy=y app.send=S,f12")
    rows = {line.split()[0]: line.split(None, 2)[1:] for line in done.stdout.splitlines()}
    assert rows["order.copy"] == ["y", "Copy what matters now"]
    assert rows["app.send"] == ["S,f12", "Send an SMS or an e-mail"]
    assert rows["app.orders"][0] == "o"


@pytest.mark.parametrize("command", [("config", "check"), ("config", "keys")])
def test_a_keymap_that_cannot_work_names_file_line_and_binding(tmp_path: Path, command: tuple[str, ...]) -> None:
    write_config(tmp_path, "bell = true\n[keymap]\n# mine\n'app.send' = 'S'\norder.copy = 'x'\n")
    sentence = refusal(call(*command, home=tmp_path))
    assert "config.toml', line 5: keymap: order.copy: 'x' is the key of order.cancel (" in sentence
    assert "S4S_KEYMAP: keymap: app.x: no binding" in refusal(call(*command, home=tmp_path, S4S_KEYMAP="app.x=y"))
    write_config(tmp_path, "keymap = { 'app.send' = 7 }\n")
    assert "line 1: keymap: 'app.send' needs a key as a string" in refusal(call(*command, home=tmp_path))


def test_the_keymap_is_shown_as_a_table(tmp_path: Path) -> None:
    done = call("config", "show", home=tmp_path, S4S_KEYMAP="order.copy=y")
    assert tomllib.loads(done.stdout)["keymap"] == {"order.copy": "y"}


def test_the_program_does_not_start_with_a_keymap_that_cannot_work(tmp_path: Path) -> None:
    with on_terminal(home=tmp_path, S4S_KEYMAP="app.sned=S") as terminal:
        assert terminal.wait_exit(20) == 2
        assert "S4S_KEYMAP: keymap: app.sned: no binding has this name" in terminal.text()


@pytest.mark.parametrize("words", [(), ("shwo",), ("show", "more")])
def test_other_words_are_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    refusal(call("config", *words, home=tmp_path))


def test_its_help_explains_the_words(tmp_path: Path) -> None:
    done = call("config", "--help", home=tmp_path)
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("path", "check", "show", "--config"))
