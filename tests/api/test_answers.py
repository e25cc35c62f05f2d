"""What is read from good answers, in the documented types and in the loose ones."""

from typing import Any

import pytest

from s4s_tui.api.client import Client
from s4s_tui.config.proxy import proxy
from s4s_tui.domain.catalogue import Price, RemoteCountry, Service
from s4s_tui.domain.errors import OutcomeUnknown, Rubbish
from s4s_tui.domain.order import OrderReply
from s4s_tui.domain.secret import Secret
from tests.api.asks import NUMBER
from tests.api.conftest import Connect
from tests.api.server import Server, reply

NODE = "02" + "ab" * 32
INVOICE = (
    "lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwss"
    "ywetjd4sku7fqw3mkjar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssql"
    "yeyhnqq4y6l5ynxatvnqg6zldnqmwxx7qel0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw39"
    "3sp8uywdc"
)
HASH = "7dc6e6b61d8c54dff6b8d6ea2e3f08b018e57963df81d493a6f9728c4dc83318"
ORDER = {"status": "OK", "orderId": "ab" * 32, "payreq": "lnbcrt1"}


async def test_the_documented_status_is_read(server: Server, client: Client) -> None:
    body = (
        b'{"status":"OK","paid":true,"code":48010,"id":1125699791,"number":12345678901,"timestamp":1666613406969,'
        b'"country":"India","service":"openAI"}'
    )
    server.script(reply(body))
    assert await client.order_status("x") == OrderReply(
        paid=True, number="12345678901", code="48010", country="India", service="openAI"
    )


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Fri, 21 Oct 2022 09:24:10 GMT", 1666344250.0),
        ("yesterday", None),
        ("", None),
        ("Fri, 99 Oct 99999 09:24:10 GMT", None),
    ],
)
async def test_the_servers_clock_is_read_where_it_makes_sense(
    server: Server, client: Client, date: str, at: float | None
) -> None:
    server.script(reply({"status": "OK"}, Date=date), reply(ORDER, Date=date))
    assert (await client.order_status("x")).at == at
    assert (await client.create_order(NUMBER)).at == at


async def test_a_sandbox_declares_itself_in_a_status_too(server: Server, client: Client) -> None:
    server.script(reply({"status": "OK"}, X_S4S_Sandbox=f"bcrt {NODE}"), reply({"status": "OK"}))
    assert await client.order_status("x") == OrderReply(network="bcrt", node=NODE)
    assert await client.order_status("x") == OrderReply()


async def test_a_status_of_texts_is_read(server: Server, client: Client) -> None:
    body = {"status": "ok", "paid": "true", "code": "048010", "id": "1", "number": "+1 (234) 567-8901", "error": ""}
    server.script(reply(body))
    assert await client.order_status("x") == OrderReply(paid=True, number="12345678901", code="048010")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("created", "created"),
        ("Sent", "sent"),
        (" DELIVERED ", "delivered"),
        ("failed", "failed"),
        ("queued", None),
        ("", None),
        (None, None),
        (1, None),
        (["sent"], None),
    ],
)
async def test_the_state_of_a_message_is_one_of_four_words_or_none(
    server: Server, client: Client, said: object, read: str | None
) -> None:
    server.script(reply({"status": "OK", "paid": True, "id": "SM1", "smsStatus": said, "timestamp": 1666613406969}))
    assert await client.order_status("x") == OrderReply(paid=True, sms_status=read)


async def test_the_documented_no_number_is_an_answer_with_an_error_in_it(server: Server, client: Client) -> None:
    words = "No available number, payment request is canceled. Your funds are returned to your wallet automatically."
    server.script(reply({"status": "OK", "paid": True, "error": words}))
    assert await client.order_status("x") == OrderReply(paid=True, error=words)


