"""Reading what a client sends; what makes no sense is refused with a reason (HTTP 400)."""

import json
import re
from typing import TYPE_CHECKING, Any

from s4s_tui.domain.catalogue import Country
from s4s_tui.sandbox.orders import Refusal
from s4s_tui.sandbox.stock import find_country, services
from s4s_tui.sandbox.webhooks import WEBHOOK_RULE, is_webhook

if TYPE_CHECKING:  # what is checked here is also checked of a scenario, without the extra
    from starlette.requests import Request

BODY_LIMIT = 16 * 1024
"""Bytes of the largest request body that is read."""
MESSAGE_LIMIT = 140
"""Characters of the longest message (API docs)."""

PHONE = r"\+[1-9][0-9]{6,14}"
"""A phone number (E.164), as a pattern; like the next one the same to Python and to a JSON schema."""
ADDRESS = r"[^@\x00-\x20\x7f-\xa0]+@[^@\x00-\x20\x7f-\xa0]+\.[^@\x00-\x20\x7f-\xa0]+"
"""An e-mail address, or a Lightning address, which looks the same."""
ADDRESS_LIMIT = 254
"""Characters of the longest address."""

Body = dict[str, Any]
"""A JSON object."""


async def json_object(request: "Request", *, empty: Body | None = None) -> Body:
    """The request's body, read no further than the limit; `empty` is what no body at all means, where it means any."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > BODY_LIMIT:
            raise Refusal("The request is too large.", http_status=413)
    if empty is not None and not raw:
        return empty
    try:
        body = json.loads(raw)
        json.dumps(body, ensure_ascii=False).encode()  # half of a surrogate pair could never be answered with
    except (ValueError, RecursionError) as error:
        raise Refusal("The request is not JSON.", http_status=400) from error
    if not isinstance(body, dict):
        raise _refusal("The request is not a JSON object.")
    return body


def query(request: "Request", name: str) -> str:
    """A parameter that must be there."""
    value = request.query_params.get(name)
    if not value:
        raise _refusal(f"{name} is missing.")
    return value


def needed(body: Body, *names: str) -> None:
    """Check that the values are there."""
    for name in names:
        if body.get(name) in (None, ""):
            raise _refusal(f"{name} is missing.")


def flag(body: Body, name: str) -> bool:
    """A choice that may be left out."""
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise _refusal(f"{name} must be true or false.")
    return bool(value)


def country(word: object) -> Country:
    """A country by number or name."""
    found = find_country(whole(word) if isinstance(word, float) else word)
    if found is None:
        raise _refusal("Unknown country.")
    return found


def service(word: object) -> str:
    """A service code."""
    if not isinstance(word, str) or word not in services():
        raise _refusal("Unknown service.")
    return word


def sats(body: Body, name: str) -> int:
    """An amount."""
    needed(body, name)
    value = whole(body[name])
    if value is None or value < 1:
        raise _refusal(f"{name} must be a whole number of sats, 1 or more.")
    return value


def whole(value: object) -> int | None:
    """A whole number, None where it is none. JSON knows one kind of numbers only: 3.0 is one."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def message(body: Body) -> str:
    """The text of a message."""
    needed(body, "message")
    text = body["message"]
    if not isinstance(text, str):
        raise _refusal("message must be a text.")
    if len(text) > MESSAGE_LIMIT:
        raise _refusal(f"The message has more than {MESSAGE_LIMIT} characters.")
    return text


def phone(body: Body) -> str:
    """A recipient's number (E.164)."""
    needed(body, "phone")
    text = body["phone"]
    if not isinstance(text, str) or not re.fullmatch(PHONE, text):
        raise _refusal("phone must be a number with + and country prefix (E.164).")
    return text


def address(body: Body, name: str) -> str:
    """An e-mail address, or a Lightning address, which looks the same."""
    needed(body, name)
    text = body[name]
    if not isinstance(text, str) or len(text) > ADDRESS_LIMIT or not re.fullmatch(ADDRESS, text):
        raise _refusal(f"{name} is not an address.")
    return text


def webhook(body: Body) -> str:
    """Where the changes are posted, "" for nowhere."""
    url = body.get("webhookUrl")
    if url in (None, ""):
        return ""
    if not isinstance(url, str) or not is_webhook(url):
        raise _refusal(f"webhookUrl must be {WEBHOOK_RULE}.")
    return url


def _refusal(reason: str) -> Refusal:
    return Refusal(reason, http_status=400)
