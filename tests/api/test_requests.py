"""What is sent."""

import json
from dataclasses import replace

import pytest

from s4s_tui.api.client import Client
from s4s_tui.domain.errors import Unreachable
from tests.api.asks import NUMBER
from tests.api.conftest import Connect
from tests.api.server import Server, reply

HASH = "7dc6e6b61d8c54dff6b8d6ea2e3f08b018e57963df81d493a6f9728c4dc83318"


async def test_an_order_is_a_json_post_with_the_countrys_number(server: Server, client: Client) -> None:
    server.script(reply({"status": "OK", "orderId": HASH, "payreq": "lnbc1"}))
    await client.create_order(NUMBER)
    [request] = server.requests
    assert (request.method, request.target) == ("POST", "/createorder")
    assert json.loads(request.body) == {"country": 43, "service": "tg"}
    assert request.headers["content-type"] == "application/json"


@pytest.mark.parametrize("country", [0, 999])
async def test_russia_and_auto_select_are_sent_as_their_numbers(server: Server, client: Client, country: int) -> None:
    server.script(reply({"orderId": HASH, "payreq": "x"}), reply([]), reply({}))
    await client.create_order(replace(NUMBER, country=country))
    await client.services(country)
    await client.price(country, "tg")
    assert json.loads(server.requests[0].body)["country"] == country
    assert server.requests[1].target == f"/getnumbersstatus?country={country}"
    assert server.requests[2].target == f"/price?country={country}&service=tg"


async def test_every_endpoint_is_asked_at_its_path_without_a_trailing_slash(server: Server, client: Client) -> None:
    server.script(reply({}), reply([]), reply({}), reply({"status": "OK"}))
    await client.price()
    await client.countries()
    await client.order_status(HASH)
    await client.cancel_order(HASH)
    assert [f"{request.method} {request.target}" for request in server.requests] == [
        "GET /price",
        "GET /getCountries",
        f"GET /orderstatus?orderId={HASH}",
        f"GET /cancelorder?orderId={HASH}",
    ]


async def test_an_order_id_is_percent_encoded(server: Server, client: Client) -> None:
    server.script(reply({}))
    await client.order_status("a b&c=/ü?#\udc80")
    assert server.requests[0].target == "/orderstatus?orderId=a%20b%26c%3D%2F%C3%BC%3F%23%3F"


async def test_requests_name_the_program_and_ask_for_plain_json(server: Server, client: Client) -> None:
    server.script(reply({}))
    await client.price()
    headers = server.requests[0].headers
    assert headers["user-agent"] == "s4s-tui/9.9"
    assert headers["accept-encoding"] == "identity"
    assert headers["accept"] == "application/json"


async def test_a_base_url_with_a_path_and_a_slash_is_kept(server: Server, connect: Connect) -> None:
    server.script(reply({}))
    await connect(server.url + "/api/").price()
    assert server.requests[0].target == "/api/price"


async def test_cookies_are_not_kept(server: Server, client: Client) -> None:
    server.script(reply({}, Set_Cookie="id=1; Path=/"), reply({}))
    await client.price()
    await client.price()
    assert "cookie" not in server.requests[1].headers


async def test_one_connection_serves_several_requests(server: Server, client: Client) -> None:
    server.script(reply({}), reply([]), reply({}))
    await client.price()
    await client.services(43)
    await client.price()
    assert [request.connection for request in server.requests] == [1, 1, 1]


async def test_a_closed_client_sends_nothing(server: Server, connect: Connect) -> None:
    client = connect(server.url)
    await client.close()
    with pytest.raises(Unreachable, match="nothing was sent"):
        await client.price()
    assert server.requests == []
