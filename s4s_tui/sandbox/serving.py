"""uvicorn on a thread of its own, without its signal handlers and its log (extra `demo`)."""

import logging
import socket
from threading import Event, Thread

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

START_TIMEOUT = 10.0
"""Seconds to wait for the server to serve before it counts as failed."""
GRACE = 0.4
"""Seconds that requests have to be answered at the end; those that hang are not waited for."""
STOP_TIMEOUT = 5.0
"""Seconds to wait for the server to end."""


class _Server(uvicorn.Server):
    """A server that says when it serves. Outside the main thread uvicorn installs no signal handlers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.settled = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.settled.set()


class Serving:
    """One application being served on one bound socket, from construction until `stop`."""

    def __init__(
        self, app: ASGIApp, listener: socket.socket, headers: dict[str, str], protocol: type[H11Protocol]
    ) -> None:
        """Start serving and return once requests are answered. The socket is closed by `stop`.

        The application tells the time of its answers (`Date`) itself.

        Raises:
            OSError: the server did not come up.
        """
        self._listener = listener
        self._failure: OSError | None = None
        self._server = _Server(
            uvicorn.Config(
                app,
                loop="asyncio",
                http=protocol,
                ws="none",
                lifespan="off",
                log_config=None,  # a terminal program: nothing may write to the screen
                log_level=logging.CRITICAL,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                date_header=False,
                headers=list(headers.items()),
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = Thread(target=self._run, name="s4s-sandbox", daemon=True)
        self._thread.start()
        self._server.settled.wait(START_TIMEOUT)
        if not self._server.started:
            self.stop()
            raise self._why()

    def stop(self) -> None:
        """End the server and its thread, and close the socket."""
        self._server.should_exit = True
        self._thread.join(GRACE)
        self._server.force_exit = True
        self._thread.join(STOP_TIMEOUT)
        self._listener.close()

    def _why(self) -> OSError:
        return TimeoutError("the server did not come up in time") if self._failure is None else self._failure

    def _run(self) -> None:
        try:
            self._server.run(sockets=[self._listener])
        except OSError as error:
            self._failure = error
        finally:
            self._server.settled.set()
