import string
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s4s_tui.domain import bech32
from s4s_tui.domain.invoice import MAX_LENGTH, Invoice, InvoiceError, normalise, read_invoice
from s4s_tui.domain.secp256k1 import N, public_key
from s4s_tui.sandbox.mint import Field, NodeKey, encode
from tests.domain.bolt11 import INVALID, SAMPLE, SAMPLE_HASH, SAMPLE_TIME, SECRET, VALID
from tests.fuzzing import counted, examples

KEY = NodeKey(SECRET)
HASH: Field = ("p", bech32.to_symbols(bytes(range(32))))
MEMO: Field = ("d", bech32.to_symbols(b"1 cup coffee"))
SECRET_FIELD: Field = ("s", bech32.to_symbols(b"\x11" * 32))
ENOUGH = (HASH, MEMO, SECRET_FIELD)


def made(*fields: Field, prefix: str = "lnbc30u") -> str:
    return encode(prefix, SAMPLE_TIME, fields, KEY)


def refused(text: str) -> str:
    with pytest.raises(InvoiceError) as caught:
        read_invoice(text)
    return str(caught.value)


def attempt(text: str) -> str:
    """The payee, or the sentence of the one error that may be raised."""
    try:
        return read_invoice(text, strict=False).payee
    except InvoiceError as error:
        return str(error)


@pytest.mark.parametrize("text", VALID)
def test_every_valid_example_of_bolt_11_is_read(text: str) -> None:
    invoice = read_invoice(text)
    shop = invoice.amount_msat == 967_878_534  # the one example with a payment hash and a time of its own
    usual = "0001020304050607080900010203040506070809000102030405060708090102"
    assert invoice.text == text.lower()
    assert (invoice.payment_hash == usual) is not shop
    assert invoice.timestamp == (1572468703 if shop else 1496314658)
    assert invoice.payment_secret == "11" * 32


@pytest.mark.parametrize("text", VALID[:-1])
def test_the_payee_of_the_examples_is_the_documented_one(text: str) -> None:
    assert read_invoice(text).payee == public_key(SECRET).hex()


def test_a_high_s_signature_yields_the_key_that_the_example_documents() -> None:
    payee = read_invoice(VALID[-1]).payee
    assert payee != public_key(SECRET).hex()
    assert payee.startswith("02d0139c")


@pytest.mark.parametrize(
    ("index", "msat", "expiry", "description"),
    [
        (0, None, 3600, "Please consider supporting this project"),
        (1, 250_000_000, 60, "1 cup coffee"),
        (2, 250_000_000, 60, "ナンセンス 1杯"),
        (3, 2_000_000_000, 3600, None),
        (11, 2_500_000_000, 3600, "coffee beans"),
        (14, 1_000_000_000, 3600, "payment metadata inside"),
    ],
)
def test_the_examples_say_what_their_text_says(
    index: int, msat: int | None, expiry: int, description: str | None
) -> None:
    invoice = read_invoice(VALID[index])
    assert (invoice.amount_msat, invoice.expiry, invoice.description) == (msat, expiry, description)
    assert invoice.memo == description


def test_a_hashed_description_is_kept_as_its_hash() -> None:
    invoice = read_invoice(VALID[3])
    assert invoice.description_hash == "3925b6f67e2c340036ed12093dd44e0368df1b6ea26c53dbe4811f58fd5db8c1"
    assert invoice.memo is None


def test_an_amount_in_pico_bitcoin_need_not_be_whole_sats() -> None:
    invoice = read_invoice(VALID[10])
    assert invoice.amount_msat == 967_878_534
    assert invoice.amount_sat is None
    assert invoice.min_final_cltv == 10


def test_feature_bits_are_read_from_the_right() -> None:
    assert read_invoice(VALID[11]).features == {8, 14, 99}
    assert read_invoice(VALID[1]).min_final_cltv == 18


