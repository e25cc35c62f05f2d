"""Invoices of the sandbox, read by a decoder that others have written."""

import importlib.util

import pytest

from s4s_tui.domain.invoice import read_invoice
from s4s_tui.sandbox import SandboxOptions
from s4s_tui.sandbox.options import Network
from tests.sandbox.conftest import GERMANY, KEY, Rig, running

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("breez_sdk_liquid") is None, reason="no wheel of the other decoder for this Python"
)

MEMOS = {
    "order": "sms4sats payment Germany Telegram",
    "rental": "sms4sats rental Germany Telegram",
    "sms": "sms4sats send sms",
    "email": "sms4sats send email",
    "fund": "sms4sats fund",
}


def made(rig: Rig, kind: str) -> dict[str, str]:
    """An order of this kind."""
    match kind:
        case "order":
            return rig.order()
        case "rental":
            return rig.order(GERMANY, "tg", isRental=True)
        case "sms":
            return rig.made("/createsendorder", {"message": "hello", "phone": "+4915112345678"})
        case "email":
            return rig.made("/createemailsendorder", {"message": "hello", "address": "a@host.example"})
        case _:
            return rig.made("/fund", {"amount": 12_345}, KEY)


@pytest.mark.parametrize("network", ["bcrt", "bc"])
def test_another_decoder_reads_every_kind_of_invoice_and_all_its_fields_are_equal(network: Network) -> None:
    import breez_sdk_liquid as other

    prices = {"order": 2900, "rental": 18_000, "sms": 1000, "email": 1000, "fund": 12_345}
    for rig in running(SandboxOptions(network=network, keys={KEY: 0})):
        for kind, memo in MEMOS.items():
            order = made(rig, kind)
            read = other.parse_invoice(order["payreq"])
            assert read.bolt11 == order["payreq"]
            assert read.network == (other.Network.BITCOIN if network == "bc" else other.Network.REGTEST)
            assert read.amount_msat == prices[kind] * 1000
            assert read.payment_hash == order["orderId"]
            assert read.payee_pubkey == rig.sandbox.node, "recovered from the signature: the invoice does not name it"
            assert (read.description, read.description_hash) == (memo, None)
            assert (read.timestamp, read.expiry) == (int(rig.clock.seconds), 86_400)
            assert (read.min_final_cltv_expiry_delta, read.routing_hints) == (40, [])
            ours = read_invoice(order["payreq"])
            assert bytes(read.payment_secret).hex() == ours.payment_secret


def test_another_decoder_refuses_an_invoice_with_one_letter_changed() -> None:
    import breez_sdk_liquid as other

    for rig in running(SandboxOptions()):
        payreq = rig.order()["payreq"]
        changed = payreq[:-20] + ("q" if payreq[-20] != "q" else "p") + payreq[-19:]
        with pytest.raises(other.PaymentError.InvalidInvoice, match="not valid"):
            other.parse_invoice(changed)
