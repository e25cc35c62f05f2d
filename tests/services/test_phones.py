"""Phone numbers as they are typed: the country, what can be used, what is doubtful."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.services.phones import country_hint, read_phone


@pytest.mark.parametrize(
    ("text", "e164", "country"),
    [
        ("+49 170 1234567", "+491701234567", "Germany"),
        ("+49 (0)170/123-45.67", "+491701234567", "Germany"),
        (" \u202a+49\xa0170 1234567\u202c ", "+491701234567", "Germany"),
        ("+14155552671", "+14155552671", "United States"),
        ("+1 416 555 2671", "+14165552671", "Canada"),
        ("+7 701 123 4567", "+77011234567", "Kazakhstan"),
        ("+44 7400 123456", "+447400123456", "United Kingdom"),
    ],
)
def test_a_number_with_its_country_becomes_what_the_api_takes(text: str, e164: str, country: str) -> None:
    phone = read_phone(text)
    assert (phone.e164, phone.country, phone.trouble, phone.doubt) == (e164, country, "", "")
    assert phone.shown.replace(" ", "").replace("-", "") == e164


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "is empty"),
        ("0170 1234567", "Begin with + and the country's number, as in +49 170 1234567."),
        ("170", "A number without its country can belong to anybody."),
        ("0049 170 1234567", "Write + in the place of the 00"),
        ("+", "too short"),
        ("+4", "too short"),
        ("+49", "too short"),
        ("+49 17", "too short"),
        ("+49 170 12345678901234", "too long"),
        ("+4917" + "0" * 40, "too long"),
        ("+1 5552671", "area code is missing"),
        ("+999 123456", "No country's numbers begin like this."),
        ("+1 800 FLOWERS", "something else than digits"),
        ("+49 170 1234567 ext. 3", "something else than digits"),
        ("+49+170", "something else than digits"),
        ("+٤٩١٧٠١٢٣٤٥٦٧", "something else than digits"),
        ("+49\x1b[31m170", "something else than digits"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(text: str, part: str) -> None:
    phone = read_phone(text)
    assert part in phone.trouble
    assert phone.trouble.isprintable()
    assert (phone.e164, phone.shown) == ("", "")


def test_a_landline_and_an_unknown_number_are_doubted_and_not_refused() -> None:
    landline, unknown = read_phone("+49 30 123456"), read_phone("+1 999 999 9999")
    assert (landline.e164, landline.trouble) == ("+4930123456", "")
    assert landline.doubt == "This is not a mobile number: an SMS may not arrive."
    assert (unknown.e164, unknown.trouble) == ("+19999999999", "")
    assert unknown.doubt == "No numbering plan that this program knows has this number: look at it again."


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", ""),
        ("49", ""),
        ("+", ""),
        ("+4", ""),
        ("+49", "Germany"),
        ("+49 1", "Germany"),
        ("+1", "United States and others with +1"),
        ("+1 416", "United States and others with +1"),
        ("+1 416 555 2671", "Canada"),
        ("+44 1", "United Kingdom and others with +44"),
        ("+358", "Finland and others with +358"),
        ("+999", ""),
        ("+800 1234 5678", ""),
    ],
)
def test_the_country_is_told_while_typing(text: str, hint: str) -> None:
    assert country_hint(text) == hint


@given(st.text() | st.text(alphabet="0123456789+() -x\x1b٣", max_size=50).map("+".__add__))
def test_no_text_breaks_it_and_what_comes_out_is_e164(text: str) -> None:
    phone = read_phone(text)
    assert bool(phone.e164) != bool(phone.trouble)
    if phone.e164:
        assert phone.e164[0] == "+"
        assert phone.e164[1:].isascii()
        assert phone.e164[1:].isdigit()
        assert read_phone(phone.e164).e164 == phone.e164
        assert read_phone(phone.shown).e164 == phone.e164


def test_the_tables_are_loaded_by_the_first_number_alone() -> None:
    script = (
        "import sys, s4s_tui.services.phones as p; before = 'phonenumbers' in sys.modules;"
        "p.read_phone('+491701234567'); print(before, 'phonenumbers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
