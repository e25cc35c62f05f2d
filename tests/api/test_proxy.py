"""Through a proxy: everything passes it, names too; where it fails nothing leaves, and the sentence names it."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from s4s_tui.api.client import Client
from s4s_tui.api.wire import Wire
from s4s_tui.config.proxy import proxy as read
from s4s_tui.domain.catalogue import Price
from s4s_tui.domain.errors import ApiError, OutcomeUnknown
from s4s_tui.domain.secret import Secret
from tests import proxies
from tests.api.asks import NUMBER
from tests.api.conftest import Connect
from tests.api.server import Say, Server, reply
from tests.proxies import Manner

Begin = Callable[..., proxies.Running]
NAME = "made-up-for-this-test.onion"
MARK = "p4ssw0rd-mark"
both = pytest.mark.parametrize(
    ("begin", "scheme"), [(proxies.socks, "socks5h"), (proxies.http, "http")], ids=["socks", "http"]
)


def port(server: Server) -> int:
    return urlsplit(server.url).port or 0


def through(connect: Connect, address: str, url: str = f"http://{NAME}", **more: float) -> Client:
    return connect(url, proxy=read(Secret(address)), **more)


async def sentence(client: Client) -> str:
    with pytest.raises(ApiError) as caught:
        await client.create_order(NUMBER)
    assert not isinstance(caught.value, OutcomeUnknown)
    assert MARK not in str(caught.value)
    return str(caught.value)


@both
async def test_a_name_that_only_the_proxy_knows_is_reached_through_it(
    server: Server, connect: Connect, begin: Begin, scheme: str
) -> None:
    server.script(reply({"receive": 1}))
    with begin({NAME: port(server)}) as proxy:
        assert await through(connect, f"{scheme}://{proxy.address}").price() == Price(receive=1)
        assert proxy.asked == [f"{NAME}:80"]


@both
async def test_a_server_on_this_machine_is_reached_through_a_proxy_that_is_set(
    server: Server, connect: Connect, begin: Begin, scheme: str
) -> None:
    server.script(reply({"receive": 1}))
    with begin({"127.0.0.1": port(server)}) as proxy:
        assert await through(connect, f"{scheme}://{proxy.address}", server.url).price() == Price(receive=1)
        assert proxy.asked == [f"127.0.0.1:{port(server)}"]


@both
async def test_with_the_proxy_down_nothing_leaves_and_the_sentence_names_it(
    server: Server, connect: Connect, begin: Begin, scheme: str
) -> None:
    with begin({}) as proxy:
        address = proxy.address
    words = await sentence(through(connect, f"{scheme}://me:{MARK}@{address}", server.url))
    assert words == f"The proxy {address} does not answer; nothing was sent."
    assert server.connections == 0


@both
async def test_a_login_is_used_and_a_wrong_or_missing_one_is_told(
    server: Server, connect: Connect, begin: Begin, scheme: str
) -> None:
    server.script(reply({"receive": 1}))
    with begin({NAME: port(server)}, login=f"me:{MARK}") as proxy:
        assert await through(connect, f"{scheme}://me:{MARK}@{proxy.address}").price() == Price(receive=1)
        for login in ("", f"me:no{MARK}@"):
            words = await sentence(through(connect, f"{scheme}://{login}{proxy.address}"))
            assert words == f"The proxy {proxy.address} does not accept the login in its address; nothing was sent."
    assert server.connections == 1


@both
@pytest.mark.parametrize("manner", ["garbage", "hang up"])
async def test_a_proxy_that_makes_no_sense_gives_no_connection(
    connect: Connect, begin: Begin, scheme: str, manner: Manner
) -> None:
    with begin({}, manner=manner) as proxy:
        words = await sentence(through(connect, f"{scheme}://{proxy.address}", "https://api.invalid"))
        assert words == f"The proxy {proxy.address} gave no connection; nothing was sent."


@both
async def test_a_proxy_that_says_nothing_is_not_waited_for_for_ever(
    connect: Connect, begin: Begin, scheme: str
) -> None:
    with begin({}, manner="hang") as proxy:
        address = f"{scheme}://{proxy.address}"
        words = await sentence(through(connect, address, "https://api.invalid", deadline=0.2))
        assert words == f"No connection through the proxy {proxy.address} in time; nothing was sent."


@both
async def test_a_proxy_that_does_not_reach_the_server_says_so(connect: Connect, begin: Begin, scheme: str) -> None:
    with begin({}, manner="refuse") as proxy:
        words = await sentence(through(connect, f"{scheme}://{proxy.address}", "https://api.invalid"))
        assert words == f"The proxy {proxy.address} does not reach the server; nothing was sent."
        assert proxy.asked == ["api.invalid:443"]


@both
async def test_an_answer_lost_behind_the_proxy_is_an_unknown_outcome(
    server: Server, connect: Connect, begin: Begin, scheme: str
) -> None:
    server.script(Say(then="close"))
    with begin({NAME: port(server)}) as proxy, pytest.raises(OutcomeUnknown):
        await through(connect, f"{scheme}://{proxy.address}").create_order(NUMBER)
    assert len(server.requests) == 1


async def test_a_proxy_of_the_environment_is_not_the_clients_business(
    server: Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with proxies.http({}) as proxy:
        for name in ("HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://{proxy.address}")
        server.script(reply({"receive": 1}))
        assert await client.price() == Price(receive=1)
        assert proxy.connections == 0


def test_certificates_are_not_loaded_for_plain_text_but_are_for_a_proxy_with_tls() -> None:
    def plain(address: str | None) -> bool:
        proxy = None if address is None else read(Secret(address))
        return Wire("http://127.0.0.1", user_agent="x", proxy=proxy, timeout=1, deadline=1)._plain

    assert (plain(None), plain("socks5h://h"), plain("https://h")) == (True, True, False)
