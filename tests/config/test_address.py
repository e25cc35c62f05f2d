"""The server's address: its normal form, what is refused, and how it is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.config import Options, base_url
from tests.config.helpers import complaint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://api2.sms4sats.com/", "https://api2.sms4sats.com"),
        ("HTTPS://Api2.SMS4Sats.com", "https://api2.sms4sats.com"),
        ("https://host.example:8443/base//", "https://host.example:8443/base"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.9.9.9/", "http://127.9.9.9"),
        ("http://[::1]:80/", "http://[::1]:80"),
        ("http://localhost:1", "http://localhost:1"),
    ],
)
def test_an_address_is_brought_into_its_normal_form(text: str, expected: str) -> None:
    assert base_url(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "must begin with https:// and a host"),
        ("api2.sms4sats.com", "must begin with https:// and a host"),
        ("ftp://host.example", "must begin with https:// and a host"),
        ("https://", "must begin with https:// and a host"),
        ("https:///path", "must begin with https:// and a host"),
        ("https://:443", "has no valid host"),
        ("https://-x.example", "has no valid host"),
        ("https://[::g]", "no valid host or port"),
        ("https://[::1", "no valid host or port"),
        ("https://host.example:99999", "no valid host or port"),
        ("https://host.example:0", "no server on port 0"),
        ("https://host.example?", "must end before ? and #"),
        ("https://host.example/#x", "must end before ? and #"),
        ("https://host.example /x", "characters that an address cannot have"),
        ("https://host.\texample", "characters that an address cannot have"),
        ("https://host.example\\x", "characters that an address cannot have"),
        ("https://hösт.example", "characters that an address cannot have"),
        ("https://name:secret@host.example", "user name or password"),
        ("http://host.example", "http:// is allowed to this machine only"),
        ("http://127.0.0.1.example", "http:// is allowed to this machine only"),
        ("http://localhost.example", "http:// is allowed to this machine only"),
        ("http://host.onion.example", "http:// is allowed to this machine only"),
        ("http://0.0.0.0", "http:// is allowed to this machine only"),
        ("http://[::2]", "http:// is allowed to this machine only"),
    ],
)
def test_a_bad_address_is_refused_with_its_reason(text: str, reason: str) -> None:
    sentence = complaint(Options(api_url=text))
    assert sentence.startswith("--api-url: ")
    assert reason in sentence


def test_a_password_in_an_address_is_not_repeated() -> None:
    assert "secret" not in complaint(Options(api_url="https://name:secret@host.example/?x"))


@given(st.text() | st.text(alphabet="htps:/[]@.1a%#?\\ \x1b").map("https://".__add__))
def test_any_text_is_an_address_or_refused_in_printable_words(text: str) -> None:
    try:
        normal = base_url(text)
    except ValueError as error:
        outcome = str(error)
    else:
        outcome = base_url(normal)
        assert outcome == normal
    assert outcome.isprintable()