def test_the_documented_sample_says_what_the_documentation_says() -> None:
    invoice = read_invoice(SAMPLE)
    assert invoice == Invoice(
        text=SAMPLE,
        network="bc",
        amount_msat=3_000_000,
        timestamp=SAMPLE_TIME,
        expiry=86400,
        payment_hash=SAMPLE_HASH,
        payment_secret=invoice.payment_secret,
        payee="035b04e00521a8d50894e813c72576d2a03a09cd940be074b7f2e35e0a01d7d12d",
        description="sms4sats payment Germany twitter",
        description_hash=None,
        min_final_cltv=40,
        features=frozenset({9, 14, 17}),
    )
    assert invoice.amount_sat == 3000
    assert invoice.expires_at == SAMPLE_TIME + 86400
    assert len(invoice.payment_secret) == 64
    assert invoice.unknown_features == ()


@pytest.mark.parametrize("why", INVALID)
def test_every_invalid_example_of_bolt_11_is_refused(why: str) -> None:
    assert refused(INVALID[why]).endswith(".")


def test_an_unknown_even_feature_is_named_where_the_reading_is_lenient() -> None:
    text = INVALID["Same, but adding invalid unknown feature 100"]
    assert read_invoice(text, strict=False).unknown_features == (100,)
    assert "feature 100" in refused(text)


@pytest.mark.parametrize("around", ["{}", "  {}\n", "lightning:{}", "LIGHTNING:{}", "\tLightning://{} "])
def test_blanks_and_a_scheme_around_an_invoice_do_not_matter(around: str) -> None:
    assert read_invoice(around.format(SAMPLE)).text == SAMPLE
    assert normalise(around.format(SAMPLE.upper())) == SAMPLE


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no invoice"),
        ("lightning: ", "no invoice"),
        (SAMPLE[:-1] + "C", "upper and lower"),
        (SAMPLE.replace("k", "\u212a", 1), "character"),
        (SAMPLE.replace("q", "b", 1), "character"),
        ("bl ank1qqqqqqqqqq", "character"),
        ("1qqqqqqqq", "not a Lightning invoice"),
        ("a" * (MAX_LENGTH + 1), "too long"),
        (bech32.encode("bc", [0] * 200), "not a Lightning invoice"),
        (bech32.encode("lnurl", [3] * 60), "LNURL"),
        (bech32.encode("lnbc", [0] * 110), "too short"),
    ],
)
def test_what_is_no_invoice_is_refused_with_the_reason(text: str, says: str) -> None:
    assert says in refused(text)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ((MEMO, SECRET_FIELD), "no payment hash"),
        ((HASH, MEMO), "no payment secret"),
        ((HASH, SECRET_FIELD), "no description"),
        ((*ENOUGH, HASH), "two fields p"),
        ((*ENOUGH, ("h", HASH[1])), "two descriptions"),
        ((*ENOUGH, ("x", [31] * 7)), "beyond all reason"),
        ((*ENOUGH, ("c", [31] * 1000)), "beyond all reason"),
        ((*ENOUGH, ("n", bech32.to_symbols(public_key(2)))), "signature"),
        ((*ENOUGH, ("n", bech32.to_symbols(bytes(33)))), "signature"),
    ],
)
def test_missing_doubled_and_senseless_fields_are_refused(fields: Sequence[Field], says: str) -> None:
    assert says in refused(made(*fields))


@pytest.mark.parametrize("tail", [[1], [1, 0], [1, 0, 1], [1, 1, 20, *[0] * 51]])
def test_a_field_that_is_cut_off_is_refused(tail: list[int]) -> None:
    prefix, symbols = bech32.decode(made(*ENOUGH))
    assert "cut off" in refused(bech32.encode(prefix, [*symbols[:-104], *tail, *symbols[-104:]]))


def test_the_n_field_is_the_payee_where_its_key_signed() -> None:
    invoice = read_invoice(made(*ENOUGH, ("n", bech32.to_symbols(bytes.fromhex(KEY.public)))))
    assert invoice.payee == KEY.public


def test_a_high_s_signature_is_refused_where_the_payee_is_named() -> None:
    prefix, symbols = bech32.decode(made(*ENOUGH, ("n", bech32.to_symbols(bytes.fromhex(KEY.public)))))
    raw = bech32.to_bytes(symbols[-104:])
    twin = raw[:32] + (N - int.from_bytes(raw[32:64])).to_bytes(32) + bytes((raw[64] ^ 1,))
    assert "signature" in refused(bech32.encode(prefix, [*symbols[:-104], *bech32.to_symbols(twin)]))


