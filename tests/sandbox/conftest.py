"""A running sandbox in either style, with a clock that is stepped by hand and a plain HTTP client."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from s4s_tui.sandbox import Sandbox, SandboxOptions, Style

GERMANY, TELEGRAM = 43, "tg"
KEY, OTHER_KEY = "a-key-of-the-tests", "another-key-of-the-tests"
"""Keys that the sandboxes of `docs`, `live` and `bank` know."""


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

    def post(self, path: str, body: object, key: str | None = None) -> httpx.Response:
        return self.http.post(path, json=body, headers=_with_key(key))

    def made(self, path: str, body: object, key: str | None = None) -> dict[str, str]:
        """What an order that must succeed is answered with."""
        reply = self.post(path, body, key)
        assert reply.status_code == 200, reply.text
        answer: dict[str, str] = reply.json()
        return answer

    def order(self, country: object = GERMANY, service: object = TELEGRAM, **more: object) -> dict[str, str]:
        return self.made("/createorder", {"country": country, "service": service, **more})

    def account(self, path: str, key: str | None = None) -> httpx.Response:
        return self.http.get(path, headers=_with_key(key))

    def balance(self, key: str) -> float:
        """Sats, whatever the style."""
        reply = self.account("/balance", key)
        assert reply.status_code == 200, reply.text
        return float(reply.json()["balance"])

    def status(self, order: dict[str, str]) -> dict[str, Any]:
        body: dict[str, Any] = self.get("/orderstatus", orderId=order["orderId"])
        return body

    def cancel(self, order: dict[str, str]) -> httpx.Response:
        return self.http.get("/cancelorder", params={"orderId": order["orderId"]})


def _with_key(key: str | None) -> dict[str, str]:
    return {} if key is None else {"X-API-Key": key}


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
    return SandboxOptions(
        style=style,
        number_after=10,
        code_after=60,
        code="048010",
        sent_after=5,
        delivered_after=10,
        keys={KEY: 20_000, OTHER_KEY: 0.5},
    )


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


@pytest.fixture(params=["docs", "live"])
def bank(request: pytest.FixtureRequest) -> Iterator[Rig]:
    """The same in both styles, but new for each test: what moves a balance moves nobody else's."""
    yield from running(_options(request.param))
