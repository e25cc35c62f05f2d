"""The file for support: what it holds, what it never holds, and that no text from elsewhere can forge a line."""

import re
from dataclasses import replace
from datetime import UTC
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s4s_tui.domain.checks import Inspection, inspect
from s4s_tui.domain.history import Happening, Source
from s4s_tui.domain.masking import LEFT_OUT, Mask
from s4s_tui.domain.order import Cancel, Kind, Order, Received, Status
from s4s_tui.domain.report import Setting, report
from tests.fuzzing import examples
from tests.services.fakes import INVOICE, START, an_order, held

SETTING = Setting(now=START, program="s4s-tui/1", server="https://server.test", secrets=False, zone=UTC)
NUMBER, CODE, MESSAGE = "4915112345678", "048010", "QZX-Kode: 777 042"
WHATS = ("number", "another number before", "code", "another code before", "refused", "odd", "returned", "new one")


def checked(order: Order) -> Inspection:
    return inspect(order.payreq, order_id="a", quoted=3000, network="bc", node=None, payees=frozenset(), now=START)


def written(order: Order, *lines: Happening, **changes: object) -> str:
    setting = replace(SETTING, **changes)  # type: ignore[arg-type]  # the tests name the fields
    return report(order, lines, checked(order), setting)


def line_of(text: str, name: str) -> str:
    """The value behind a name."""
    return next(line[18:] for line in text.split("\n") if line[:18].rstrip() == name)


def test_it_says_where_it_goes_and_what_it_is_about() -> None:
    text = written(held(number=NUMBER, code=CODE, number_at=START), Happening(START, Source.SERVER, "paid"))
    assert text.split("\n")[1].startswith("Send this file to t.me/sms4sats or support@sms4sats.com")
    assert line_of(text, "Program") == "s4s-tui/1"
    assert line_of(text, "Server") == "https://server.test"
    assert line_of(text, "Payment hash") == "7dc6e6b61d8c54dff6b8d6ea2e3f08b018e57963df81d493a6f9728c4dc83318"
    assert line_of(text, "Memo") == "sms4sats payment Germany twitter"
    assert line_of(text, "Paid") == "2023-11-14 22:13:20 UTC (22:13:20 +0000)"
    assert line_of(text, "State") == "held"
    assert line_of(text, "Check network") == "ok: for Bitcoin"
    assert text.endswith("  2023-11-14 22:13:20 UTC (22:13:20 +0000)  server  Paid: the payment is held\n")
    assert "lnbc30u" not in text, "the invoice holds a payment secret"


def test_with_the_secrets_it_holds_number_and_codes() -> None:
    order = held(number=NUMBER, code=CODE, earlier=(Received(MESSAGE, START),))
    with_them, without = written(order, secrets=True), written(order)
    assert (line_of(with_them, "Number"), line_of(with_them, "Code")) == (NUMBER, CODE)
    assert line_of(with_them, "Code before") == MESSAGE
    assert "The number and the code are in it." in with_them
    assert line_of(without, "Number") == line_of(without, "Code before") == LEFT_OUT
    assert "The number and the code are left out." in without


def test_of_a_message_recipient_text_and_webhook_are_left_out_where_secrets_are() -> None:
    order = held(
        kind=Kind.SMS,
        country=None,
        country_name="+49 170 1234567",
        service="",
        service_name="SMS",
        recipient="+491701234567",
        message="Meet me\nat the old mill",
        webhook="https://a.example/x?id=7",
        reason="No route to 49 170 1234567 for 'at the old mill'",
    )
    with_them, without = written(order, secrets=True), written(order)
    assert "The recipient and the message are in it." in with_them
    assert line_of(with_them, "Recipient") == "+491701234567"
    assert line_of(with_them, "Message") == "Meet me at the old mill"
    assert line_of(with_them, "Webhook") == "https://a.example/x?id=7"
    assert "The recipient and the message are left out." in without
    assert line_of(without, "Recipient") == line_of(without, "Message") == line_of(without, "Webhook") == LEFT_OUT
    assert not any(part in without for part in ("1234567", "old mill", "Meet me", "a.example"))


