"""A message as SMS: alphabet, length, parts, and what cannot be sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.domain.sms import LIMIT, Alphabet, check_message, measure

EMOJI = "\N{GRINNING FACE}"


@pytest.mark.parametrize(
    ("text", "alphabet", "units", "parts"),
    [
        ("", Alphabet.GSM7, 0, 0),
        ("a" * 160, Alphabet.GSM7, 160, 1),
        ("a" * 161, Alphabet.GSM7, 161, 2),
        ("a" * 306, Alphabet.GSM7, 306, 2),
        ("a" * 307, Alphabet.GSM7, 307, 3),
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", Alphabet.GSM7, 44, 1),
        ("^{}\\[~]|€\f", Alphabet.GSM7, 20, 1),
        ("€" * 80, Alphabet.GSM7, 160, 1),
        ("€" * 140, Alphabet.GSM7, 280, 2),
        ("a" + "€" * 80, Alphabet.GSM7, 161, 2),
        ("€" * 153, Alphabet.GSM7, 306, 3),  # 76 in each part: the 77th would be split
        ("ç", Alphabet.UCS2, 1, 1),
        ("`", Alphabet.UCS2, 1, 1),
        ("я" * 70, Alphabet.UCS2, 70, 1),
        ("я" * 71, Alphabet.UCS2, 71, 2),
        ("я" * 134, Alphabet.UCS2, 134, 2),
        ("я" * 135, Alphabet.UCS2, 135, 3),
        (EMOJI * 35, Alphabet.UCS2, 70, 1),
        (EMOJI * 67, Alphabet.UCS2, 134, 3),  # 33 in each part
        ("a€я", Alphabet.UCS2, 3, 1),
    ],
)
def test_a_message_is_measured_as_it_goes_out(text: str, alphabet: Alphabet, units: int, parts: int) -> None:
    found = measure(text)
    assert (found.alphabet, found.units, found.parts) == (alphabet, units, parts)


def test_the_characters_that_make_it_long_are_named_once_each() -> None:
    assert measure("a “b” “c” …").forcing == "“”…"
    assert measure("plain {text}").forcing == ""


def test_what_is_left_is_counted_as_the_server_counts() -> None:
    assert measure("").left == LIMIT == 140
    assert measure("€" * 140).left == 0
    assert measure(EMOJI * 70).left == 0
    assert measure(EMOJI * 70 + "a").left == -1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The message is empty."),
        (" \n\t", "The message is empty."),
        ("a" * 141, "The message is 1 character too long: 140 are possible."),
        (EMOJI * 72, "The message is 4 characters too long: 140 are possible."),
        ("a\x1b[31m", "The message holds a control character, which no SMS can carry."),
        ("a\tb", "The message holds a control character, which no SMS can carry."),
        ("a\ud800", "The message holds a control character, which no SMS can carry."),
        ("a\x85", "The message holds a control character, which no SMS can carry."),
    ],
)
def test_what_cannot_be_sent_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    assert check_message(text) == sentence


@pytest.mark.parametrize("text", ["a", "two\nlines", "я" * 140, EMOJI * 70])
def test_what_can_be_sent_is_not_refused(text: str) -> None:
    assert check_message(text) == ""


@given(st.text(max_size=400))
def test_the_parts_hold_the_message_and_none_of_them_could_be_left_out(text: str) -> None:
    found = measure(text)
    room = found.alphabet.alone if found.parts <= 1 else found.parts * found.alphabet.each
    assert found.units <= room
    if found.parts > 1:
        # At most one unit of each part stays empty, for a character of two units that is not split.
        assert found.units > found.alphabet.alone
        assert found.units > (found.parts - 1) * (found.alphabet.each - 1)


@given(st.text(max_size=200), st.characters())
def test_a_longer_message_is_never_measured_shorter(text: str, more: str) -> None:
    before, after = measure(text), measure(text + more)
    assert after.characters > before.characters
    if after.alphabet is before.alphabet:
        assert after.units > before.units
        assert after.parts >= before.parts


@given(st.text())
def test_what_passes_is_within_the_limit_in_every_count(text: str) -> None:
    if not check_message(text):
        assert len(text) <= len(text.encode("utf-16-le")) // 2 <= LIMIT


def test_the_basic_alphabet_has_127_characters_and_the_escape() -> None:
    basic = [char for char in map(chr, range(0x10000)) if measure(char).alphabet is Alphabet.GSM7]
    assert [measure(char).units for char in basic].count(1) == 127
    assert [measure(char).units for char in basic].count(2) == 10
