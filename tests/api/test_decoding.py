"""Whatever arrives: a value or the one documented error, and nothing that could disturb a terminal."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import astuple
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.api import decode, values
from s4s_tui.api.failures import LONGEST_WAIT, body_of, retry_after
from s4s_tui.api.wire import Answer, Call
from s4s_tui.domain.errors import ApiError, OutcomeUnknown

READERS: list[Callable[[object], object]] = [
    decode.price,
    decode.services,
    decode.countries,
    decode.created,
    decode.order_status,
    decode.cancelled,
    lambda body: decode.refusal(body, 200, error_refuses=True),
    lambda body: decode.refusal(body, 400, error_refuses=False),
    lambda body: decode.refusal(body, 500, error_refuses=False),
]
KEYS = ["status", "reason", "error", "message", "paid", "code", "number", "orderId", "payreq", "receive", "computed"]
ROW_KEYS = ["id", "eng", "name", "visible", "key", "value", "text", "count", "price"]

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["0", "OK", "error", "1e5", "+49 1", "<b>", "\x1b[2J", "1,500", "NaN", "-1"])
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS + ROW_KEYS), inner, max_size=6),
    max_leaves=12,
)


def leaves(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]


def harmless(text: str) -> bool:
    return not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char != "\n" for char in text)


@given(anything)
def test_any_json_gives_values_or_unreadable(body: Any) -> None:
    for read in READERS:
        try:
            result: object = read(decode.read_json(json.dumps(body).encode()))
        except decode.Unreadable:
            continue
        rows = result if isinstance(result, tuple) else (result,)
        for leaf in leaves([astuple(row) if hasattr(row, "__dataclass_fields__") else row for row in rows]):
            assert leaf is None or isinstance(leaf, str | int)
            assert harmless(leaf) if isinstance(leaf, str) else True


@given(st.binary(max_size=200), st.integers(100, 999), st.booleans(), st.text(max_size=30))
def test_any_bytes_give_a_body_or_an_api_error(body: bytes, status: int, makes: bool, wait: str) -> None:
    answer = Answer(status, {"Retry-After": wait}, body)
    error = failure(Call("GET", "/x", {}, makes=makes), answer)
    if error is None:
        assert not status >= 300
    else:
        assert str(error)
        assert makes or not isinstance(error, OutcomeUnknown)
        assert error.retry_after is None or 0 <= error.retry_after <= LONGEST_WAIT


def failure(call: Call, answer: Answer) -> ApiError | None:
    try:
        body_of(call, answer)
    except ApiError as error:
        return error
    return None


@given(st.text(max_size=40) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{1,6} \d\d:\d\d:\d\d.{0,6}"))
def test_any_wait_is_bounded(header: str) -> None:
    seconds = retry_after({"Retry-After": header})
    assert seconds is None or 0 <= seconds <= LONGEST_WAIT


@given(st.text("0123456789", min_size=1, max_size=30))
def test_a_code_of_digits_is_never_altered(digits: str) -> None:
    assert values.code(digits) == digits


@given(st.integers(1, 10**18))
def test_a_number_is_the_same_as_number_and_as_text(number: int) -> None:
    assert values.number(number) == values.number(f"+{number}") == values.number(float_text(number)) == str(number)


def float_text(number: int) -> object:
    return decode.read_json(f"{number}.0".encode())


@pytest.mark.parametrize(("status", "known"), [({"reason": "x"}, True), ({"error": "x"}, False), ([], False)])
def test_only_a_reason_or_an_error_status_is_a_documented_refusal(status: object, known: bool) -> None:
    assert decode.documented_refusal(status) is known
