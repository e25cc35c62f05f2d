from typing import Any
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s4s_tui.domain import bech32
from s4s_tui.domain.checks import OPERATOR_NODE, Check, Inspection, Verdict, inspect
from s4s_tui.sandbox.mint import NodeKey, encode, mint
from tests.domain.bolt11 import INVALID, SAMPLE, SAMPLE_HASH, SAMPLE_TIME
from tests.fuzzing import examples

NOW = SAMPLE_TIME + 60.0
KEY = NodeKey(4711)


def looked_at(payreq: str = SAMPLE, **changes: Any) -> Inspection:
    given: dict[str, Any] = {
        "order_id": SAMPLE_HASH,
        "quoted": 3000,
        "network": "bc",
        "node": None,
        "payees": frozenset[str](),
        "now": NOW,
    }
    return inspect(payreq, **(given | changes))


def minted(**changes: Any) -> str:
    given: dict[str, Any] = {
        "key": KEY,
        "network": "bc",
        "amount": 3000,
        "payment_hash": SAMPLE_HASH,
        "payment_secret": "11" * 32,
        "description": "memo",
        "timestamp": SAMPLE_TIME,
    }
    return mint(**(given | changes))


def row(inspection: Inspection, name: str) -> Check:
    return next(check for check in inspection.checks if check.name == name)


def test_the_documented_sample_passes_every_check_in_few_words() -> None:
    inspection = looked_at()
    assert {check.verdict for check in inspection.checks} == {Verdict.OK}
    assert [check.sentence for check in inspection.checks] == [
        "a Lightning invoice, complete",
        "for Bitcoin",
        "3,000 sats as quoted",
        "belongs to this order",
        "paid to sms4sats 035b04…12d",
        "not expired",
        "made at a time that fits the clock",
        "usual time lock, 40 blocks",
        "needs nothing unusual of a wallet",
        "memo: sms4sats payment Germany twitter",
    ]
    assert all(len(check.sentence) <= 40 for check in inspection.checks)
    assert not inspection.warnings
    assert not inspection.blocked
    assert not inspection.asks
    assert not inspection.payee_is_new


def test_a_text_that_is_no_invoice_is_blocked_with_its_one_reason() -> None:
    inspection = looked_at("paid")
    assert inspection.invoice is None
    assert inspection.blocked
    assert inspection.warnings == (Check("invoice", Verdict.BLOCK, "This is not a Lightning invoice."),)


def test_an_invoice_of_another_network_is_blocked() -> None:
    inspection = looked_at(minted(network="bcrt"))
    assert inspection.blocked
    assert row(inspection, "network").sentence == (
        "The invoice is for a test network (regtest), expected was Bitcoin: it cannot be paid here."
    )


def test_an_unheard_of_network_is_named_by_its_letters() -> None:
    assert "the network xyz" in row(looked_at(minted(network="xyz")), "network").sentence


def test_an_invoice_without_an_amount_is_blocked() -> None:
    fields = [(letter, bech32.to_symbols(bytes(32))) for letter in "psh"]
    inspection = looked_at(encode("lnbc", SAMPLE_TIME, fields, KEY))
    assert row(inspection, "amount").verdict is Verdict.BLOCK
    assert "no amount" in row(inspection, "amount").sentence


def test_an_amount_that_is_not_whole_sats_is_blocked_and_shown() -> None:
    fields = [(letter, bech32.to_symbols(bytes(32))) for letter in "psh"]
    check = row(looked_at(encode("lnbc30000010p", SAMPLE_TIME, fields, KEY)), "amount")
    assert check.verdict is Verdict.BLOCK
    assert "3,000.001 sats" in check.sentence


@pytest.mark.parametrize(
    ("quoted", "verdict", "sentence"),
    [
        (3000, Verdict.OK, "3,000 sats as quoted"),
        (2999, Verdict.ASK, "Asks 3,000 sats, quoted were 2,999 sats."),
        (1, Verdict.ASK, "Asks 3,000 sats, quoted were 1 sat."),
        (3001, Verdict.NOTE, "3,000 sats, less than the 3,001 sats quoted"),
        (None, Verdict.NOTE, "3,000 sats; no price was quoted"),
    ],
)
def test_the_amount_is_held_against_the_quote(quoted: int | None, verdict: Verdict, sentence: str) -> None:
    inspection = looked_at(quoted=quoted)
    assert row(inspection, "amount") == Check("amount", verdict, sentence)
    assert inspection.asks is (verdict is Verdict.ASK)
    assert not inspection.blocked


def test_another_payment_hash_is_a_warning_with_both_ids() -> None:
    check = row(looked_at(order_id="abcdef0123456789"), "order")
    assert check.verdict is Verdict.WARN
    assert "7dc6e6b6…" in check.sentence
    assert "abcdef01…" in check.sentence


def test_the_order_id_is_compared_without_regard_to_case() -> None:
    assert row(looked_at(order_id=SAMPLE_HASH.upper()), "order").verdict is Verdict.OK


