"""Somebody else's client: written from the API's documentation alone, given nothing but a URL.

It imports nothing of the project. What a person or a wallet would do (pay, wait) goes through the control API.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.sandbox.program import serving


class Client:
    """The documented API: JSON over HTTP, failures as {"status": "error", "reason": ...}."""

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc

    def get(self, path: str, **query: str | int) -> Any:
        asked = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in query.items())
        return self._ask("GET", f"{path}?{asked}" if asked else path, None)

    def post(self, path: str, **body: object) -> Any:
        return self._ask("POST", path, json.dumps(body))

    def _ask(self, method: str, path: str, body: str | None) -> Any:
        connection = HTTPConnection(self._host, timeout=10)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if isinstance(answer, dict) and str(answer.get("status")).lower() == "error":
            raise RuntimeError(answer["reason"])
        return answer

    def look_for(self, order: str, name: str) -> Any:
        """Look whether this is in the status, as the documentation has it: null, "" and absent are "not yet".

        Once: the person lets time pass, and the server has done by its answer what is due then.
        """
        status = self.get("/orderstatus", orderId=order)
        if status.get("error"):
            raise RuntimeError(status["error"])
        if status.get(name) in (None, "", 0, False):
            raise TimeoutError(name)
        return status[name]


class Person:
    """Who holds the telephone with the wallet, and lets time pass."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def pays(self, payreq: str) -> None:
        self._client.post("/_sandbox/pay", payreq=payreq)

    def waits(self, seconds: float) -> None:
        self._client.post("/_sandbox/clock", seconds=seconds)


@contextmanager
def pointed_at_a_sandbox(*words: str) -> Iterator[tuple[Client, Person]]:
    with serving(*words) as program:
        client = Client(program.url)
        yield client, Person(client)


@pytest.mark.parametrize("style", ["docs", "live"])
def test_it_receives_a_code(style: str) -> None:
    with pointed_at_a_sandbox("--style", style) as (client, person):
        assert client.get("/")
        price = int(client.get("/price")["receive"])
        offered = {row["value"]: int(row["count"]) for row in client.get("/getnumbersstatus", country=43)}
        assert price > 0
        assert offered["tg"] > 0
        made = client.post("/createorder", country=43, service="tg")
        assert made["payreq"].startswith("ln")
        order = made["orderId"]
        person.pays(made["payreq"])
        assert client.look_for(order, "paid") is True
        person.waits(25)
        number = str(client.look_for(order, "number"))
        person.waits(120)
        code = str(client.look_for(order, "code"))
    assert number.isdigit()
    assert number.startswith("49")
    assert code.isdigit()


def test_it_cancels_after_two_minutes_and_has_its_money_back(tmp_path: Path) -> None:
    scenario = tmp_path / "slow.toml"
    scenario.write_text('[[orders]]\ncode_after = "never"\n')
    with pointed_at_a_sandbox("--scenario", str(scenario)) as (client, person):
        made = client.post("/createorder", country="germany", service="tg")
        order = made["orderId"]
        person.pays(made["payreq"])
        person.waits(30)
        assert client.look_for(order, "number")
        with pytest.raises(RuntimeError, match="unable to save data"):
            client.get("/cancelorder", orderId=order)
        person.waits(90)
        assert client.get("/cancelorder", orderId=order)["status"] == "OK"
        with pytest.raises(RuntimeError, match="Your funds are returned"):
            client.look_for(order, "code")


def test_it_sends_an_sms() -> None:
    with pointed_at_a_sandbox() as (client, person):
        made = client.post("/createsendorder", phone="+4915112345678", message="hello")
        person.pays(made["payreq"])
        assert client.get("/orderstatus", orderId=made["orderId"])["smsStatus"] == "created"
        person.waits(60)
        status = client.get("/orderstatus", orderId=made["orderId"])
    assert status["paid"] is True
    assert status["smsStatus"] == "delivered"
