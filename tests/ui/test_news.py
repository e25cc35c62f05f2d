"""What a change of an order is told as, and what the window is called by."""

import pytest

from s4s_tui.domain.order import Kind, Order, Status
from s4s_tui.ui.news import news_of, title_words
from tests.services.fakes import START
from tests.ui.invoices import a_held, an_order, with_code, with_number

PLACE = "Telegram · Germany"
RENTED = with_number(kind=Kind.RENT)
SMS = a_held(kind=Kind.SMS, service_name="SMS", country_name="+49 170 1234567")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (an_order(), a_held(), None),
        (a_held(), with_number(), f"{PLACE}: the number is there. F6 lists the orders."),
        (with_number(), with_number(), None),
        (with_number(), with_number(number="4915100000000"), f"{PLACE}: the number has changed. Use the new one."),
        (with_number(), with_code(), f"{PLACE}: the code is there. F6 lists the orders."),
        (a_held(), with_code(), f"{PLACE}: the code is there. F6 lists the orders."),
        (with_code(), with_code(code="111111"), f"{PLACE}: the code is there. F6 lists the orders."),
        (RENTED, with_code(kind=Kind.RENT), f"{PLACE}: a message has come. F6 lists the orders."),
        (a_held(), a_held(status=Status.RETURNED, ended_at=START), f"{PLACE}: returned. F6 lists the orders."),
        (a_held(), a_held(status=Status.CANCELLED, ended_at=START), f"{PLACE}: cancelled. F6 lists the orders."),
        (an_order(), an_order(status=Status.CANCELLED, ended_at=START), None),
        (an_order(), an_order(status=Status.EXPIRED, ended_at=START), None),
        (a_held(), a_held(status=Status.UNKNOWN), None),
    ],
)
def test_what_has_come_is_told_once_and_what_has_not_is_not(old: Order, new: Order, told: str | None) -> None:
    news = news_of(old, new)
    assert (None if news is None else news.notice) == told
    assert news_of(None, new) is None, "an earlier run has told it"
    assert news_of(new, new) is None


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.SENT, None),
        (Status.DELIVERED, "SMS · +49 170 1234567: delivered."),
        (Status.FAILED, "SMS · +49 170 1234567: the server says that it failed. F6 lists the orders."),
        (Status.RETURNED, "SMS · +49 170 1234567: not sent, the server returned the money. F6 lists the orders."),
    ],
)
def test_a_message_is_told_at_its_end_and_outside_not_to_whom_it_went(status: Status, told: str | None) -> None:
    ended = a_held(kind=Kind.SMS, service_name="SMS", country_name="+49 170 1234567", status=status, ended_at=START)
    news = news_of(SMS, ended)
    assert (None if news is None else news.notice) == told
    if news is not None:
        assert news.warning == (status is not Status.DELIVERED)
        assert news.words == f"SMS: {news.what}"
    assert "1234567" not in title_words("s4s", (ended,), ended)


def test_nothing_that_is_told_elsewhere_holds_a_number_or_a_code() -> None:
    for old, new in ((a_held(), with_number()), (with_number(), with_code()), (RENTED, with_code(kind=Kind.RENT))):
        news = news_of(old, new)
        assert news is not None
        words = news.notice + title_words("s4s", (new,), new)
        assert "048010" not in words
        assert "4915112345678" not in words


def test_the_window_is_called_by_what_is_shown_or_by_what_is_open() -> None:
    orders = (an_order(1), a_held(2), a_held(3))
    assert title_words("s4s", (), None) == "s4s"
    assert title_words("s4s demo", orders, None) == "s4s demo · 1 waiting for payment · 2 assigning a number"
    assert title_words("s4s", orders, with_code(4)) == "s4s · Code received · Telegram · Germany"
    hostile = title_words("s4s", (), with_code(service_name="x\x1b]2;y\x07" + "z" * 500))
    assert hostile.isprintable()
    assert len(hostile) <= 80
