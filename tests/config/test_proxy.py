"""The proxy: its address, where it comes from, what is refused, and that its password is shown nowhere."""

from pathlib import Path

import pytest

from s4s_tui.config import ConfigError, Options, load
from s4s_tui.config.proxy import proxy
from s4s_tui.domain.proxy import Proxy
from s4s_tui.domain.secret import Secret
from tests.config.helpers import complaint, write_config
from tests.config.traces import MARK, told

TOR = "socks5h://127.0.0.1:9050"


def url(environ: dict[str, str], options: Options | None = None) -> str | None:
    found = load(options or Options(), environ).proxy
    return None if found is None else found.url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TOR, TOR),
        ("socks5://localhost", "socks5h://localhost:1080"),
        ("HTTP://Proxy.example/", "http://proxy.example:80"),
        ("https://proxy.example", "https://proxy.example:443"),
        ("http://[::1]:3128", "http://[::1]:3128"),
        ("http://@proxy.example:1", "http://proxy.example:1"),
    ],
)
def test_an_address_is_brought_into_its_normal_form(text: str, expected: str) -> None:
    found = proxy(Secret(text))
    assert (found.url, found.user) == (expected, None)


def test_a_login_is_decoded_and_sealed() -> None:
    found = proxy(Secret(f"socks5h://m%40e:{MARK}%3a@host:1"))
    assert found == Proxy(scheme="socks5h", host="host", port=1, user=Secret("m@e"), password=Secret(f"{MARK}:"))
    assert MARK not in repr(found) + found.url + found.address


@pytest.mark.parametrize(
    "text",
    [
        *("x", "127.0.0.1:9050", "ftp://h", "socks4://h", "http://", "http://h:0", "http://h:99999", "http://h:port"),
        *("http://h/path", "http://h?x", "http://h#x", "http://h x", "http://[::1", "http://hö", "http://-h"),
        *(f"http://u:{'p' * 256}@h", "http://u:%00@h"),
    ],
)
def test_what_is_no_proxy_is_refused_wherever_it_is_set(text: str) -> None:
    assert complaint(Options(proxy=Secret(text))).startswith("--proxy: ")
    assert complaint(environ={"S4S_PROXY": text}).startswith("S4S_PROXY: ")


@pytest.mark.parametrize("place", ["option", "variable", "common", "file"])
def test_a_refused_address_does_not_show_its_password(home: Path, place: str) -> None:
    address = f"ftp://me:{MARK}@host"
    if place == "file":
        write_config(home, f"proxy = '{address}'\n")
    options = Options(proxy=Secret(address) if place == "option" else None)
    environ = {"variable": {"S4S_PROXY": address}, "common": {"HTTPS_PROXY": address}}.get(place, {})
    with pytest.raises(ConfigError) as caught:
        load(options, environ)
    assert "must be an address that begins with socks5h://" in str(caught.value)
    assert MARK not in told(caught.value)


def test_option_counts_before_variable_before_file_before_the_common_ones(home: Path) -> None:
    environ = {"HTTPS_PROXY": "http://common:1"}
    assert url(environ) == "http://common:1"
    write_config(home, "proxy = 'http://file:1'\n")
    assert url(environ) == "http://file:1"
    environ["S4S_PROXY"] = "http://variable:1"
    assert url(environ) == "http://variable:1"
    assert url(environ, Options(proxy=Secret("http://option:1"))) == "http://option:1"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"https_proxy": "http://a:1", "HTTPS_PROXY": "http://b:1", "ALL_PROXY": "http://c:1"}, "http://a:1"),
        ({"HTTPS_PROXY": "b:1", "ALL_PROXY": "http://c:1"}, "http://b:1"),
        ({"HTTP_PROXY": "http://b:1"}, None),
        ({"ALL_PROXY": "socks5://c:1"}, "socks5h://c:1"),
        ({"all_proxy": "http://c:1", "NO_PROXY": "example.org, sms4sats.com"}, None),
        ({"all_proxy": "http://c:1", "NO_PROXY": ".api2.sms4sats.com"}, None),
        ({"all_proxy": "http://c:1", "NO_PROXY": "pi2.sms4sats.com,sats.com"}, "http://c:1"),
        ({"all_proxy": "http://c:1", "no_proxy": "*"}, None),
        ({"S4S_PROXY": "http://c:1", "NO_PROXY": "*"}, "http://c:1"),
    ],
)
def test_which_of_the_common_variables_counts(environ: dict[str, str], expected: str | None) -> None:
    assert url(environ) == expected


@pytest.mark.parametrize("server", ["http://127.0.0.1:1", "http://localhost:1", "https://[::1]"])
def test_this_machine_is_asked_through_a_proxy_only_where_that_was_meant(server: str) -> None:
    common = {"HTTP_PROXY": "http://a:1", "HTTPS_PROXY": "http://a:1", "ALL_PROXY": "nonsense"}
    assert url(common, Options(api_url=server)) is None
    assert url(common | {"S4S_PROXY": TOR}, Options(api_url=server)) == TOR


def test_the_demo_uses_no_proxy() -> None:
    assert url({"S4S_PROXY": TOR, "ALL_PROXY": TOR}, Options(demo=True)) is None


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_onion_address_needs_a_proxy_and_the_sentence_says_how(scheme: str) -> None:
    address = f"{scheme}://abc.onion"
    for sentence in (complaint(Options(api_url=address)), complaint(environ={"S4S_API_URL": address, "NO_PROXY": "*"})):
        assert "an .onion address is reached through Tor alone: set its proxy, for instance" in sentence
    settings = load(Options(api_url=address, proxy=Secret(TOR)), {})
    assert (settings.api_url, settings.proxy and settings.proxy.url) == (address, TOR)


def test_a_login_in_a_file_that_others_read_is_refused_and_an_address_alone_is_not(home: Path) -> None:
    write_config(home, f"proxy = '{TOR}'\n").chmod(0o644)
    assert url({}) == TOR
    write_config(home, f"proxy = 'http://me:{MARK}@h'\n").chmod(0o644)
    assert "chmod 600" in complaint()
