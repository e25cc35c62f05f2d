"""The journal's lines as sentences."""

import pytest

from s4s_tui.domain.history import Happening, Source, happenings
from s4s_tui.domain.life import advance
from s4s_tui.domain.order import OrderReply
from s4s_tui.domain.telling import said, sentence, skew_words, span, who
from s4s_tui.domain.wishes import cancel_accepted, cancel_refused, cancel_sent, give_up
from tests.services.fakes import START, an_order, held


def told(what: str, detail: str = "", source: Source = Source.SERVER) -> str:
    return sentence(Happening(START, source, what, detail))


@pytest.mark.parametrize(
    ("what", "detail", "words"),
    [
        ("paid", "", "Paid: the payment is held"),
        ("number", "49151", "Number: 49151"),
        ("another number before", "49151", "The number before was another one: 49151"),
        ("code after the end", "returned", "The code came after the order had ended (returned)"),
        ("returned", "No number [/]", "Returned. The server said: No number [/]"),
        ("refused", "unable to save data", "The server said: unable to save data"),
        ("refused", "The server's answer was lost.", "The server's answer was lost."),
        ("clock was set", "by -7200 s", "This machine's clock was set back by 2 h"),
        ("clock", "the server's clock is +300 s from this", "This machine's clock is 5 min behind the server's."),
        ("clock", "the server's clock is +0 s from this machine's", "This machine's clock and the server's agree."),
        ("clock", "who knows", "clock: who knows"),
        ("of a later version", "", "of a later version"),
        ("of a later\x1b[31m\nversion", "1\n2", "of a later version: 1 2"),
    ],
)  # fmt: skip
def test_each_fact_has_its_sentence(what: str, detail: str, words: str) -> None:
    assert told(what, detail) == words


def test_what_the_server_undid_is_not_told_as_a_wish_of_the_person() -> None:
    assert told("cancel taken back", source=Source.USER) == "Taken back: the order goes on"
    assert told("cancel taken back") == "The cancellation no longer stands: the order goes on"
    assert told("cancel given-up") == "Not ended by the server yet: it stays given up"
    assert (who(Source.USER), who(Source.USER, you="user"), who(Source.CLOCK)) == ("you", "user", "clock")


def test_no_line_of_a_whole_life_is_told_by_its_bare_name() -> None:
    order, lines = held(), [*happenings(None, an_order(), Source.USER, START)]
    for change in (
        cancel_sent,
        lambda order: cancel_refused(order, "no"),
        cancel_sent,
        lambda order: cancel_accepted(order, START),
        lambda order: advance(order, OrderReply(paid=True, error="Cancelled"), START),
        lambda order: advance(order, OrderReply(paid=True, number="1", code="2"), START),
    ):
        new = change(order)
        lines += happenings(order, new, Source.SERVER, START)
        order = new
    lines += happenings(an_order(), give_up(an_order()), Source.USER, START)
    assert len(lines) > 8
    assert all(sentence(line) != line.what and sentence(line)[0].isupper() for line in lines)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (29, "29 s"), (60, "1 min"), (5400, "1 h 30 min"), (7200, "2 h"), (3 * 86400 + 61, "3 d 1 min")],
)
def test_a_length_of_time_has_two_units_at_most(seconds: float, words: str) -> None:
    assert span(seconds) == words


def test_a_clock_that_is_ahead_is_called_so() -> None:
    assert skew_words(-7200) == "This machine's clock is 2 h ahead of the server's."
    assert said("Oops") == "The server said: Oops"
    for ours in ("The connection broke off before the whole answer came.", "What answered does not speak HTTP."):
        assert said(ours) == ours
