"""A SOCKS 5 and an HTTP proxy on loopback, in a thread: names are led where the test says, and nowhere else."""

import base64
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Literal

Manner = Literal["serve", "hang", "garbage", "hang up", "refuse"]
"""What a proxy does with whoever connects."""
_GARBAGE = b"\xff\x00 220 mail ready\r\n\r\n"


class Proxy:
    """Notes each host it is asked for; `routes` says to which port of loopback a host leads."""

    def __init__(self, routes: Mapping[str, int], *, manner: Manner = "serve", login: str = "") -> None:
        """Args: `login` is "name:password", "" where none is asked for."""
        self.asked: list[str] = []
        self.connections = 0
        self._routes = routes
        self._manner = manner
        self._login = login
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        for each in (self._listener, *self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def run(self, serve: "Callable[[Proxy, socket.socket], None]") -> None:
        with suppress(OSError):  # the listener was closed
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                self._open.append(client)
                threading.Thread(target=self._one, args=(serve, client), daemon=True).start()

    def _one(self, serve: "Callable[[Proxy, socket.socket], None]", client: socket.socket) -> None:
        with suppress(OSError, EOFError):
            match self._manner:
                case "hang":
                    return
                case "garbage":
                    client.recv(100)
                    client.sendall(_GARBAGE)
                case "hang up":
                    client.recv(100)
                case _:
                    serve(self, client)
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)

    def target(self, host: str, port: int) -> socket.socket | None:
        """A connection to where the host leads, None where it leads nowhere."""
        self.asked.append(f"{host}:{port}")
        if self._manner == "refuse" or host not in self._routes:
            return None
        found = socket.create_connection(("127.0.0.1", self._routes[host]))
        self._open.append(found)
        return found

    def accepts(self, login: str) -> bool:
        return login == self._login


def _exactly(client: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = client.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def _join(one: socket.socket, other: socket.socket) -> None:
    def pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    back = threading.Thread(target=pump, args=(other, one), daemon=True)
    back.start()
    pump(one, other)
    back.join()


def _socks(proxy: Proxy, client: socket.socket) -> None:
    """RFC 1928 and 1929."""
    methods = _exactly(client, _exactly(client, 2)[1])
    wanted = 0 if proxy.accepts("") else 2
    if wanted not in methods:
        client.sendall(b"\x05\xff")
        return
    client.sendall(bytes([5, wanted]))
    if wanted:
        name = _exactly(client, _exactly(client, 2)[1])
        password = _exactly(client, _exactly(client, 1)[0])
        good = proxy.accepts(f"{name.decode()}:{password.decode()}")
        client.sendall(bytes([1, 0 if good else 1]))
        if not good:
            return
    kind = _exactly(client, 4)[3]
    if kind == 3:
        host = _exactly(client, _exactly(client, 1)[0]).decode()
    else:
        host = socket.inet_ntop(*((socket.AF_INET, _exactly(client, 4)) if kind == 1 else (socket.AF_INET6, b"")))
    server = proxy.target(host, int.from_bytes(_exactly(client, 2), "big"))
    client.sendall(bytes([5, 0 if server else 4, 0, 1]) + bytes(6))
    if server:
        _join(client, server)


def _http(proxy: Proxy, client: socket.socket) -> None:
    """CONNECT, and requests with a whole URL."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += _exactly(client, 1)
    method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
    sent = next((line for line in head.decode().split("\r\n") if line.lower().startswith("proxy-authorization")), "")
    if not proxy.accepts(base64.b64decode(sent.partition("Basic ")[2]).decode()):
        client.sendall(b"HTTP/1.1 407 Login\r\nContent-Length: 0\r\n\r\n")
        return
    host, _, port = target.removeprefix("http://").partition("/")[0].partition(":")
    server = proxy.target(host, int(port or 80))
    if server is None:
        client.sendall(b"HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")
        return
    if method == "CONNECT":
        client.sendall(b"HTTP/1.1 200 Go\r\n\r\n")
    else:
        server.sendall(head)
    _join(client, server)


Running = AbstractContextManager[Proxy]
"""A proxy for the length of a `with`."""


@contextmanager
def _running(proxy: Proxy, serve: Callable[[Proxy, socket.socket], None]) -> Iterator[Proxy]:
    thread = threading.Thread(target=proxy.run, args=(serve,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join(5)


@contextmanager
def socks(routes: Mapping[str, int], *, manner: Manner = "serve", login: str = "") -> Iterator[Proxy]:
    with _running(Proxy(routes, manner=manner, login=login), _socks) as proxy:
        yield proxy


@contextmanager
def http(routes: Mapping[str, int], *, manner: Manner = "serve", login: str = "") -> Iterator[Proxy]:
    with _running(Proxy(routes, manner=manner, login=login), _http) as proxy:
        yield proxy
