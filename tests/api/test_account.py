"""The account behind the key and the rental offers: documented types, loose types, rubbish."""

import json
from dataclasses import replace

import pytest

from s4s_tui.api.client import Client
from s4s_tui.domain.account import Deposit, Deposits, RentalOffer
from s4s_tui.domain.errors import ApiError, Refused, Rubbish
from s4s_tui.domain.secret import Secret
from tests.api.asks import KEY, MARK
from tests.api.server import Say, Server, reply

HASH, PREIMAGE = "7d" * 32, "9e" * 32
ROW = {
    "amount": 5000,
    "createdAt": 1666613406969,
    "desc": "short",
    "description": "Fund my account",
    "holdinvoice": "lnbc50u1p",
    "preimage": PREIMAGE,
    "preimageHash": HASH,
    "price": 5000,
    "userId": MARK,
}
DEPOSIT = Deposit(5000, "5000", 1666613406.969, "Fund my account", HASH, Secret(PREIMAGE))


async def test_the_account_is_asked_about_with_its_key_alone(server: Server, client: Client) -> None:
    server.script(reply({"status": "OK", "balance": 7}), reply({"status": "OK", "totalAmount": 0, "orders": []}))
    await client.balance(KEY)
    await client.deposits(KEY)
    sent = [(request.method, request.target, request.body) for request in server.requests]
    assert sent == [("GET", "/balance", b""), ("GET", "/history", b"")]
    assert all(str(request).count(MARK) == 1 for request in server.requests)
    assert [request.headers["x-api-key"] for request in server.requests] == [MARK, MARK]


async def test_the_documented_missing_key_is_a_refusal(server: Server, client: Client) -> None:
    words = "X-API-Key header is missing."
    server.script(*[reply({"status": "error", "reason": words}, 400)] * 2)
    with pytest.raises(Refused, match=words):
        await client.deposits(KEY)
    with pytest.raises(Refused, match=words):
        await client.balance(KEY)


@pytest.mark.parametrize(
    ("balance", "sats"),
    [
        (12000, 12000),
        ("12000", 12000),
        (12000.9, 12000),
        ("12,000.9", 12000),
        (0, 0),
        ("0", 0),
        (0.9, 0),
        (-0.0, 0),
        (2_100_000_000_000_000, 2_100_000_000_000_000),
    ],
)
async def test_a_balance_is_whole_sats_and_never_more_than_there_is(
    server: Server, client: Client, balance: object, sats: int
) -> None:
    server.script(reply({"status": "OK", "balance": balance}))
    assert await client.balance(KEY) == sats


@pytest.mark.parametrize(
    "balance", [-1, -0.5, "-1", "", " ", "much", "NaN", "1e3", None, True, [5], {"sats": 5}, 10**16]
)
async def test_a_balance_that_is_none_is_rubbish_and_not_zero(server: Server, client: Client, balance: object) -> None:
    server.script(reply({"status": "OK", "balance": balance}), reply({"status": "OK"}), reply([5]))
    for _ in range(3):
        with pytest.raises(Rubbish):
            await client.balance(KEY)


async def test_the_documented_history_is_read(server: Server, client: Client) -> None:
    server.script(reply({"status": "OK", "totalAmount": 5000, "orders": [ROW]}))
    assert await client.deposits(KEY) == Deposits((DEPOSIT,), 5000)


async def test_a_history_of_texts_is_read(server: Server, client: Client) -> None:
    row = ROW | {"amount": "5,000", "createdAt": "1666613406969", "price": "1.05", "preimageHash": HASH.upper()}
    server.script(reply({"status": "ok", "totalAmount": "5000.7", "orders": [row]}))
    assert await client.deposits(KEY) == Deposits((replace(DEPOSIT, price="1.05"),), 5000)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"amount": 5000.9}, replace(DEPOSIT, amount=5000)),
        ({"amount": -5}, replace(DEPOSIT, amount=None)),
        ({"amount": None}, replace(DEPOSIT, amount=None)),
        ({"price": None}, replace(DEPOSIT, price="")),
        ({"price": {"usd": 1}}, replace(DEPOSIT, price="")),
        ({"price": "1 \x1b[31mUSD\u202e"}, replace(DEPOSIT, price="1 USD")),
        ({"price": "9" * 500}, replace(DEPOSIT, price="9" * 39 + "…")),
        ({"createdAt": 0}, replace(DEPOSIT, at=None)),
        ({"createdAt": -1}, replace(DEPOSIT, at=None)),
        ({"createdAt": "2022-10-24"}, replace(DEPOSIT, at=None)),
        ({"createdAt": 10**15}, replace(DEPOSIT, at=None)),
        ({"createdAt": 1666613406969.0}, DEPOSIT),
        ({"description": None}, replace(DEPOSIT, description="short")),
        ({"description": " "}, replace(DEPOSIT, description="short")),
        ({"description": None, "desc": []}, replace(DEPOSIT, description="")),
        ({"description": "a\r\nb <b>c</b>\x9b31m\x00"}, replace(DEPOSIT, description="a b c")),
        ({"description": "x" * 5000}, replace(DEPOSIT, description="x" * 199 + "…")),
        ({"description": 7}, replace(DEPOSIT, description="7")),
        ({"preimageHash": HASH[:-1]}, replace(DEPOSIT, payment_hash="")),
        ({"preimageHash": HASH + "\n"}, DEPOSIT),
        ({"preimageHash": "\x1b" + HASH}, replace(DEPOSIT, payment_hash="")),
        ({"preimageHash": 5}, replace(DEPOSIT, payment_hash="")),
        ({"preimage": None}, replace(DEPOSIT, preimage=None)),
        ({"preimage": ""}, replace(DEPOSIT, preimage=None)),
        ({"preimage": "9" * 129}, replace(DEPOSIT, preimage=None)),  # half a proof is none
        ({"preimage": ["x"]}, replace(DEPOSIT, preimage=None)),
        ({"preimage": "\x1b[2Jbase64+/=="}, replace(DEPOSIT, preimage=Secret("base64+/=="))),
    ],
)
async def test_each_field_of_a_deposit_is_read_loosely(
    server: Server, client: Client, fields: dict[str, object], expected: Deposit
) -> None:
    server.script(reply({"status": "OK", "orders": [ROW | fields]}))
    assert await client.deposits(KEY) == Deposits((expected,))


