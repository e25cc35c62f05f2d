"""Faults that a sandbox can be told to have: which request they hit, how often, and what happens then. Pure values.

A fault hits requests of one endpoint or of all of them, each with a probability, or the next ones up to a count.
`when` says whether the request is carried out first: an order whose answer is lost exists all the same.
"""

from dataclasses import dataclass
from enum import StrEnum
from random import Random
from threading import Lock
from typing import Literal

from s4s_tui.sandbox.earlier import Earlier
from s4s_tui.sandbox.spoiling import Spoiling

When = Literal["before", "after"]
"""Whether the request is hit before it is carried out, and so never is, or after."""
BodyStyle = Literal["json", "text", "html", "empty"]
"""How the answer to a request that failed is written."""
EVERYWHERE = "*"
"""The endpoint of a fault that hits all of them."""
MOST_FAULTS = 100
"""Faults that a sandbox has at the same time at the most."""
LONGEST = 600.0
"""Seconds that a request is kept waiting at the most."""


class FaultKind(StrEnum):
    """What happens to a request. The value is how it is named in files and requests."""

    SLOW = "slow"  # the answer comes late
    TIMEOUT = "time-out"  # no answer comes
    RESET = "reset"  # the connection is torn down (TCP RST)
    STATUS = "status"  # an answer with an HTTP status of failure
    REDIRECT = "redirect"  # elsewhere (HTTP 307)
    GZIP = "gzip-bomb"  # a megabyte that unpacks to a thousand
    BIG = "big-body"  # 50 MB
    DRIP = "endless-drip"  # a byte now and then
    CUT = "cut-off"  # half of the JSON, as if it were the whole
    BROKEN = "broken-off"  # half of the answer, then the connection is closed
    TYPES = "wrong-types"  # every value of the JSON is of another type
    SHAPE = "wrong-shape"  # a list for an object, an object for a list
    ENCODING = "wrong-encoding"  # not UTF-8
    REPEATED = "repeated"  # of an order's states the one before the last is told again
    REORDERED = "reordered"  # of an order's states the first is told last
    INVOICE = "invoice"  # the invoice is not the one it should be


CARRIED_OUT = frozenset(
    {
        FaultKind.CUT,
        FaultKind.BROKEN,
        FaultKind.TYPES,
        FaultKind.SHAPE,
        FaultKind.ENCODING,
        FaultKind.REPEATED,
        FaultKind.REORDERED,
        FaultKind.INVOICE,
    }
)
"""The kinds that change the real answer: the request is carried out in any case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One rule.

    Attributes:
        kind: what happens.
        endpoint: the path of the requests that it hits, "*" for all.
        when: whether they are hit before they are carried out; always "after" for the kinds of `CARRIED_OUT`.
        rate: how probable it is for each request, above 0 up to 1.
        count: how many requests it hits at the most, None for any number.
        seconds: how late the answer comes ("slow"), how long nothing comes ("time-out"), between two bytes ("drip").
        status: HTTP status of failure, 400 to 599 ("status").
        body: how that answer is written.
        retry_after: seconds that its `Retry-After` asks for (statuses 429 and 503).
        to: where to ("redirect").
        invoice: what is wrong with the invoice ("invoice").

    Raises:
        ValueError: a value that makes no sense; the message is a sentence.
    """

    kind: FaultKind
    endpoint: str = EVERYWHERE
    when: When = "before"
    rate: float = 1.0
    count: int | None = None
    seconds: float = 30.0
    status: int = 500
    body: BodyStyle = "json"
    retry_after: int = 5
    to: str = "https://elsewhere.invalid/"
    invoice: Spoiling = Spoiling.EXPIRED

    def __post_init__(self) -> None:
        if not (self.endpoint == EVERYWHERE or self.endpoint.startswith("/")):
            raise ValueError('The endpoint of a fault is a path such as "/orderstatus", or "*" for all.')
        if not 0 < self.rate <= 1:
            raise ValueError("The rate of a fault is above 0 and at most 1.")
        if self.count is not None and self.count < 1:
            raise ValueError("The count of a fault is 1 or more.")
        if not 0 <= self.seconds <= LONGEST:
            raise ValueError(f"The seconds of a fault are 0 to {LONGEST:g}.")
        if not 400 <= self.status <= 599:
            raise ValueError("The status of a fault is 400 to 599.")
        if not 0 <= self.retry_after <= 86400:
            raise ValueError("The retry_after of a fault is 0 to 86400 seconds.")
        if not (self.to.isascii() and self.to.isprintable() and 0 < len(self.to) <= 2000):
            raise ValueError("Where a redirect leads is a printable address.")

    @property
    def carried_out(self) -> bool:
        """Whether the request is carried out before the fault hits."""
        return self.when == "after" or self.kind in CARRIED_OUT

    def hits(self, path: str) -> bool:
        """Whether requests of this path are its matter."""
        return self.endpoint in (EVERYWHERE, path)


@dataclass(frozen=True, slots=True)
class Injected:
    """A fault that is in force: its number, the rule, how many requests it has hit."""

    number: int
    fault: Fault
    hit: int = 0

    @property
    def spent(self) -> bool:
        """Whether it has hit all the requests that it was to hit."""
        return self.fault.count is not None and self.hit >= self.fault.count


class TooManyFaults(Exception):
    """A sandbox has no room for another fault; the message is a sentence."""


class FaultBox:
    """The faults of one sandbox, and the decision for each request. Safe to use from several threads.

    Attributes:
        earlier: what was told of each order, for the faults that tell it again; for the server's thread.
    """

    def __init__(self, *, seed: int | None = None) -> None:
        """Args: `seed` makes the decisions repeatable, as far as the requests are the same ones in the same order."""
        self._rng = Random(seed)  # noqa: S311 -- decides about faults, not about secrets
        self.earlier = Earlier()
        self._lock = Lock()
        self._injected: dict[int, Injected] = {}
        self._last = 0

    def add(self, fault: Fault) -> int:
        """Put a fault into force; its number.

        Raises:
            TooManyFaults: there are `MOST_FAULTS` already.
        """
        with self._lock:
            if len(self._injected) >= MOST_FAULTS:
                raise TooManyFaults(f"There are {MOST_FAULTS} faults already.")
            self._last += 1
            self._injected[self._last] = Injected(self._last, fault)
            return self._last

    def remove(self, number: int) -> bool:
        """Take a fault out of force; whether it was in force."""
        with self._lock:
            return self._injected.pop(number, None) is not None

    def clear(self) -> None:
        """Take all faults out of force."""
        with self._lock:
            self._injected.clear()

    def injected(self) -> tuple[Injected, ...]:
        """The faults in force, oldest first."""
        with self._lock:
            return tuple(self._injected.values())

    def decide(self, path: str) -> Fault | None:
        """What happens to a request of this path: the oldest fault that hits it; one that is spent is forgotten."""
        with self._lock:
            for number, injected in self._injected.items():
                fault = injected.fault
                if fault.hits(path) and (fault.rate == 1 or self._rng.random() < fault.rate):
                    now = Injected(number, fault, injected.hit + 1)
                    if now.spent:
                        del self._injected[number]
                    else:
                        self._injected[number] = now
                    return fault
        return None
