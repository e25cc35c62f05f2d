"""The request log: one line each, true about what was answered, and never an API key."""

import asyncio
import re
from typing import Any

import pytest

from s4s_tui.sandbox.requestlog import RequestLog

KEY = "s3cret-key/1"


async def _answered(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _broken(_scope: Any, _receive: Any, _send: Any) -> None:
    raise ConnectionResetError


def line(path: str, query: str = "", headers: dict[str, str] | None = None, app: Any = _answered) -> str:
    """What one request leaves in the log."""
    lines: list[str] = []
    said = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {
        "type": "http", "method": "GET", "raw_path": path.encode("latin-1"), "query_string": query.encode("latin-1"),
        "headers": said,
    }  # fmt: skip

    async def nothing(*_: object) -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def run() -> None:
        await RequestLog(app, lines.append, {KEY})(scope, nothing, nothing)  # type: ignore[arg-type]  # a bare scope

    try:
        asyncio.run(run())
    except ConnectionResetError:
        lines.append("reset")
    return "|".join(lines)


def test_a_line_says_when_what_and_how_it_went() -> None:
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ GET /price\?country=43 418 \d+ ms", line("/price", "country=43")
    )
    assert re.fullmatch(r"\S+ GET /price - \d+ ms\|reset", line("/price", app=_broken)), "not answered"


@pytest.mark.parametrize(
    ("path", "query", "headers", "target"),
    [
        ("/balance", f"x={KEY}", {}, "/balance?***"),
        ("/balance", "x=s3cret%2Dkey%2f1&y=2", {}, "/balance?***&y=2"),
        ("/balance", "x=s3cret%252Dkey%25252f1", {}, "/balance?***"),
        ("/a/s3cret-key%2F1/b", "", {}, "/a/***/b"),
        ("/balance", "X-API-Key=unknown&y=2", {}, "/balance?X-API-Key=***&y=2"),
        ("/balance", "token=unknown&api%5fkey=u", {}, "/balance?token=***&api%5fkey=***"),
        ("/balance", "x=other-one", {"X-API-Key": "other-one"}, "/balance?***"),
        ("/balance/other-one", "", {"Authorization": "Bearer other-one"}, "/balance/***"),
    ],
)
def test_no_key_is_written_however_it_came(path: str, query: str, headers: dict[str, str], target: str) -> None:
    assert f" GET {target} 418 " in line(path, query, headers)


def test_nothing_that_a_terminal_obeys_is_written_and_no_line_is_endless() -> None:
    assert " /a%1B%9B%0A%FFb 418 " in line("/a\x1b\x9b\n\xffb")
    assert len(line("/" + "a" * 5000)) < 600


def test_a_key_with_a_slash_is_found_over_the_parts_of_a_path() -> None:
    assert "s3cret" not in line(f"/a/{KEY}/b")
    assert "s3cret" not in line("/a", f"x=1&{KEY}")
