"""A server whose certificate is not to be trusted: the screen says what is wrong with it, and nothing is sent."""

import ssl

import pytest
import trustme

from tests.acceptance.conftest import Start
from tests.acceptance.screen import wait_sentence
from tests.acceptance.server import Server

pytestmark = pytest.mark.pty


def test_a_certificate_of_nobody_known_is_refused_in_words_and_nothing_is_sent(start: Start) -> None:
    server = Server()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    server._http.socket = context.wrap_socket(server._http.socket, server_side=True)
    server.start()
    try:
        terminal = start(S4S_API_URL=server.url.replace("http:", "https:"))
        terminal.wait("Country")
        terminal.type("germ\r")
        wait_sentence(terminal, "The services of Germany could not be loaded. The server's TLS certificate comes from")
        wait_sentence(terminal, "an authority that is not trusted here; nothing was sent.")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    finally:
        server.stop()
    assert server.log == []
