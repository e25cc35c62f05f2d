"""The command line, as a shell calls it: real processes, and a real terminal where one is needed."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from s4s_tui import __version__
from s4s_tui.config import DEFAULT_API_URL, KEYS
from tests.config.traces import MARK
from tests.pty_driver import Terminal

ROOT = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-m", "s4s_tui"]

# The program up to the point where the screens would start: what they would get is written instead.
STOPS_AT_THE_SCREENS = """
import logging, sys, types
def run(settings):
    logging.getLogger("s4s_tui.api").debug("a word with \\u00e4")
    print(settings.api_url, settings.journal_dir, settings.demo_speed, settings.demo_pay, settings.keep_days, sep="|")
    return 7
def interrupt(settings):
    raise KeyboardInterrupt
sys.modules["s4s_tui.compose"] = types.ModuleType("s4s_tui.compose")
sys.modules["s4s_tui.compose"].run = interrupt if "interrupt" in sys.argv else run
from s4s_tui.cli import main
sys.exit(main([word for word in sys.argv[1:] if word != "interrupt"]))
"""


def call(*words: str, home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """The program without a terminal."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("S4S_", "XDG_"))}
    return subprocess.run(
        [*PROGRAM, *words], cwd=ROOT, env={**kept, "HOME": str(home), "TERM": "xterm", "COLUMNS": "80", **env},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip


def on_terminal(*words: str, home: Path, **env: str) -> Terminal:
    argv = [sys.executable, "-c", STOPS_AT_THE_SCREENS, *words]
    return Terminal(argv, size=(200, 10), env={"HOME": str(home), **env}, cwd=ROOT)


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a call that could not start."""
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"s4s-tui: [^\n]+\n", done.stderr), done.stderr
    assert done.stderr.rstrip("\n").isprintable()
    return done.stderr


def test_version_is_one_line_on_stdout(tmp_path: Path) -> None:
    done = call("--version", home=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"s4s-tui {__version__}\n", "")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_option_variable_and_the_way_to_the_keys(tmp_path: Path, option: str) -> None:
    done = call(option, home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    options = "--demo --demo-speed --demo-pay --api-url --proxy --config --data-dir --log --no-mouse --version --help"
    for word in [
        *options.split(),
        "S4S_CONFIG",
        *KEYS,
        *(key.variable for key in KEYS.values()),
        "config.toml",
        "F1 or ?",
        DEFAULT_API_URL,
    ]:
        assert word in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert done.stdout.isascii()


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_import_nothing_heavy(option: str) -> None:
    script = f"import sys; from s4s_tui.cli import main; main(['{option}']); print('|', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.rpartition("|")[2].split()}
    assert "argparse" in loaded
    heavy = {"textual", "rich", "httpx", "msgspec", "platformdirs", "tomllib", "asyncio", "logging", "sqlite3"}
    assert loaded & heavy == set()


def test_a_reader_that_has_gone_is_no_error(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "--help"], cwd=ROOT, env={**os.environ, "HOME": str(tmp_path)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(20) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_under_stdout_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "--version"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--bogus"], "unrecognized arguments: --bogus; s4s-tui --help lists the options."),
        (["--dem"], "unrecognized arguments: --dem"),
        (["\x1b[31mred"], "unrecognized arguments: \\x1b[31mred"),
        (["--api-url"], "--api-url: expected one argument"),
        (["--api-url", "http://host.example"], "http:// is allowed to this machine only"),
        (["--api-url", ""], "--api-url: '' must begin with https://"),
        (["--config", "/none\x1b"], "The config file '/none\\x1b' does not exist."),
        (["--demo", "--api-url", "https://host.example"], "--demo brings its own server: leave --api-url out."),
        (["--demo-speed", "5"], "--demo-speed needs --demo."),
        (["--demo-pay", "0"], "--demo-pay needs --demo."),
        (["--demo", "--demo-speed", "0"], "--demo-speed: '0' is not a number from 1 to 600"),
        (["--demo", "--demo-speed", "nan"], "--demo-speed: 'nan' is not a number from 1 to 600"),
        (["--demo", "--demo-pay", "-1"], "--demo-pay: '-1' is not a number from 0 to 3600"),
        (["--demo", "--demo-pay", "soon"], "--demo-pay: 'soon' is not a number from 0 to 3600"),
        ([], "This is a program for a terminal, and its standard input is none."),
    ],
)
def test_a_call_that_cannot_start_says_why_in_one_sentence(tmp_path: Path, words: list[str], sentence: str) -> None:
    assert sentence in refusal(call(*words, home=tmp_path))
    assert list(tmp_path.iterdir()) == [], "nothing may be made before the start"


def test_a_config_file_that_is_wrong_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text("\nkeep_days = true\n")
    sentence = refusal(call(home=tmp_path, S4S_CONFIG=str(tmp_path / "c.toml")))
    assert "c.toml', line 2: keep_days must be an integer, from 0 to 3650, not a boolean." in sentence


def test_a_variable_that_is_wrong_is_told(tmp_path: Path) -> None:
    assert "S4S_KEEP_DAYS: 'ten' is not an integer from 0 to 3650." in refusal(call(home=tmp_path, S4S_KEEP_DAYS="ten"))


def test_a_key_that_is_wrong_or_open_to_others_is_told_without_it(tmp_path: Path) -> None:
    sentence = refusal(call(home=tmp_path, S4S_API_KEY=f"{MARK}\n{MARK}"))
    assert "S4S_API_KEY: this is no API key: it holds characters that a key cannot have." in sentence
    assert MARK not in sentence
    (tmp_path / "c.toml").write_text(f'api_key = "{MARK}"\n')
    (tmp_path / "c.toml").chmod(0o644)
    sentence = refusal(call(home=tmp_path, S4S_CONFIG=str(tmp_path / "c.toml")))
    assert f"chmod 600 '{tmp_path}/c.toml'." in sentence
    assert MARK not in sentence


def test_the_key_is_not_handed_on_to_the_programs_that_this_one_starts(tmp_path: Path) -> None:
    script = STOPS_AT_THE_SCREENS.replace(
        "print(settings", 'import os; print("S4S_API_KEY" in os.environ, settings.api_key.reveal()[-4:], settings'
    )
    argv = [sys.executable, "-c", script]
    with Terminal(argv, size=(200, 10), env={"HOME": str(tmp_path), "S4S_API_KEY": MARK}, cwd=ROOT) as terminal:
        assert terminal.wait_exit() == 7
        assert f"False|{MARK[-4:]}|" in terminal.text()


@pytest.mark.parametrize(
    ("term", "sentence"), [("", "TERM is not set"), ("dumb", "TERM says that this terminal is dumb")]
)
def test_a_terminal_without_abilities_is_refused(tmp_path: Path, term: str, sentence: str) -> None:
    with on_terminal(home=tmp_path, TERM=term) as terminal:
        assert terminal.wait_exit() == 2
        assert sentence in terminal.text()


def test_the_screens_get_the_settings_and_their_status_is_the_programs(tmp_path: Path) -> None:
    with on_terminal("--api-url", "http://localhost:9/", home=tmp_path) as terminal:
        assert terminal.wait_exit() == 7
        assert f"http://localhost:9|{tmp_path}/.local/share/s4s-tui|1.0|None|30" in terminal.text()
    folder = tmp_path / ".local/share/s4s-tui"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_demos_options_reach_it(tmp_path: Path) -> None:
    words = ("--demo", "--demo-speed", "60", "--demo-pay", "2.5", "--data-dir", str(tmp_path / "d"))
    with on_terminal(*words, home=tmp_path) as terminal:
        assert terminal.wait_exit() == 7
        assert f"{tmp_path}/d/demo|60.0|2.5" in terminal.text()


def test_how_long_ended_orders_are_kept_reaches_the_program(tmp_path: Path) -> None:
    with on_terminal(home=tmp_path, S4S_KEEP_DAYS="0") as terminal:
        assert terminal.wait_exit() == 7
        assert terminal.text().rstrip().endswith("|0")


def test_the_log_is_this_users_alone_in_utc_and_off_the_screen(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with on_terminal("--log", str(log), home=tmp_path, TZ="Asia/Tokyo") as terminal:
        assert terminal.wait_exit() == 7
        assert "a word" not in terminal.text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
    assert re.fullmatch(stamp + r" DEBUG s4s_tui\.api: a word with ä\n", log.read_text(encoding="utf-8"))


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with on_terminal("--log", str(tmp_path), home=tmp_path) as terminal:
        assert terminal.wait_exit() == 2
        assert f"The log '{tmp_path}' cannot be written: is a directory." in terminal.text()


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with on_terminal("--data-dir", str(tmp_path / "file" / "d"), home=tmp_path) as terminal:
        assert terminal.wait_exit() == 2
        assert "cannot be made" in terminal.text()


def test_ctrl_c_during_the_start_is_silent(tmp_path: Path) -> None:
    with on_terminal("interrupt", home=tmp_path) as terminal:
        assert terminal.wait_exit() == 130
        assert terminal.text().strip() == ""


def test_the_demo_without_its_extra_says_what_to_install(tmp_path: Path) -> None:
    hidden = "import importlib.util; importlib.util.find_spec = lambda name: None"
    argv = [sys.executable, "-c", f"{hidden}\n{STOPS_AT_THE_SCREENS}", "--demo"]
    with Terminal(argv, size=(200, 10), env={"HOME": str(tmp_path)}, cwd=ROOT) as terminal:
        assert terminal.wait_exit() == 2
        assert "The demo needs the extra: pip install 's4s-tui[demo]'" in terminal.text()
