"""One HTTP exchange: what is sent, what came back, and how a failure on the way is named.

The rule of a lost answer: a request that changes nothing has timed out or was cut off; one that makes something
(an order, a cancellation) has an unknown outcome as soon as its first byte may have left, and is never sent again.
"""

import asyncio
import logging
import re
import time
import traceback
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from types import TracebackType
from urllib.parse import quote

import httpcore
import httpx

from s4s_tui.api import pool
from s4s_tui.domain.errors import ApiError, OutcomeUnknown, Refused, TimedOut, Unreachable
from s4s_tui.domain.net import is_loopback
from s4s_tui.domain.proxy import Proxy
from s4s_tui.domain.secret import Secret

MOST_BYTES = 2_000_000
"""Bytes read of one answer; the longest known list has 1,717 rows of about 200 bytes."""
KEY_HEADER = "X-API-Key"
_SENDABLE = re.compile(r"[!-~]{1,1000}")

_log = logging.getLogger("s4s_tui.api")


@dataclass(frozen=True, slots=True)
class Call:
    """A request.

    Attributes:
        method: "GET" or "POST".
        path: with leading and without trailing slash; never logged with its query.
        query: names and values, percent-encoded when sent.
        body: JSON to send, or None.
        makes: whether it makes or ends something, so that a lost answer is an unknown outcome.
        key: the API key to send with it, or None.
    """

    method: str
    path: str
    query: Mapping[str, str]
    body: bytes | None = field(default=None, repr=False)  # may hold what a person writes to another
    makes: bool = False
    key: Secret | None = None

    def url(self, base: str) -> str:
        """The whole URL."""
        pairs = [f"{name}={quote(value, safe='', errors='replace')}" for name, value in self.query.items()]
        return base + self.path + ("?" + "&".join(pairs) if pairs else "")

    def lost(self, failure: ApiError) -> ApiError:
        """The failure as this call means it: an unknown outcome where it makes something."""
        return OutcomeUnknown(str(failure), retry_after=failure.retry_after) if self.makes else failure


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: HTTP status, headers (names without regard to case), the body; `trouble` why it was not read.

    `keys` are those that the server knows by now, and may repeat in any answer.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)  # API docs: the history holds the API key and preimages
    trouble: str = ""
    keys: frozenset[Secret] = frozenset()


class _Sealed:
    """A mistake in a library below ends the program, and its traceback would show the frames that hold the key."""

    def __init__(self, key: Secret | None) -> None:
        self._key = key

    def __enter__(self) -> None:
        """Nothing to begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._key is None or not isinstance(error, Exception) or isinstance(error, ApiError):
            return
        frame, line = list(traceback.walk_tb(trace))[-1]
        where = f"{frame.f_code.co_filename}:{line}"
        del frame, trace
        raise RuntimeError(f"{type(error).__name__} at {where}; more of it would show the API key.") from None


class _KeyAuth(httpx.Auth):
    """Lends the key to one request while it is sent: no error that holds the request keeps it in clear."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers[KEY_HEADER] = self._key.reveal()
        try:
            yield request
        finally:
            del request.headers[KEY_HEADER]


@dataclass(slots=True)
class _Progress:
    """How far an attempt has come, as the connection pool reports it."""

    connected: bool = False  # a connection was opened for it, so none was reused
    tunnel: bool = False  # an HTTP proxy was asked for a way to the server
    sent: bool = False
    answered: bool = False
    half_open: httpcore.AsyncNetworkStream | None = None  # a SOCKS proxy was reached and has not agreed yet

    @property
    def asking_proxy(self) -> bool:
        """Whether the talk with a SOCKS proxy has begun and not come to its end."""
        return self.half_open is not None

    async def give_up(self) -> None:
        """Close what httpcore leaves open where that talk fails."""
        if self.half_open is not None:
            await self.half_open.aclose()

    async def trace(self, event: str, info: Mapping[str, object]) -> None:
        if event in ("connection.connect_tcp.started", "socks.connect_tcp.started"):
            self.connected = True
        elif event == "socks.connect_tcp.complete":
            stream = info["return_value"]
            self.half_open = stream if isinstance(stream, httpcore.AsyncNetworkStream) else None
        elif event == "socks.setup_socks5_connection.complete":
            self.half_open = None
        elif event == "http11.send_request_headers.started":
            # A proxy is asked for a tunnel first; that is not yet our request.
            self.sent = getattr(info.get("request"), "method", b"") != b"CONNECT"
            self.tunnel = self.tunnel or not self.sent
        elif event == "http11.receive_response_headers.complete" and self.sent:
            self.answered = True


