"""What can be chosen about a sandbox."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from s4s_tui.sandbox.scenario import NOTHING_SCRIPTED, Scenario

Style = Literal["docs", "live"]
"""How replies are typed: "docs" sends numbers as JSON numbers, "live" sends them as strings (both are seen)."""

Network = Literal["bcrt", "bc"]
"""Invoice network: "bcrt" is regtest, which no wallet can pay by accident; "bc" looks like real money's."""

MAX_ORDERS = 10_000
"""Orders that one sandbox keeps; the oldest ended one makes room for a new one."""

CONTROL = "/_sandbox"
"""Where the control API begins; no endpoint of the service does so, and no fault hits it."""

DEMO_KEY = "demo-key-0000"
"""An API key that every sandbox knows unless it is told otherwise; no real server does."""
DEMO_BALANCE = 50_000
"""Sats on its account at the start."""


def _demo_keys() -> dict[str, float]:
    return {DEMO_KEY: DEMO_BALANCE}


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOptions:
    """The choices of one sandbox.

    Attributes:
        style: how replies are typed.
        speed: seconds of an order's life that pass in one real second; 1 is the real thing. The invoice's own
            expiry stays on the real clock: it is signed.
        pay_after: real seconds after which a new order is paid by itself; None waits for `Sandbox.pay`.
        state_file: where orders outlive the process; None keeps them in memory.
        seed: makes delays, numbers and codes repeatable; not the node key and the payment hashes.
        open_secrets: the seed makes those repeatable, too: for a server that nobody pays.
        network: the invoices' network.
        control: the control API is served under `/_sandbox/`.
        scenario: what happens to which order, and what is in stock at what price.
        port: loopback port; 0 takes a free one.
        number_after: seconds of life from the payment to the number; None draws 5 to 25.
        code_after: seconds of life from the number to the code, and between the messages of a rental; None draws 30
            to 120, `math.inf` is never.
        code: the code that every order receives, and a rental first; None draws six digits.
        max_orders: orders kept at most.
        keys: the API keys that are known, each with the sats on its account at the start.
        email: whether e-mails are still offered; else `/createemailsendorder` is not found (404).
        sent_after: seconds of life from the payment of a message to "sent" or "failed"; None draws 2 to 8, and
            leaves "sent" out at times.
        delivered_after: seconds of life from there to "delivered"; None draws 3 to 20, `math.inf` is never.

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
    keys: Mapping[str, float] = field(default_factory=_demo_keys, repr=False)
    email: bool = True
    sent_after: float | None = None
    delivered_after: float | None = None
    open_secrets: bool = False
    network: Network = "bcrt"
    control: bool = False
    scenario: Scenario = NOTHING_SCRIPTED

    def __post_init__(self) -> None:
        if not (math.isfinite(self.speed) and self.speed > 0):
            raise ValueError("The speed of the sandbox must be more than 0.")
        delays = (self.pay_after, self.number_after, self.code_after, self.sent_after, self.delivered_after)
        if any(delay is not None and not delay >= 0 for delay in delays):
            raise ValueError("A delay of the sandbox cannot be negative.")
        if self.open_secrets and self.seed is None:
            raise ValueError("The sandbox needs a seed for secrets that repeat.")
        if self.max_orders < 1:
            raise ValueError("The sandbox must keep one order at least.")
        if not all(key and math.isfinite(sats) and sats >= 0 for key, sats in self.keys.items()):
            raise ValueError("A key of the sandbox needs a text and a balance of 0 or more.")
