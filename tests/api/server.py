"""A scripted HTTP server on loopback: raw bytes out, every request recorded. It can also misbehave."""

import asyncio
import json
import socket
import ssl
import struct
from collections import deque
from dataclasses import dataclass
from typing import Literal

PACE = 0.02  # seconds between two bytes of a drip


@dataclass(frozen=True)
class Say:
    """What the server does with one request: send `raw` (byte by byte with `drip`), then keep, close, reset or hang."""

    raw: bytes = b""
    then: Literal["keep", "close", "reset", "hang"] = "keep"
    drip: bool = False


@dataclass(frozen=True)
class Request:
    """One request as it arrived; `connection` counts from 1."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int


def reply(body: object, status: int = 200, **headers: str) -> Say:
    """An answer with a JSON body (bytes are sent as they are); header names with _ for -."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = {"Content-Type": "application/json", "Content-Length": str(len(raw))}
    lines.update({name.replace("_", "-"): value for name, value in headers.items()})
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return Say(f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode() + raw)


class Server:
    """Answers each request with the next line of its script; a request beyond the script is cut off."""

    def __init__(self, greeting: bytes = b"") -> None:
        self.greeting = greeting  # sent before any request
        self.requests: list[Request] = []
        self.asked = asyncio.Event()  # set by the first request
        self.connections = 0
        self._script: deque[Say] = deque()
        self._stopped = asyncio.Event()
        self._handlers: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._scheme = "http"

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"{self._scheme}://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def script(self, *lines: Say) -> None:
        self._script.extend(lines)

    async def start(self, tls: ssl.SSLContext | None = None) -> None:
        self._scheme = "http" if tls is None else "https"
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=tls)

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        self._stopped.set()
        if self._handlers:
            await asyncio.wait(self._handlers, timeout=2)
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.create_task(self._serve(reader, writer, self.connections))
        self._handlers.add(task)
        task.add_done_callback(self._handlers.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: int) -> None:
        stop = asyncio.create_task(self._stopped.wait())
        talk = asyncio.create_task(self._talk(reader, writer, connection))
        try:
            await asyncio.wait({stop, talk}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (stop, talk):
                task.cancel()
            await asyncio.wait({stop, talk})
            if not talk.cancelled():
                talk.exception()  # a client that hangs up is no failure of the test
            writer.transport.abort()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: int) -> None:
        writer.write(self.greeting)
        while True:
            self.requests.append(await _request(reader, connection))
            self.asked.set()
            line = self._script.popleft() if self._script else Say(then="close")
            for piece in [bytes([byte]) for byte in line.raw] if line.drip else [line.raw]:
                writer.write(piece)
                await writer.drain()
                if line.drip:
                    await asyncio.sleep(PACE)
            if line.then == "hang":
                await self._stopped.wait()
            elif line.then == "reset":
                sock = writer.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            elif line.then == "close":
                writer.close()
                await writer.wait_closed()
                return


async def _request(reader: asyncio.StreamReader, connection: int) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:-2])}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, target, headers, body, connection)
