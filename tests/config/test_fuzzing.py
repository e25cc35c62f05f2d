"""Config files of any content, and any value in the environment: settings, or one sentence; never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from s4s_tui.config import KEYS, ConfigError, Options, load
from s4s_tui.config.show import shown
from tests.fuzzing import counted, examples

SEALED = {"api_key", "proxy"}
MARK = "marked-and-secret"
texts = st.text(max_size=30) | st.sampled_from(
    [
        "",
        "~",
        "~/x",
        "/",
        "https://x.example",
        "http://",
        "auto",
        "osc52",
        "socks5h://a:b@c:1",
        "a@b.example",
        "\x1b[2J",
    ]
)
scalars = st.one_of(
    st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(), texts, st.datetimes(), st.dates(), st.times()
)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=6
)
tables = st.dictionaries(st.sampled_from(sorted(KEYS)) | st.text(max_size=8), anything, max_size=4)
lines = st.lists(
    st.sampled_from(
        [f"{name} = " for name in KEYS] + ["[", "]", "{", "}", '"', "'", "'''", "\\u001b", "#", "\n", "=", "1"]
    )
    | texts,
    max_size=12,
).map(lambda pieces: "".join(pieces).encode(errors="surrogatepass"))


@contextmanager
def a_file(content: bytes) -> Iterator[str]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "config.toml"
        file.touch(0o600)
        file.write_bytes(content)
        yield str(file)


def outcome(options: Options, environ: dict[str, str]) -> str:
    """The settings as they are shown, or the sentence."""
    try:
        return shown(load(options, environ))
    except ConfigError as error:
        sentence = str(error)
        assert sentence.isprintable(), "control characters would reach the terminal"
        assert sentence.endswith(".")
        assert len(sentence) < 2_000
        return sentence


@settings(deadline=None)
@given(tables)
@counted("config files fuzzed")
def test_any_table_gives_settings_or_a_sentence(table: dict[str, Any]) -> None:
    with a_file(tomli_w.dumps(table).encode(errors="replace")) as file:
        assert outcome(Options(config=file), {})


@pytest.mark.parametrize("name", KEYS)
@settings(deadline=None, max_examples=examples(15))
@given(value=anything)
@counted("config files fuzzed")
def test_any_value_of_any_key_gives_settings_or_a_sentence(name: str, value: Any) -> None:
    with a_file(tomli_w.dumps({name: value}).encode(errors="replace")) as file:
        said = outcome(Options(config=file), {})
    assert said


@settings(deadline=None)
@given(st.binary(max_size=200) | lines)
@counted("config files fuzzed")
def test_any_bytes_give_settings_or_a_sentence(content: bytes) -> None:
    with a_file(content) as file:
        assert outcome(Options(config=file), {})


@settings(deadline=None)
@given(st.sampled_from(sorted(KEYS)), texts)
@counted("config files fuzzed")
def test_any_value_in_the_environment_gives_settings_or_a_sentence(name: str, text: str) -> None:
    with a_file(b"") as file:
        assert outcome(Options(config=file), {KEYS[name].variable: text})


@settings(deadline=None)
@given(st.sampled_from(sorted(SEALED)), texts, texts, st.booleans())
@counted("config files fuzzed")
def test_whatever_surrounds_a_secret_it_is_not_repeated(name: str, before: str, after: str, in_file: bool) -> None:
    text = f"{before}{MARK}{after}"
    if name == "proxy":
        text = f"{before}socks5h://me:{MARK}@{after}"
    with a_file(tomli_w.dumps({name: text}).encode(errors="replace") if in_file else b"") as file:
        said = outcome(Options(config=file), {} if in_file else {KEYS[name].variable: text})
    assert MARK not in said
