"""What the sandbox's faults do to a client that asks over a real socket."""

import json
import socket
import time
import zlib
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx
import pytest

from s4s_tui.domain.checks import Inspection, Verdict, inspect
from s4s_tui.sandbox import SandboxOptions
from s4s_tui.sandbox.faults import Fault, FaultKind
from s4s_tui.sandbox.spoiling import BIG_BODY, Spoiling
from tests.sandbox.conftest import KEY, Rig, running


@pytest.fixture(scope="module")
def server() -> Iterator[Rig]:
    yield from running(SandboxOptions(number_after=10, code_after=60, code="048010", keys={KEY: 20_000}))


@pytest.fixture
def rig(server: Rig) -> Iterator[Rig]:
    """One sandbox for all of them, each time without a fault."""
    yield server
    server.sandbox.faults.clear()


def inject(rig: Rig, kind: FaultKind, endpoint: str = "/price", **more: Any) -> None:
    rig.sandbox.faults.add(Fault(kind=kind, endpoint=endpoint, **{"count": 1, **more}))


def orders(rig: Rig) -> int:
    return len(rig.sandbox._book._orders)


def raw(rig: Rig, path: str = "/price") -> socket.socket:
    """A connection over which a GET was sent."""
    connection = socket.create_connection(("127.0.0.1", int(rig.sandbox.url.rpartition(":")[2])), timeout=5)
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: sandbox\r\n\r\n".encode())
    return connection


@pytest.mark.parametrize("style", ["json", "text", "html", "empty"])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 502])
def test_a_failure_comes_with_its_status_in_every_style(rig: Rig, status: int, style: str) -> None:
    inject(rig, FaultKind.STATUS, status=status, body=style, retry_after=7)
    reply = rig.http.get("/price")
    assert reply.status_code == status
    assert reply.headers.get("Retry-After") == ("7" if status == 429 else None)
    looks = {"json": b'{"status": "error", "reason": ', "text": b"%d " % status, "html": b"<html>", "empty": b""}
    assert reply.content.startswith(looks[style])
    assert bool(reply.content) is (style != "empty")
    assert rig.http.get("/price").status_code == 200


def test_an_unusual_status_has_a_name_too(rig: Rig) -> None:
    inject(rig, FaultKind.STATUS, status=599, body="text")
    assert rig.http.get("/price").text == "599 Failure\n"


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
def test_a_reset_connection_says_nothing_of_the_order_that_may_have_been_made(rig: Rig, when: str, made: int) -> None:
    inject(rig, FaultKind.RESET, "/createorder", when=when)
    before = orders(rig)
    with pytest.raises((httpx.NetworkError, httpx.RemoteProtocolError)):  # at its last byte, or at the answer's first
        rig.post("/createorder", {"country": 43, "service": "tg"})
    assert orders(rig) == before + made
    assert rig.order()["status"] == "OK"


def test_a_reset_is_one_of_tcp(rig: Rig) -> None:
    inject(rig, FaultKind.RESET)
    with raw(rig) as connection, pytest.raises(ConnectionResetError):
        connection.recv(1)


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
def test_no_answer_comes_and_the_order_may_exist(rig: Rig, when: str, made: int) -> None:
    inject(rig, FaultKind.TIMEOUT, "/createorder", when=when)
    before = orders(rig)
    with pytest.raises(httpx.ReadTimeout):
        rig.http.post("/createorder", json={"country": 43, "service": "tg"}, timeout=0.2)
    assert orders(rig) == before + made


def test_a_client_that_waits_for_ever_is_hung_up_on(rig: Rig) -> None:
    inject(rig, FaultKind.TIMEOUT, seconds=0.05)
    with pytest.raises(httpx.RemoteProtocolError, match="disconnected"):
        rig.http.get("/price")


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_slow_answer_comes_all_the_same(rig: Rig, when: str) -> None:
    inject(rig, FaultKind.SLOW, seconds=0.1, when=when)
    begun = time.perf_counter()
    assert rig.get("/price")["receive"] == 3000
    assert time.perf_counter() - begun >= 0.1