class Wire:
    """The one connection pool. `timeout` (seconds) bounds each step, `deadline` (seconds) the whole exchange."""

    def __init__(
        self,
        base_url: str,
        *,
        user_agent: str,
        proxy: Proxy | None,
        timeout: float,
        deadline: float,
        key: Secret | None = None,
    ) -> None:
        self._proxy = proxy
        self._base = base_url.rstrip("/")
        self._user_agent = user_agent
        self._timeout = timeout
        self._deadline = deadline
        self._keys = {key} if key is not None else set()
        self._client: httpx.AsyncClient | None = None
        self._closed = False

    @property
    def _plain(self) -> bool:
        """Whether no TLS is spoken, neither to the server nor to the proxy."""
        to_proxy = self._proxy is not None and self._proxy.scheme == "https"
        return self._base.lower().startswith("http:") and not to_proxy

    @property
    def loopback(self) -> bool:
        """Whether the server is on this machine."""
        try:
            return is_loopback(httpx.URL(self._base).host)
        except httpx.InvalidURL:
            return False

    async def close(self) -> None:
        """Close every connection; later calls are Unreachable."""
        self._closed = True
        if self._client is not None:
            await self._client.aclose()

    async def send(self, call: Call) -> Answer:
        """The server's answer, whatever it says.

        Raises:
            Refused: the key cannot be one, so nothing was sent.
            ApiError: no answer came. With a key the error has no cause: what lies below holds the request as it went
                out, in frames that a traceback may show with their values.
        """
        if call.key is not None and not _SENDABLE.fullmatch(call.key.reveal()):
            raise Refused(
                "This cannot be an API key: it is empty, too long, or holds a blank or an unusual character. "
                "Nothing was sent.",
                http_status=0,
            )
        if call.key is not None:
            self._keys.add(call.key)
        began = time.perf_counter()
        progress = _Progress()
        outcome = "abandoned"
        try:
            with _Sealed(call.key):
                answer = await self._in_time(call, progress)
            outcome = f"{answer.status} {len(answer.body)} bytes"
        except ApiError as failure:
            outcome = type(failure).__name__
            if call.key is not None:
                failure.__cause__ = failure.__context__ = None
            raise
        finally:
            _log.debug("%s %s %s %.0f ms", call.method, call.path, outcome, (time.perf_counter() - began) * 1000)
        return replace(answer, keys=frozenset(self._keys))

    async def _in_time(self, call: Call, progress: _Progress) -> Answer:
        try:
            async with asyncio.timeout(self._deadline):
                return await self._attempt(call, progress)
        except (TimeoutError, httpx.TimeoutException):
            if progress.sent:
                raise call.lost(TimedOut("The server did not answer in time.")) from None
            raise pool.too_late(self._proxy) from None
        except httpx.HTTPError as error:
            failure = pool.failure(error, self._proxy, sent=progress.sent, tunnel=progress.tunnel)
            raise (call.lost(failure) if progress.sent else failure) from error
        except pool.proxy_faults() as error:
            if self._proxy is None or not progress.asking_proxy:
                raise
            raise pool.no_connection(self._proxy) from error
        except (httpx.InvalidURL, UnicodeError, ExceptionGroup) as error:
            # The group comes from connecting to a port beyond 65535, the UnicodeError from looking up a host.
            raise Unreachable("The address of the server or its proxy is not a valid one; nothing was sent.") from error
        finally:
            await progress.give_up()

    async def _attempt(self, call: Call, progress: _Progress) -> Answer:
        try:
            return await self._exchange(call, progress)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            stale = progress.sent and not progress.connected and not progress.answered
            if call.makes or not stale:
                raise
        # The server had closed the kept connection: asking once more is harmless where nothing is made.
        progress.sent = False
        return await self._exchange(call, progress)

    async def _exchange(self, call: Call, progress: _Progress) -> Answer:
        client = self._open()
        headers = {"Content-Type": "application/json"} if call.body is not None else None
        url, hooks = call.url(self._base), {"trace": progress.trace}
        auth = None if call.key is None else _KeyAuth(call.key)
        async with client.stream(
            call.method, url, content=call.body, headers=headers, auth=auth, extensions=hooks
        ) as response:
            if response.status_code == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED and self._proxy is not None:
                raise pool.wants_login(self._proxy)  # where it passes requests on instead of making tunnels
            return await _read(response)

    def _open(self) -> httpx.AsyncClient:
        if self._closed:
            raise Unreachable("The connection to the server is closed; nothing was sent.")
        if self._client is None:
            self._client = pool.new_client(
                user_agent=self._user_agent,
                timeout=self._timeout,
                proxy=self._proxy,
                loopback=self.loopback,
                plain=self._plain,
            )
        return self._client


async def _read(response: httpx.Response) -> Answer:
    """The answer with its body, unless that is compressed (it could grow without bound) or too long."""
    status, headers = response.status_code, response.headers
    if headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        return Answer(status, headers, b"", "The server's answer is compressed although that was not asked for.")
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MOST_BYTES:
            return Answer(status, headers, b"", f"The server's answer is longer than {MOST_BYTES // 1_000_000} MB.")
    return Answer(status, headers, bytes(body))
