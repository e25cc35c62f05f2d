"""A rental: an order like others until there is a number, then the inbox of that number."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from s4s_tui.domain.order import Order
from s4s_tui.domain.state import AppState
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages_offers import RentalsWanted
from s4s_tui.ui.rental_view import rental_view
from s4s_tui.ui.rental_words import has_number, received, weeks_of
from s4s_tui.ui.screens.message import MessageScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.text import time_of_day
from s4s_tui.ui.view import View
from s4s_tui.ui.widgets.inbox import Inbox
from s4s_tui.ui.words import place_words


class RentalScreen(OrderScreen):
    """The mark is in the inbox: `c` copies that message, Enter shows it whole."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("enter,ctrl+j", "whole", "Whole message", id="rental.whole", tooltip="Show the message whole"),
        Binding("n", "copy_number", "Number", id="rental.number", tooltip="Copy the number"),
        Binding("f5", "look", "Ask now", id="rental.look", tooltip="Ask the server for messages now"),
        Binding("g,home", "mark(-9999)", "Newest", show=False, id="rental.first", tooltip="To the newest message"),
        Binding("G,end", "mark(9999)", "Oldest", show=False, id="rental.last", tooltip="To the oldest message"),
    )
    inbox = getters.query_one(Inbox)

    def where(self) -> str:
        """For the line on top."""
        return f"Rent ▸ {place_words(self.order)}" if self.order else "Rent"

    def compose_more(self) -> ComposeResult:
        """What its number received."""
        with Vertical(id="received"):
            yield Inbox()

    def on_mount(self) -> None:
        """How long rentals last stands in the server's list of them."""
        order, state = self.order, self.app.state
        if order is not None and not order.ended and state.rentals is None:
            self.post_message(RentalsWanted())

    def show(self, state: AppState) -> None:
        """Draw what changed: the inbox first, for the words speak of the mark in it."""
        order = state.order(self.order_id)
        if order is not None:
            there = has_number(order)
            self.set_class(there, "-inbox")
            self.query_one("#received").display = there
            self.inbox.show_messages(received(order))
        super().show(state)

    def drawn_from(self, order: Order, state: AppState) -> tuple[object, ...]:
        """The words are made of the list of rentals too."""
        return (*super().drawn_from(order, state), state.rentals)

    def reword(self, order: Order, view: View) -> View:
        """The words of a rental."""
        state = self.app.state
        dial = next((country.dial for country in state.countries if country.cc == order.country), None)
        return rental_view(order, view, self.inbox.row, self.app.now(), dial=dial, weeks=weeks_of(order, state.rentals))

    def action_scroll(self, lines: int) -> None:
        """Up and down move the mark; the words scroll where there is no inbox yet."""
        if self.inbox.rows:
            self.action_mark(1 if lines > 0 else -1)
        else:
            super().action_scroll(lines)

    def action_mark(self, step: int) -> None:
        """Move the mark."""
        self.inbox.move(step)
        self._redraw()

    @on(Inbox.Activated)
    def action_whole(self) -> None:
        """Show the message with the mark whole."""
        if (message := self.inbox.row) is not None:
            self.app.push_screen(MessageScreen(message, time_of_day(message.at, self.app.now())))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Messages can be opened when there are any."""
        if action in ("whole", "mark"):
            return self.is_attached and bool(self.query(Inbox)) and bool(self.inbox.rows)
        return super().check_action(action, parameters)


def screen_of(order_id: str, order: Order | None) -> OrderScreen:
    """The screen that shows an order of this kind."""
    return RentalScreen(order_id) if order is not None and order.rental else OrderScreen(order_id)
