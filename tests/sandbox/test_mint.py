from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s4s_tui.domain import bech32
from s4s_tui.domain.invoice import read_invoice
from s4s_tui.domain.secp256k1 import HALF_N, CurveError
from s4s_tui.sandbox.mint import Field, NodeKey, encode, mint, shortest_amount
from tests.domain.bolt11 import SAMPLE, SAMPLE_HASH, SAMPLE_TIME, SECRET, VALID
from tests.fuzzing import examples

KEY = NodeKey(SECRET)


def fields_of(text: str) -> tuple[str, int, list[Field], list[int]]:
    """Prefix, time, fields as they stand there, and signature of an invoice."""
    prefix, symbols = bech32.decode(text.lower())
    fields: list[Field] = []
    rest = symbols[7:-104]
    while rest:
        end = 3 + rest[1] * 32 + rest[2]
        fields.append((bech32.CHARSET[rest[0]], rest[3:end]))
        rest = rest[end:]
    return prefix, bech32.to_int(symbols[:7]), fields, symbols[-104:]


def minted(**changes: Any) -> str:
    given: dict[str, Any] = {
        "key": KEY,
        "amount": 3000,
        "payment_hash": SAMPLE_HASH,
        "payment_secret": "4ce4f8a810d27975a8311aab4bc79a194d1526ed752750127ed8365a496fea28",
        "description": "sms4sats payment Germany twitter",
        "timestamp": SAMPLE_TIME,
    }
    return mint(**(given | changes))


@pytest.mark.parametrize("text", VALID[:-1])
def test_the_examples_of_bolt_11_are_reproduced_bit_for_bit(text: str) -> None:
    prefix, timestamp, fields, _ = fields_of(text)
    assert encode(prefix, timestamp, fields, KEY) == text.lower()


def test_the_high_s_example_is_reproduced_but_for_its_signature() -> None:
    prefix, timestamp, fields, signature = fields_of(VALID[-1])
    ours = encode(prefix, timestamp, fields, KEY)
    assert fields_of(ours)[:3] == (prefix, timestamp, fields)
    assert int.from_bytes(bech32.to_bytes(signature)[32:64]) > HALF_N
    assert int.from_bytes(bech32.to_bytes(fields_of(ours)[3])[32:64]) <= HALF_N


def test_a_minted_invoice_looks_like_the_real_one_but_for_its_signature() -> None:
    assert fields_of(minted(network="bc"))[:3] == fields_of(SAMPLE)[:3]


def test_a_minted_invoice_is_of_regtest_unless_asked_otherwise() -> None:
    assert minted().startswith("lnbcrt30u1p")


@settings(deadline=None, max_examples=examples(60))
@given(
    amount=st.integers(1, 21 * 10**14),
    memo=st.text(st.characters(exclude_categories=["Cs"]), max_size=150),
    payment_hash=st.binary(min_size=32, max_size=32).map(bytes.hex),
    timestamp=st.integers(0, 2**35 - 1),
    expiry=st.integers(0, 2**32 - 1),
    cltv=st.integers(0, 2**32 - 1),
    features=st.frozensets(st.integers(0, 200)),
)
def test_what_is_minted_reads_back_the_same(
    *,
    amount: int,
    memo: str,
    payment_hash: str,
    timestamp: int,
    expiry: int,
    cltv: int,
    features: frozenset[int],
) -> None:
    text = minted(
        amount=amount,
        description=memo,
        payment_hash=payment_hash,
        payment_secret=payment_hash[::-1],
        timestamp=timestamp,
        expiry=expiry,
        min_final_cltv=cltv,
        features=features,
    )
    invoice = read_invoice(text, strict=False)
    assert invoice.text == text
    assert (invoice.network, invoice.amount_sat, invoice.description) == ("bcrt", amount, memo)
    assert (invoice.payment_hash, invoice.payment_secret) == (payment_hash, payment_hash[::-1])
    assert (invoice.timestamp, invoice.expiry, invoice.min_final_cltv) == (timestamp, expiry, cltv)
    assert (invoice.features, invoice.payee) == (features, KEY.public)


@pytest.mark.parametrize(
    ("sats", "written"),
    [
        (1, "10n"),
        (100, "1u"),
        (150, "1500n"),
        (3000, "30u"),
        (100_000, "1m"),
        (10**8, "1"),
        (3 * 10**8 + 1, "3000000010n"),
    ],
)
def test_an_amount_is_written_as_short_as_it_goes(sats: int, written: str) -> None:
    assert shortest_amount(sats) == written


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": 0},
        {"amount": -5},
        {"timestamp": 2**35},
        {"timestamp": -1},
        {"description": "x" * 640},
        {"payment_hash": "00" * 31},
        {"payment_hash": "not hex"},
        {"payment_secret": ""},
    ],
)
def test_what_has_no_room_in_an_invoice_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        minted(**changes)


def test_the_longest_memo_has_room() -> None:
    assert read_invoice(minted(description="x" * 639)).description == "x" * 639


def test_every_start_has_another_key() -> None:
    keys = {NodeKey.random().public for _ in range(3)}
    assert len(keys) == 3
    assert all(len(key) == 66 and key[:2] in {"02", "03"} for key in keys)


def test_a_key_never_shows_its_secret() -> None:
    assert repr(KEY) == f"NodeKey({KEY.public})"
    assert f"{SECRET:x}" not in f"{KEY!s}{KEY!r}"
    assert str(SECRET) not in f"{KEY!s}{KEY!r}"


def test_zero_is_no_key() -> None:
    with pytest.raises(CurveError):
        NodeKey(0)
