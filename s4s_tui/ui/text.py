"""How amounts, times and numbers are written: pure, no Textual."""

from datetime import datetime, timedelta

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def sats(amount: int | None) -> str:
    """An amount of sats with thousands separators and its unit; "price unknown" for None."""
    if amount is None:
        return "price unknown"
    return f"{amount:,} sat" if amount == 1 else f"{amount:,} sats"


def left(seconds: float) -> str:
    """A time left as m:ss, h:mm:ss above one hour; never negative."""
    whole = max(0, int(seconds + 0.999))
    hours, rest = divmod(whole, _HOUR)
    minutes, secs = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def calm_left(seconds: float) -> str:
    """A time left that changes once a minute until its last one: "24 h 0 min", "12 min", "0:42"."""
    if seconds < _MINUTE:
        return left(seconds)
    hours, minutes = divmod(int(seconds // _MINUTE), _HOUR // _MINUTE)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def time_left(seconds: float) -> str:
    """A coarse time left that changes once a minute at most, never more than there is: "<1 min", "6 min", "2 h"."""
    return "<1 min" if seconds < _MINUTE else ago(seconds)


def ago(seconds: float) -> str:
    """A coarse age that changes once a minute at most: "now", "6 min", "2 h", "3 d"."""
    if seconds < _MINUTE:
        return "now"
    if seconds < _HOUR:
        return f"{int(seconds // _MINUTE)} min"
    if seconds < _DAY:
        return f"{int(seconds // _HOUR)} h"
    return f"{int(seconds // _DAY)} d"


def time_of_day(at: float, now: float, *, with_seconds: bool = True) -> str:
    """A moment (Unix seconds) in local time: "10:42:03", "tomorrow 10:42", "24 Nov 10:42"."""
    moment, today = datetime.fromtimestamp(at).astimezone(), datetime.fromtimestamp(now).astimezone().date()
    days = (moment.date() - today) // timedelta(days=1)
    if days == 0:
        return moment.strftime("%H:%M:%S" if with_seconds else "%H:%M")
    near = {1: "tomorrow", -1: "yesterday"}.get(days)
    return f"{near or moment.strftime('%d %b')} {moment.strftime('%H:%M')}"


def plus(number: str) -> str:
    """A phone number as it is copied: +digits where it is digits, else as it came."""
    return f"+{number}" if number.isascii() and number.isdigit() else number


def phone(number: str, dial: str | None) -> str:
    """A phone number grouped for reading: "+49 151 123 45678"; as it came where it is not digits."""
    if not (number.isascii() and number.isdigit()):
        return number
    prefix = dial.lstrip("+") if dial and number.startswith(dial.lstrip("+")) else ""
    groups, rest = ([prefix] if prefix else []), number[len(prefix) :]
    while len(rest) > 5:
        groups.append(rest[:3])
        rest = rest[3:]
    return "+" + " ".join([*groups, rest] if rest else groups)


def shorten(text: str, head: int = 10, tail: int = 6) -> str:
    """The two ends of a long text with an ellipsis between."""
    return text if len(text) <= head + tail + 1 else f"{text[:head]}…{text[-tail:]}"