async def test_deposits_come_newest_first_and_those_without_a_time_last(server: Server, client: Client) -> None:
    times = [5000, None, 9000, 1000, 0]
    server.script(reply({"orders": [{"amount": at, "createdAt": at} for at in times] + [{"amount": 7}]}))
    rows = (await client.deposits(KEY)).rows
    assert [(row.amount, row.at) for row in rows] == [
        (9000, 9.0), (5000, 5.0), (1000, 1.0), (0, None), (7, None),
    ]  # fmt: skip


async def test_rows_that_say_nothing_are_left_out_and_the_others_bounded(server: Server, client: Client) -> None:
    nothing: list[object] = [None, "x", 5, [], {}, {"userId": MARK}, {"amount": "?", "preimage": None}]
    server.script(
        reply({"orders": nothing}),
        reply({"orders": [{"amount": index} for index in range(5_100)]}),
    )
    assert await client.deposits(KEY) == Deposits(())
    assert len((await client.deposits(KEY)).rows) == 5_000


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"status": "OK", "totalAmount": 0, "orders": []}, Deposits((), 0)),
        ({"status": "OK"}, Deposits(())),
        ({"orders": []}, Deposits(())),
        ({"totalAmount": "12", "orders": None}, Deposits((), 12)),
        ({"status": "OK", "totalAmount": -1, "orders": []}, Deposits(())),
    ],
)
async def test_an_empty_history_is_normal(server: Server, client: Client, body: object, expected: Deposits) -> None:
    server.script(reply(body))
    assert await client.deposits(KEY) == expected


@pytest.mark.parametrize("body", [{}, [], {"orders": {}}, {"status": "OK", "orders": "none"}, {"hello": 1}, 5])
async def test_an_answer_that_holds_no_history_is_rubbish_and_not_an_empty_one(
    server: Server, client: Client, body: object
) -> None:
    server.script(reply(body))
    with pytest.raises(Rubbish):
        await client.deposits(KEY)


async def test_offers_are_asked_for_by_service_and_read_in_order(server: Server, client: Client) -> None:
    rows = [
        {"cc": 43, "country": "Germany", "duration": "2", "price": "15000"},
        {"cc": "0", "country": "Russia", "duration": 4, "price": 9000.5},
        {"cc": 43, "country": "Germany", "duration": "4", "price": 25000},
        {"cc": 43, "country": "again", "duration": 2, "price": 1},
        {"cc": 12, "country": "<b>U\x1b[1mS</b>", "duration": "4 hours", "price": "soon"},
        {"cc": 13.0, "country": None, "duration": 0, "price": -1},
        {"cc": 14, "country": "x" * 500, "duration": 521},
        {"cc": 15, "country": ["x"], "duration": 1.5},
        {"cc": -1},
        {"cc": None, "country": "nowhere"},
        {"cc": True},
        "no row",
    ]
    server.script(reply(rows), reply([]))
    assert await client.rental_offers() == (
        RentalOffer(43, "Germany", 2, 15000),
        RentalOffer(0, "Russia", 4, 9001),
        RentalOffer(43, "Germany", 4, 25000),
        RentalOffer(12, "US", None, None),
        RentalOffer(13, "Country 13", None, None),
        RentalOffer(14, "x" * 199 + "…", None, None),
        RentalOffer(15, "Country 15", None, None),
    )
    assert await client.rental_offers("a&b") == ()
    sent = [(request.method, request.target) for request in server.requests]
    assert sent == [("GET", "/getRentalCountries?service=full"), ("GET", "/getRentalCountries?service=a%26b")]


async def test_no_more_than_five_thousand_offers_are_read(server: Server, client: Client) -> None:
    server.script(reply(json.dumps([{"cc": index} for index in range(5_100)]).encode()))
    assert len(await client.rental_offers()) == 5_000


@pytest.mark.parametrize("answer", [reply(b"", 404), reply({"status": "error", "reason": "no"}, 400), reply({"a": 1})])
async def test_offers_may_be_missing_on_the_server(server: Server, client: Client, answer: Say) -> None:
    server.script(answer)
    with pytest.raises(ApiError):
        await client.rental_offers()
