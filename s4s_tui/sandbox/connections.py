"""The connections that a sandbox serves, so that one can be torn down (extra `demo`)."""

import asyncio
import socket
import struct
from typing import cast

from uvicorn.protocols.http.h11_impl import H11Protocol

_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER on, for 0 seconds: what is unsent is thrown away, and the other side gets a reset."""

Client = tuple[str, int]
"""Address and port of a client, which no other connection has at the same time."""


class Connections:
    """Which transport serves which client. Used on the server's event loop alone."""

    def __init__(self) -> None:
        self._open: dict[Client, asyncio.Transport] = {}

    def protocol(self) -> type[H11Protocol]:
        """The server's protocol class (HTTP/1.1), which notes its connections here."""
        known = self._open

        class Noted(H11Protocol):
            _whose: Client | None = None

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
                super().connection_made(transport)
                self._whose = transport.get_extra_info("peername")
                if self._whose is not None:
                    known[self._whose] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                if self._whose is not None:
                    known.pop(self._whose, None)
                super().connection_lost(exc)

        return Noted

    def close(self, client: Client | None) -> None:
        """Hang up once what was written is sent."""
        if (transport := self._transport(client)) is not None:
            transport.close()

    def reset(self, client: Client | None) -> None:
        """Tear the connection down: the client gets a TCP reset."""
        if (transport := self._transport(client)) is not None:
            peer = cast("socket.socket", transport.get_extra_info("socket"))
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            transport.abort()

    def _transport(self, client: Client | None) -> asyncio.Transport | None:
        return None if client is None else self._open.get(client)
