"""What the account's screen says, computed from what is known of the account: pure, no Textual."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from s4s_tui.domain.account import Account, Deposit, Deposits
from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import Kind
from s4s_tui.domain.report import SUPPORT
from s4s_tui.domain.search import fold
from s4s_tui.ui.text import sats, shorten, time_of_day

ADVICE: Final = "Keep only what you will use soon: the balance is the operator's promise, not your wallet."
LEAST, MOST, USUAL = 1, 10_000_000, 10_000
"""Sats of the smallest and the largest funding, and what is offered first: a few codes."""
_NO_KEY: Final = (
    (
        "A key is for what is paid from a balance. You fund an account once with an invoice; then codes, messages and "
        "rentals are paid from it as you order, without a wallet at hand. The balance and the list of fundings stand "
        "here."
    ),
    (
        "Everything but paying from a balance works without a key: each order has an invoice of its own. The operator "
        "gives keys out on request."
    ),
)
_HASH_FROM: Final = 4
"""Letters from which a query is also taken for the beginning of a payment hash."""


class Sort(StrEnum):
    """How the history is sorted; the value is how it is told."""

    NEWEST = "newest first"
    OLDEST = "oldest first"
    LARGEST = "largest first"
    SMALLEST = "smallest first"

    @property
    def next(self) -> "Sort":
        """The one that the key for it leads to."""
        all_of_them = list(Sort)
        return all_of_them[(all_of_them.index(self) + 1) % len(all_of_them)]


def funding_draft(amount: int) -> Draft:
    """What is ordered to fund the account with so many sats."""
    return Draft(
        country=None,
        country_name="sms4sats",
        service="",
        service_name="Account",
        quoted=amount,
        kind=Kind.FUND,
    )


def head(account: Account, now: float) -> tuple[tuple[str, str, str], ...]:
    """The lines on top where there is a key: a name, what is known, and where or when that is from."""
    if account.balance is not None:
        at = "" if account.balance_at is None else f"read at {time_of_day(account.balance_at, now)}"
        balance = (sats(account.balance), at)
    else:
        balance = ("asking …" if account.loading else "not known", "")
    return ("Balance", *balance), ("Key", account.key, account.origin)


def without_key(account: Account, demo_key: str) -> tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Where there is no key: a title, what a key is for, and how to come by one."""
    if not account.asked:
        return "Looking for an API key …", (), ()
    if account.loading and account.error == "":
        return "Asking for the API key …", (), ()
    title = f"The API key cannot be had. {account.error}" if account.error else "There is no API key."
    ways = [("To get one", f"ask {SUPPORT}")]
    if demo_key:
        ways.append(("In the demo", demo_key))
    again = "; F5 looks for it again." if account.error else "."
    return title, _NO_KEY, (*ways, ("To enter one", f"press n{again}"))


def arrange(deposits: Deposits | None, sort: Sort, query: str) -> tuple[Deposit, ...]:
    """The lines of the history that fit the query, sorted; what has no date or amount comes last.

    Every word of the query must stand somewhere in date, amount, price or description; a query may also be the
    beginning of a payment hash.
    """
    words, begins = fold(query).split(), query.strip().lower()
    rows = [row for row in (deposits.rows if deposits is not None else ()) if _fits(row, words, begins)]
    by_amount = sort in (Sort.LARGEST, Sort.SMALLEST)

    def value(row: Deposit) -> float | None:
        return row.amount if by_amount else row.at

    known = [(at, row) for row in rows if (at := value(row)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=sort in (Sort.NEWEST, Sort.LARGEST))
    return (*(row for _, row in known), *(row for row in rows if value(row) is None))


def _fits(row: Deposit, words: Sequence[str], begins: str) -> bool:
    amount = "" if row.amount is None else f"{row.amount} {row.amount:,}"
    text = fold(f"{date(row.at)} {amount} {row.price} {row.description}")
    if all(word in text for word in words):
        return True
    return len(begins) >= _HASH_FROM and row.payment_hash.startswith(begins)


def date(at: float | None) -> str:
    """A moment as day and time of this machine, "" where there is none, or none that a calendar has."""
    if at is None:
        return ""
    try:
        return datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return ""


def cells(row: Deposit) -> tuple[str, ...]:
    """The cells: date, amount, price, description, payment hash."""
    amount = "not said" if row.amount is None else sats(row.amount)
    price = f"{int(row.price):,}" if row.price.isdecimal() and row.price.isascii() else row.price
    return date(row.at), amount, price, row.description, shorten(row.payment_hash, 6, 4)


def total(deposits: Deposits | None, shown: Sequence[Deposit], sort: Sort) -> str:
    """What the lines that are shown add up to, "" where there are none at all."""
    if deposits is None or not deposits.rows:
        return ""
    everything = len(shown) == len(deposits.rows)
    known = [row.amount for row in shown if row.amount is not None]
    least = "at least " if len(known) < len(shown) else ""
    many = f"{len(shown):,}" if everything else f"{len(shown):,} of {len(deposits.rows):,}"
    one = len(deposits.rows) == 1
    parts = [f"{least}{sats(sum(known))}", f"{many} {'payment' if one else 'payments'}", sort.value]
    if everything and deposits.total is not None and deposits.total != sum(known):
        parts.append(f"the server counts {sats(deposits.total)}")
    return " · ".join(parts)


def row_hint(row: Deposit, *, wide: bool) -> str:
    """What the cells of a line have no room for; whole where the window is `wide`."""
    return f"Hash {row.payment_hash if wide else shorten(row.payment_hash, 20, 12)}" if row.payment_hash else ""


def account_hint(account: Account, row: Deposit | None, query: str, *, wide: bool = True) -> str:
    """What there is to say below the history."""
    if account.error:
        came = account.deposits is not None or account.balance_at is None
        return f"{'' if came else 'The history did not come. '}{account.error} F5 asks again."
    if account.deposits is None:
        return "Asking for the history …" if account.loading else "The history was not read yet. F5 reads it."
    if not account.deposits.rows:
        return "Nothing was funded yet. f funds the account."
    if row is None:
        return f"No payment fits '{query.strip()}'. Esc clears the search."
    return row_hint(row, wide=wide)


def amount_of(text: str) -> int | None:
    """The sats that were typed, None where that is no amount that can be funded."""
    return int(text) if text.isascii() and text.isdigit() and LEAST <= int(text[:12]) <= MOST else None


def amount_words(text: str, balance: int | None) -> tuple[str, str]:
    """The typed amount as it is read with what it makes of the balance; and what is wrong with it, "" where nothing."""
    amount = amount_of(text)
    if amount is None:
        return "", f"A whole number of sats, from {LEAST:,} to {MOST:,}."
    if balance is None:
        return sats(amount), ""
    return f"{sats(amount)}: the balance rises from {balance:,} to {sats(balance + amount)}.", ""
