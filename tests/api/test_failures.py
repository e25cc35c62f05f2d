"""Which answer, or lack of one, becomes which error."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from s4s_tui.api.client import Client
from s4s_tui.domain.errors import ApiError, OutcomeUnknown, Refused, Rubbish, TimedOut, Unreachable
from tests.api.asks import KEYED_READS, KEYED_WRITES, READS, WRITES, Ask, failure
from tests.api.conftest import Connect
from tests.api.server import Say, Server, reply

ALL_READS, ALL_WRITES = READS | KEYED_READS, WRITES | KEYED_WRITES


def asked(asks: dict[str, Ask]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("ask", asks.values(), ids=asks.keys())


read, write, both = asked(ALL_READS), asked(ALL_WRITES), asked(ALL_READS | ALL_WRITES)
keyless = asked(READS | WRITES)


def is_refused(error: ApiError, reason: str, http_status: int) -> bool:
    return isinstance(error, Refused) and (str(error), error.http_status) == (reason, http_status)


@both
@pytest.mark.parametrize("http_status", [200, 400, 429, 500])
async def test_a_reason_is_a_refusal_with_any_http_status(
    server: Server, client: Client, ask: Ask, http_status: int
) -> None:
    server.script(reply({"status": "ERROR", "reason": "unable to\x1b[1m save data"}, http_status))
    assert is_refused(await failure(client, ask), "unable to save data", http_status)


@both
async def test_a_reason_counts_without_a_status(server: Server, client: Client, ask: Ask) -> None:
    server.script(reply({"reason": {"message": "nope"}}))
    assert is_refused(await failure(client, ask), "nope", 200)


@both
async def test_an_error_status_without_a_reason_is_a_refusal(server: Server, client: Client, ask: Ask) -> None:
    server.script(reply({"status": "Error", "reason": ""}), reply({"status": "error", "error": "unknown order"}))
    assert is_refused(await failure(client, ask), "The server refused without saying why.", 200)
    assert is_refused(await failure(client, ask), "unknown order", 200)


@keyless
async def test_a_failing_status_with_an_error_or_message_is_a_refusal(server: Server, client: Client, ask: Ask) -> None:
    server.script(reply({"error": "Bad order"}, 400), reply({"message": "Forbidden"}, 403))
    assert is_refused(await failure(client, ask), "Bad order", 400)
    assert is_refused(await failure(client, ask), "Forbidden", 403)


@asked({name: ask for name, ask in (ALL_READS | ALL_WRITES).items() if name != "status"})
async def test_an_error_in_a_success_is_a_refusal_but_in_a_status(server: Server, client: Client, ask: Ask) -> None:
    server.script(reply({"status": "OK", "error": "No numbers"}))
    assert is_refused(await failure(client, ask), "No numbers", 200)


@keyless
@pytest.mark.parametrize(
    ("http_status", "words"),
    [(401, "401 Unauthorized"), (404, "404 Not Found"), (429, "429 Too Many Requests"), (499, "499")],
)
async def test_a_client_error_without_a_reason_is_a_refusal(
    server: Server, client: Client, ask: Ask, http_status: int, words: str
) -> None:
    bodies = [b"", b"<html>no</html>", b'{"a":']
    server.script(*(reply(body, http_status) for body in bodies))
    for _ in bodies:
        assert is_refused(await failure(client, ask), f"The server answered {words}.", http_status)


@keyless
async def test_a_refusal_stands_even_where_its_body_is_compressed(server: Server, client: Client, ask: Ask) -> None:
    server.script(reply(b"\x1f\x8b", 403, Content_Encoding="gzip"))
    assert is_refused(await failure(client, ask), "The server answered 403 Forbidden.", 403)


@read
@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"message":"x"}'])
async def test_a_server_in_trouble_is_rubbish_to_a_read(server: Server, client: Client, ask: Ask, body: bytes) -> None:
    server.script(reply(body, 502))
    error = await failure(client, ask)
    assert isinstance(error, Rubbish)
    assert str(error) == "The server is in trouble (502 Bad Gateway)."


@read
async def test_a_server_in_trouble_may_say_so_by_an_error(server: Server, client: Client, ask: Ask) -> None:
    server.script(reply({"error": "backend error"}, 500))
    assert is_refused(await failure(client, ask), "backend error", 500)


@write
@pytest.mark.parametrize("body", [b"", b"<html>", b'{"message":"x"}', b'{"error":"Internal Server Error"}'])
async def test_a_server_in_trouble_leaves_a_write_unknown(
    server: Server, client: Client, ask: Ask, body: bytes
) -> None:
    server.script(reply(body, 502))
    assert isinstance(await failure(client, ask), OutcomeUnknown)


UNREADABLE = [b"", b"<html>hello</html>", b'{"status":"OK","orde', b"17", b"null", b'"OK"', b"\xff\xfe", b"[" * 100_000]


@read
@pytest.mark.parametrize("body", UNREADABLE, ids=range(len(UNREADABLE)))
async def test_an_unreadable_success_is_rubbish_to_a_read(
    server: Server, client: Client, ask: Ask, body: bytes
) -> None:
    server.script(reply(body))
    assert isinstance(await failure(client, ask), Rubbish)


@write
@pytest.mark.parametrize("body", [*UNREADABLE, b"[]", b"{}", b'{"status":"OK?"}'])
async def test_an_unreadable_success_leaves_a_write_unknown(
    server: Server, client: Client, ask: Ask, body: bytes
) -> None:
    server.script(reply(body))
    assert isinstance(await failure(client, ask), OutcomeUnknown)


async def test_a_list_where_an_object_belongs_and_the_other_way_round_is_rubbish(
    server: Server, client: Client
) -> None:
    server.script(reply([]), reply({"data": []}), reply({"status": "OK"}))
    for ask in (READS["price"], READS["services"], READS["countries"]):
        assert isinstance(await failure(client, ask), Rubbish)


@both
@pytest.mark.parametrize("http_status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed(server: Server, client: Client, ask: Ask, http_status: int) -> None:
    server.script(reply(b"", http_status, Location=server.url + "/elsewhere"))
    assert isinstance(await failure(client, ask), Rubbish)
    assert len(server.requests) == 1


@both
@pytest.mark.parametrize("http_status", [429, 503])
async def test_the_wait_asked_for_is_kept_within_bounds(
    server: Server, client: Client, ask: Ask, http_status: int
) -> None:
    waits = {"7": 7.0, "1.5": 1.5, "-3": 0.0, "0": 0.0, "9" * 400: 900.0, "soon": None, "": None}
    server.script(*(reply(b"", http_status, Retry_After=header) for header in waits))
    assert [(await failure(client, ask)).retry_after for _ in waits] == list(waits.values())


async def test_the_wait_asked_for_may_be_a_date(server: Server, client: Client) -> None:
    now = datetime.now(UTC)
    dates = [now + timedelta(minutes=5), now - timedelta(days=1), now + timedelta(days=1)]
    server.script(*(reply({"reason": "busy"}, 429, Retry_After=format_datetime(date, usegmt=True)) for date in dates))
    waits = [(await failure(client, READS["price"])).retry_after for _ in dates]
    assert waits[0] == pytest.approx(300, abs=5)
    assert waits[1:] == [0.0, 900.0]


async def test_a_date_without_a_zone_is_taken_as_utc(server: Server, client: Client) -> None:
    server.script(reply(b"", 503, Retry_After="Wed, 21 Oct 2015 07:28:00 -0000"))
    assert (await failure(client, READS["price"])).retry_after == 0.0


# --- answers that never came ---


@both
async def test_a_refused_connection_is_unreachable(server: Server, connect: Connect, ask: Ask) -> None:
    url = server.url
    await server.stop()
    error = await failure(connect(url), ask)
    assert isinstance(error, Unreachable)
    assert "nothing was sent" in str(error)


CUT = b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"receive":'
LOST = {
    "closed before the answer": Say(then="close"),
    "reset before the answer": Say(then="reset"),
    "closed within the head": Say(b"HTTP/1.1 200 O", then="close"),
    "closed within the body": Say(CUT, then="close"),
    "reset within the body": Say(CUT, then="reset"),
    "closed within a chunk": Say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{", then="close"),
}
lost = pytest.mark.parametrize("line", LOST.values(), ids=LOST.keys())


@lost
@read
async def test_a_cut_connection_is_unreachable_to_a_read(server: Server, client: Client, line: Say, ask: Ask) -> None:
    server.script(line)
    assert isinstance(await failure(client, ask), Unreachable)
    assert len(server.requests) == 1


@lost
@write
async def test_a_cut_connection_leaves_a_write_unknown(server: Server, client: Client, line: Say, ask: Ask) -> None:
    server.script(line)
    assert isinstance(await failure(client, ask), OutcomeUnknown)
    assert len(server.requests) == 1


SLOW = {
    "silent": Say(then="hang"),
    "stuck within the body": Say(CUT, then="hang"),
    "dripping": Say(CUT + b" " * 80, drip=True),
}
slow = pytest.mark.parametrize("line", SLOW.values(), ids=SLOW.keys())


@slow
@read
async def test_a_slow_answer_is_timed_out_to_a_read(server: Server, connect: Connect, line: Say, ask: Ask) -> None:
    server.script(line)
    assert isinstance(await failure(connect(server.url, timeout=0.1, deadline=0.15), ask), TimedOut)
    assert len(server.requests) == 1


@slow
@write
async def test_a_slow_answer_leaves_a_write_unknown(server: Server, connect: Connect, line: Say, ask: Ask) -> None:
    server.script(line)
    assert isinstance(await failure(connect(server.url, timeout=0.1, deadline=0.15), ask), OutcomeUnknown)
    assert len(server.requests) == 1


async def test_what_does_not_speak_http_is_rubbish_and_leaves_a_write_unknown(server: Server, client: Client) -> None:
    server.script(Say(b"SSH-2.0-OpenSSH_9\r\n\r\n", then="close"), Say(b"220 mail ready\r\n\r\n", then="close"))
    assert isinstance(await failure(client, READS["price"]), Rubbish)
    assert isinstance(await failure(client, WRITES["create"]), OutcomeUnknown)


async def test_a_connection_that_does_not_come_up_in_time_says_that_nothing_was_sent(
    server: Server, connect: Connect
) -> None:
    # TLS is begun with a server that speaks none and stays silent.
    error = await failure(connect(server.url.replace("http:", "https:"), timeout=0.1), WRITES["create"])
    assert isinstance(error, TimedOut)
    assert "nothing was sent" in str(error)


async def test_closing_the_client_ends_a_request_under_way(server: Server, client: Client) -> None:
    server.script(Say(then="hang"))
    asking = asyncio.create_task(failure(client, WRITES["create"]))
    await server.asked.wait()
    await client.close()
    assert isinstance(await asking, OutcomeUnknown)
