"""Sizes, encodings, kept connections, proxies and the log."""

import logging
import sys
from pathlib import Path
from typing import Literal

import pytest

from s4s_tui.api.client import Client
from s4s_tui.api.wire import MOST_BYTES
from s4s_tui.domain.catalogue import Price
from s4s_tui.domain.errors import OutcomeUnknown, Refused, Rubbish, Unreachable
from s4s_tui.domain.proxy import Proxy
from tests.api.asks import NUMBER
from tests.api.conftest import Connect
from tests.api.server import Say, Server, reply

SECRET = "7dc6e6b61d8c54dff6b8d6ea2e3f08b018e57963df81d493a6f9728c4dc83318"


def chunks(total: int) -> Say:
    size = 64_000
    chunk = b"%x\r\n" % size + b" " * size + b"\r\n"
    return Say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * (total // size) + b"0\r\n\r\n")


async def test_an_answer_beyond_two_megabytes_is_not_read(server: Server, client: Client) -> None:
    server.script(reply(b" " * (MOST_BYTES + 1)), chunks(2 * MOST_BYTES), chunks(2 * MOST_BYTES))
    with pytest.raises(Rubbish, match="longer than 2 MB"):
        await client.services(43)
    with pytest.raises(Rubbish, match="longer than 2 MB"):
        await client.services(43)
    with pytest.raises(OutcomeUnknown, match="longer than 2 MB"):
        await client.create_order(NUMBER)


async def test_an_answer_of_two_megabytes_is_read(server: Server, client: Client) -> None:
    server.script(reply(b" " * (MOST_BYTES - 2) + b"[]"))
    assert await client.services(43) == ()


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "gzip, identity"])
async def test_a_compressed_answer_is_not_unpacked(server: Server, client: Client, encoding: str) -> None:
    server.script(*[reply(b"\x1f\x8b\x08", Content_Encoding=encoding)] * 2)
    with pytest.raises(Rubbish, match="compressed"):
        await client.price()
    with pytest.raises(OutcomeUnknown, match="compressed"):
        await client.cancel_order("x")


async def test_an_answer_that_calls_itself_identity_is_read(server: Server, client: Client) -> None:
    server.script(reply({"receive": 1}, Content_Encoding="Identity"))
    assert await client.price() == Price(receive=1)


async def test_a_byte_order_mark_is_skipped(server: Server, client: Client) -> None:
    server.script(reply(b'\xef\xbb\xbf{"receive":1}'))
    assert await client.price() == Price(receive=1)


async def test_a_server_that_answers_tls_with_plain_text_is_unreachable(server: Server, connect: Connect) -> None:
    server.greeting = b"220 mail ready\r\n"
    with pytest.raises(Unreachable, match=r"TLS.*nothing was sent"):
        await connect(server.url.replace("http:", "https:")).create_order(NUMBER)


async def test_a_read_over_a_connection_closed_meanwhile_is_asked_once_more(server: Server, client: Client) -> None:
    server.script(reply({}), Say(then="close"), reply({"receive": 5}))
    await client.price()
    assert await client.price() == Price(receive=5)
    assert [request.connection for request in server.requests] == [1, 1, 2]


async def test_a_read_is_asked_once_more_but_not_twice(server: Server, client: Client) -> None:
    server.script(reply({}), Say(then="reset"), Say(then="close"), reply({}))
    await client.price()
    with pytest.raises(Unreachable):
        await client.price()
    assert len(server.requests) == 3


async def test_an_answer_cut_on_a_kept_connection_is_not_asked_for_again(server: Server, client: Client) -> None:
    server.script(reply({}), Say(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", then="close"), reply({}))
    await client.price()
    with pytest.raises(Unreachable):
        await client.price()
    assert len(server.requests) == 2


@pytest.mark.parametrize("then", ["close", "reset"])
async def test_an_order_over_a_connection_closed_meanwhile_is_never_sent_again(
    server: Server, client: Client, then: Literal["close", "reset"]
) -> None:
    server.script(reply({}), Say(then=then), reply({"orderId": "x", "payreq": "y"}))
    await client.price()
    with pytest.raises(OutcomeUnknown):
        await client.create_order(NUMBER)
    assert [request.method for request in server.requests] == ["GET", "POST"]


async def test_a_cancellation_is_never_sent_again_by_itself(server: Server, client: Client) -> None:
    server.script(reply({}), Say(then="close"), reply({"status": "OK"}))
    await client.price()
    with pytest.raises(OutcomeUnknown):
        await client.cancel_order("x")
    assert len(server.requests) == 2


async def test_a_socks_proxy_without_its_package_is_a_sentence(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    with pytest.raises(Unreachable, match=r"SOCKS.*socksio"):
        await connect("http://api.invalid", proxy=Proxy(scheme="socks5h", host="127.0.0.1", port=9)).price()


async def test_a_missing_certificate_file_of_the_environment_is_a_sentence(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    (tmp_path / "missing.pem").write_text("no certificate")
    with pytest.raises(Unreachable, match="certificates"):
        await connect("https://api.invalid").price()


@pytest.mark.parametrize(
    "url", ["http://[::1", "ftp://127.0.0.1", "nonsense", f"http://{'a' * 70}.invalid", "http://127.0.0.1:99999"]
)
async def test_an_impossible_address_is_unreachable(connect: Connect, url: str) -> None:
    with pytest.raises(Unreachable):
        await connect(url).create_order(NUMBER)


async def test_the_log_holds_neither_ids_nor_bodies(
    server: Server, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    server.script(reply({"code": "987654"}), reply({"orderId": SECRET, "payreq": "lnbc1"}), reply(b"", 404))
    with caplog.at_level(logging.DEBUG, "s4s_tui"):
        await client.order_status(SECRET)
        await client.create_order(NUMBER)
        with pytest.raises(Refused):
            await client.cancel_order(SECRET)
        await server.stop()
        await client.close()
        with pytest.raises(Unreachable):
            await client.price()
    lines = [record.getMessage() for record in caplog.records if record.name == "s4s_tui.api"]
    assert [line.rsplit(" ", 2)[0] for line in lines] == [
        "GET /orderstatus 200 18 bytes",
        "POST /createorder 200 98 bytes",
        "GET /cancelorder 404 0 bytes",
        "GET /price Unreachable",
    ]
    assert all(line.endswith(" ms") for line in lines)
