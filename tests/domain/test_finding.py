"""What a person may paste to find an order again."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.domain.finding import LONGEST, NotFindable, Sought, recognise
from tests.services.fakes import INVOICE

HASH = "7dc6e6b61d8c54dff6b8d6ea2e3f08b018e57963df81d493a6f9728c4dc83318"


@pytest.mark.parametrize(
    "text",
    [HASH, HASH.upper(), f"  {HASH}\n", f"{HASH[:40]}\n  {HASH[40:]}"],
    ids=["plain", "upper", "blanks", "lines"],
)
def test_a_payment_hash_is_an_order_id(text: str) -> None:
    assert recognise(text) == Sought(HASH)


@pytest.mark.parametrize(
    "text",
    [
        INVOICE,
        INVOICE.upper(),
        f"lightning:{INVOICE}",
        f"LIGHTNING:{INVOICE.upper()}",
        f" {INVOICE[:80]}\n {INVOICE[80:160]}\r\n{INVOICE[160:]} ",
        f"bitcoin:bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh?amount=0.00003&lightning={INVOICE}",
    ],
    ids=["plain", "upper", "prefix", "prefix upper", "broken into lines", "unified request"],
)
def test_an_invoice_names_the_order_by_its_payment_hash(text: str) -> None:
    assert recognise(text) == Sought(HASH, INVOICE)


def test_another_id_is_taken_as_it_is() -> None:
    assert recognise("Order_12-ab") == Sought("Order_12-ab")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Paste an order id"),
        (" \n", "Paste an order id"),
        ("short", "no order id"),
        ("what is this?", "no order id"),
        ("bitcoin:bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh", "no order id"),
        ("x" * (LONGEST + 1), "too long"),
        (INVOICE[:-1] + "x", "That invoice cannot be read"),
        (f"{INVOICE[:100]}{INVOICE[101:]}", "That invoice cannot be read"),
    ],
)
def test_other_text_is_refused_with_a_sentence(text: str, why: str) -> None:
    with pytest.raises(NotFindable, match=why):
        recognise(text)


@given(st.text(max_size=400) | st.text(alphabet="lnbc1qpz lightning:0123456789abcdef?=&", max_size=200))
def test_whatever_is_pasted_nothing_else_is_raised(text: str) -> None:
    with suppress(NotFindable):
        assert recognise(text).order_id.isascii()