def test_another_payee_is_a_warning_that_can_be_accepted() -> None:
    inspection = looked_at(minted())
    assert inspection.payee_is_new
    assert inspection.warnings == (row(inspection, "payee"),)
    assert "035b04…12d" in row(inspection, "payee").sentence
    assert KEY.public[:6] in row(inspection, "payee").sentence
    accepted = looked_at(minted(), payees=frozenset({KEY.public}))
    assert not accepted.payee_is_new
    assert row(accepted, "payee").sentence == f"paid to a node you accepted {KEY.public[:6]}…{KEY.public[-3:]}"


def test_a_node_that_the_demo_declares_is_the_expected_payee() -> None:
    demo = looked_at(minted(network="bcrt"), network="bcrt", node=KEY.public.upper())
    assert not demo.warnings
    assert row(demo, "payee").sentence.startswith("paid to the demo's node ")
    assert row(demo, "network").sentence == "for a test network (regtest)"


def test_the_operators_node_is_not_the_demos() -> None:
    inspection = looked_at(node=KEY.public)
    assert inspection.payee_is_new
    assert "the demo is" in row(inspection, "payee").sentence


@pytest.mark.parametrize(("after", "verdict"), [(86399.9, Verdict.OK), (86400, Verdict.BLOCK)])
def test_an_expired_invoice_is_blocked(after: float, verdict: Verdict) -> None:
    check = row(looked_at(now=SAMPLE_TIME + after), "expiry")
    assert check.verdict is verdict
    assert ("2022-10-22 09:24 UTC" in check.sentence) is (verdict is Verdict.BLOCK)


@pytest.mark.parametrize(("ahead", "verdict"), [(300, Verdict.OK), (301, Verdict.WARN)])
def test_an_invoice_from_the_future_is_a_warning_about_the_clock(ahead: int, verdict: Verdict) -> None:
    check = row(looked_at(now=SAMPLE_TIME - ahead), "clock")
    assert check.verdict is verdict
    assert ("clock right?" in check.sentence) is (verdict is Verdict.WARN)


def test_the_latest_moment_that_an_invoice_can_name_has_a_date() -> None:
    payreq = minted(timestamp=2**35 - 1, expiry=2**32 - 1)
    assert "3058-" in row(looked_at(payreq), "clock").sentence
    assert looked_at(payreq, now=2.0**37).blocked


@pytest.mark.parametrize(("blocks", "verdict"), [(432, Verdict.OK), (433, Verdict.WARN)])
def test_a_long_time_lock_is_a_warning_in_days(blocks: int, verdict: Verdict) -> None:
    check = row(looked_at(minted(min_final_cltv=blocks)), "time lock")
    assert check.verdict is verdict
    assert ("433 blocks" in check.sentence) is (verdict is Verdict.WARN)


def test_an_unknown_even_feature_is_a_warning() -> None:
    inspection = looked_at(INVALID["Same, but adding invalid unknown feature 100"])
    check = row(inspection, "features")
    assert check.verdict is Verdict.WARN
    assert "(feature 100)" in check.sentence


def test_many_unknown_features_are_not_all_listed() -> None:
    check = row(looked_at(minted(features=(9, 14, 100, 102, 104, 106, 4000))), "features")
    assert "(feature 100, 102, 104, …)" in check.sentence
    assert len(check.sentence) <= 120


def test_the_memo_is_shown_clean() -> None:
    payreq = minted(description="\x1b]0;x\x07<b>sms</b>\u202e [pay] " + "z" * 200)
    sentence = row(looked_at(payreq), "description").sentence
    assert sentence.startswith("memo: sms [pay] zzz")
    assert len(sentence) <= 106


@pytest.mark.parametrize("memo", ["", "<b>", "\u200b"])
def test_an_empty_memo_is_noted(memo: str) -> None:
    assert row(looked_at(minted(description=memo)), "description") == Check("description", Verdict.NOTE, "no memo")


def test_a_hashed_memo_is_noted() -> None:
    fields = [(letter, bech32.to_symbols(bytes(32))) for letter in "psh"]
    check = row(looked_at(encode("lnbc30u", SAMPLE_TIME, fields, KEY)), "description")
    assert check == Check("description", Verdict.NOTE, "no memo, only the hash of one")


@settings(deadline=None, max_examples=examples(60))
@given(
    payreq=st.text() | st.just(SAMPLE),
    order_id=st.text(),
    quoted=st.none() | st.integers(0),
    network=st.text(),
    node=st.none() | st.text(),
    now=st.floats(allow_nan=False),
)
def test_an_inspection_never_fails_and_every_sentence_fits_its_line(
    *, payreq: str, order_id: str, quoted: int | None, network: str, node: str | None, now: float
) -> None:
    inspection = inspect(
        payreq, order_id=order_id, quoted=quoted, network=network, node=node, payees=frozenset({OPERATOR_NODE}), now=now
    )
    quote_digits = 0 if quoted is None else len(f"{quoted:,}")
    assert inspection.checks
    for check in inspection.checks:
        assert not {category(char) for char in check.sentence} & {"Cc", "Cf", "Cs", "Co"}
        assert len(check.sentence) <= 120 + quote_digits
