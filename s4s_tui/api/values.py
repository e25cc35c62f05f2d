"""Single values of a loose reply: numbers come as text, text as numbers, nothing as null, "" or absent.

The argument is always what `decode.read_json` gives: None, bool, int, Decimal, str, list or dict. Nothing here raises.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from s4s_tui.domain.secret import Secret
from s4s_tui.domain.text import clean, clean_lines

ALL_SATS = 21_000_000 * 100_000_000
"""More sats than will ever exist: a greater price is nonsense."""
_LONGEST_WHOLE = 40
_AMOUNT = re.compile(r"\+?(?:[0-9]{1,20}|[0-9]{1,3}(?:,[0-9]{3}){1,6})(?:\.[0-9]{1,40})?")
_HASH = re.compile(r"[0-9a-f]{64}")
_LATEST = 4_102_444_800_000  # 2100 in ms: a later moment is nonsense, and no calendar need bear it
_WHOLE = re.compile(r"[0-9]{1,9}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]*")
_NO_ERROR = frozenset({"", "null", "none", "false"})
_WORDS = ("reason", "error", "message", "msg", "description")
_DEPTH = 3
_DEEPEST = 12
"""Levels of an answer that are looked through for a secret; the documented ones have four."""
_SHORTEST_SECRET = 8
"""Characters; a shorter text stands by chance in others, in amounts above all."""


def plain(value: object, *, separator: str = ", ", depth: int = _DEPTH) -> str:
    """Any JSON value as text for people, not yet cleaned; null and empty containers are "".

    A number with a fraction of zero is written whole (48010.0 → "48010"); what lies deeper than `depth` is "…".
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            whole = value == value.to_integral_value() and value.adjusted() < _LONGEST_WHOLE
            return str(int(value)) if whole else str(value)
        case list() | dict() if value and depth == 0:
            return "…"
        case list():
            parts = [plain(item, depth=depth - 1) for item in value]
        case dict():
            parts = [f"{key}: {plain(item, depth=depth - 1)}" for key, item in value.items() if item is not None]
        case _:
            return str(value)
    return separator.join(part for part in parts if part)


def text(value: object, limit: int = 200) -> str | None:
    """One line of text out of a string or a number, cleaned of HTML too; None for everything else and for nothing.

    API docs: a name may be `Any other <small>call forwarding</small>`.
    """
    return clean(plain(value), limit) or None if _is_scalar(value) else None


def code(value: object) -> str | None:
    """A received code as it came, digits untouched (API docs: code is text, possibly a whole message).

    null, "" and absent mean not yet. Several codes in an array stand on a line each: none is ever lost.
    """
    if isinstance(value, bool):
        return None
    return clean_lines(plain(value, separator="\n"), 2000) or None


def number(value: object) -> str | None:
    """A phone number as digits without + and separators; other text cleaned; null, "", 0 and negatives are None."""
    words = text(value)
    if words is None or (isinstance(value, int | Decimal) and value <= 0):
        return None
    digits = re.sub(r"[^0-9]", "", words) if _PHONE.fullmatch(words) else words
    return digits if digits.strip("0") else None


def flag(value: object, *, absent: bool) -> bool:
    """A truth value: true, "true", 1 and "1" (and other numbers than 0) are true; null and absent are `absent`."""
    match value:
        case None:
            return absent
        case int() | Decimal():
            return value != 0
        case _:
            return plain(value).strip().lower() in {"1", "1.0", "true"}


def puzzling(value: object) -> bool:
    """Whether a truth value is wrapped in a list or an object out of which neither true nor false can be read."""
    said = plain(value).strip().lower()
    return isinstance(value, list | dict) and said not in {"", "0", "0.0", "false", "1", "1.0", "true"}


def amount(value: object) -> int | None:
    """A whole count or price, a fraction rounded up (1500, "1500", 1500.0, "1,500"); None for nonsense."""
    return _whole(value, ROUND_CEILING)


def holding(value: object) -> int | None:
    """Whole sats that somebody has, a fraction left out; None for nonsense and for less than nothing."""
    return _whole(value, ROUND_FLOOR)


def weeks(value: object, most: int) -> int | None:
    """A duration of 1 to `most` whole weeks (API docs: "2"); None for everything else, other units among it."""
    whole = country_number(value)
    return whole if whole is not None and 1 <= whole <= most else None


def moment(value: object) -> float | None:
    """Unix seconds out of milliseconds (API docs: `createdAt`); None for 0 and for nonsense."""
    ms = _whole(value, ROUND_FLOOR)
    return ms / 1000 if ms is not None and 0 < ms < _LATEST else None


def payment_hash(value: object) -> str:
    """64 lower-case hex digits; "" for everything else."""
    words = value.strip().lower() if isinstance(value, str) else ""
    return words if _HASH.fullmatch(words) else ""


def hidden(value: object, secrets: Iterable[Secret]) -> object:
    """The same JSON value with `***` for each secret wherever a text holds it; levels beyond the 12th are null."""
    told = [secret for secret in secrets if len(secret.reveal()) >= _SHORTEST_SECRET]
    told.sort(key=lambda secret: len(secret.reveal()), reverse=True)  # one may begin as another does
    return _hidden(value, told, _DEEPEST) if told else value


def _hidden(value: object, secrets: Sequence[Secret], depth: int) -> object:
    match value:
        case str():
            for secret in secrets:
                value = value.replace(secret.reveal(), str(secret))
            return value
        case int() | Decimal() if any(plain(value) == secret.reveal() for secret in secrets):
            return str(secrets[0])
        case list() | dict() if depth == 0:
            return None
        case list():
            return [_hidden(item, secrets, depth - 1) for item in value]
        case dict():
            return {_hidden(name, secrets, 0): _hidden(item, secrets, depth - 1) for name, item in value.items()}
        case _:
            return value


def _whole(value: object, rounding: str) -> int | None:
    if isinstance(value, str):
        words = value.strip()
        exact = Decimal(words.replace(",", "")) if _AMOUNT.fullmatch(words) else None
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        exact = Decimal(value)
    else:
        return None
    if exact is None or not 0 <= exact <= ALL_SATS:
        return None
    return int(exact.to_integral_value(rounding))


def country_number(value: object) -> int | None:
    """A country's number, 0 (Russia) included; None for what is not a whole number."""
    words = plain(value).strip() if _is_scalar(value) else ""
    return int(words) if _WHOLE.fullmatch(words) else None


def error(value: object) -> str | None:
    """What an `error` or `reason` field says, as one cleaned sentence; None where it says that there is none.

    API docs show a string. An object, array, number or true is made readable; null, false, "", 0, [] and {} are none.
    """
    if not value or (isinstance(value, str) and value.strip().lower() in _NO_ERROR):
        return None
    if isinstance(value, dict):
        value = next((value[key] for key in _WORDS if isinstance(value.get(key), str) and value[key]), value)
    words = "" if value is True else clean(plain(value))
    if isinstance(value, int | Decimal) and words:
        words = f"The server reported error {words}."
    return words or "The server reported an error without saying which."


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | Decimal) and not isinstance(value, bool)