def test_an_order_that_was_found_or_is_of_an_odd_time_is_written_all_the_same() -> None:
    order = an_order(payreq="", found=True, country=None, amount=None, quoted=None, paid_at=1e30, skew=7200.0)
    text = written(order, trouble="The journal cannot be read.")
    assert "The invoice is not known here." in text
    assert line_of(text, "Paid") == "1e+30 s since 1970"
    assert line_of(text, "Clock") == "This machine's clock is 2 h behind the server's."
    assert line_of(text, "Not readable") == "The journal cannot be read."
    assert line_of(text, "Payment hash") == "not known here"


@pytest.mark.parametrize(
    "text",
    [
        f"No SMS to +{NUMBER} came",
        "No SMS to +49 151 123-456-78 came",
        "No SMS to 0151 12345678 came",
        "code 048 010 is used",
        "the 777042 one",
        "the code qzx-kode: 777 042",
    ],
)
def test_numbers_and_codes_are_found_however_they_are_written(text: str) -> None:
    masked = Mask([NUMBER, CODE, MESSAGE])(text)
    assert LEFT_OUT in masked
    assert not re.search(r"[0-9]{3}", masked)


def test_other_text_stays_and_a_short_code_is_taken_out_only_alone() -> None:
    assert Mask([NUMBER, CODE])("Error 500 after 20 minutes") == "Error 500 after 20 minutes"
    assert Mask(["7"])("code 7 of 17") == f"code {LEFT_OUT} of 17"
    assert Mask([])("as it is") == "as it is"


def test_a_control_sequence_that_swallows_a_letter_of_a_code_does_not_show_the_others() -> None:
    order = an_order(earlier=(Received("QZXQZX", START),), odd="\x1b QZXQZX")
    assert "XQZX" not in written(order, Happening(START, Source.SERVER, "odd", "\x1b QZXQZX"))


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
breaks = st.sampled_from(
    ["\n", "\r\n", "\u2028", "\x85", "\x0b", "\x1b[2J", "&#10;", "<br>", "\nState             code\n"]
)
hostile = st.builds("".join, st.lists(st.one_of(words, breaks), max_size=4))
secrets = st.sampled_from([NUMBER, CODE, MESSAGE, "QZX\nlines", "QZXQZX"])
leaking = st.builds(lambda before, secret, after: f"{before} {secret} {after}", hostile, secrets, hostile)
text = st.one_of(hostile, leaking)
orders = st.builds(
    lambda changes, payreq: an_order(payreq=payreq, **changes),
    st.fixed_dictionaries({
        "status": st.sampled_from(Status),
        "cancel": st.sampled_from(Cancel),
        "number": st.just(NUMBER),
        "code": st.just(CODE),
        "earlier": st.just((Received(MESSAGE, START), Received("QZX\nlines", START), Received("QZXQZX", START))),
        "reason": text,
        "note": st.one_of(st.none(), text),
        "odd": st.one_of(st.none(), text),
        "country_name": hostile,
        "service_name": hostile,
        "service": hostile,
        "gone": st.booleans(),
        "found": st.booleans(),
    }),
    st.sampled_from([INVOICE, "", "rubbish"]),
)  # fmt: skip
histories = st.lists(
    st.builds(Happening, st.just(START), st.sampled_from(Source), st.sampled_from(WHATS), text), max_size=6
)


@settings(max_examples=examples(150))
@given(orders, histories)
def test_without_the_secrets_no_part_of_the_file_holds_them(order: Order, lines: list[Happening]) -> None:
    text = written(order, *lines)
    squeezed = re.sub(r"[ \-]", "", text)
    for secret in (NUMBER, CODE, "QZX", "777042", "11112345678"):
        assert secret not in squeezed
    assert "777 042" not in text


@settings(max_examples=examples(150))
@given(orders, histories, st.booleans())
def test_no_text_from_elsewhere_can_begin_a_line(order: Order, lines: list[Happening], wanted: bool) -> None:
    text = written(order, *lines, secrets=wanted)
    calm = replace(order, reason=None, note=None, odd=None, country_name="x", service_name="x", service="x")
    expected = written(calm, *(Happening(START, Source.USER, "paid") for _ in lines), secrets=wanted)
    names = [re.sub(r"^[! ] 2023", "  2023", line[:18].rstrip()) for line in text.splitlines()]
    assert names == [line[:18].rstrip() for line in expected.splitlines()]
    assert text.count("\n") == len(names)
    assert all(char == "\n" or category(char) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for char in text)
