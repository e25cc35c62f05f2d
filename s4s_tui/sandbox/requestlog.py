"""One line for each request: time, method, path with query, status, milliseconds. Never an API key."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from urllib.parse import unquote_plus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HIDDEN = "***"
"""Stands where a key was."""

_LONGEST = 500
"""Characters of a target that are written."""
_KEY_HEADERS = (b"x-api-key", b"authorization", b"proxy-authorization")
_KEY_WORDS = ("key", "token", "auth", "secret", "password")
"""A parameter whose name has one of these holds nothing that is written."""
_MOST_UNQUOTED = 5


class RequestLog:
    """Passes every request on to the application, and writes its line when it has been answered."""

    def __init__(self, app: ASGIApp, write: Callable[[str], None], keys: Iterable[str]) -> None:
        """Wrap `app`; `write` takes one line without its end, `keys` are the API keys that are known."""
        self._app = app
        self._write = write
        self._keys = frozenset(keys)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        at, begun, status = datetime.now(UTC), time.perf_counter(), "-"

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:  # also of a request that was not answered: its status is "-"
            spent = round((time.perf_counter() - begun) * 1000)
            method, target = scope["method"], self._target(scope)
            self._write(f"{at:%Y-%m-%dT%H:%M:%SZ} {method} {target} {status} {spent} ms")

    def _target(self, scope: Scope) -> str:
        said = (value.decode("latin-1") for name, value in scope["headers"] if name.lower() in _KEY_HEADERS)
        keys = self._keys.union(word for value in said for word in (value, *value.split()) if word)
        path = _hidden(scope["raw_path"].decode("latin-1"), "/", keys)
        query = _hidden(scope["query_string"].decode("latin-1"), "&", keys)
        whole = f"{path}?{query}" if query else path
        if any(key in _unquoted(whole) for key in keys):  # one with a mark in it that divides parts
            whole = HIDDEN
        plain = "".join(char if char.isascii() and char.isprintable() else f"%{ord(char):02X}" for char in whole)
        return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}..."


def _hidden(text: str, between: str, keys: Iterable[str]) -> str:
    """The text, with each of its parts hidden that holds a key."""
    return between.join(_part(part, keys) for part in text.split(between))


def _part(part: str, keys: Iterable[str]) -> str:
    plain = _unquoted(part)
    if any(key in plain for key in keys):
        return HIDDEN
    name, is_parameter, _ = part.partition("=")
    if is_parameter and any(word in _unquoted(name).casefold() for word in _KEY_WORDS):
        return f"{name}={HIDDEN}"
    return part


def _unquoted(text: str) -> str:
    """What the text stands for, however often it was percent-encoded."""
    for _ in range(_MOST_UNQUOTED):
        plain = unquote_plus(text)
        if plain == text:
            break
        text = plain
    return text
