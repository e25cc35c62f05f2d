"""What can be chosen about a sandbox."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Style = Literal["docs", "live"]
"""How replies are typed: "docs" sends numbers as JSON numbers, "live" sends them as strings (both are seen)."""

MAX_ORDERS = 10_000
"""Orders that one sandbox keeps; the oldest ended one makes room for a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOptions:
    """The choices of one sandbox.

    Attributes:
        style: how replies are typed.
        speed: seconds of an order's life that pass in one real second; 1 is the real thing. The invoice's own
            expiry stays on the real clock: it is signed.
        pay_after: real seconds after which a new order is paid by itself; None waits for `Sandbox.pay`.
        state_file: where orders outlive the process; None keeps them in memory.
        seed: makes delays, numbers and codes repeatable; never the node key and the payment hashes.
        port: loopback port; 0 takes a free one.
        number_after: seconds of life from the payment to the number; None draws 5 to 25.
        code_after: seconds of life from the number to the code; None draws 30 to 120, `math.inf` is never.
        code: the code that every order receives; None draws six digits.
        max_orders: orders kept at most.

    Raises:
        ValueError: a value that makes no sense.
    """

    style: Style = "docs"
    speed: float = 1.0
    pay_after: float | None = None
    state_file: Path | None = None
    seed: int | None = None
    port: int = 0
    number_after: float | None = None
    code_after: float | None = None
    code: str | None = None
    max_orders: int = MAX_ORDERS

    def __post_init__(self) -> None:
        if not (math.isfinite(self.speed) and self.speed > 0):
            raise ValueError("The speed of the sandbox must be more than 0.")
        if any(delay is not None and not delay >= 0 for delay in (self.pay_after, self.number_after, self.code_after)):
            raise ValueError("A delay of the sandbox cannot be negative.")
        if self.max_orders < 1:
            raise ValueError("The sandbox must keep one order at least.")
