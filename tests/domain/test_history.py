"""What the journal is told about a change of an order."""

from dataclasses import replace

import pytest

from s4s_tui.domain.history import Happening, Source, happenings
from s4s_tui.domain.life import cancel_accepted, cancel_refused, cancel_sent, clock, give_up, refused, want_again
from s4s_tui.domain.order import MONEY_BACK, Order
from tests.domain.test_order import CANCELLED, CODE, EXPIRED, HELD, NOW, NUMBER, ORDER, RETURNED


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
        (cancel_sent(NUMBER), cancel_accepted(cancel_sent(NUMBER)), [("cancel accepted", "")]),
        (
            cancel_sent(NUMBER),
            cancel_refused(cancel_sent(NUMBER), "no"),
            [("cancel taken back", ""), ("refused", "no")],
        ),
        (cancel_accepted(NUMBER), CANCELLED, [("cancelled", "")]),
        (HELD, refused(HELD, "trouble"), [("refused", "trouble")]),
        (refused(HELD, "trouble"), HELD, []),
        (ORDER, replace(ORDER, accepted=True), [("invoice accepted", "")]),
        (NUMBER, replace(NUMBER, number="+44"), [("number", "+44")]),
    ],
)
def test_every_change_has_its_lines(old: Order | None, new: Order, lines: list[tuple[str, str]]) -> None:
    assert whats(old, new) == lines


def test_a_line_says_when_and_by_whom() -> None:
    assert happenings(None, ORDER, Source.USER, NOW) == (Happening(NOW, Source.USER, "created"),)
