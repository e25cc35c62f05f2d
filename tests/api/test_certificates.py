"""A wrong certificate is refused with what is wrong with it; nothing is sent, and plain HTTP is never tried."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from s4s_tui.api.client import Client
from s4s_tui.config.proxy import proxy as read
from s4s_tui.domain.catalogue import Price
from s4s_tui.domain.errors import Rubbish, Unreachable
from s4s_tui.domain.secret import Secret
from tests import certificates, proxies
from tests.api.asks import KEYED_READS, NUMBER, READS, WRITES, Ask, failure
from tests.api.conftest import Connect
from tests.api.server import Server, reply
from tests.certificates import FAULTS, HOST

Serve = Callable[[ssl.SSLContext], Awaitable[Server]]
Way = Callable[..., proxies.Running]
both = pytest.mark.parametrize("way", [proxies.socks, proxies.http], ids=["socks", "http"])


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts servers that speak TLS; all are stopped at the end."""
    servers: list[Server] = []

    async def start(tls: ssl.SSLContext) -> Server:
        servers.append(Server())
        await servers[-1].start(tls)
        return servers[-1]

    yield start
    for server in servers:
        await server.stop()


@pytest.fixture
def _trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificates.trusted(tmp_path))


def port(server: Server) -> int:
    return urlsplit(server.url).port or 0


def to_host(connect: Connect, proxy: proxies.Proxy, way: Way = proxies.http) -> Client:
    scheme = "http" if way is proxies.http else "socks5h"
    return connect(f"https://{HOST}", proxy=read(Secret(f"{scheme}://{proxy.address}")))


async def refusal(client: Client, ask: Ask = WRITES["create"]) -> str:
    error = await failure(client, ask)
    assert isinstance(error, Unreachable)
    return str(error)


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize(("fault", "words"), FAULTS.items(), ids=[fault.__name__ for fault in FAULTS])
@both
async def test_a_wrong_certificate_is_refused_with_what_is_wrong_and_nothing_else_is_tried(
    serve: Serve,
    connect: Connect,
    fault: Callable[[], ssl.SSLContext],
    words: str,
    way: Way,
) -> None:
    server = await serve(fault())
    with way({HOST: port(server)}) as proxy:
        client = to_host(connect, proxy, way)
        asks = (WRITES["create"], READS["price"], KEYED_READS["balance"])
        for ask in asks:
            assert await refusal(client, ask) == f"The server's TLS certificate {words}; nothing was sent."
        assert proxy.asked == [f"{HOST}:443"] * len(asks), "no other port, and nothing twice"
    assert server.requests == []


@pytest.mark.usefixtures("_trusted")
@both
async def test_an_authority_that_the_environment_names_is_trusted(serve: Serve, connect: Connect, way: Way) -> None:
    server = await serve(certificates.good())
    server.script(reply({"receive": 1}))
    with way({HOST: port(server)}) as proxy:
        assert await to_host(connect, proxy, way).price() == Price(receive=1)
        assert proxy.asked == [f"{HOST}:443"]


async def test_without_the_environments_word_the_same_authority_is_a_stranger(serve: Serve, connect: Connect) -> None:
    server = await serve(certificates.good())
    with proxies.http({HOST: port(server)}) as proxy:
        assert "an authority that is not known here" in await refusal(to_host(connect, proxy))
    assert server.requests == []


@pytest.mark.usefixtures("_trusted")
async def test_on_this_machine_the_environments_authority_does_not_count(serve: Serve, connect: Connect) -> None:
    server = await serve(certificates.address())
    assert "an authority that is not known here" in await refusal(connect(server.url))
    assert server.requests == []


async def test_the_certificate_of_a_proxy_is_told_from_the_servers(serve: Serve, connect: Connect) -> None:
    proxy = await serve(certificates.stranger())
    through = read(Secret(proxy.url))
    for url in (f"https://{HOST}", "http://made-up.onion"):
        words = await refusal(connect(url, proxy=through))
        assert words == (
            f"The proxy {through.address}'s TLS certificate is signed by an authority that is not known here; "
            "nothing was sent."
        )
    assert proxy.requests == []


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_way_out_of_tls_is_not_taken(serve: Serve, server: Server, connect: Connect, status: int) -> None:
    secure = await serve(certificates.good())
    secure.script(*[reply({}, status, Location=f"{server.url}/price")] * 2)
    with proxies.http({HOST: port(secure)}) as proxy:
        client = to_host(connect, proxy)
        for ask in (READS["price"], KEYED_READS["balance"]):
            error = await failure(client, ask)
            assert isinstance(error, Rubbish)
            assert "sent us elsewhere" in str(error)
    assert len(secure.requests) == 2
    assert server.connections == 0


async def test_what_openssl_says_of_a_rare_fault_is_cleaned(serve: Serve, connect: Connect) -> None:
    server = await serve(certificates.good())
    rare = ssl.SSLCertVerificationError("no")
    rare.verify_code, rare.verify_message = 23, "certificate \x1b[31mrevoked\x1b[0m"

    def fails(*_args: object) -> None:
        raise rare

    with proxies.http({HOST: port(server)}) as proxy, pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl.SSLObject, "do_handshake", fails)
        with pytest.raises(Unreachable, match=r"could not be verified \(certificate revoked\); nothing was sent"):
            await to_host(connect, proxy).create_order(NUMBER)
