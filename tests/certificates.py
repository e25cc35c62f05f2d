"""An authority made up for a test, and servers' certificates: a good one, and one for each way to be wrong."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import trustme

HOST = "sms.example"
"""Whose certificates they are; only a proxy of the tests knows the way there."""
_DAY = timedelta(days=1)


@cache
def authority() -> trustme.CA:
    """The one that is trusted where a test says so."""
    return trustme.CA()


def trusted(folder: Path) -> str:
    """A file for SSL_CERT_FILE with the authority in it."""
    file = folder / "authority.pem"
    authority().cert_pem.write_to_path(str(file))
    return str(file)


def good() -> ssl.SSLContext:
    return _context(authority().issue_cert(HOST))


def expired() -> ssl.SSLContext:
    now = datetime.now(UTC)
    return _context(authority().issue_cert(HOST, not_before=now - 2 * _DAY, not_after=now - _DAY))


def not_yet() -> ssl.SSLContext:
    now = datetime.now(UTC)
    return _context(authority().issue_cert(HOST, not_before=now + _DAY, not_after=now + 2 * _DAY))


def elsewhere() -> ssl.SSLContext:
    return _context(authority().issue_cert("other.example"))


def address() -> ssl.SSLContext:
    """For an address instead of a name."""
    return _context(authority().issue_cert("127.0.0.1"))


def stranger() -> ssl.SSLContext:
    return _context(trustme.CA().issue_cert(HOST))


def self_signed() -> ssl.SSLContext:
    """What a server has that somebody set up in a hurry: no authority at all."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    here = Path(__file__).parent / "api"
    context.load_cert_chain(here / "self_signed.crt.pem", here / "self_signed.key.pem")
    return context


FAULTS: dict[Callable[[], ssl.SSLContext], str] = {
    expired: "has expired, or this machine's clock is wrong",
    not_yet: "is not valid yet, or this machine's clock is wrong",
    elsewhere: "is for another host",
    address: "is for another host",
    stranger: "is signed by an authority that is not known here",
    self_signed: "is signed by nobody but itself",
}
"""What the program says of each, behind "The server's TLS certificate"."""


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
