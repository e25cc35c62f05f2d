"""The proxy that everything goes through, where one is set."""

from dataclasses import dataclass
from typing import Literal

from s4s_tui.domain.secret import Secret

Scheme = Literal["http", "https", "socks5h"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A proxy: it gets host names as they are and looks them up itself.

    Attributes:
        scheme: how it is spoken to; "socks5h" is SOCKS 5 with names looked up by the proxy.
        host: a name or an address, without brackets.
        user: the name to log in with, None without a login.
        password: belongs to it.
    """

    scheme: Scheme
    host: str
    port: int
    user: Secret | None = None
    password: Secret | None = None

    @property
    def address(self) -> str:
        """Host and port, for people."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """Its address without the login."""
        return f"{self.scheme}://{self.address}"
