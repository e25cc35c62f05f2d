from hashlib import sha256

import pytest

from s4s_tui.domain.invoice import read_invoice
from s4s_tui.sandbox import DEMO_BALANCE, DEMO_KEY, FUND_LIMIT, PaymentRefused, Sandbox, SandboxOptions
from tests.sandbox.conftest import KEY, OTHER_KEY, Rig, refusal, running

MISSING = (400, "X-API-Key header is missing.")
UNKNOWN = (401, "Invalid API key.")


def fund(rig: Rig, sats: int, key: str = KEY) -> dict[str, str]:
    return rig.made("/fund", {"amount": sats}, key)


def test_a_balance_is_a_number_as_documented(docs: Rig) -> None:
    assert docs.account("/balance", KEY).json() == {"status": "OK", "balance": 20000}
    assert docs.account("/balance", OTHER_KEY).json() == {"status": "OK", "balance": 0.5}


def test_a_balance_is_a_string_as_seen_live(live: Rig) -> None:
    assert live.account("/balance", KEY).json() == {"status": "OK", "balance": "20000"}
    assert live.account("/balance", OTHER_KEY).json() == {"status": "OK", "balance": "0.5"}


def test_the_demo_knows_its_key() -> None:
    for rig in running(SandboxOptions()):
        assert rig.balance(DEMO_KEY) == DEMO_BALANCE


@pytest.mark.parametrize("path", ["/balance", "/history"])
def test_an_account_is_shown_to_its_key_only(rig: Rig, path: str) -> None:
    assert refusal(rig.account(path)) == MISSING
    assert refusal(rig.account(path, "")) == MISSING
    assert refusal(rig.account(path, "guessed")) == UNKNOWN
    assert refusal(rig.account(path, KEY.upper())) == UNKNOWN
    assert refusal(rig.http.get(path, headers={b"X-API-Key": b"\xe9"})) == UNKNOWN


def test_funding_needs_a_key(rig: Rig) -> None:
    assert refusal(rig.post("/fund", {"amount": 1000})) == MISSING
    assert refusal(rig.post("/fund", {"amount": 1000}, "guessed")) == UNKNOWN


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        (None, "amount is missing."),
        ("", "amount is missing."),
        (0, "amount must be a whole number of sats, 1 or more."),
        (-1, "amount must be a whole number of sats, 1 or more."),
        (1.5, "amount must be a whole number of sats, 1 or more."),
        ("1000", "amount must be a whole number of sats, 1 or more."),
        (True, "amount must be a whole number of sats, 1 or more."),
    ],
)
def test_an_amount_that_makes_no_sense_is_refused(rig: Rig, amount: object, reason: str) -> None:
    assert refusal(rig.post("/fund", {"amount": amount}, KEY)) == (400, reason)


def test_more_than_the_node_takes_is_a_backend_error(rig: Rig) -> None:
    assert refusal(rig.post("/fund", {"amount": FUND_LIMIT + 1}, KEY)) == (500, "backend error")


def test_a_paid_funding_raises_the_balance_at_once(bank: Rig) -> None:
    order = fund(bank, 1234)
    invoice = read_invoice(order["payreq"])
    assert (invoice.amount_sat, invoice.description) == (1234, "sms4sats fund")
    assert invoice.payment_hash == order["orderId"]
    unpaid = {"status": "OK", "paid": False, "timestamp": int(bank.clock.seconds * 1000)}
    assert bank.status(order) == unpaid
    assert bank.balance(KEY) == 20000
    bank.sandbox.pay(order["payreq"])
    assert bank.status(order) == {**unpaid, "paid": True}
    assert bank.balance(KEY) == 21234
    assert bank.balance(OTHER_KEY) == 0.5
    with pytest.raises(PaymentRefused, match="paid already"):
        bank.sandbox.pay(order["payreq"])


def test_a_funding_can_be_paid_by_itself() -> None:
    for rig in running(SandboxOptions(pay_after=5)):
        fund(rig, 1000, DEMO_KEY)
        rig.clock.step(4)
        assert rig.balance(DEMO_KEY) == DEMO_BALANCE
        rig.clock.step(1)
        assert rig.balance(DEMO_KEY) == DEMO_BALANCE + 1000


def test_a_funding_that_nobody_pays_expires(bank: Rig) -> None:
    order = fund(bank, 1000)
    bank.clock.step(86400)
    assert "expired" in bank.status(order)["error"]
    assert bank.balance(KEY) == 20000


def test_a_funding_is_not_cancelled(bank: Rig) -> None:
    order = fund(bank, 1000)
    bank.clock.step(200)
    assert refusal(bank.cancel(order)) == (500, "unable to save data")
    bank.sandbox.pay(order["payreq"])
    assert refusal(bank.cancel(order)) == (500, "unable to save data")
    assert bank.balance(KEY) == 21000


def test_the_history_lists_paid_fundings_newest_first_with_every_documented_field(bank: Rig) -> None:
    live = isinstance(bank.account("/balance", KEY).json()["balance"], str)
    first = fund(bank, 1000)
    made_at = int(bank.clock.seconds * 1000)
    bank.clock.step(60)
    second = fund(bank, 500)
    fund(bank, 333)  # never paid
    others = fund(bank, 444, OTHER_KEY)
    bank.made("/createorder", {"country": 43, "service": "tg", "immediate": True}, KEY)
    for order in (first, second, others):
        bank.sandbox.pay(order["payreq"])
    body = bank.account("/history", KEY).json()
    oldest = body["orders"][-1]
    assert sha256(bytes.fromhex(oldest["preimage"])).hexdigest() == first["orderId"]
    assert oldest == {
        "amount": "1000" if live else 1000,
        "createdAt": str(made_at) if live else made_at,
        "desc": "fund",
        "description": "sms4sats fund",
        "holdinvoice": first["payreq"],
        "preimage": oldest["preimage"],
        "preimageHash": first["orderId"],
        "price": "1000" if live else 1000,
        "userId": KEY,
    }
    assert [row["preimageHash"] for row in body["orders"]] == [second["orderId"], first["orderId"]]
    assert (body["status"], body["totalAmount"]) == ("OK", "1500" if live else 1500)


def test_a_history_can_be_empty(bank: Rig) -> None:
    body = bank.account("/history", OTHER_KEY).json()
    assert body["orders"] == []
    assert int(body["totalAmount"]) == 0


def test_a_key_is_shown_nowhere_but_where_the_api_does(rig: Rig) -> None:
    for reply in (rig.account("/balance", "guessed-key"), rig.post("/fund", {"amount": 1}, "guessed-key")):
        assert "guessed-key" not in reply.text
    assert KEY not in repr(SandboxOptions(keys={KEY: 1}))
    assert KEY not in repr(vars(Sandbox(SandboxOptions(keys={KEY: 1}))))
