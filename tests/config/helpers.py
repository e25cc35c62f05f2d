"""A config file to load, and the one sentence of settings that are refused."""

from pathlib import Path

import pytest

from s4s_tui.config import ConfigError, Options, load


def write_config(home: Path, content: str | bytes) -> Path:
    file = home / ".config" / "s4s-tui" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(0o600)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def complaint(options: Options | None = None, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        load(options or Options(), environ or {})
    sentence = str(caught.value)
    assert sentence.isprintable(), "control characters would reach the terminal"
    assert sentence.endswith(".")
    return sentence
