from collections.abc import AsyncIterator, Callable

import pytest

from s4s_tui.api.client import Client
from s4s_tui.domain.proxy import Proxy
from tests.api.server import Server

Connect = Callable[..., Client]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    scripted = Server()
    await scripted.start()
    yield scripted
    await scripted.stop()


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Makes clients; all are closed at the end."""
    clients: list[Client] = []

    def make(base_url: str, *, proxy: Proxy | None = None, timeout: float = 5.0, deadline: float = 5.0) -> Client:
        clients.append(Client(base_url, user_agent="s4s-tui/9.9", proxy=proxy, timeout=timeout, deadline=deadline))
        return clients[-1]

    yield make
    for client in clients:
        await client.close()


@pytest.fixture
def client(server: Server, connect: Connect) -> Client:
    return connect(server.url)
