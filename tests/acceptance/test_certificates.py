"""A server whose certificate is wrong, and one whose is good: what the program says, and what leaves."""

import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from s4s_tui.cli import main
from tests import certificates, proxies
from tests.acceptance.conftest import Start
from tests.acceptance.screen import wait_sentence
from tests.acceptance.server import Server
from tests.certificates import FAULTS, HOST

MARK = "marked-key-of-this-test"


@contextmanager
def served(tls: ssl.SSLContext, folder: Path) -> Iterator[tuple[Server, proxies.Proxy, dict[str, str]]]:
    """The server of the host, the proxy that knows the way, and the environment that leads there."""
    server = Server(tls=tls)
    server.start()
    try:
        with proxies.socks({HOST: server.port}) as proxy:
            env = {
                "S4S_API_URL": f"https://{HOST}",
                "S4S_PROXY": f"socks5h://{proxy.address}",
                "S4S_API_KEY": MARK,
                "SSL_CERT_FILE": certificates.trusted(folder),
            }
            yield server, proxy, env
    finally:
        server.stop()


@pytest.mark.pty
def test_a_wrong_certificate_is_told_on_the_screen_and_nothing_leaves(start: Start, tmp_path: Path) -> None:
    with served(certificates.expired(), tmp_path) as (server, proxy, env):
        terminal = start(**env)
        terminal.wait("Dial")
        assert list(proxy.asked) == []
        terminal.key("home")
        expired = "The server's TLS certificate has expired, or this machine's clock is wrong; nothing was sent."
        wait_sentence(terminal, expired)
        terminal.wait("✗ no answer")
        terminal.type("germ\r")
        wait_sentence(terminal, f"The services of Germany could not be loaded. {expired}")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
        assert server.log == []
        assert set(proxy.asked) == {f"{HOST}:443"}


@pytest.mark.pty
def test_with_a_good_certificate_of_an_authority_of_the_environment_all_is_as_ever(
    start: Start, tmp_path: Path
) -> None:
    with served(certificates.good(), tmp_path) as (server, proxy, env):
        terminal = start(**env)
        terminal.type("germ\rteleg")
        terminal.wait("3,000 sats")
        terminal.key("enter")
        terminal.wait("Payable for")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
        assert server.count("/createorder") == 1
        assert set(proxy.asked) == {f"{HOST}:443"}


@pytest.mark.parametrize(("fault", "words"), FAULTS.items(), ids=[fault.__name__ for fault in FAULTS])
def test_the_doctor_says_what_is_wrong_with_a_certificate(
    fault: Callable[[], ssl.SSLContext],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with served(fault(), tmp_path) as (server, _, env):
        for name, value in {**env, "HOME": str(tmp_path), "S4S_DATA_DIR": str(tmp_path / "data")}.items():
            monkeypatch.setenv(name, value)
        assert main(["doctor"]) == 1
        sentence = f"https://{HOST}: The server's TLS certificate {words}; nothing was sent."
        assert f"✗ server    {sentence}" in capsys.readouterr().out
        assert main(["doctor", "--json"]) == 1
        findings = json.loads(capsys.readouterr().out)["findings"]
        assert findings[0] == {"name": "server", "verdict": "failure", "words": sentence}
        assert server.log == []
