"""What happened to an order, in words that the journal keeps: pure, computed from two versions of the order."""

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
    """What changed between two versions of an order, oldest fact first; `old` None means it was just made."""
    lines: list[Happening] = []

    def note(what: str, detail: str | None = None) -> None:
        lines.append(Happening(now, source, what, detail or ""))

    if old is None:
        note("created")
        return tuple(lines)
    if old.paid_at is None and new.paid_at is not None:
        note("paid")
    if new.number != old.number:
        note("number", new.number)
    if new.code != old.code:
        note("code", new.code)
    if new.cancel is not old.cancel:
        note(f"cancel {new.cancel}" if new.cancel is not Cancel.NO else "cancel taken back")
    if new.accepted and not old.accepted:
        note("invoice accepted")
    if new.status is not old.status and new.status not in (Status.HELD, Status.NUMBER, Status.CODE):
        note(new.status.value, new.reason)
    if new.note is not None and new.note != old.note:
        note("refused", new.note)
    return tuple(lines)


class Outcome(StrEnum):
    """What became of an intent to order. The value is what the journal stores."""

    OPEN = "open"  # written before the request; still there after a crash: the outcome is unknown
    MADE = "made"
    REFUSED = "refused"  # the server said no, or was never reached: nothing was made
    UNKNOWN = "unknown"  # the answer was lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person chose to order, before anything is sent. `quoted` in sats, None where no price was known."""

    country: int
    country_name: str
    service: str
    service_name: str
    quoted: int | None


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
