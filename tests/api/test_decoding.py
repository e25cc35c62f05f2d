"""Whatever arrives: a value or the one documented error, and nothing that could disturb a terminal."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.api import decode, values
from s4s_tui.api.failures import LONGEST_WAIT, body_of, retry_after
from s4s_tui.api.wire import Answer, Call
from s4s_tui.domain.account import Deposits
from s4s_tui.domain.errors import ApiError, OutcomeUnknown
from s4s_tui.domain.secret import Secret
from tests.hostile import harmless_lines

READERS: list[Callable[[object], object]] = [
    decode.price,
    decode.services,
    decode.countries,
    decode.created,
    decode.order_status,
    decode.cancelled,
    decode.balance,
    decode.deposits,
    decode.rental_offers,
    lambda body: decode.refusal(body, 200, error_refuses=True),
    lambda body: decode.refusal(body, 400, error_refuses=False),
    lambda body: decode.refusal(body, 500, error_refuses=False),
]
KEYS = ["status", "reason", "error", "message", "paid", "code", "number", "orderId", "payreq", "receive", "computed"]
ROW_KEYS = ["id", "eng", "name", "visible", "key", "value", "text", "count", "price", "cc", "country", "duration"]
ACCOUNT_KEYS = ["balance", "totalAmount", "orders", "amount", "createdAt", "desc", "description", "preimage"]
ACCOUNT_KEYS += ["preimageHash", "price", "holdinvoice", "status"]

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


account = st.recursive(
    scalars | st.just("7d" * 32),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(ACCOUNT_KEYS), inner, max_size=8),
    max_leaves=20,
)


def leaves(value: object) -> list[object]:
    if is_dataclass(value):
        return leaves([getattr(value, field.name) for field in fields(value)])
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]


@given(anything)
def test_any_json_gives_values_or_unreadable(body: Any) -> None:
    for read in READERS:
        try:
            result: object = read(decode.read_json(json.dumps(body).encode()))
        except decode.Unreadable:
            continue
        for leaf in leaves(result):
            assert leaf is None or isinstance(leaf, str | int | float | Secret)
            words = leaf.reveal() if isinstance(leaf, Secret) else leaf
            assert harmless_lines(words) if isinstance(words, str) else True


MARK = "MARKED-key-0123456789"


@given(st.lists(account, max_size=5), account)
def test_any_history_is_bounded_in_order_and_free_of_the_key(rows: list[Any], total: Any) -> None:
    marked = [row | {"userId": MARK} if isinstance(row, dict) else row for row in rows]
    body = json.dumps({"status": "OK", "totalAmount": total, "orders": marked}).encode()
    history = decode.deposits(decode.read_json(body))
    assert isinstance(history, Deposits)
    times = [row.at for row in history.rows]
    known = [at for at in times if at is not None]
    assert times == sorted(known, reverse=True) + [None] * (len(times) - len(known))
    for leaf in leaves(history):
        assert MARK not in (leaf.reveal() if isinstance(leaf, Secret) else str(leaf))
        assert len(leaf.reveal() if isinstance(leaf, Secret) else str(leaf)) <= 200
    for row in history.rows:
        assert row.amount is None or 0 <= row.amount <= values.ALL_SATS
        assert len(row.payment_hash) in {0, 64}


@given(scalars)
def test_any_balance_is_a_whole_number_of_sats_or_unreadable(value: Any) -> None:
    try:
        sats = decode.balance(decode.read_json(json.dumps({"balance": value}).encode()))
    except decode.Unreadable:
        return
    assert 0 <= sats <= values.ALL_SATS
    assert sats <= float(str(value).replace(",", ""))


@given(st.lists(anything, max_size=6))
def test_any_offers_are_each_country_and_duration_once(rows: list[Any]) -> None:
    offers = decode.rental_offers(decode.read_json(json.dumps(rows).encode()))
    assert len({(offer.cc, offer.weeks) for offer in offers}) == len(offers)
    assert all(offer.weeks is None or 1 <= offer.weeks <= 520 for offer in offers)


@given(account, st.sampled_from(["", "x", "short"]) | st.text(max_size=5))
def test_hiding_a_secret_changes_nothing_else(body: Any, around: str) -> None:
    secret = Secret(MARK)
    assert values.hidden(body, [secret]) == body
    assert values.hidden(body, []) is body
    assert values.hidden({around + MARK: [around + MARK + around, 1]}, [secret]) == {
        around + "***": [f"{around}***{around}", 1]
    }


def test_a_short_secret_hides_nothing_for_it_would_break_amounts() -> None:
    assert values.hidden({"balance": "12345678"}, [Secret("1234567")]) == {"balance": "12345678"}


def test_a_secret_of_digits_is_hidden_where_it_comes_as_a_number_and_the_longer_of_two_first() -> None:
    secrets = [Secret("12345678"), Secret("1234567890")]
    assert values.hidden([12345678, "x1234567890x", 123456789, True], secrets) == ["***", "x***x", 123456789, True]


def test_what_lies_too_deep_to_be_looked_through_is_left_out() -> None:
    deep: object = MARK
    for _ in range(5_000):
        deep = [deep]
    assert MARK not in json.dumps(values.hidden({"reason": deep}, [Secret(MARK)]))


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
