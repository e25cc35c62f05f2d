"""The proxy's address, and which proxy of the environment counts for a server."""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from s4s_tui.domain.net import is_host, is_loopback
from s4s_tui.domain.proxy import Proxy, Scheme
from s4s_tui.domain.secret import Secret

ALLOWED = "an address that begins with socks5h://, http:// or https://"
COMMON_VARIABLES = frozenset(
    name for each in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY") for name in (each, each.lower())
)
"""Those that other programs read, too."""
_SCHEMES: Mapping[str, Scheme] = {"http": "http", "https": "https", "socks5h": "socks5h", "socks5": "socks5h"}
_NO_HOST = "there is no valid host or port in the proxy's address"
_PORTS: Mapping[Scheme, int] = {"http": 80, "https": 443, "socks5h": 1080}
_LONGEST_LOGIN = 255
"""Bytes of a user name and of a password (RFC 1929)."""


def proxy(sealed: Secret) -> Proxy:
    """The proxy at an address; raises ValueError, which does not repeat it, as it may hold a password.

    socks5:// is taken as socks5h://: names are never looked up on this machine.
    """
    found = _read(sealed)
    if isinstance(found, Proxy):
        return found
    raise ValueError(found)  # here, as a traceback can show the variables of a frame


def _read(sealed: Secret) -> Proxy | str:
    """The proxy, or what is wrong with its address."""
    text = sealed.reveal()
    if not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
        return "the proxy's address holds characters that an address cannot have"
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return _NO_HOST
    scheme = _SCHEMES.get(parts.scheme)
    if scheme is None:
        return f"the proxy's address must be {ALLOWED}"
    if not is_host(host) or port == 0:
        return _NO_HOST
    if parts.path not in ("", "/") or "?" in text or "#" in text:
        return "the proxy's address must end after host and port"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if any(len(word.encode()) > _LONGEST_LOGIN or not word.isprintable() for word in (user, password)):
        return "the user name or password for the proxy is too long or holds unusual characters"
    login = (Secret(user), Secret(password)) if user or password else (None, None)
    return Proxy(scheme=scheme, host=host, port=port or _PORTS[scheme], user=login[0], password=login[1])


def variable_for(scheme: str, host: str, environment: Mapping[str, str | Secret]) -> str | None:
    """The common variable whose proxy counts for a server, None where it is asked directly.

    Lower case counts before upper case, HTTP(S)_PROXY before ALL_PROXY, NO_PROXY before all; none of them to loopback.
    """
    if is_loopback(host) or _excepted(host, environment):
        return None
    names = (f"{scheme}_proxy", f"{scheme.upper()}_PROXY", "all_proxy", "ALL_PROXY")
    return next((name for name in names if environment.get(name)), None)


def with_scheme(sealed: Secret) -> Secret:
    """An address of a common variable, which may be a mere host:port."""
    text = sealed.reveal()
    return sealed if "://" in text else Secret(f"http://{text}")


def _excepted(host: str, environment: Mapping[str, str | Secret]) -> bool:
    """Whether NO_PROXY lists the host: by its name, the name of a domain above it, or * for every host."""
    listed = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    for entry in str(listed).lower().split(","):
        name = entry.strip().removeprefix(".")
        if name == "*" or (name and (host == name or host.endswith(f".{name}"))):
            return True
    return False
