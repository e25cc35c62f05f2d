"""Through a SOCKS proxy, on a terminal: an order is made and followed, every connection and every name by the proxy."""

from urllib.parse import urlsplit

import pytest

from tests import proxies
from tests.acceptance.conftest import Start
from tests.acceptance.screen import wait_sentence
from tests.acceptance.server import Server

pytestmark = pytest.mark.pty

ONION = "made-up-for-this-test.onion"


def test_all_traffic_passes_the_proxy_names_too_and_nothing_leaves_when_it_is_down(
    start: Start, server: Server
) -> None:
    with proxies.socks({ONION: urlsplit(server.url).port or 0}, login="me:p4ssw0rd-mark") as proxy:
        options = ("--api-url", f"http://{ONION}", "--proxy", f"socks5h://me:p4ssw0rd-mark@{proxy.address}")
        program = start(*options)
        program.type("germ\rteleg\r")
        program.wait("Payable for")
        server.pay(server.order)
        program.wait("Held, not spent")
        program.wait(f"via {proxy.address}  ● online")
        assert set(proxy.asked) == {f"{ONION}:80"}
        program.key("q")
        assert program.wait_exit() == 0
        address = proxy.address
    before = len(server.log)
    program = start(*options)
    program.type("germ\r")
    wait_sentence(program, f"The proxy {address} does not answer; nothing was sent.")
    assert len(server.log) == before
    assert "p4ssw0rd" not in program.text()
