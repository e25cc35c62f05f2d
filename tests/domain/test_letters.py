"""What is typed and not sent: its form on disk, and what becomes of it when it is ordered."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.domain.history import Draft
from s4s_tui.domain.letters import Sheet, Unsent, again, from_text, to_text, typable
from s4s_tui.domain.order import Kind
from tests.services.fakes import an_order

lines = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40).map(
    lambda text: " ".join(text.split())
)
messages = st.lists(lines, max_size=4).map("\n".join)
sheets = st.builds(Sheet, lines, messages, lines)
unsents = st.builds(Unsent, st.sampled_from([Kind.SMS, Kind.EMAIL]), sheets, sheets)


def ordered(kind: Kind, message: str) -> Draft:
    return Draft(
        kind=kind, country=None, country_name="", service="", service_name="", quoted=None, message=message
    )  # fmt: skip


@given(unsents)
def test_what_was_typed_is_read_as_it_was_written(unsent: Unsent) -> None:
    assert from_text(to_text(unsent)) == unsent


names = st.sampled_from(["kind", "sms", "email", "recipient", "message", "webhook"])
values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda each: st.lists(each) | st.dictionaries(names, each),
)


@given(values.map(json.dumps) | st.text(max_size=30))
def test_whatever_stands_on_the_disk_is_read_without_a_word(text: str) -> None:
    unsent = from_text(text)
    assert unsent.kind in (Kind.SMS, Kind.EMAIL)
    assert "\n" not in unsent.sheet.recipient + unsent.sheet.webhook


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"sms": 3}', "[" * 100_000, '{"kind": ["sms"], "sms": {"message": {}}}']
)
def test_rubbish_is_blank(text: str) -> None:
    assert from_text(text) == Unsent()


@given(st.text(max_size=60))
def test_what_can_be_typed_holds_no_control_character_but_newlines(text: str) -> None:
    clean = typable(text)
    assert all(char == "\n" or unicodedata.category(char) not in ("Cc", "Cs") for char in clean)
    assert typable(clean) == clean


def test_line_ends_of_every_kind_are_newlines_and_a_book_is_cut() -> None:
    assert typable("a\r\nb\rc\td\x1b[31m") == "a\nb\nc d[31m"
    assert len(typable("x" * 100_000)) == 4000


@given(unsents)
def test_each_way_to_send_has_a_sheet_of_its_own(unsent: Unsent) -> None:
    other = Kind.SMS if unsent.kind is Kind.EMAIL else Kind.EMAIL
    changed = unsent.with_sheet(Sheet("x", "y"))
    assert changed.sheet == Sheet("x", "y")
    assert changed.on(other).sheet == unsent.on(other).sheet


def test_what_was_ordered_is_gone_and_what_was_written_since_stays() -> None:
    unsent = Unsent(Kind.EMAIL, Sheet("+49", "sms"), Sheet("a@b.example", "mail"))
    assert unsent.without(ordered(Kind.SMS, "sms")) == Unsent(Kind.EMAIL, Sheet(), unsent.email)
    assert unsent.without(ordered(Kind.SMS, "another")) == unsent
    assert unsent.without(ordered(Kind.RECEIVE, "sms")) == unsent


def test_a_message_is_written_again_beside_what_was_typed_for_the_other_way() -> None:
    order = an_order(kind=Kind.SMS, recipient="+491701234567", message="Hello", webhook="https://a.example/")
    unsent = again(order, Unsent(Kind.EMAIL, Sheet(), Sheet("a@b.example", "mail")))
    assert unsent == Unsent(
        Kind.SMS, Sheet("+491701234567", "Hello", "https://a.example/"), Sheet("a@b.example", "mail")
    )