@pytest.mark.parametrize(
    "fields", [{"paid": {"is": 1}}, {"paid": [1, 2], "error": "Over"}, {"paid": ["?"], "code": []}]
)
async def test_an_answer_that_hides_whether_it_is_paid_says_nothing(
    server: Server, client: Client, fields: dict[str, Any]
) -> None:
    server.script(reply(fields))
    with pytest.raises(Rubbish, match="does not say whether the order is paid"):
        await client.order_status("x")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, OrderReply()),
        ({"paid": False, "code": None, "number": None, "error": None}, OrderReply()),
        ({"paid": "false", "code": "", "number": 0, "error": False}, OrderReply()),
        ({"paid": 0, "code": [], "number": "0", "error": []}, OrderReply()),
        ({"paid": "0", "code": " \n", "number": -1, "error": {}}, OrderReply()),
        ({"paid": [], "code": True, "number": True, "error": " null "}, OrderReply()),
        ({"paid": [1]}, OrderReply(paid=True)),
        ({"paid": {"is": 1}, "number": "491"}, OrderReply(number="491")),
        ({"paid": [1, 2], "code": "1", "error": "Over"}, OrderReply(code="1", error="Over")),
        ({"paid": ["?"], "smsStatus": "sent"}, OrderReply(sms_status="sent")),
        ({"paid": 1}, OrderReply(paid=True)),
        ({"paid": "1"}, OrderReply(paid=True)),
        ({"paid": 1.0}, OrderReply(paid=True)),
        ({"code": 0}, OrderReply(code="0")),
        ({"code": "000"}, OrderReply(code="000")),
        ({"code": 48010.0}, OrderReply(code="48010")),
        ({"code": 1.5}, OrderReply(code="1.5")),
        ({"code": 123456789012345678901234567890}, OrderReply(code="123456789012345678901234567890")),
        ({"code": "Your code:\r\n12-34 <b>\x1b[31m"}, OrderReply(code="Your code:\n12-34 <b>")),
        ({"code": ["11", 22]}, OrderReply(code="11\n22")),
        ({"code": {"text": "11"}}, OrderReply(code="text: 11")),
        ({"number": 12345678901.0}, OrderReply(number="12345678901")),
        ({"number": " +49 151-234 "}, OrderReply(number="49151234")),
        ({"number": "00491"}, OrderReply(number="00491")),
        ({"number": "soon\x07"}, OrderReply(number="soon")),
        ({"error": {"message": "No\nroom"}}, OrderReply(error="No room")),
        ({"error": {"code": 5, "more": [1, None, {"a": {"b": 1}}]}}, OrderReply(error="code: 5, more: 1, a: …")),
        ({"error": ["a", "b"]}, OrderReply(error="a, b")),
        ({"error": {"retry": False, "fatal": True}}, OrderReply(error="retry: false, fatal: true")),
        ({"error": 7}, OrderReply(error="The server reported error 7.")),
        ({"error": True}, OrderReply(error="The server reported an error without saying which.")),
        ({"error": "\u200b"}, OrderReply(error="The server reported an error without saying which.")),
        ({"error": "late", "code": "12", "number": 34}, OrderReply(error="late", code="12", number="34")),
    ],
)
async def test_each_field_of_a_status_is_read_loosely(
    server: Server, client: Client, fields: dict[str, Any], expected: OrderReply
) -> None:
    server.script(reply(fields))
    assert await client.order_status("x") == expected


@pytest.mark.parametrize("literal", [b"1e999999999", b"1e99999999999999999999", b"-5", b"1E+400"])
async def test_a_monstrous_number_does_no_harm(server: Server, client: Client, literal: bytes) -> None:
    server.script(reply(b'{"number":%b,"paid":%b}' % (literal, literal)), reply(b'{"receive":%b}' % literal))
    await client.order_status("x")
    assert await client.price() == Price()


async def test_the_documented_prices_are_read(server: Server, client: Client) -> None:
    server.script(
        reply({"receive": 3000, "send": 1000, "rent": 15000, "s4s": 5000}),
        reply({"receive": "1500", "s4s": "4000", "computed": {"price": "1234", "country": "43"}}),
        reply({"send": "3000.5", "rent": "15,000", "s4s": [], "receive": None}),
    )
    assert await client.price() == Price(receive=3000, send=1000, rent=15000, real_phone=5000)
    assert await client.price(43, "tg") == Price(receive=1500, computed=1234, real_phone=4000)
    assert await client.price() == Price(send=3001, rent=15000)


@pytest.mark.parametrize(
    ("value", "sats"),
    [
        (1500.0, 1500),
        (1500.2, 1501),
        ("1,500", 1500),
        (" 1500.5 ", 1501),
        ("1,234,567", 1234567),
        (0, 0),
        ("1,5", None),
        (-1, None),
        ("-1", None),
        ("NaN", None),
        ("Infinity", None),
        ("", None),
        (True, None),
        (None, None),
        ([1], None),
        (10**20, None),
    ],
)
async def test_a_price_is_whole_sats_or_nothing(
    server: Server, client: Client, value: object, sats: int | None
) -> None:
    server.script(reply({"receive": value, "computed": value}))
    assert await client.price() == Price(receive=sats)


