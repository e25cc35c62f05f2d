"""What a host name alone says about where it leads."""

from ipaddress import ip_address


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
