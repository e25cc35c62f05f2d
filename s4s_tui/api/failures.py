"""Which answers are failures, and which error each becomes."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from s4s_tui.api import decode, values
from s4s_tui.api.wire import Answer, Call
from s4s_tui.domain.errors import Refused, Rubbish

LONGEST_WAIT = 15 * 60.0
"""Seconds that a `Retry-After` is honoured for at most."""
KEY_REFUSED = "The server did not accept the API key."
_NO_REASON = frozenset({"", "unauthorized", "forbidden", decode.WORDLESS.rstrip(".").lower()})
_SECONDS = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def body_of(call: Call, answer: Answer, *, error_refuses: bool = True) -> object:
    """The JSON of an answer that is a success.

    Raises:
        Refused: the server gave a reason, with any HTTP status; or an HTTP status of 4xx. An API key that the
            server repeats is not repeated here, be it that of an earlier request.
        Rubbish: a redirect (also to a request that makes something: it was not carried out), a failing server
            without a reason, or nothing readable, to a request that makes nothing.
        OutcomeUnknown: the latter two to a request that makes something.
    """
    status, wait = answer.status, retry_after(answer.headers)
    if 300 <= status < 400:
        raise Rubbish(f"The server sent us elsewhere ({_named(status)}), where we do not go.", retry_after=wait)
    trouble = answer.trouble
    body: object = None
    if not trouble:
        try:
            body = values.hidden(decode.read_json(answer.body), answer.keys)
        except decode.Unreadable as error:
            trouble = str(error)
    reason = decode.refusal(body, status, error_refuses=error_refuses)
    # A gateway's bare `error` says nothing about what became of the request behind it.
    vague = status >= 500 and call.makes and not decode.documented_refusal(body)
    if reason is not None and not vague:
        raise Refused(_why(call, status, reason), http_status=status, retry_after=wait)
    if 400 <= status < 500:
        raise Refused(_why(call, status, ""), http_status=status, retry_after=wait)
    if status >= 500:
        raise call.lost(Rubbish(f"The server is in trouble ({_named(status)}).", retry_after=wait))
    if trouble:
        raise call.lost(Rubbish(trouble))
    return body


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait that `Retry-After` asks for, as seconds or an HTTP date; between 0 and LONGEST_WAIT."""
    asked = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(asked):
        seconds = float(asked)
    else:
        try:
            date = parsedate_to_datetime(asked)
        except ValueError:
            return None
        seconds = (date.replace(tzinfo=date.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _why(call: Call, status: int, reason: str) -> str:
    """The server's reason, or a sentence where it gave none; a bare "Forbidden" is none."""
    if call.key is not None and status in (401, 403) and reason.rstrip(".!").lower() in _NO_REASON:
        return KEY_REFUSED
    return reason or f"The server answered {_named(status)}."


def _named(status: int) -> str:
    """The status code with its standard name; the server's own words for it are not shown."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
