import stat
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from s4s_tui.domain.invoice import read_invoice
from s4s_tui.sandbox import DEMO_BALANCE, DEMO_KEY, PaymentRefused, Sandbox, SandboxError, SandboxOptions, store
from s4s_tui.sandbox.book import OrderBook
from s4s_tui.sandbox.mint import NodeKey
from s4s_tui.sandbox.offer import Offer
from s4s_tui.sandbox.orders import Phase, Refusal, SandboxOrder
from s4s_tui.sandbox.shop import Shop
from s4s_tui.sandbox.stock import countries
from tests.sandbox.conftest import Clock, refusal, running

GERMANY = countries()[43]


OPTIONS = SandboxOptions(number_after=10, code_after=60)
FIXED = replace(OPTIONS, sent_after=5, delivered_after=10)


def book(clock: Clock, path: Path | None, options: SandboxOptions = OPTIONS) -> OrderBook:
    return OrderBook(replace(options, state_file=path), NodeKey.random(), clock)


def shop(orders: OrderBook, options: SandboxOptions = OPTIONS) -> Shop:
    return Shop(orders, options, Offer())


def cancel(order: SandboxOrder, now: float) -> SandboxOrder:
    return order.cancel(now)


def pay(order: SandboxOrder, now: float) -> SandboxOrder:
    return order.pay(now)


def test_orders_outlive_the_process(tmp_path: Path) -> None:
    options = SandboxOptions(state_file=tmp_path / "new" / "sandbox.json", number_after=10, code_after=60)
    clock = Clock()
    first = Sandbox(options, now=clock)
    with first, httpx.Client(base_url=first.url, trust_env=False, verify=False) as http:
        order = http.post("/createorder", json={"country": 43, "service": "tg"}).json()
        other = http.post("/createorder", json={"country": 43, "service": "tg"}).json()
        first.pay(order["payreq"])
    clock.step(70)
    second = Sandbox(options, now=clock)
    with second, httpx.Client(base_url=second.url, trust_env=False, verify=False) as http:
        assert second.node != first.node
        assert http.get("/orderstatus", params={"orderId": order["orderId"]}).json()["code"] is not None
        with pytest.raises(PaymentRefused, match="paid already"):
            second.pay(order["payreq"])
        second.pay(other["payreq"])
        assert http.get("/orderstatus", params={"orderId": other["orderId"]}).json()["paid"] is True


def test_every_change_is_in_the_file_at_once(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "sandbox.json"
    orders = book(clock, path)
    order = shop(orders).receive(GERMANY, "tg")
    assert store.load(path).orders == (order,)
    clock.step(200)
    cancelled = orders.change(order.order_id, cancel)
    assert store.load(path).orders == (cancelled,)
    assert cancelled.phase(clock()) is Phase.CANCELLED


def test_an_order_keeps_the_speed_it_was_made_with(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "sandbox.json"
    order = shop(book(clock, path, replace(OPTIONS, speed=100, pay_after=0))).receive(GERMANY, "tg")
    clock.step(1)
    assert book(clock, path).get(order.order_id).phase(clock()) is Phase.SETTLED


def test_the_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "sandbox.json"
    shop(book(Clock(), path)).receive(GERMANY, "tg")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [child.name for child in path.parent.iterdir()] == ["sandbox.json"]


def test_no_file_is_no_orders(tmp_path: Path) -> None:
    assert store.load(tmp_path / "sandbox.json") == store.State()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff",
        b"{",
        b"[]",
        b"null",
        b'{"format":"another","orders":[]}',
        b'{"format":"s4s-tui sandbox 1"}',
        b'{"format":"s4s-tui sandbox 1","orders":[1]}',
        b'{"format":"s4s-tui sandbox 1","orders":[{"kind":"a kind of tomorrow"}]}',
        b'{"format":"s4s-tui sandbox 1","orders":[],"carried":[]}',
        b'{"format":"s4s-tui sandbox 1","orders":[],"carried":{"x":"1"}}',
        b'{"format":"s4s-tui sandbox 1","orders":[],"carried":{"x":true}}',
        b'{"format":"s4s-tui sandbox 1","orders":[{"order_id":"x"}]}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_not_ours_is_set_aside(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "sandbox.json"
    path.write_bytes(raw)
    order = shop(book(Clock(), path)).receive(GERMANY, "tg")
    assert (tmp_path / "sandbox.json.broken").read_bytes() == raw
    assert store.load(path).orders == (order,)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b'"paid_at":null', b'"paid_at":"yes"'),
        (b'"country":43', b'"country":17'),
        (b'"service":"tg"', b'"service":"nosuch"'),
        (b'"number_after":10.0', b'"number_after":null'),
    ],
)
def test_a_file_with_a_damaged_order_is_set_aside(tmp_path: Path, was: bytes, becomes: bytes) -> None:
    path = tmp_path / "sandbox.json"
    shop(book(Clock(), path)).receive(GERMANY, "tg")
    raw = path.read_bytes()
    assert was in raw
    path.write_bytes(raw.replace(was, becomes))
    assert store.load(path) == store.State()
    assert not path.exists()


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b'"channel":"sms"', b'"channel":"pigeon"'),
        (b'"sent"', b'"lost"'),
        (b'"announced":0', b'"announced":null'),
        (b'"announced":0', b'"announced":false'),
    ],
)
def test_a_file_with_a_damaged_message_is_set_aside(tmp_path: Path, was: bytes, becomes: bytes) -> None:
    path = tmp_path / "sandbox.json"
    shop(book(Clock(), path), FIXED).send("sms", "+4915112345678", "hello")
    raw = path.read_bytes()
    assert was in raw
    path.write_bytes(raw.replace(was, becomes))
    assert store.load(path) == store.State()
    assert not path.exists()


