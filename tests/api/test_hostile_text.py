"""Whatever text stands wherever in an answer, what is read from it is harmless on a terminal."""

from collections.abc import Callable, Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.api import decode, values
from s4s_tui.domain.secret import Secret
from tests.api.test_decoding import leaves
from tests.hostile import PIECES, harmless, harmless_lines

PART = (
    st.sampled_from(PIECES)
    | st.sampled_from(["43", "048010", "Telegram", "\n", " ", "&", "<", ">"])
    | st.text(max_size=9)
)
TEXT = st.lists(PART, max_size=6).map("".join)
LOOSE = st.recursive(
    TEXT | st.integers(-1, 100) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
NAMES = [
    "key", "value", "text", "count", "id", "eng", "name", "visible", "cc", "country", "duration", "price", "balance",
    "orders", "totalAmount", "userId", "amount", "createdAt", "description", "desc", "preimageHash", "preimage",
    "orderId", "payreq", "status", "paid", "number", "code", "error", "reason", "message", "service", "smsStatus",
    "receive", "send", "rent", "s4s", "computed",
]  # fmt: skip
ROW = st.dictionaries(st.sampled_from(NAMES), LOOSE | st.fixed_dictionaries({"message": TEXT}), max_size=9)
BODY = (
    ROW
    | st.lists(ROW, max_size=3)
    | st.builds(lambda rows, row: row | {"orders": rows}, st.lists(ROW, max_size=3), ROW)
)
READERS: tuple[Callable[[object], object], ...] = (
    decode.price, decode.services, decode.countries, decode.rental_offers, decode.deposits, decode.created,
    decode.order_status, values.error, values.code, values.number, values.text,
    lambda body: decode.refusal(body, 200, error_refuses=True),
    lambda body: decode.refusal(body, 400, error_refuses=True),
)  # fmt: skip


def texts(value: object) -> Iterator[str]:
    """Every text in what was read."""
    for leaf in leaves(value):
        text = leaf.reveal() if isinstance(leaf, Secret) else leaf
        if isinstance(text, str):
            yield text


@given(BODY | LOOSE)
def test_nothing_that_is_read_can_do_anything_to_a_terminal(body: object) -> None:
    loose = decode.read_json(msgspec.json.encode(body))
    for read in READERS:
        try:
            found = read(loose)
        except decode.Unreadable as error:
            found = str(error)
        for text in texts(found):
            assert harmless_lines(text), (read, text)


@pytest.mark.parametrize("piece", PIECES)
def test_each_piece_is_harmless_as_a_name_a_code_and_a_reason(piece: str) -> None:
    row = {"value": "tg", "text": f"Telegram {piece}"}
    (service,) = decode.services([row])
    assert service.name.startswith("Telegram")
    status = decode.order_status({"code": f"048010 {piece}", "number": f"49 {piece}", "error": f"No {piece}"})
    assert (status.code or "").startswith("048010")
    assert all(harmless(text) for text in texts((service, status)))
