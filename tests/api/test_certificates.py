"""Certificates that are not to be trusted, against a server with an authority of its own: refused, and said why."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from s4s_tui.api.certificates import refused_certificate
from s4s_tui.cli import main
from s4s_tui.domain.catalogue import Price
from s4s_tui.domain.errors import TimedOut, Unreachable
from s4s_tui.domain.proxy import Proxy
from tests.api.asks import KEYED_READS, KEYED_WRITES, MARK, READS, WRITES
from tests.api.conftest import Connect
from tests.api.server import Server, reply

HOST = "sms.test"
"""A name that leads to this machine, in these tests alone."""
LONG_AGO, YESTERDAY = datetime.now(UTC) - timedelta(days=90), datetime.now(UTC) - timedelta(days=1)
TOMORROW, LATER = datetime.now(UTC) + timedelta(days=1), datetime.now(UTC) + timedelta(days=90)
Serve = Callable[[ssl.SSLContext], Any]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(autouse=True)
def _trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority is trusted, the host's name is found, and the doctor finds a home and a key."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("S4S_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("S4S_API_KEY", MARK)
    looked_up = socket.getaddrinfo

    def here(host: Any, *args: Any, **kwargs: Any) -> Any:
        return looked_up("127.0.0.1" if host in (HOST, HOST.encode()) else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", here)


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts servers with a certificate; their addresses name the host."""
    async with AsyncExitStack() as stack:

        async def begin(context: ssl.SSLContext) -> Server:
            server = Server()
            await server.start(context)
            stack.push_async_callback(server.stop)
            return server

        yield begin


def shows(cert: trustme.LeafCert) -> ssl.SSLContext:
    """The server's side of TLS, with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(context)
    return context


def shows_itself(tmp_path: Path) -> ssl.SSLContext:
    """A certificate that nobody but itself has signed, for the right host."""
    lone = trustme.CA()
    lone.cert_pem.write_to_path(tmp_path / "lone.pem")
    lone.private_key_pem.write_to_path(tmp_path / "lone.key")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "lone.pem", tmp_path / "lone.key")
    return context


def bad(kind: str, authority: trustme.CA, tmp_path: Path) -> ssl.SSLContext:
    match kind:
        case "expired":
            return shows(authority.issue_cert(HOST, not_before=LONG_AGO, not_after=YESTERDAY))
        case "early":
            return shows(authority.issue_cert(HOST, not_before=TOMORROW, not_after=LATER))
        case "other host":
            return shows(authority.issue_cert("other.test"))
        case "other address":
            return shows(authority.issue_cert("127.0.0.2"))
        case "unknown authority":
            return shows(trustme.CA().issue_cert(HOST))
        case _:
            return shows_itself(tmp_path)


BAD = {
    "expired": "The server's TLS certificate has expired, or this machine's clock is wrong; nothing was sent.",
    "early": "The server's TLS certificate is not valid yet, or this machine's clock is wrong; nothing was sent.",
    "other host": "The server's TLS certificate is for another host; nothing was sent.",
    "other address": "The server's TLS certificate is for another host; nothing was sent.",
    "unknown authority": "The server's TLS certificate comes from an authority that is not trusted here; "
    "nothing was sent.",
    "itself": "The server's TLS certificate is signed by nobody but itself; nothing was sent.",
}


def address(server: Server, host: str = HOST) -> str:
    return server.url.replace("127.0.0.1", host)


@pytest.mark.parametrize("kind", BAD)
async def test_a_bad_certificate_is_refused_with_what_is_wrong_and_nothing_is_sent(
    kind: str, authority: trustme.CA, serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    server = await serve(bad(kind, authority, tmp_path))
    client = connect(address(server))
    for ask in (READS | KEYED_READS | WRITES | KEYED_WRITES).values():
        with pytest.raises(Unreachable) as caught:
            await ask(client)
        assert str(caught.value) == BAD[kind]
    assert server.requests == []
    assert server.connections == 0, "none got as far as to be one"


async def test_a_certificate_of_an_authority_that_the_environment_names_is_trusted(
    authority: trustme.CA, serve: Serve, connect: Connect
) -> None:
    server = await serve(shows(authority.issue_cert(HOST)))
    server.script(reply({"receive": 5}))
    assert await connect(address(server)).price() == Price(receive=5)


async def test_the_environments_authorities_do_not_count_for_a_server_on_this_machine(
    authority: trustme.CA, serve: Serve, connect: Connect
) -> None:
    server = await serve(shows(authority.issue_cert("localhost")))
    with pytest.raises(Unreachable, match="authority that is not trusted here"):
        await connect(address(server, "localhost")).price()


@pytest.mark.parametrize("kind", ["expired", "other host", "itself"])
async def test_the_doctor_says_what_is_wrong_with_the_certificate(
    kind: str,
    authority: trustme.CA,
    serve: Serve,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server = await serve(bad(kind, authority, tmp_path))
    status = await asyncio.to_thread(main, ["doctor", "--api-url", address(server)])
    said = capsys.readouterr().out
    assert status == 1
    assert f"✗ server    {address(server)}: {BAD[kind]}" in said
    assert MARK not in said
    assert server.requests == []


async def test_there_is_no_way_back_to_plain_http(server: Server, connect: Connect) -> None:
    server.script(*[reply({"receive": 5})] * 9)
    client = connect(server.url.replace("http:", "https:"), timeout=0.2)
    with pytest.raises(TimedOut, match="No connection to the server in time; nothing was sent"):
        await client.price()
    assert server.requests == [], "a server that speaks no TLS is not asked without"


def test_behind_a_proxy_with_tls_it_is_not_known_whose_certificate_it_is() -> None:
    error = ssl.SSLCertVerificationError("certificate verify failed")
    assert refused_certificate(error, through_tls_proxy=True) == (
        "The TLS certificate of the server or its proxy could not be verified; nothing was sent."
    )
    assert refused_certificate(OSError(), through_tls_proxy=True) is None


async def test_a_proxys_own_certificate_is_looked_at_too(serve: Serve, connect: Connect, tmp_path: Path) -> None:
    proxy = await serve(shows_itself(tmp_path))
    port = int(proxy.url.rpartition(":")[2])
    client = connect("https://api.invalid", proxy=Proxy(scheme="https", host=HOST, port=port))
    with pytest.raises(Unreachable, match="of the server or its proxy is signed by nobody but itself"):
        await client.price()
    assert proxy.requests == []