def test_every_kind_of_order_is_read_as_it_was_written(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "sandbox.json"
    orders = book(clock, path)
    account, till = orders.account(DEMO_KEY), shop(orders)
    made = (
        till.receive(GERMANY, "tg", real_phone=True, ref="me@example.com"),
        till.rent(GERMANY, "full", ref="me@example.com"),
        till.send("sms", "+4915112345678", "hello", webhook="https://example.com/hook", account=account),
        till.send("email", "a@example.com", "hello"),
        till.fund(1000, account),
    )
    assert store.load(path).orders == made


def test_a_balance_outlives_the_process(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "sandbox.json"
    orders = book(clock, path)
    account, till = orders.account(DEMO_KEY), shop(orders)
    orders.change(till.fund(1000, account).order_id, pay)
    till.rent(GERMANY, "full", account=account)
    again = book(clock, path)
    assert again.balance(account) == DEMO_BALANCE + 1000 - 18000
    assert [order.bill.price for order in again.fundings(account)] == [1000]


def test_the_file_holds_no_api_key(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.json"
    orders = book(Clock(), path)
    order = shop(orders).fund(1000, orders.account(DEMO_KEY))
    assert DEMO_KEY not in path.read_text()
    assert DEMO_KEY not in repr((order, OPTIONS))


def test_a_file_of_the_first_version_is_still_read(tmp_path: Path) -> None:
    """The file was written by the version that knew receiving only: a paid order and a cancelled one."""
    path = tmp_path / "sandbox.json"
    path.write_bytes((Path(__file__).parent / "state_v1.json").read_bytes())
    clock = Clock()
    clock.step(2)  # 40 s of life at the speed they were made with
    orders = book(clock, path)
    paid, cancelled = store.load(path).orders
    assert (paid.phase(clock()), cancelled.phase(clock())) == (Phase.NUMBER, Phase.CANCELLED)
    assert paid.bill.price == read_invoice(paid.bill.payreq).amount_sat
    clock.step(2)
    assert orders.get(paid.order_id).phase(clock()) is Phase.SETTLED
    new = shop(orders).receive(GERMANY, "tg")
    assert store.load(path).orders == (paid, cancelled, new)


def test_a_forgotten_order_leaves_the_balance_as_it_is(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "sandbox.json"
    few = replace(FIXED, max_orders=1)
    orders = book(clock, path, few)
    account, till = orders.account(DEMO_KEY), shop(orders, few)
    orders.change(till.fund(700, account).order_id, pay)
    till.send("sms", "+4915112345678", "hello", account=account)
    assert orders.balance(account) == DEMO_BALANCE + 700 - 1000
    clock.step(60)
    till.send("sms", "+4915112340000", "hello", account=account)
    clock.step(60)
    till.receive(GERMANY, "tg")
    assert orders.balance(account) == DEMO_BALANCE + 700 - 1000, "the failed message was not paid for"
    assert book(clock, path, few).balance(account) == DEMO_BALANCE + 700 - 1000
    assert orders.fundings(account) == ()


def test_a_file_that_is_too_large_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sandbox.json"
    shop(book(Clock(), path)).receive(GERMANY, "tg")
    monkeypatch.setattr(store, "_SIZE_LIMIT", 10)
    assert store.load(path) == store.State()


def test_a_state_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="cannot read"):
        Sandbox(SandboxOptions(state_file=tmp_path))


def test_an_order_that_cannot_be_written_is_not_made(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    options = SandboxOptions(state_file=blocked / "sandbox.json")
    for rig in running(options):
        blocked.write_text("in the way")
        reply = rig.http.post("/createorder", json={"country": 43, "service": "tg"})
        assert refusal(reply) == (500, "unable to save data")


def test_a_payment_that_cannot_be_written_does_not_happen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for rig in running(SandboxOptions(state_file=tmp_path / "sandbox.json")):
        order = rig.order()

        def full(*_args: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("os.fsync", full)
            with pytest.raises(PaymentRefused, match="unable to save data"):
                rig.sandbox.pay(order["payreq"])
        assert rig.status(order)["paid"] is False
        assert [child.name for child in tmp_path.iterdir()] == ["sandbox.json"]
        rig.sandbox.pay(order["payreq"])


def test_the_oldest_ended_order_makes_room() -> None:
    clock = Clock()
    orders = book(clock, None, replace(OPTIONS, max_orders=3))
    till = shop(orders)
    first = till.receive(GERMANY, "tg")
    clock.step(120)
    second, third = till.receive(GERMANY, "tg"), till.receive(GERMANY, "tg")
    with pytest.raises(Refusal, match="too many open orders"):
        till.receive(GERMANY, "tg")
    orders.change(first.order_id, cancel)
    fourth = till.receive(GERMANY, "tg")
    with pytest.raises(Refusal, match="not found"):
        orders.get(first.order_id)
    assert [orders.get(order.order_id) for order in (second, third, fourth)] == [second, third, fourth]
