"""What the account's screen, a funding and an order paid from the balance say: pure words."""

from dataclasses import replace

import pytest

from s4s_tui.domain.account import Account, Deposit, Deposits
from s4s_tui.ui.account_view import (
    MOST,
    Sort,
    account_hint,
    amount_of,
    amount_words,
    arrange,
    cells,
    date,
    head,
    total,
    without_key,
)
from tests.services.fakes import START

DAY = 86400
OLD = Deposit(10_000, "10000", START - 2 * DAY, "sms4sats fund", "aa" * 32)
NEW = Deposit(2_500, "2500", START, "Second [fund]", "bb" * 32)
BARE = Deposit(None, "", None, "", "")
HISTORY = Deposits((NEW, OLD, BARE), 12_500)


@pytest.mark.parametrize(
    ("sort", "rows"),
    [
        (Sort.NEWEST, (NEW, OLD, BARE)),
        (Sort.OLDEST, (OLD, NEW, BARE)),
        (Sort.LARGEST, (OLD, NEW, BARE)),
        (Sort.SMALLEST, (NEW, OLD, BARE)),
    ],
)
def test_rows_are_sorted_and_what_is_not_known_comes_last(sort: Sort, rows: tuple[Deposit, ...]) -> None:
    assert arrange(HISTORY, sort, "") == rows
    assert arrange(None, sort, "") == ()


def test_the_key_for_sorting_leads_through_all_ways() -> None:
    seen = [Sort.NEWEST]
    while seen[-1].next is not Sort.NEWEST:
        seen.append(seen[-1].next)
    assert seen == list(Sort)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("fund", (NEW, OLD)),
        ("FUND second", (NEW,)),
        ("10,000", (OLD,)),
        ("10000", (OLD,)),
        ("2023-11-14", (NEW,)),
        ("bbbb", (NEW,)),
        ("bbb", ()),
        ("no such thing", ()),
    ],
)
def test_rows_are_found_by_date_amount_description_and_the_beginning_of_the_hash(
    query: str, rows: tuple[Deposit, ...]
) -> None:
    assert arrange(HISTORY, Sort.NEWEST, query) == rows


def test_the_total_adds_up_what_is_shown_and_says_where_the_server_counts_otherwise() -> None:
    known = Deposits((NEW, OLD), 12_500)
    assert total(known, known.rows, Sort.NEWEST) == "12,500 sats · 2 payments · newest first"
    assert total(known, (OLD,), Sort.LARGEST) == "10,000 sats · 1 of 2 payments · largest first"
    assert total(replace(known, total=9), known.rows, Sort.NEWEST).endswith(" · the server counts 9 sats")
    assert total(HISTORY, HISTORY.rows, Sort.NEWEST).startswith("at least 12,500 sats · 3 payments")
    assert total(Deposits((OLD,)), (OLD,), Sort.NEWEST) == "10,000 sats · 1 payment · newest first"
    assert total(Deposits(()), (), Sort.NEWEST) == total(None, (), Sort.NEWEST) == ""


def test_a_row_shortens_its_hash_and_invents_nothing() -> None:
    assert cells(NEW) == ("2023-11-14 22:13", "2,500 sats", "2,500", "Second [fund]", "bbbbbb…bbbb")
    assert cells(BARE) == ("", "not said", "", "", "")
    assert date(1e18) == ""


def test_the_head_tells_balance_and_key_with_their_origin() -> None:
    account = Account(key="••••42a7", origin="from the keyring", asked=True, balance=1, balance_at=START)
    assert head(account, START) == (("Balance", "1 sat", "read at 22:13:20"), ("Key", "••••42a7", "from the keyring"))
    assert head(replace(account, balance=None, loading=True), START)[0] == ("Balance", "asking …", "")
    assert head(replace(account, balance=None), START)[0] == ("Balance", "not known", "")


def test_without_a_key_it_says_what_one_is_for_and_how_to_come_by_one() -> None:
    assert without_key(Account(), "") == ("Looking for an API key …", (), ())
    title, sentences, ways = without_key(Account(asked=True), "")
    assert title == "There is no API key."
    assert "paid from a balance" in sentences[0]
    assert "works without a key" in sentences[1]
    assert dict(ways) == {"To get one": "ask t.me/sms4sats or support@sms4sats.com", "To enter one": "press n."}
    assert dict(without_key(Account(asked=True), "demo-key-0000")[2])["In the demo"] == "demo-key-0000"
    title, _, ways = without_key(Account(asked=True, error="The command pass failed."), "")
    assert title == "The API key cannot be had. The command pass failed."
    assert dict(ways)["To enter one"] == "press n; F5 looks for it again."


def test_the_hint_says_what_goes_on_what_went_wrong_and_the_whole_hash() -> None:
    account = Account(key="••••42a7", asked=True, balance=1, balance_at=START)
    assert account_hint(replace(account, loading=True), None, "") == "Asking for the history …"
    assert account_hint(account, None, "") == "The history was not read yet. F5 reads it."
    came_not = account_hint(replace(account, error="No answer."), None, "")
    assert came_not == "The history did not come. No answer. F5 asks again."
    known = replace(account, deposits=HISTORY)
    assert account_hint(replace(known, error="No answer."), NEW, "") == "No answer. F5 asks again."
    assert account_hint(known, NEW, "") == f"Hash {'bb' * 32}"
    assert account_hint(known, NEW, "", wide=False) == f"Hash {'bb' * 10}…{'bb' * 6}"
    assert account_hint(known, BARE, "") == ""
    assert account_hint(known, None, " xyz ") == "No payment fits 'xyz'. Esc clears the search."
    assert account_hint(replace(account, deposits=Deposits(())), None, "") == (
        "Nothing was funded yet. f funds the account."
    )


@pytest.mark.parametrize("text", ["", "0", "00", str(MOST + 1), "9" * 30, "1.5", "-1", "٣"])
def test_what_is_no_amount_is_said_with_the_limits(text: str) -> None:
    assert amount_of(text) is None
    assert amount_words(text, 5) == ("", "A whole number of sats, from 1 to 10,000,000.")


def test_an_amount_is_read_back_with_its_thousands_and_what_the_balance_becomes() -> None:
    assert amount_of("1") == 1
    assert amount_of("10000000") == MOST
    assert amount_words("25000", None) == ("25,000 sats", "")
    assert amount_words("25000", 1_000) == ("25,000 sats: the balance rises from 1,000 to 26,000 sats.", "")
