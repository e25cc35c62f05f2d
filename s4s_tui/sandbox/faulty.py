"""The faults on the wire: an ASGI application around the sandbox's own one (extra `demo`)."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, replace
from email.utils import formatdate
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from s4s_tui.sandbox import replies, spoiling
from s4s_tui.sandbox.connections import Client, Connections
from s4s_tui.sandbox.faults import BodyStyle, Fault, FaultBox, FaultKind
from s4s_tui.sandbox.options import CONTROL
from s4s_tui.sandbox.spoiling import Spoiling

Headers = tuple[tuple[bytes, bytes], ...]
Spoil = Callable[[str, Spoiling], str]
"""Makes a bad invoice of a good one."""

_STATUS = "/orderstatus"
_CHUNK = b" " * 65_536
_JSON: Headers = ((b"content-type", b"application/json"),)
_RETRIES = (429, 503)
"""Statuses that say when to ask again."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is sent; `length` is what the header says, where that is not the body's."""

    status: int
    headers: Headers
    body: bytes
    length: int | None = None


class Faulty:
    """Decides for each request what happens to it, and lets it happen. It also tells the time, as the book has it."""

    def __init__(
        self, app: ASGIApp, box: FaultBox, connections: Connections, *, spoil: Spoil, now: Callable[[], float]
    ) -> None:
        """Args: `now` gives wall-clock seconds for the `Date` of every answer."""
        self._app = app
        self._box = box
        self._connections = connections
        self._spoil = spoil
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        send = self._dated(send)
        path = scope["path"]
        fault = None if path.startswith(f"{CONTROL}/") else self._box.decide(path)
        if fault is not None:
            await self._hit(fault, scope, receive, send)
        elif path == _STATUS:
            await _say(await self._remembered(scope, receive), send)
        else:
            await self._app(scope, receive, send)

    def _dated(self, send: Send) -> Send:
        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = (b"date", formatdate(self._now(), usegmt=True).encode())
                message = {**message, "headers": [*message.get("headers", ()), date]}
            await send(message)

        return dated

    async def _hit(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._remembered(scope, receive) if fault.carried_out else None
        client: Client | None = None if scope.get("client") is None else tuple(scope["client"])
        match fault.kind:
            case FaultKind.SLOW:
                await asyncio.sleep(fault.seconds)
                await _say(answer or await self._remembered(scope, receive), send)
            case FaultKind.TIMEOUT:
                await _gone(receive, fault.seconds)
                self._connections.close(client)
                await _gone(receive)
            case FaultKind.RESET:
                self._connections.reset(client)
                await _gone(receive)
            case FaultKind.DRIP:
                await _stream(_dripping(fault.seconds), receive, send)
            case FaultKind.BIG:
                await _stream(_big(), receive, send)
            case FaultKind.BROKEN if answer is not None:
                await _say(replace(answer, body=spoiling.half(answer.body), length=len(answer.body)), send, more=True)
                self._connections.close(client)
                await _gone(receive)
            case _:
                await _say(self._instead(fault, answer, scope), send)

    def _instead(self, fault: Fault, answer: _Answer | None, scope: Scope) -> _Answer:
        """What is answered instead of the real answer, which is None where the request was not carried out."""
        match fault.kind:
            case FaultKind.STATUS:
                return _failure(fault.status, fault.body, fault.retry_after)
            case FaultKind.REDIRECT:
                return _Answer(307, ((b"location", fault.to.encode()),), b"")
            case FaultKind.GZIP:
                return _Answer(200, (*_JSON, (b"content-encoding", b"gzip")), spoiling.bomb())
        assert answer is not None, "the other kinds change the real answer"
        match fault.kind:
            case FaultKind.REPEATED:
                return replace(answer, body=self._box.earlier.before_last(scope["query_string"]) or answer.body)
            case FaultKind.REORDERED:
                return replace(answer, body=self._box.earlier.first(scope["query_string"]) or answer.body)
            case FaultKind.INVOICE:
                return replace(answer, body=self._with_bad_invoice(answer.body, fault.invoice))
            case _:
                return replace(answer, body=_CHANGES[fault.kind](answer.body))

    def _with_bad_invoice(self, body: bytes, how: Spoiling) -> bytes:
        said = json.loads(body)
        if isinstance(said, dict) and isinstance(said.get("payreq"), str):
            said["payreq"] = self._spoil(said["payreq"], how)
        return json.dumps(said).encode()

    async def _remembered(self, scope: Scope, receive: Receive) -> _Answer:
        """The real answer; a state of an order is kept for later."""
        answer = await _answered(self._app, scope, receive)
        if scope["path"] == _STATUS and answer.status == HTTPStatus.OK:
            self._box.earlier.note(scope["query_string"], answer.body)
        return answer


_CHANGES: dict[FaultKind, Callable[[bytes], bytes]] = {
    FaultKind.CUT: spoiling.half,
    FaultKind.TYPES: spoiling.wrong_types,
    FaultKind.SHAPE: spoiling.wrong_shape,
    FaultKind.ENCODING: spoiling.wrong_encoding,
}


def _failure(status: int, style: BodyStyle, retry_after: int) -> _Answer:
    name = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Failure"
    headers = ((b"retry-after", str(retry_after).encode()),) if status in _RETRIES else ()
    kind, body = {
        "json": (b"application/json", json.dumps(replies.failure(f"{name} (injected)"))),
        "text": (b"text/plain", f"{status} {name}\n"),
        "html": (b"text/html", f"<html><head><title>{status} {name}</title></head><body><h1>{name}</h1></body></html>"),
        "empty": (b"text/plain", ""),
    }[style]
    return _Answer(status, (*headers, (b"content-type", kind)), body.encode())


async def _answered(app: ASGIApp, scope: Scope, receive: Receive) -> _Answer:
    """What the application answers, kept back."""
    status, headers, body = 500, (), bytearray()

    async def keep(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], tuple(message.get("headers", ()))
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, keep)
    return _Answer(status, headers, bytes(body))


async def _say(answer: _Answer, send: Send, *, more: bool = False) -> None:
    """Send it; with `more` as if more were to follow."""
    kept: Iterable[tuple[bytes, bytes]] = (pair for pair in answer.headers if pair[0].lower() != b"content-length")
    length = str(len(answer.body) if answer.length is None else answer.length).encode()
    headers = [*kept, (b"content-length", length)]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": more})


async def _stream(chunks: AsyncIterator[bytes], receive: Receive, send: Send) -> None:
    """Send chunk after chunk until they end or the client has hung up."""
    hung_up = asyncio.create_task(_gone(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": list(_JSON)})
        async for chunk in chunks:
            if hung_up.done():
                return
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        hung_up.cancel()


async def _dripping(seconds: float) -> AsyncIterator[bytes]:
    while True:
        yield b" "
        await asyncio.sleep(seconds)


async def _big() -> AsyncIterator[bytes]:
    for _ in range(spoiling.BIG_BODY // len(_CHUNK) + 1):
        yield _CHUNK


async def _gone(receive: Receive, seconds: float | None = None) -> None:
    """Until the client has hung up, or for so many seconds at the most."""
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        return
