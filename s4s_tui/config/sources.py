"""Where a setting comes from: argument, environment, config file or default."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from s4s_tui.config.errors import ConfigError
from s4s_tui.config.file import ConfigFile, read
from s4s_tui.config.keys import API_URL, DATA_DIR, KEEP_DAYS, Key, default_config_file
from s4s_tui.config.settings import Options, Settings
from s4s_tui.config.values import path

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Given:
    """A value as it was written, and the place to name when it is wrong."""

    text: str
    place: str

    def read(self, reader: Callable[[str], T]) -> T:
        try:
            return reader(self.text)
        except ValueError as error:
            raise ConfigError(f"{self.place}: {error}.") from error


def load(options: Options, environ: Mapping[str, str]) -> Settings:
    """Settings from the command line, `environ`, the config file and the defaults; raises ConfigError.

    Of argument and environment only the one that counts is checked; the config file is checked as a whole.
    """
    file = _config_file(options.config, environ)

    def value(key: Key[T], argument: str | None) -> T:
        return _value(key, argument, environ, file)

    return Settings(
        api_url=value(API_URL, options.api_url),
        data_dir=value(DATA_DIR, options.data_dir),
        keep_days=value(KEEP_DAYS, None),
        config_file=file.path,
        log_file=None if options.log is None else _Given(options.log, "--log").read(path),
        demo=options.demo,
        demo_speed=options.demo_speed,
        demo_pay=options.demo_pay,
    )


def _config_file(argument: str | None, environ: Mapping[str, str]) -> ConfigFile:
    named = _given("--config", argument, "S4S_CONFIG", environ)
    if named is None:
        return read(default_config_file(), required=False)
    return read(named.read(path), required=True)


def _value(key: Key[T], argument: str | None, environ: Mapping[str, str], file: ConfigFile) -> T:
    in_file = file.value(key)  # first, so that a mistake in the file is told even where something else counts
    given = _given(key.option, argument, key.variable, environ)
    if given is not None:
        return given.read(key.kind.from_text)
    return key.default() if in_file is None else in_file


def _given(option: str, argument: str | None, variable: str, environ: Mapping[str, str]) -> _Given | None:
    if argument is not None:
        return _Given(argument, option)
    text = environ.get(variable, "")
    return _Given(text, variable) if text else None
