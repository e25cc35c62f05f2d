"""What happened to an order, in words that the journal keeps: pure, computed from two versions of the order."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from s4s_tui.domain.order import Cancel, Order, Status


class Source(StrEnum):
    """Who made it happen."""

    USER = "user"
    SERVER = "server"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of an order's history.

    Attributes:
        at: wall-clock seconds of this machine.
        source: who made it happen.
        what: a short name of the fact ("paid", "number", "code", "returned", …).
        detail: the server's words or the value, "" where there is none.
    """

    at: float
    source: Source
    what: str
    detail: str = ""


def happenings(old: Order | None, new: Order, source: Source, now: float) -> tuple[Happening, ...]:
    """What changed between two versions of an order, oldest fact first; `old` None means it was just made or found."""
    if old is None:
        return (Happening(now, source, "found" if new.found else "created"),)
    facts = (*_of_the_server(old, new), *_of_the_wish(old, new), *_of_the_state(old, new))
    return tuple(Happening(now, source, what, detail or "") for what, detail in facts)


_Fact = tuple[str, str | None]


def _of_the_server(old: Order, new: Order) -> Iterator[_Fact]:
    """What was seen for the first time, and what surprised."""
    if old.paid_at is None and new.paid_at is not None:
        yield ("paid after the end" if old.ended else "paid"), None
    if new.number != old.number:
        yield "number", new.number
        if old.number is not None:
            yield "another number before", old.number
    if new.code != old.code:
        yield "code", new.code
        if old.code is not None:
            yield "another code before", old.code
        elif old.ended:
            yield "code after the end", old.status.value
    if new.odd is not None and new.odd != old.odd:
        yield "odd", new.odd
    if new.gone != old.gone:
        yield ("not known to the server" if new.gone else "known to the server again"), None
    if new.skew != old.skew and new.skew is not None and (new.skew or old.skew):
        yield "clock", f"the server's clock is {new.skew:+.0f} s from this machine's"


def _of_the_wish(old: Order, new: Order) -> Iterator[_Fact]:
    """What the person wants, and how far that has come."""
    if new.cancel is Cancel.NO and old.cancel is not Cancel.NO:
        yield ("cancel not carried out" if old.cancel is Cancel.SENT else "cancel taken back"), None
    elif new.cancel is not old.cancel:
        yield f"cancel {new.cancel}", None
    if new.accepted and not old.accepted:
        yield "invoice accepted", None
    if new.removed != old.removed:
        yield ("taken off the list" if new.removed else "back on the list"), None


def _of_the_state(old: Order, new: Order) -> Iterator[_Fact]:
    """The state, where no fact above says it already, and what the server refused."""
    if new.status is not old.status and new.status not in (Status.HELD, Status.NUMBER, Status.CODE):
        yield new.status.value, new.reason
    elif new.reason is not None and new.reason != old.reason:
        yield "reason", new.reason
    if new.note is not None and new.note != old.note:
        yield "refused", new.note


class Outcome(StrEnum):
    """What became of an intent to order. The value is what the journal stores."""

    OPEN = "open"  # written before the request; still there after a crash: the outcome is unknown
    MADE = "made"
    REFUSED = "refused"  # the server said no, or was never reached: nothing was made
    UNKNOWN = "unknown"  # the answer was lost
    SEEN = "seen"  # it was lost, and the person took the note of it off the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person chose to order, before anything is sent.

    Attributes:
        quoted: sats of the price that was shown, None where no price was known.
        prepaid: to be paid from the balance of the API key, so that money moves with the request itself.
    """

    country: int
    country_name: str
    service: str
    service_name: str
    quoted: int | None
    prepaid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """The note that the journal takes before a createorder request is sent.

    Attributes:
        intent_id: random, of this machine; the server never sees it.
        draft: what was ordered.
        created_at: wall-clock seconds.
        outcome: what became of it.
        detail: the error's sentence, or the order id once made.
    """

    intent_id: str
    draft: Draft
    created_at: float
    outcome: Outcome = Outcome.OPEN
    detail: str = ""
