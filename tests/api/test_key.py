"""The API key: where the server rejects it, and that it is nowhere but in its own requests."""

import contextlib
import logging
import traceback
from collections.abc import Iterator

import httpx
import pytest

from s4s_tui.api.client import Client
from s4s_tui.api.wire import Answer, Call
from s4s_tui.domain.errors import ApiError, OutcomeUnknown, Refused, Rubbish, TimedOut, Unreachable
from s4s_tui.domain.secret import Secret
from tests.api.asks import FUND, KEY, KEYED_READS, KEYED_WRITES, MARK, PREPAID, Ask, failure
from tests.api.conftest import Connect
from tests.api.server import Say, Server, reply

KEYED = KEYED_READS | KEYED_WRITES
keyed = pytest.mark.parametrize("ask", KEYED.values(), ids=KEYED.keys())
CUT = b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"userId":"' + MARK.encode()


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that any logger says, which must not hold the key."""
    with caplog.at_level(logging.DEBUG):
        yield caplog
    assert MARK not in caplog.text
    assert not any(MARK in repr(vars(record)) for record in caplog.records)


def everything(error: BaseException) -> str:
    """All that can be seen of an error: its chain, arguments, and the values in the frames of its traceback."""
    shown = ""
    seen: BaseException | None = error
    while seen is not None:
        shown += f"{seen!r} {seen} {seen.args!r} {vars(seen)!r}"
        shown += "".join(traceback.TracebackException.from_exception(seen, capture_locals=True).format())
        seen = seen.__cause__ or seen.__context__
    return shown


async def rejection(client: Client, ask: Ask) -> Refused:
    error = await failure(client, ask)
    assert MARK not in everything(error)
    assert isinstance(error, Refused)
    return error


@keyed
@pytest.mark.parametrize("http_status", [401, 403])
@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>no</html>", b'{"a":', b"{}", b"[]", b'{"status":"error"}', b'{"message":"Unauthorized"}',
        b'{"message":"Forbidden"}', b'{"error":"forbidden."}', b'{"status":"error","reason":"UNAUTHORIZED"}',
    ],
)  # fmt: skip
async def test_a_key_that_is_not_accepted_is_named_where_the_server_says_no_more(
    server: Server, client: Client, ask: Ask, http_status: int, body: bytes
) -> None:
    server.script(reply(body, http_status))
    error = await rejection(client, ask)
    assert (str(error), error.http_status) == ("The server did not accept the API key.", http_status)


@keyed
@pytest.mark.parametrize("http_status", [401, 403])
@pytest.mark.parametrize("name", ["reason", "error", "message"])
async def test_a_reason_against_the_key_is_shown(
    server: Server, client: Client, ask: Ask, http_status: int, name: str
) -> None:
    server.script(reply({name: "This key was closed."}, http_status))
    assert str(await rejection(client, ask)) == "This key was closed."


async def test_without_a_key_nothing_is_said_about_one(server: Server, client: Client) -> None:
    server.script(reply(b"", 401), reply({"message": "Forbidden"}, 403))
    assert str(await failure(client, lambda client: client.price())) == "The server answered 401 Unauthorized."
    assert str(await failure(client, lambda client: client.price())) == "Forbidden"


@keyed
@pytest.mark.parametrize(
    "body",
    [
        {"status": "error", "reason": f"Unknown key {MARK}!"},
        {"status": "error", "reason": {"message": f"Unknown key {MARK}!"}},
        {"status": "error", "reason": "x" * 190 + MARK},
        {"status": "error", "error": {MARK: ["unknown", {"it": MARK}]}},
        {"status": "error", "reason": [[[[[[MARK]]]]]]},
    ],
)
@pytest.mark.parametrize("http_status", [200, 400, 403, 500])
async def test_a_key_that_the_server_repeats_is_not_repeated_here(
    server: Server, client: Client, ask: Ask, body: object, http_status: int
) -> None:
    server.script(reply(body, http_status))
    assert "MARKED" not in str(await rejection(client, ask))


@keyed
@pytest.mark.parametrize(
    "line",
    [
        Say(then="close"), Say(then="reset"), Say(b"HTTP/1.1 200 O", then="close"), Say(CUT, then="close"),
        Say(CUT, then="reset"), Say(b"SSH-2.0\r\n\r\n", then="close"), Say(CUT, then="hang"), Say(then="hang"),
        reply(b"", 302), reply(MARK.encode()), reply(f"<p>{MARK}</p>".encode(), 502), reply([{"userId": MARK}]),
        reply({"userId": MARK}), reply(b"\xff" + MARK.encode()), reply(MARK.encode(), Content_Encoding="gzip"),
        reply({"userId": MARK, "orders": {"userId": MARK}, "balance": MARK}), reply(b" " * 2_000_001),
        reply(f"[{MARK}".encode()), reply(f'{{"userId":"{MARK}'.encode()),
    ],
)  # fmt: skip
async def test_no_failure_shows_the_key(server: Server, connect: Connect, ask: Ask, line: Say) -> None:
    server.script(line)
    error = await failure(connect(server.url, timeout=0.2, deadline=0.2), ask)
    assert isinstance(error, OutcomeUnknown | Rubbish | Unreachable | TimedOut)
    assert MARK not in everything(error)
    assert server.requests[0].headers["x-api-key"] == MARK


@keyed
async def test_no_connection_shows_the_key_neither(server: Server, connect: Connect, ask: Ask) -> None:
    url = server.url
    await server.stop()
    for client in (connect(url), connect("http://[::1"), connect("http://127.0.0.1:99999")):
        error = await failure(client, ask)
        assert MARK not in everything(error)
        assert isinstance(error, Unreachable)


async def test_no_success_shows_or_keeps_the_key(server: Server, client: Client, log: pytest.LogCaptureFixture) -> None:
    row = {"amount": 1, "description": f"for {MARK}", "price": MARK, "preimage": MARK, "userId": MARK}
    server.script(
        reply({"status": "OK", "balance": 5, "userId": MARK}),
        reply({"status": "OK", "orders": [row], "userId": MARK}),
        reply({"orderId": f"x{MARK}", "payreq": "paid"}),
        reply({"orderId": "y", "payreq": MARK}),
    )
    balance, history = await client.balance(KEY), await client.deposits(KEY)
    made = [await client.create_order(PREPAID, KEY), await client.create_order(FUND, KEY)]
    assert MARK not in repr((balance, history, made))
    assert (history.rows[0].description, history.rows[0].price, made[1].payreq) == ("for ***", "***", "***")
    assert {"s4s_tui.api", "httpx", "httpcore.http11"} <= {record.name for record in log.records}
    kept = client._wire._client
    assert kept is not None
    assert MARK not in str(kept.headers.raw)
    assert MARK not in repr((vars(client), vars(client._wire), vars(kept)))


async def test_a_key_that_was_sent_once_is_not_repeated_from_any_later_answer(server: Server, client: Client) -> None:
    row = {"value": "tg", "text": f"Telegram {MARK}", "count": 1}
    server.script(reply({"balance": 1}), reply([row]), reply({"error": f"of {MARK}", "code": MARK, "number": MARK}))
    await client.balance(KEY)
    (service,) = await client.services(43)
    status = await client.order_status("x")
    assert (service.name, status.error, status.code, status.number) == ("Telegram ***", "of ***", "***", "***")


async def test_nor_is_one_that_the_server_knows_from_an_earlier_run(server: Server) -> None:
    server.script(reply({"status": "error", "reason": f"Of {MARK}."}, 400))
    client = Client(server.url, user_agent="x", key=KEY)
    assert str(await failure(client, lambda client: client.price())) == "Of ***."
    await client.close()


@keyed
@pytest.mark.parametrize("line", [reply({"status": "OK"}), reply(b"", 403), Say(then="close"), Say(then="hang")])
async def test_a_request_does_not_hold_the_key_once_it_is_over(
    server: Server, connect: Connect, ask: Ask, line: Say
) -> None:
    sent: list[httpx.Request] = []

    async def keep(request: httpx.Request) -> None:
        assert request.headers["X-API-Key"] == MARK
        sent.append(request)

    client = connect(server.url, timeout=0.1)
    client._wire._open().event_hooks = {"request": [keep]}
    server.script(line)
    with contextlib.suppress(ApiError):
        await ask(client)
    assert [MARK in str(request.headers.raw) for request in sent] == [False]


def test_requests_and_answers_show_no_secret() -> None:
    call = Call("POST", "/x", {}, MARK.encode(), key=KEY)
    answer = Answer(200, {"X-API-Key": MARK}, MARK.encode())
    assert "***" in repr(call)
    assert MARK not in f"{call!r} {answer!r}"


@keyed
@pytest.mark.parametrize("http_status", [301, 302, 303, 307, 308])
async def test_a_redirect_carries_the_key_nowhere(server: Server, client: Client, ask: Ask, http_status: int) -> None:
    other = Server()
    await other.start()
    server.script(*[reply(b"", http_status, Location=url) for url in (other.url + "/balance", server.url + "/other")])
    assert isinstance(await failure(client, ask), Rubbish)
    assert isinstance(await failure(client, ask), Rubbish)
    await other.stop()
    assert (other.requests, len(server.requests)) == ([], 2)


@pytest.mark.parametrize("name", KEYED_READS)
async def test_a_read_over_a_connection_closed_meanwhile_takes_its_key_along(
    server: Server, client: Client, name: str
) -> None:
    server.script(reply({}), Say(then="close"), reply({"status": "OK", "balance": 5}))
    await client.price()
    await KEYED_READS[name](client)
    assert [request.headers.get("x-api-key") for request in server.requests] == [None, MARK, MARK]


@pytest.mark.parametrize("name", KEYED_WRITES)
async def test_what_moves_money_is_never_sent_again(server: Server, client: Client, name: str) -> None:
    server.script(reply({}), Say(then="close"), reply({"orderId": "x", "payreq": "paid"}))
    await client.price()
    assert isinstance(await failure(client, KEYED_WRITES[name]), OutcomeUnknown)
    assert [request.method for request in server.requests] == ["GET", "POST"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        MARK + "\n",
        MARK + "\r\nX-Other: 1",
        " " + MARK,
        MARK + " ",
        MARK + "é",
        MARK + "\udc80",
        "\x00" + MARK,
        MARK * 50,
    ],
)
async def test_what_cannot_be_a_key_is_not_sent(server: Server, client: Client, text: str) -> None:
    asks: list[Ask] = [lambda client: client.balance(Secret(text)), lambda client: client.deposits(Secret(text))]
    if text:
        asks.append(lambda client: client.create_order(PREPAID, Secret(text)))
    for ask in asks:
        error = await rejection(client, ask)
        assert not error.answered
        assert "Nothing was sent" in str(error)
    assert server.requests == []
