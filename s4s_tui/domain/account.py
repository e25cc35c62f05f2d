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


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of the account behind the API key.

    Attributes:
        key: the key as it may be shown (masked), "" where there is none or it was not asked for yet.
        origin: where the key is from, in words.
        asked: whether it was looked for a key.
        balance: sats, None where not known.
        balance_at: when that was read (Unix seconds).
        deposits: the history, None before it came.
        loading: a request is under way.
        error: why the last one failed, "" where it did not.
    """

    key: str = ""
    origin: str = ""
    asked: bool = False
    balance: int | None = None
    balance_at: float | None = None
    deposits: Deposits | None = None
    loading: bool = False
    error: str = ""