def test_an_n_field_of_a_wrong_length_is_skipped() -> None:
    assert read_invoice(made(*ENOUGH, ("n", [0] * 52))).payee == KEY.public


def test_a_memo_that_is_no_utf_8_is_read_all_the_same() -> None:
    invoice = read_invoice(made(HASH, ("d", bech32.to_symbols(b"cut \xe3\x83")), SECRET_FIELD))
    assert invoice.memo == "cut \N{REPLACEMENT CHARACTER}"


def test_a_memo_is_cleaned_and_the_description_kept() -> None:
    invoice = read_invoice(made(HASH, ("d", bech32.to_symbols(b"\x1b[31m<b>red</b>\n")), SECRET_FIELD))
    assert (invoice.memo, invoice.description) == ("red", "\x1b[31m<b>red</b>\n")


@pytest.mark.parametrize(
    ("prefix", "network", "msat"),
    [
        ("lnbc", "bc", None),
        ("lnbc1", "bc", 100_000_000_000),
        ("lntbs1m", "tbs", 100_000_000),
        ("lnbcrt1u", "bcrt", 100_000),
        ("lntb1n", "tb", 100),
        ("lnbc10p", "bc", 1),
        ("lnbc21000000", "bc", 2_100_000_000_000_000_000),
    ],
)
def test_network_and_amount_are_read_from_the_prefix(prefix: str, network: str, msat: int | None) -> None:
    invoice = read_invoice(made(*ENOUGH, prefix=prefix))
    assert (invoice.network, invoice.amount_msat) == (network, msat)


@pytest.mark.parametrize("amount", ["0", "01u", "0u", "1x", "1p", "21000001", "9" * 2000, "1u2"])
def test_an_amount_that_makes_no_sense_is_refused(amount: str) -> None:
    refused(made(*ENOUGH, prefix=f"lnbc{amount}"))


@given(st.text() | st.text(string.ascii_letters + string.digits).map("lnbc1".__add__))
@counted("invoices fuzzed")
def test_whatever_text_is_refused_with_one_error(text: str) -> None:
    refused(text)


@settings(deadline=None, max_examples=examples(150))
@given(
    st.sampled_from([*VALID, SAMPLE]),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 31)), max_size=4),
    st.integers(0, 400),
    st.sampled_from(["", "lnbc", "lnbcrt5m", "lnbc99999999999999"]),
)
@counted("invoices fuzzed")
def test_a_tampered_invoice_with_a_repaired_checksum_raises_nothing_else(
    text: str, changes: list[tuple[int, int]], cut: int, other: str
) -> None:
    prefix, symbols = bech32.decode(text.lower())
    for place, value in changes:
        symbols[place % len(symbols)] = value
    tampered = bech32.encode(other or prefix, symbols[: len(symbols) - cut // 8])
    outcome = attempt(tampered)
    assert outcome.endswith(".") or len(outcome) == 66


@settings(deadline=None, max_examples=examples(100))
@given(
    st.sampled_from([*VALID, SAMPLE]),
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 2), st.sampled_from([*"qpz1lB ", "é", "\x1b"])), min_size=1),
)
@counted("invoices fuzzed")
def test_a_valid_invoice_with_letters_changed_added_and_left_out_raises_nothing_else(
    text: str, changes: list[tuple[int, int, str]]
) -> None:
    for place, taken, letter in changes:
        at = place % (len(text) + 1)
        text = text[:at] + letter + text[at + taken :]
    outcome = attempt(text)
    assert outcome.endswith(".") or len(outcome) == 66


@settings(deadline=None, max_examples=examples(100))
@given(st.lists(st.integers(0, 31), min_size=111, max_size=300))
@counted("invoices fuzzed")
def test_any_symbols_with_a_right_checksum_raise_nothing_else(symbols: list[int]) -> None:
    outcome = attempt(bech32.encode("lnbc", symbols))
    assert outcome.endswith(".") or len(outcome) == 66


@pytest.mark.parametrize("text", ["q" * 2**20, " " * 2**20, "lnbc1" * 2**18, bech32.encode("lnbc", [0] * 4000)])
def test_a_very_long_text_is_refused(text: str) -> None:
    refused(text)
