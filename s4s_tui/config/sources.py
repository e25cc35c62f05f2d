"""Where a setting comes from: argument, environment, config file or default."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from s4s_tui.config.errors import ConfigError
from s4s_tui.config.file import ConfigFile, read
from s4s_tui.config.keys import (
    API_KEY,
    API_KEY_COMMAND,
    API_URL,
    BELL,
    CLEAR_CLIPBOARD,
    CLIPBOARD,
    COPY_CODE,
    DATA_DIR,
    KEEP_DAYS,
    KEYMAP,
    KEYS,
    MASK,
    MAX_PRICE,
    MOUSE,
    NOTIFY,
    PROXY_KEY,
    REDUCE_MOTION,
    REF,
    THEME,
    WINDOW_TITLE,
    Key,
    default_config_file,
)
from s4s_tui.config.proxy import COMMON_VARIABLES, variable_for, with_scheme
from s4s_tui.config.settings import Options, Settings
from s4s_tui.config.values import path
from s4s_tui.domain.net import is_onion
from s4s_tui.domain.origin import Origin, Source
from s4s_tui.domain.proxy import Proxy
from s4s_tui.domain.secret import Secret

T = TypeVar("T")
_Environment = Mapping[str, str | Secret]


class _Given(NamedTuple):
    """A value as it was written, and the place to name when it is wrong."""

    text: str | Secret
    place: str

    def read(self, reader: Callable[[Any], T]) -> T:
        try:
            return reader(self.text)
        except ValueError as error:
            raise ConfigError(f"{self.place}: {error}.") from error


def load(options: Options, environ: Mapping[str, str]) -> Settings:
    """Settings from the command line, `environ`, the config file and the defaults; raises ConfigError.

    Of argument and environment only the one that counts is checked; the config file is checked as a whole.
    """
    environment = _sealed(environ)
    del environ  # a traceback can show the variables of a frame
    file = _config_file(options.config, environment)

    def value(key: Key[T], argument: str | Secret | None = None) -> T:
        return _value(key, argument, environment, file)

    url = value(API_URL, options.api_url)
    proxy, of_proxy = _of_proxy(url, options, environment, file)

    key, of_environment, command = _of_key(environment, file)
    return Settings(
        api_url=url,
        proxy=proxy,
        data_dir=value(DATA_DIR, options.data_dir),
        keep_days=value(KEEP_DAYS),
        max_price=value(MAX_PRICE),
        ref=value(REF),
        clipboard=value(CLIPBOARD),
        copy_code=value(COPY_CODE),
        clear_clipboard=value(CLEAR_CLIPBOARD),
        bell=value(BELL),
        notify=value(NOTIFY),
        window_title=value(WINDOW_TITLE),
        theme=value(THEME),
        mask=value(MASK),
        reduce_motion=value(REDUCE_MOTION),
        mouse=value(MOUSE) and not options.no_mouse,
        keymap=value(KEYMAP),
        api_key=key,
        api_key_in_environment=of_environment,
        api_key_command=command,
        config_file=file.path,
        log_file=None if options.log is None else _Given(options.log, "--log").read(path),
        demo=options.demo,
        demo_speed=options.demo_speed,
        demo_pay=options.demo_pay,
        origins={name: _origin(key, options, environment, file) for name, key in KEYS.items()}
        | {PROXY_KEY.name: of_proxy},
    )


def _origin(key: Key[object], options: Options, environment: _Environment, file: ConfigFile) -> Origin:
    if key is MOUSE and options.no_mouse:
        return Origin(Source.OPTION, "--no-mouse")
    if getattr(options, key.name, None) is not None:
        return Origin(Source.OPTION, key.option)
    if environment.get(key.variable):
        return Origin(Source.VARIABLE, key.variable)
    if key.name in file.table:
        return Origin(Source.FILE, line=file.line(key.name))
    return Origin(Source.DEFAULT)


def place_of_binding(settings: Settings, name: str) -> str:
    """Where the keymap gives a binding its key, to begin a sentence with."""
    origin = settings.origins[KEYMAP.name]
    return origin.name or read(settings.config_file, required=False).place(KEYMAP.name, name)


def _sealed(environ: Mapping[str, str]) -> _Environment:
    """The environment, with what must not be seen as Secrets."""
    hidden = {key.variable for key in KEYS.values() if key.kind.sealed} | COMMON_VARIABLES
    return {name: Secret(text) if name in hidden else text for name, text in environ.items()}


def _of_key(environment: _Environment, file: ConfigFile) -> tuple[Secret | None, bool, tuple[str, ...]]:
    """The key, whether it is from the environment, and the command; of key and command the one that counts."""
    if API_KEY.name in file.table and API_KEY_COMMAND.name in file.table:
        raise ConfigError(
            f"{file.place(API_KEY.name)}: of {API_KEY.name} and {API_KEY_COMMAND.name} only one can be set."
        )
    key = _value(API_KEY, None, environment, file)
    command = _value(API_KEY_COMMAND, None, environment, file)
    if environment.get(API_KEY.variable):
        return key, True, ()
    return (None, False, command) if command else (key, False, ())


def config_path(options: Options, environ: Mapping[str, str]) -> Path:
    """The config file that counts, unread; raises ConfigError where its name cannot be one."""
    named = _given("--config", options.config, "S4S_CONFIG", environ)
    return default_config_file() if named is None else named.read(path)


def _of_proxy(url: str, options: Options, environment: _Environment, file: ConfigFile) -> tuple[Proxy | None, Origin]:
    """The proxy that counts for the server at `url`, and where it comes from; of the common variables at last."""
    proxy = _value(PROXY_KEY, options.proxy, environment, file)
    origin = _origin(PROXY_KEY, options, environment, file)
    if options.demo:
        return None, Origin(Source.DEFAULT)
    parts = urlsplit(url)
    host = parts.hostname or ""
    name = variable_for(parts.scheme, host, environment) if proxy is None else None
    found = None if name is None else environment[name]
    if name is not None and isinstance(found, Secret):
        proxy, origin = _Given(with_scheme(found), name).read(PROXY_KEY.kind.from_text), Origin(Source.VARIABLE, name)
    if proxy is None and is_onion(host):
        place = _origin(API_URL, options, environment, file)
        raise ConfigError(
            f"{file.place(API_URL.name) if place.source is Source.FILE else place.words}: an .onion address is "
            "reached through Tor alone: set its proxy, for instance proxy = 'socks5h://127.0.0.1:9050' in the config "
            "file, or --proxy or S4S_PROXY."
        )
    return proxy, origin


def _config_file(argument: str | None, environment: _Environment) -> ConfigFile:
    named = _given("--config", argument, "S4S_CONFIG", environment)
    if named is None:
        return read(default_config_file(), required=False)
    return read(named.read(path), required=True)


def _value(key: Key[T], argument: str | Secret | None, environment: _Environment, file: ConfigFile) -> T:
    in_file = file.value(key)  # first, so that a mistake in the file is told even where something else counts
    given = _given(key.option, argument, key.variable, environment)
    if given is not None:
        return given.read(key.kind.from_text)
    return key.default() if in_file is None else in_file


def _given(option: str, argument: str | Secret | None, variable: str, environment: _Environment) -> _Given | None:
    if argument is not None:
        return _Given(argument, option)
    text = environment.get(variable, "")
    return _Given(text, variable) if text else None
