"""The connection pool under the wire, and what its failures mean."""

import ssl
import sys
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypeVar

import httpx

from s4s_tui.domain.errors import ApiError, Rubbish, TimedOut, Unreachable
from s4s_tui.domain.proxy import Proxy
from s4s_tui.domain.text import clean

_KEEP_ALIVE = 4.0
"""Seconds an idle connection is kept: less than the 5 s of usual servers, so that a POST meets no closed one."""
_Error = TypeVar("_Error", bound=BaseException)
_FAULTS = {
    9: "is not valid yet, or this machine's clock is wrong",
    10: "has expired, or this machine's clock is wrong",
    18: "is signed by nobody but itself",
    19: "is signed by an authority that is not known here",
    20: "is signed by an authority that is not known here",
    21: "is signed by an authority that is not known here",
    62: "is for another host",
    64: "is for another host",
}
"""What is wrong with a certificate by OpenSSL's code for it (x509_vfy.h, X509_V_ERR_…)."""
_LOST = "The connection broke off before the whole answer came."
_WANTS_LOGIN = ("407", "Invalid username", "Requested")
"""How httpcore begins what it says of a login that is missing or wrong."""


def new_client(
    *, user_agent: str, timeout: float, proxy: Proxy | None, loopback: bool, plain: bool
) -> httpx.AsyncClient:
    """A client without cookies and redirects, all of whose connections go through the proxy where there is one.

    Args:
        user_agent: what the program calls itself.
        timeout: seconds for each step.
        proxy: the only way out; the environment's are not looked at.
        loopback: the server is on this machine, whose certificates are not those of the environment.
        plain: no TLS is spoken.

    Raises:
        Unreachable: a file or a package is missing.
    """
    try:
        transport = httpx.AsyncHTTPTransport(
            # Without TLS no certificates are needed; loading them takes 20 ms. Trusting nobody is the safe rest.
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else True,
            trust_env=not loopback,
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=2, keepalive_expiry=_KEEP_ALIVE),
            proxy=None if proxy is None else _for_httpx(proxy),
        )
    except ImportError as error:
        raise Unreachable('A SOCKS proxy needs the package "socksio": install it. Nothing was sent.') from error
    except OSError as error:
        raise Unreachable("The TLS certificates named in the environment cannot be read.") from error
    return httpx.AsyncClient(
        transport=transport,
        headers={"User-Agent": user_agent, "Accept": "application/json", "Accept-Encoding": "identity"},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        follow_redirects=False,
        timeout=timeout,
        trust_env=False,  # a proxy of the environment is chosen by the settings, where one counts
    )


def _for_httpx(proxy: Proxy) -> httpx.Proxy:
    login = None if proxy.user is None else (proxy.user.reveal(), proxy.password.reveal() if proxy.password else "")
    return httpx.Proxy(proxy.url, auth=login)


def proxy_faults() -> tuple[type[Exception], ...]:
    """What a SOCKS proxy that talks nonsense makes the libraries below raise; none of it is an httpx.HTTPError."""
    library = sys.modules.get("socksio")
    own = () if library is None else (library.SOCKSError,)
    return (*own, AssertionError, AttributeError, LookupError)


def failure(error: httpx.HTTPError, proxy: Proxy | None, *, sent: bool, tunnel: bool) -> ApiError:
    """The failure of an exchange that did not time out, as it reads for a request that makes nothing.

    Args:
        error: what failed.
        proxy: what the exchange went through.
        sent: our request may have left.
        tunnel: the proxy was reached and asked for a way to the server, so that what failed is behind it.
    """
    if isinstance(error, httpx.ConnectError) and (fault := _cause(error, ssl.SSLError)) is not None:
        whose = f"The proxy {proxy.address}" if proxy and proxy.scheme == "https" and not tunnel else "The server"
        return _no_tls(fault, whose)
    match error:
        case httpx.ConnectError() if proxy is not None:
            return Unreachable(f"The proxy {proxy.address} does not answer; nothing was sent.")
        case httpx.ProxyError() if proxy is not None and str(error).startswith(_WANTS_LOGIN):
            return wants_login(proxy)
        case httpx.ProxyError() if proxy is not None:
            return Unreachable(f"The proxy {proxy.address} does not reach the server; nothing was sent.")
        case httpx.TransportError() if proxy is not None and not sent:
            return no_connection(proxy)
        case httpx.ConnectError() | httpx.UnsupportedProtocol():
            return Unreachable("The server cannot be reached; nothing was sent.")
        case httpx.RemoteProtocolError() if "disconnected" not in str(error) and "closed" not in str(error):
            return Rubbish("What answered does not speak HTTP.")
        case _:
            return Unreachable(_LOST)


def wants_login(proxy: Proxy) -> Unreachable:
    """The proxy took no login, or not this one."""
    return Unreachable(f"The proxy {proxy.address} does not accept the login in its address; nothing was sent.")


def no_connection(proxy: Proxy) -> Unreachable:
    """The proxy was there, and hung up or spoke another language."""
    return Unreachable(f"The proxy {proxy.address} gave no connection; nothing was sent.")


def too_late(proxy: Proxy | None) -> TimedOut:
    """There was no connection in time."""
    whose = "to the server" if proxy is None else f"through the proxy {proxy.address}"
    return TimedOut(f"No connection {whose} in time; nothing was sent.")


def _no_tls(fault: ssl.SSLError, whose: str) -> Unreachable:
    if not isinstance(fault, ssl.SSLCertVerificationError):
        return Unreachable(f"{whose} makes no secure connection (TLS); nothing was sent.")
    why = _FAULTS.get(fault.verify_code) or f"could not be verified ({clean(fault.verify_message)})"
    return Unreachable(f"{whose}'s TLS certificate {why}; nothing was sent.")


def _cause(error: BaseException, kind: type[_Error]) -> _Error | None:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, kind):
        cause = cause.__cause__ or cause.__context__
    return cause
