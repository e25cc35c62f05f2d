"""What the journal is told about a change of an order."""

from dataclasses import replace

import pytest

from s4s_tui.domain.history import Happening, Source, happenings
from s4s_tui.domain.life import clock, refused
from s4s_tui.domain.order import MONEY_BACK, Order
from s4s_tui.domain.wishes import arm, cancel_accepted, cancel_refused, cancel_sent, give_up, want_again
from tests.domain.test_order import CANCELLED, CODE, EXPIRED, HELD, NOW, NUMBER, ORDER, RETURNED

LATE = ("code after the end", "returned")


def whats(old: Order | None, new: Order) -> list[tuple[str, str]]:
    return [(line.what, line.detail) for line in happenings(old, new, Source.SERVER, NOW)]


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (None, ORDER, [("created", "")]),
        (ORDER, ORDER, []),
        (ORDER, HELD, [("paid", "")]),
        (HELD, NUMBER, [("number", "+49151")]),
        (NUMBER, CODE, [("code", "048010")]),
        (ORDER, CODE, [("paid", ""), ("number", "+49151"), ("code", "048010")]),
        (HELD, RETURNED, [("returned", "No available number")]),
        (ORDER, EXPIRED, [("expired", "")]),
        (HELD, clock(HELD, NOW + 10 + MONEY_BACK), [("unknown", "")]),
        (ORDER, give_up(ORDER), [("cancel given-up", "")]),
        (give_up(ORDER), want_again(give_up(ORDER)), [("cancel taken back", "")]),
        (NUMBER, cancel_sent(NUMBER), [("cancel sent", "")]),
        (cancel_sent(NUMBER), cancel_accepted(cancel_sent(NUMBER), NOW), [("cancel accepted", "")]),
        (
            cancel_sent(NUMBER),
            cancel_refused(cancel_sent(NUMBER), "no"),
            [("cancel not carried out", ""), ("refused", "no")],
        ),
        (cancel_accepted(NUMBER, NOW), CANCELLED, [("cancelled", "")]),
        (HELD, refused(HELD, "trouble"), [("refused", "trouble")]),
        (refused(HELD, "trouble"), HELD, []),
        (ORDER, replace(ORDER, accepted=True), [("invoice accepted", "")]),
        (NUMBER, replace(NUMBER, number="+44"), [("number", "+44"), ("another number before", "+49151")]),
        (CODE, replace(CODE, code="7"), [("code", "7"), ("another code before", "048010")]),
        (EXPIRED, replace(HELD, paid_at=NOW + 9), [("paid after the end", "")]),
        (RETURNED, replace(CODE, reason=RETURNED.reason), [("number", "+49151"), ("code", "048010"), LATE]),
        (HELD, replace(HELD, odd="it calls the order unpaid again"), [("odd", "it calls the order unpaid again")]),
        (HELD, replace(HELD, gone=True), [("not known to the server", "")]),
        (replace(HELD, gone=True), HELD, [("known to the server again", "")]),
        (HELD, arm(HELD), [("cancel armed", "")]),
        (CODE, replace(CODE, removed=True), [("taken off the list", "")]),
        (replace(CODE, removed=True), CODE, [("back on the list", "")]),
        (HELD, replace(HELD, skew=0.0), []),
        (HELD, replace(HELD, skew=7200.0), [("clock", "the server's clock is +7200 s from this machine's")]),
        (CANCELLED, replace(CANCELLED, reason="canceled"), [("reason", "canceled")]),
        (None, replace(ORDER, found=True), [("found", "")]),
    ],
)
def test_every_change_has_its_lines(old: Order | None, new: Order, lines: list[tuple[str, str]]) -> None:
    assert whats(old, new) == lines


def test_a_line_says_when_and_by_whom() -> None:
    assert happenings(None, ORDER, Source.USER, NOW) == (Happening(NOW, Source.USER, "created"),)