async def test_services_are_ordered_by_value_and_named_without_html(server: Server, client: Client) -> None:
    rows = [
        {"key": "k", "text": "Telegram", "value": "tg", "count": "120", "image": {"src": "/x.png"}},
        {"key": "ot", "text": "Any other <small>call forwarding</small>", "count": 3},
        {"value": 12, "text": "A &amp; B\x1b[2J", "count": "many"},
        {"value": "tg", "text": "again"},
        {"value": "", "key": None, "text": "nameless"},
        {"value": "wa"},
        "no row",
        None,
    ]
    server.script(reply(rows))
    assert await client.services(43) == (
        Service("tg", "Telegram", 120),
        Service("ot", "Any other call forwarding", 3),
        Service("12", "A & B", None),
        Service("wa", "wa", None),
    )


async def test_an_empty_list_of_services_is_normal(server: Server, client: Client) -> None:
    server.script(reply([]))
    assert await client.services(43) == ()


async def test_no_more_than_five_thousand_rows_are_read(server: Server, client: Client) -> None:
    server.script(reply([{"value": f"s{index}"} for index in range(5_100)]))
    assert len(await client.services(43)) == 5_000


async def test_countries_are_read_with_russia_as_zero(server: Server, client: Client) -> None:
    rows = [
        {"id": 0, "eng": "Russia", "visible": 1, "rent": 0},
        {"id": "43", "name": "Germany", "visible": "0"},
        {"id": 44.0, "visible": True},
        {"id": 45, "eng": "X", "visible": False},
        {"id": 46, "eng": "Y", "visible": "1"},
        {"id": 0, "eng": "again"},
        {"id": -1, "eng": "no"},
        {"id": True, "eng": "no"},
        {"id": 1.5, "eng": "no"},
        {"eng": "no"},
    ]
    server.script(reply(rows))
    assert await client.countries() == (
        RemoteCountry(0, "Russia"),
        RemoteCountry(43, "Germany", visible=False),
        RemoteCountry(44, "Country 44"),
        RemoteCountry(45, "X", visible=False),
        RemoteCountry(46, "Y"),
    )


async def test_an_order_is_read_with_its_id_and_invoice(server: Server, client: Client) -> None:
    server.script(reply({"status": "OK", "orderId": "ab" * 32, "payreq": " lnbc30u1p\n"}))
    created = await client.create_order(NUMBER)
    assert (created.order_id, created.payreq, created.network, created.node) == ("ab" * 32, "lnbc30u1p", "bc", None)


async def test_an_order_without_an_invoice_keeps_its_id(server: Server, client: Client) -> None:
    server.script(reply({"status": "OK", "orderId": 17, "payreq": None, "error": "odd"}))
    created = await client.create_order(NUMBER)
    assert (created.order_id, created.payreq) == ("17", "")


@pytest.mark.parametrize("order_id", [{}, {"orderId": None}, {"orderId": ""}])
async def test_a_missing_order_id_is_the_payment_hash(
    server: Server, client: Client, order_id: dict[str, str | None]
) -> None:
    server.script(reply({"status": "OK", "payreq": INVOICE, **order_id}))
    created = await client.create_order(NUMBER)
    assert (created.order_id, created.payreq) == (HASH, INVOICE)


async def test_an_order_without_any_id_is_of_unknown_outcome(server: Server, client: Client) -> None:
    server.script(reply({"status": "OK", "payreq": INVOICE[:-1]}))
    with pytest.raises(OutcomeUnknown, match="an order may exist"):
        await client.create_order(NUMBER)


async def test_a_sandbox_on_loopback_declares_its_network_and_node(server: Server, client: Client) -> None:
    server.script(reply(ORDER, X_S4S_Sandbox=f"bcrt {NODE.upper()}"))
    created = await client.create_order(NUMBER)
    assert (created.network, created.node) == ("bcrt", NODE)


@pytest.mark.parametrize("header", ["", "bcrt", f"bc {NODE}", f"bcrt {NODE}0", f"bcrt  {NODE}", f"bcrt 05{NODE[2:]}"])
async def test_a_malformed_declaration_is_ignored(server: Server, client: Client, header: str) -> None:
    server.script(reply(ORDER, X_S4S_Sandbox=header))
    created = await client.create_order(NUMBER)
    assert (created.network, created.node) == ("bc", None)


async def test_a_declaration_from_elsewhere_is_not_believed(server: Server, connect: Connect) -> None:
    server.script(reply(ORDER, X_S4S_Sandbox=f"bcrt {NODE}"))
    created = await connect("http://api.invalid", proxy=proxy(Secret(server.url))).create_order(NUMBER)
    assert server.requests[0].target == "http://api.invalid/createorder"
    assert (created.network, created.node) == ("bc", None)
