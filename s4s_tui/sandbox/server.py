"""The sandbox: the API's double on a loopback port of its own, inside this process."""

import socket
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from s4s_tui.sandbox import replies
from s4s_tui.sandbox.book import OrderBook
from s4s_tui.sandbox.buyer import Buyer
from s4s_tui.sandbox.clock import Clock
from s4s_tui.sandbox.entropy import Entropy
from s4s_tui.sandbox.faults import FaultBox
from s4s_tui.sandbox.mint import NodeKey
from s4s_tui.sandbox.offer import Offer
from s4s_tui.sandbox.options import SandboxOptions
from s4s_tui.sandbox.sending import Progress, SendOrder
from s4s_tui.sandbox.spoiling import Spoiling, spoiled_invoice

if TYPE_CHECKING:
    from starlette.routing import Route
    from starlette.types import ASGIApp

    from s4s_tui.sandbox.serving import Serving
    from s4s_tui.sandbox.webhooks import Herald

HEADER = "X-S4S-Sandbox"
"""Response header that declares the sandbox: its network and its node key in hex, with a blank between."""

_LOOPBACK = "127.0.0.1"


class SandboxError(Exception):
    """The sandbox cannot start; the sentence says why."""


class Sandbox:
    """One sandbox: starts and stops, and pays invoices as its buyer. Each has a random node key of its own.

    With `SandboxOptions.open_secrets` that key is the seed's.
    """

    def __init__(
        self,
        options: SandboxOptions | None = None,
        *,
        now: Callable[[], float] = time.time,
        log: Callable[[str], None] | None = None,
        faults: FaultBox | None = None,
    ) -> None:
        """Prepare a sandbox.

        Args:
            options: its choices.
            now: wall-clock seconds.
            log: called with one line for each request, from the server's thread.
            faults: its faults, none by default.

        Raises:
            SandboxError: the state file of an earlier start cannot be read.
        """
        self._options = SandboxOptions() if options is None else options
        self._log = log
        self._clock = Clock(now, self._options.speed)
        entropy = Entropy(self._options.seed if self._options.open_secrets else None)
        self._offer = Offer(self._options.scenario.settings)
        self._key = NodeKey.out_of(entropy.token())
        try:
            self._book = OrderBook(self._options, self._key, self._clock, entropy)
        except OSError as error:
            raise SandboxError(f"The sandbox cannot read {self._options.state_file}: {error.strerror}.") from error
        self._buyer = Buyer(self._book)
        self._faults = FaultBox(seed=self._options.seed) if faults is None else faults
        for fault in self._options.scenario.faults:
            self._faults.add(fault)
        self._serving: Serving | None = None
        self._herald: Herald | None = None
        self._port = 0

    @property
    def node(self) -> str:
        """The node key that signs the invoices: 66 hex digits."""
        return self._key.public

    @property
    def faults(self) -> FaultBox:
        """What can be made to go wrong, at any time and from any thread."""
        return self._faults

    @property
    def url(self) -> str:
        """Where it serves, without a slash at the end.

        Raises:
            SandboxError: it does not serve.
        """
        if self._serving is None:
            raise SandboxError("The sandbox is not running.")
        return f"http://{_LOOPBACK}:{self._port}"

    def pay(self, payreq: str) -> None:
        """Pay an invoice of this sandbox as a wallet would; from any thread.

        Raises:
            PaymentRefused: not an invoice, of another network, expired, unknown, paid before, or closed.
        """
        self._buyer.pay(payreq)

    def start(self) -> None:
        """Serve from a thread of its own; returns once requests are answered. Does nothing while serving.

        Raises:
            SandboxError: the extra `demo` is not installed, or the port cannot be had.
        """
        if self._serving is not None:
            return
        try:
            from s4s_tui.sandbox.connections import Connections
            from s4s_tui.sandbox.faulty import Faulty
            from s4s_tui.sandbox.requestlog import RequestLog
            from s4s_tui.sandbox.routes import application
            from s4s_tui.sandbox.serving import Serving
            from s4s_tui.sandbox.webhooks import Herald
        except ImportError as error:
            raise SandboxError("The sandbox needs the extra demo: pip install 's4s-tui[demo]'.") from error
        try:
            listener = _listener(self._options.port)
            self._port = listener.getsockname()[1]
            herald = Herald(self._book, self._announcement)
            connections = Connections()
            app: ASGIApp = Faulty(
                application(self._book, self._options, self._offer, stir=herald.stir, more=self._control(herald)),
                self._faults,
                connections,
                spoil=self._spoiled,
                now=self._book.now,
            )
            if self._log is not None:
                app = RequestLog(app, self._log, self._options.keys)
            headers = {HEADER: f"{self._options.network} {self.node}"}
            self._serving = Serving(app, listener, headers, connections.protocol())
        except OSError as error:
            raise SandboxError(f"The sandbox cannot serve on {_LOOPBACK}: {error.strerror or error}.") from error
        self._herald = herald
        herald.start()

    def stop(self) -> None:
        """End the server; the orders stay. Does nothing while not serving."""
        if self._serving is not None:
            self._serving.stop()
            self._serving = None
        if self._herald is not None:
            self._herald.stop()
            self._herald = None

    def _control(self, herald: "Herald") -> "list[Route]":
        """The routes of the control API, where it is served."""
        if not self._options.control:
            return []
        from s4s_tui.sandbox import control
        from s4s_tui.sandbox.control_faults import fault_routes

        steering = control.routes(
            control.Desk(
                book=self._book,
                options=self._options,
                offer=self._offer,
                clock=self._clock,
                buyer=self._buyer,
                stir=herald.stir,
            )
        )
        return [*steering, *fault_routes(self._faults)]

    def _spoiled(self, payreq: str, how: Spoiling) -> str:
        return spoiled_invoice(payreq, how, self._key, self._book.now())

    def _announcement(self, order: SendOrder, progress: Progress) -> object:
        return replies.announcement(self._options.style, order, progress, self._book.now())

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()


def _listener(port: int) -> socket.socket:
    """A bound socket on loopback.

    Raises:
        OSError: the port cannot be had.
    """
    # The protocol is named because asyncio sends without delay (TCP_NODELAY) only on sockets that name it: else
    # every answer takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_LOOPBACK, port))
    except OSError:
        listener.close()
        raise
    return listener
