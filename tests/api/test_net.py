import pytest

from s4s_tui.domain.net import is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LocalHost"])
def test_this_machine_is_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "api2.sms4sats.com", "128.0.0.1", "10.0.0.1", "127.1", "::2", "localhost.evil.com", "127.0.0.1.nip.io"]
)
def test_other_hosts_are_not(host: str) -> None:
    assert not is_loopback(host)
