"""The prepaid account behind an API key, and what can be rented: values as the server tells them."""

from dataclasses import dataclass

from s4s_tui.domain.secret import Secret


@dataclass(frozen=True, slots=True)
class Deposit:
    """One line of the account's history (API docs: `/history` lists fundings only).

    Attributes:
        amount: sats, None where the server did not say.
        price: what it cost in sats or another unit, as the server wrote it (cleaned), "" where it did not.
        at: when it was made (Unix seconds), None where the server did not say.
        description: the server's words (cleaned).
        payment_hash: 64 hex digits, "" where it did not say.
        preimage: the proof of the payment; never shown, kept or exported unless asked for.
    """

    amount: int | None
    price: str
    at: float | None
    description: str
    payment_hash: str
    preimage: Secret | None = None


@dataclass(frozen=True, slots=True)
class Deposits:
    """The account's history: its lines, newest first, and the total in sats as the server counts it."""

    rows: tuple[Deposit, ...]
    total: int | None = None


@dataclass(frozen=True, slots=True)
class RentalOffer:
    """A number that can be rented: country number and name (cleaned), for how many weeks, at how many sats."""

    cc: int
    country: str
    weeks: int | None
    price: int | None
