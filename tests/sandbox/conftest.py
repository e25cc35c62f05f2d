"""A running sandbox in either style, with a clock that is stepped by hand and a plain HTTP client."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from s4s_tui.sandbox import Sandbox, SandboxOptions, Style

GERMANY, TELEGRAM = 43, "tg"


class Clock:
    """Wall-clock seconds that pass only when told to."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds

    def step(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass(frozen=True)
class Rig:
    """A running sandbox, its clock, and a client."""

    sandbox: Sandbox
    clock: Clock
    http: httpx.Client

    def get(self, path: str, **params: str | int) -> Any:
        reply = self.http.get(path, params=params)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def refused(self, path: str, **params: str | int) -> tuple[int, str]:
        """The HTTP status and the reason of a request that must fail."""
        return refusal(self.http.get(path, params=params))

    def order(self, country: object = GERMANY, service: object = TELEGRAM) -> dict[str, str]:
        reply = self.http.post("/createorder", json={"country": country, "service": service})
        assert reply.status_code == 200, reply.text
        body: dict[str, str] = reply.json()
        return body

    def status(self, order: dict[str, str]) -> dict[str, Any]:
        body: dict[str, Any] = self.get("/orderstatus", orderId=order["orderId"])
        return body

    def cancel(self, order: dict[str, str]) -> httpx.Response:
        return self.http.get("/cancelorder", params={"orderId": order["orderId"]})


def refusal(reply: httpx.Response) -> tuple[int, str]:
    """The HTTP status and the reason of a reply, whose body must be nothing but a failure."""
    body = reply.json()
    assert body == {"status": "error", "reason": body["reason"]}
    return reply.status_code, body["reason"]


def running(options: SandboxOptions) -> Iterator[Rig]:
    """A sandbox from its start to its stop."""
    clock = Clock()
    with (
        Sandbox(options, now=clock) as sandbox,
        httpx.Client(base_url=sandbox.url, trust_env=False, verify=False, timeout=5) as http,
    ):
        yield Rig(sandbox, clock, http)


def _options(style: Style) -> SandboxOptions:
    return SandboxOptions(style=style, number_after=10, code_after=60, code="048010")


@pytest.fixture(scope="session")
def docs() -> Iterator[Rig]:
    """A sandbox that sends numbers as numbers: a number after 10 s, a code 60 s later."""
    yield from running(_options("docs"))


@pytest.fixture(scope="session")
def live() -> Iterator[Rig]:
    """The same, sending numbers as strings."""
    yield from running(_options("live"))


@pytest.fixture(params=["docs", "live"])
def rig(request: pytest.FixtureRequest) -> Rig:
    """Both of them, one after the other."""
    found: Rig = request.getfixturevalue(request.param)
    return found
