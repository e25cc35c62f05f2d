"""Every endpoint with whatever a server may answer: a value that is bounded and harmless, or one of the error family.

The answers are arbitrary bytes, arbitrary JSON, and the documented answers with pieces of them changed.
"""

import json
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s4s_tui.api.client import SANDBOX_HEADER, Client
from s4s_tui.api.failures import LONGEST_WAIT
from s4s_tui.api.wire import Answer, Call
from s4s_tui.domain.errors import ApiError, OutcomeUnknown
from s4s_tui.domain.secret import Secret
from tests.api.asks import KEYED_READS, KEYED_WRITES, MARK, READS, WRITES
from tests.api.test_decoding import ACCOUNT_KEYS, KEYS, ROW_KEYS, leaves, scalars
from tests.domain.bolt11 import SAMPLE
from tests.fuzzing import counted, examples
from tests.hostile import harmless, harmless_lines

T = TypeVar("T")
ASKS = READS | KEYED_READS | WRITES | KEYED_WRITES
MAKING = {*WRITES, *KEYED_WRITES}
LONGEST = 8_001
"""Letters of the longest text that any answer gives; an invoice."""
GOOD: list[Any] = [
    {"receive": 3000, "send": "1000", "rent": "15000", "s4s": 5000, "computed": {"price": "2500"}},
    [{"key": "tg", "value": "tg", "text": "Telegram", "count": "512", "image": {"avatar": True}}],
    [{"id": 43, "eng": "Germany", "rus": "x", "visible": 1}],
    [{"cc": "43", "country": "Germany", "duration": "2", "price": "15500"}],
    {"status": "OK", "orderId": "7d" * 32, "payreq": SAMPLE},
    {"status": "OK", "paid": True, "number": 4915112345678, "code": "048010", "country": "Germany", "error": ""},
    {"status": "OK", "paid": "1", "smsStatus": "sent", "timestamp": 1_700_000_000_000, "id": "SM1"},
    {"status": "error", "reason": "Insufficient balance."},
    {"status": "OK", "balance": "50000.7"},
    {
        "status": "OK",
        "totalAmount": 1,
        "userId": MARK,
        "orders": [{"amount": 1, "preimage": "aa", "preimageHash": "7d" * 32, "createdAt": 1, "desc": MARK}],
    },
]
names = st.sampled_from([*KEYS, *ROW_KEYS, *ACCOUNT_KEYS, "smsStatus", "userId"])
pieces = scalars | st.sampled_from([MARK, f"no {MARK}", "x" * 70_000, "1e999999999", 10**400, "\ud800", [], {}])
trees = st.recursive(
    pieces, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6), max_leaves=8
)


@st.composite
def changed(draw: st.DrawFn) -> Any:
    """A documented answer, some fields of which are missing, of another type, or under another name."""
    body = json.loads(json.dumps(draw(st.sampled_from(GOOD))))
    rows = body if isinstance(body, list) else [body, *body.get("orders", ())]
    for row in rows:
        for name in draw(st.lists(st.sampled_from(sorted(row)), max_size=3)):
            row[draw(names | st.just(name))] = draw(trees)
    return body


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """JSON as it is sent, perhaps cut off, in another encoding, or with bytes in it that do not belong there."""
    raw = json.dumps(draw(changed() | trees)).encode()
    match draw(st.sampled_from(["whole", "whole", "cut", "dirty", "utf-16", "twice"])):
        case "cut":
            return raw[: draw(st.integers(0, len(raw)))]
        case "dirty":
            at = draw(st.integers(0, len(raw)))
            return raw[:at] + draw(st.binary(max_size=4)) + raw[at:]
        case "utf-16":
            return raw.decode().encode("utf-16")
        case "twice":
            return raw + raw
        case _:
            return raw


answers = st.builds(
    Answer,
    st.sampled_from([200, 200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 429, 500, 502, 599, 999]),
    st.dictionaries(
        st.sampled_from(["Date", "Retry-After", SANDBOX_HEADER]),
        st.text(max_size=20) | st.sampled_from(["Wed, 21 Oct 2015 07:28:00 GMT", "1e9", "bcrt 02" + "a" * 64, "99999"]),
    ),
    spoilt() | st.binary(max_size=100),
)


def finish(work: Coroutine[Any, Any, T]) -> T:
    """What comes of work that waits for nothing."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]  # what it returned
    raise AssertionError("it waits for something")


def asked(name: str, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> object:
    """What the client makes of the answer: a value, or its error."""
    client = Client("http://127.0.0.1:1", user_agent="test")

    async def send(call: Call) -> Answer:
        return answer if call.key is None else replace(answer, keys=frozenset({call.key}))

    monkeypatch.setattr(client._wire, "send", send)
    work: Any = ASKS[name](client)
    try:
        return finish(work)
    except ApiError as error:
        return error


@pytest.mark.parametrize("name", ASKS)
@settings(deadline=None, max_examples=examples(40))
@given(answer=answers)
@counted("replies fuzzed")
def test_whatever_answers_it_is_a_bounded_value_or_one_of_the_error_family(name: str, answer: Answer) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        found = asked(name, answer, monkeypatch)
    if isinstance(found, ApiError):
        words = str(found)
        assert words
        assert harmless(words)
        assert len(words) <= 400
        assert found.retry_after is None or 0 <= found.retry_after <= LONGEST_WAIT
        assert name in MAKING or not isinstance(found, OutcomeUnknown)
        assert name not in KEYED_READS | KEYED_WRITES or MARK not in words
        return
    assert 200 <= answer.status < 300, "a failure is never taken for an answer"
    for leaf in leaves(found):
        text = leaf.reveal() if isinstance(leaf, Secret) else leaf
        assert text is None or isinstance(text, str | int | float)
        if isinstance(text, str):
            assert harmless_lines(text)
            assert len(text) <= LONGEST
            assert name not in KEYED_READS | KEYED_WRITES or MARK not in text


@pytest.mark.parametrize("name", ASKS)
def test_the_documented_answer_is_among_what_is_understood(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [asked(name, Answer(200, {}, json.dumps(body).encode()), monkeypatch) for body in GOOD]
    assert any(not isinstance(each, ApiError) for each in found)
