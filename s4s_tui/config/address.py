"""The server's address: what is allowed, and its normal form."""

from urllib.parse import SplitResult, urlsplit

from s4s_tui.config.errors import quoted
from s4s_tui.domain.net import is_host, is_loopback, is_onion


def base_url(text: str) -> str:
    """The server's address in its normal form; raises ValueError with what is wrong with it."""
    parts = _split(text)
    if not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
        raise ValueError(f"{quoted(text)} holds characters that an address cannot have")
    if "?" in text or "#" in text:
        raise ValueError(f"{quoted(text)} must end before ? and #")
    scheme, host = parts.scheme, parts.hostname or ""
    if scheme not in ("https", "http") or not parts.netloc:
        raise ValueError(f"{quoted(text)} must begin with https:// and a host")
    if not is_host(host):
        raise ValueError(f"{quoted(text)} has no valid host")
    if scheme == "http" and not is_loopback(host) and not is_onion(host):
        raise ValueError(
            f"{quoted(text)} must begin with https:// (http:// is allowed to this machine only, and to .onion hosts)"
        )
    authority = f"[{host}]" if ":" in host else host
    port = "" if parts.port is None else f":{parts.port}"
    return f"{scheme}://{authority}{port}{parts.path}".rstrip("/")


def _split(text: str) -> SplitResult:
    """The parts of an address; its errors do not repeat it, as it may hold a password."""
    try:
        parts = urlsplit(text)
        port = None if "@" in parts.netloc else parts.port
    except ValueError:
        raise ValueError("there is no valid host or port in this address") from None
    if "@" in parts.netloc:
        raise ValueError("a user name or password in an address is not allowed")
    if port == 0:
        raise ValueError("there is no server on port 0")
    return parts
