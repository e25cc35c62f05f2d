import secrets
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from s4s_tui.sandbox import PaymentRefused
from s4s_tui.sandbox.mint import NodeKey, mint
from tests.sandbox.conftest import Rig

MAINNET = (
    "lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwssywetjd4sku7f"
    "qw3mkjar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssqlyeyhnqq4y6l5ynxatvnqg6zl"
    "dnqmwxx7qel0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw393sp8uywdc"
)


def strange(docs: Rig, payment_hash: str) -> str:
    """An invoice that another node of the same network made."""
    return mint(
        key=NodeKey.random(),
        network="bcrt",
        amount=1,
        payment_hash=payment_hash,
        payment_secret=secrets.token_hex(32),
        description="x",
        timestamp=int(docs.clock.seconds),
    )


def test_the_buyer_pays_once(rig: Rig) -> None:
    order = rig.order()
    rig.sandbox.pay(order["payreq"])
    with pytest.raises(PaymentRefused, match="paid already"):
        rig.sandbox.pay(order["payreq"])


def test_the_buyer_takes_what_a_qr_code_holds(rig: Rig) -> None:
    order = rig.order()
    rig.sandbox.pay(f" lightning:{order['payreq']}\n".upper())
    assert rig.status(order)["paid"] is True


def test_the_buyer_refuses_what_is_no_invoice(docs: Rig) -> None:
    for text in ("", "hello", "lnbcrt1", docs.order()["payreq"][:-1]):
        with pytest.raises(PaymentRefused, match="no invoice"):
            docs.sandbox.pay(text)


def test_the_buyer_refuses_real_money(docs: Rig) -> None:
    with pytest.raises(PaymentRefused, match="network bc;"):
        docs.sandbox.pay(MAINNET)


def test_the_buyer_refuses_an_expired_invoice(docs: Rig) -> None:
    order = docs.order()
    docs.clock.step(86400)
    with pytest.raises(PaymentRefused, match="expired"):
        docs.sandbox.pay(order["payreq"])


def test_the_buyer_refuses_an_invoice_that_the_sandbox_did_not_make(docs: Rig) -> None:
    with pytest.raises(PaymentRefused, match="order not found"):
        docs.sandbox.pay(strange(docs, "11" * 32))


def test_the_buyer_refuses_another_invoice_for_the_same_payment_hash(docs: Rig) -> None:
    order = docs.order()
    with pytest.raises(PaymentRefused, match="not the invoice"):
        docs.sandbox.pay(strange(docs, order["orderId"]))
    assert docs.status(order)["paid"] is False


def test_the_buyer_refuses_an_order_whose_money_went_back(docs: Rig) -> None:
    order = docs.order(service="gf")
    docs.sandbox.pay(order["payreq"])
    docs.clock.step(30)
    with pytest.raises(PaymentRefused, match="paid already"):
        docs.sandbox.pay(order["payreq"])


def test_of_two_payments_at_once_one_wins(docs: Rig) -> None:
    barrier = Barrier(2)

    def pay(payreq: str) -> bool:
        barrier.wait()
        try:
            docs.sandbox.pay(payreq)
        except PaymentRefused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        for _ in range(10):
            payreq = docs.order()["payreq"]
            assert sorted(pool.map(pay, [payreq, payreq])) == [False, True]
