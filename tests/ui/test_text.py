"""How amounts, times and numbers are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.ui.text import ago, calm_left, left, phone, plus, sats, shorten, time_of_day
from tests.services.fakes import START

DAY = 86400


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0 sats"), (1, "1 sat"), (3000, "3,000 sats"), (1234567, "1,234,567 sats"), (None, "price unknown")],
)
def test_amounts_have_a_unit_and_separators(amount: int | None, words: str) -> None:
    assert sats(amount) == words


@pytest.mark.parametrize(
    ("seconds", "clock"),
    [
        (-5, "0:00"),
        (0, "0:00"),
        (0.2, "0:01"),
        (59, "0:59"),
        (60, "1:00"),
        (1199.5, "20:00"),
        (3599, "59:59"),
        (3600, "1:00:00"),
        (86400, "24:00:00"),
    ],
)
def test_a_time_left_is_minutes_and_seconds_and_hours_only_above_one(seconds: float, clock: str) -> None:
    assert left(seconds) == clock


@given(st.floats(min_value=-1e6, max_value=1e6))
def test_a_time_left_is_never_negative_and_says_zero_only_at_the_end(seconds: float) -> None:
    clock = left(seconds)
    assert "-" not in clock
    assert (clock == "0:00") == (seconds <= 0.001)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "now"),
        (0, "now"),
        (59, "now"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (86399, "23 h"),
        (86400, "1 d"),
        (3 * 86400, "3 d"),
    ],
)
def test_an_age_is_coarse(seconds: float, words: str) -> None:
    assert ago(seconds) == words


@pytest.mark.parametrize(
    ("away", "words"),
    [(0, "22:13:20"), (60, "22:14:20"), (DAY, "tomorrow 22:13"), (-DAY, "yesterday 22:13"), (3 * DAY, "17 Nov 22:13")],
)
def test_a_moment_is_told_as_near_as_it_is(away: int, words: str) -> None:
    assert time_of_day(START + away, START) == words


def test_a_moment_of_today_goes_without_seconds_where_they_do_not_matter() -> None:
    assert time_of_day(START, START, with_seconds=False) == "22:13"


@pytest.mark.parametrize(
    ("number", "dial", "grouped"),
    [
        ("4915112345678", "+49", "+49 151 123 45678"),
        ("4915112345678", None, "+491 511 234 5678"),
        ("15551234567", "+1", "+1 555 123 4567"),
        ("77011234567", "+49", "+770 112 34567"),
        ("49", "+49", "+49"),
        ("see <mail>", "+49", "see <mail>"),
        ("", "+49", ""),
        ("٠١٢", "+49", "٠١٢"),
    ],
)
def test_a_number_is_grouped_for_reading(number: str, dial: str | None, grouped: str) -> None:
    assert phone(number, dial) == grouped


@given(st.from_regex(r"[0-9]{1,20}", fullmatch=True), st.sampled_from([None, "+49", "+1", "+7"]))
def test_the_grouped_number_without_blanks_is_what_is_copied(number: str, dial: str | None) -> None:
    assert phone(number, dial).replace(" ", "") == plus(number) == f"+{number}"


def test_what_is_no_number_is_copied_as_it_came() -> None:
    assert plus("ask support") == "ask support"


def test_a_long_text_is_shortened_to_its_two_ends() -> None:
    assert shorten("lnbc30u1p34yef6pp50hrwdds") == "lnbc30u1p3…hrwdds"
    assert shorten("short enough", 8, 3) == "short enough"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (86400, "24 h 0 min"),
        (3661, "1 h 1 min"),
        (3599, "59 min"),
        (119.9, "1 min"),
        (60, "1 min"),
        (59, "0:59"),
        (-3, "0:00"),
    ],
)
def test_a_calm_time_left_changes_once_a_minute_until_the_last_one(seconds: float, words: str) -> None:
    assert calm_left(seconds) == words