def test_half_of_the_json_looks_like_the_whole_answer(rig: Rig) -> None:
    whole = rig.http.get("/price").content
    inject(rig, FaultKind.CUT)
    assert rig.http.get("/price").content == whole[: len(whole) // 2]


def test_an_answer_breaks_off(rig: Rig) -> None:
    inject(rig, FaultKind.BROKEN)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        rig.http.get("/price")


def test_every_value_has_another_type(rig: Rig) -> None:
    order = rig.order()
    inject(rig, FaultKind.TYPES, "/orderstatus")
    said = rig.status(order)
    assert said["status"] == ["OK"]
    assert said["paid"] == {"is": "perhaps"}
    assert said["code"] == [[]]
    assert set(said["id"]) == {"value"}


def test_a_list_is_an_object_and_an_object_a_list(rig: Rig) -> None:
    prices, services = rig.get("/price"), rig.get("/getnumbersstatus", country=43)
    inject(rig, FaultKind.SHAPE)
    inject(rig, FaultKind.SHAPE, "/getnumbersstatus")
    assert rig.get("/price") == [prices]
    assert rig.get("/getnumbersstatus", country=43) == {"data": services}


def test_the_text_is_not_utf_8(rig: Rig) -> None:
    inject(rig, FaultKind.ENCODING)
    body = rig.http.get("/price").content
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert json.loads(body.decode("utf-16"))["receive"] == 3000


def test_a_megabyte_unpacks_to_a_thousand(rig: Rig) -> None:
    inject(rig, FaultKind.GZIP)
    with rig.http.stream("GET", "/price") as reply:
        assert reply.headers["Content-Encoding"] == "gzip"
        packed = b"".join(reply.iter_raw())
    assert len(packed) < 2_000_000
    first = zlib.decompressobj(wbits=31)
    members = packed.count(b"\x1f\x8b\x08")
    assert len(first.decompress(packed)) * members >= 1_000_000_000


def test_fifty_megabytes_come_and_the_server_lives(rig: Rig) -> None:
    inject(rig, FaultKind.BIG)
    with rig.http.stream("GET", "/price") as reply:
        assert sum(len(chunk) for chunk in reply.iter_raw()) >= BIG_BODY
    assert rig.http.get("/price").status_code == 200


@pytest.mark.parametrize("kind", [FaultKind.BIG, FaultKind.DRIP])
def test_a_client_that_hangs_up_half_way_is_let_go(rig: Rig, kind: FaultKind) -> None:
    inject(rig, kind, seconds=0.01)
    with rig.http.stream("GET", "/price") as reply:
        for _, chunk in zip(range(3), reply.iter_raw(), strict=False):
            assert chunk.strip() == b""
    assert rig.http.get("/price").status_code == 200


def test_a_redirect_leads_elsewhere(rig: Rig) -> None:
    inject(rig, FaultKind.REDIRECT, to="http://127.0.0.1:1/there")
    reply = rig.http.get("/price")
    assert (reply.status_code, reply.headers["Location"]) == (HTTPStatus.TEMPORARY_REDIRECT, "http://127.0.0.1:1/there")


def test_states_of_an_order_come_twice_and_in_the_wrong_order(rig: Rig) -> None:
    order = rig.order()
    unpaid = rig.status(order)
    rig.sandbox.pay(order["payreq"])
    held = rig.status(order)
    rig.clock.step(11)
    number = rig.status(order)
    inject(rig, FaultKind.REPEATED, "/orderstatus")
    assert rig.status(order) == held
    inject(rig, FaultKind.REORDERED, "/orderstatus")
    assert rig.status(order) == unpaid
    assert rig.status(order) == number


def test_the_first_state_can_only_be_told_again(rig: Rig) -> None:
    order = rig.order()
    for kind in (FaultKind.REPEATED, FaultKind.REORDERED):
        inject(rig, kind, "/orderstatus")
        assert rig.status(order)["paid"] is False


def checked(rig: Rig, order: dict[str, str]) -> Inspection:
    return inspect(
        order["payreq"],
        order_id=order["orderId"],
        quoted=rig.get("/price", country=43)["computed"]["price"],
        network="bcrt",
        node=rig.sandbox.node,
        payees=frozenset(),
        now=rig.clock(),
    )


@pytest.mark.parametrize(
    ("how", "check", "verdict"),
    [
        (Spoiling.EXPIRED, "expiry", Verdict.BLOCK),
        (Spoiling.AMOUNT, "amount", Verdict.ASK),
        (Spoiling.HASH, "order", Verdict.WARN),
        (Spoiling.NETWORK, "network", Verdict.BLOCK),
        (Spoiling.PAYEE, "payee", Verdict.WARN),
        (Spoiling.CHECKSUM, "invoice", Verdict.BLOCK),
        (Spoiling.NONE, "invoice", Verdict.BLOCK),
        (Spoiling.MISSING, "invoice", Verdict.BLOCK),
    ],
)
def test_one_thing_is_wrong_with_an_invoice(rig: Rig, how: Spoiling, check: str, verdict: Verdict) -> None:
    assert checked(rig, rig.order()).warnings == ()
    inject(rig, FaultKind.INVOICE, "/createorder", invoice=how)
    found = checked(rig, rig.order())
    assert [(one.name, one.verdict) for one in found.warnings] == [(check, verdict)]


def test_a_long_invoice_is_one_of_600_characters(rig: Rig) -> None:
    inject(rig, FaultKind.INVOICE, "/createorder", invoice=Spoiling.LONG)
    order = rig.order()
    assert 590 <= len(order["payreq"]) <= 600
    assert checked(rig, order).warnings == ()


def test_no_invoice_is_spoiled_where_there_is_none(rig: Rig) -> None:
    inject(rig, FaultKind.INVOICE, "/createorder")
    body = {"country": 43, "service": "tg", "immediate": True}
    assert rig.made("/createorder", body, KEY)["payreq"] == "paid"


def test_a_fault_hits_its_endpoint_so_often(rig: Rig) -> None:
    inject(rig, FaultKind.STATUS, count=2)
    assert rig.http.get("/getCountries").status_code == 200
    assert [rig.http.get("/price").status_code for _ in range(3)] == [500, 500, 200]
    assert rig.sandbox.faults.injected() == ()


def test_a_fault_of_no_endpoint_hits_all_but_the_control(rig: Rig) -> None:
    inject(rig, FaultKind.STATUS, "*", count=None, status=403)
    assert rig.http.get("/price").status_code == 403
    assert rig.http.get("/").status_code == 403
    assert rig.http.get("/_sandbox/faults").status_code != 403


def test_the_answer_tells_the_sandboxs_own_time(rig: Rig) -> None:
    rig.clock.step(3600)
    told = parsedate_to_datetime(rig.http.get("/price").headers["Date"]).timestamp()
    assert told == int(rig.clock())
    inject(rig, FaultKind.STATUS)
    assert rig.http.get("/price").headers.get_list("Date") == [rig.http.get("/price").headers["Date"]]
