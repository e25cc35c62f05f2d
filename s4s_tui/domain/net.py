"""What a host name alone says about where it leads."""

import re
from ipaddress import IPv6Address, ip_address

_HOST_NAME = re.compile(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9])?\.?", re.IGNORECASE)


def is_loopback(host: str) -> bool:
    """Whether the host is this machine: 127.0.0.0/8, ::1 (bracketed or not) or localhost.

    Nothing is looked up; a name that merely resolves to loopback is not loopback here.
    """
    bare = host.removeprefix("[").removesuffix("]")
    if bare.lower() == "localhost":
        return True
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False


def is_host(host: str) -> bool:
    """Whether the text can be the host of an address: a name, an IPv4 address, or an IPv6 one without brackets."""
    if ":" not in host:
        return _HOST_NAME.fullmatch(host) is not None
    try:
        IPv6Address(host)
    except ValueError:
        return False
    return True


def is_onion(host: str) -> bool:
    """Whether the host is a service of the Tor network, which no ordinary connection leads to."""
    return host.lower().rstrip(".").endswith(".onion")
