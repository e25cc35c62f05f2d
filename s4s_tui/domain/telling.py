"""What the journal's lines say, as sentences for people: pure. The history's screen and the file for support use it."""

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from s4s_tui.domain.history import Happening, Source
from s4s_tui.domain.text import clean

SURPRISES: Final = frozenset({
    "paid after the end", "another number before", "code after the end", "odd", "not known to the server", "unknown",
    "refused", "cancel not carried out", "clock", "clock was set", "written again to a new journal",
})  # fmt: skip
"""What is marked in a history, because nobody expects it of an order."""
SECRET: Final = frozenset({"number", "another number before", "code", "another code before"})
"""The lines whose detail is a number or a code."""
_MOST: Final = 500
"""Characters of a detail that are told; a whole message fits."""
_WHOLE: Final = 20_000
"""Characters in which a secret is looked for before the rest is cut off, so that none is cut in two."""
_OURS: Final = (
    "The server ", "The server's ", "The connection ", "What answered ", "No connection ", "No secure connection ",
    "The proxy ", "The address of ",
)  # fmt: skip
"""How the sentences begin that this program says itself of an answer that it did not have or could not read."""
_SECONDS: Final = re.compile(r"([+-][0-9]+) s")

_SENTENCES: Final = MappingProxyType({
    "created": "Order made, its invoice came",
    "found": "Found by its id or invoice, followed from here on",
    "paid": "Paid: the payment is held",
    "paid after the end": "Paid, after the order had ended",
    "not known to the server": "The server said that it does not know this order",
    "known to the server again": "The server knows this order again",
    "cancel given-up": "Given up: no longer wanted",
    "cancel armed": "Cancellation wanted: it is sent 2 minutes after the payment",
    "cancel sent": "Cancellation sent",
    "cancel accepted": "The server accepted the cancellation; its word on the order is awaited",
    "cancel taken back": "Taken back: the order goes on",
    "cancel not carried out": "The server did not carry the cancellation out: the order goes on",
    "invoice accepted": "Accepted what the checks of the invoice asked",
    "taken off the list": "Taken off the list",
    "back on the list": "Back on the list",
    "cancelled": "Cancelled",
    "expired": "The invoice ran out unpaid",
    "returned": "Returned",
    "sent": "The message was sent",
    "delivered": "The message has arrived",
    "failed": "The message failed, the server says",
    "unknown": "Unknown: the server has not said how it ended",
    "written again to a new journal": "Written again to a new journal, for the old one was damaged",
})  # fmt: skip
"""Facts that are told by their name alone; the server's words stand behind them."""
_OF_THE_SERVER: Final = MappingProxyType({
    "cancel taken back": "The cancellation no longer stands: the order goes on",
    "cancel given-up": "Not ended by the server yet: it stays given up",
})  # fmt: skip
"""What is told otherwise where the server made it happen."""
_WITH_DETAIL: Final = MappingProxyType({
    "number": "Number: {}",
    "another number before": "The number before was another one: {}",
    "code": "Code: {}",
    "another code before": "The code before it: {}",
    "code after the end": "The code came after the order had ended ({})",
    "odd": "Unusual: {}",
})  # fmt: skip


def who(source: Source, *, you: str = "you") -> str:
    """Who made it happen, in a word."""
    return you if source is Source.USER else source.value


def sentence(line: Happening, shown: Callable[[str], str] = str) -> str:
    """One line of a history as a sentence, on one line and without hidden characters.

    Args:
        line: what happened; a name that is not known here is told as it is.
        shown: what is shown of a detail, for a file that is to hold no number and no code.
    """
    what, detail = line.what, clean(shown(clean(shown(line.detail), _WHOLE)), _MOST)
    if what in _WITH_DETAIL:
        return _WITH_DETAIL[what].format(detail)
    if what in ("clock", "clock was set") and (found := _SECONDS.search(line.detail)) is not None:
        seconds = float(found[1])
        return skew_words(seconds) if what == "clock" else _set_words(seconds)
    if what in ("refused", "reason"):
        return said(detail)
    told = _SENTENCES.get(what, clean(what, 60))
    if line.source is Source.SERVER:
        told = _OF_THE_SERVER.get(what, told)
    if not detail:
        return told
    return f"{told}. {said(detail)}" if what in _SENTENCES else f"{told}: {detail}"


def said(text: str) -> str:
    """The server's words as such; a sentence of ours about its answer stays as it is."""
    return text if is_ours(text) else f"The server said: {text}"


def is_ours(text: str) -> bool:
    """Whether this is a sentence of this program about an answer, and not the server's words."""
    return text.startswith(_OURS)


def skew_words(seconds: float) -> str:
    """How this machine's clock differs from the server's, which is `seconds` ahead of it."""
    if seconds == 0:
        return "This machine's clock and the server's agree."
    way = "behind the server's" if seconds > 0 else "ahead of the server's"
    return f"This machine's clock is {span(abs(seconds))} {way}."


def span(seconds: float) -> str:
    """A length of time in its two largest units at most: "45 s", "2 h", "1 h 30 min", "3 d"."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    days, rest = divmod(minutes, 24 * 60)
    hours, mins = divmod(rest, 60)
    parts = [f"{count} {unit}" for count, unit in ((days, "d"), (hours, "h"), (mins, "min")) if count]
    return " ".join(parts[:2])


def _set_words(seconds: float) -> str:
    return f"This machine's clock was set {'ahead' if seconds > 0 else 'back'} by {span(abs(seconds))}"
