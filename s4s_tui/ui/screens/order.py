"""One order: what to do now, where the money is, the invoice as QR code and text, the number, the code."""

import math
from dataclasses import replace
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from s4s_tui.domain.checks import Inspection, inspect_order
from s4s_tui.domain.hiding import hidden, hides_something
from s4s_tui.domain.order import SENDING, Cancel, Kind, Order, Status
from s4s_tui.domain.state import AppState
from s4s_tui.ui.base import Place
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages import PlaceSought
from s4s_tui.ui.messages_orders import (
    AcceptWanted,
    CancelWanted,
    CopyWanted,
    GiveUpWanted,
    PayeeAcceptWanted,
    WantedAgain,
)
from s4s_tui.ui.messages_post import WriteAgainWanted
from s4s_tui.ui.order_keys import label, usable
from s4s_tui.ui.order_view import order_view
from s4s_tui.ui.prepaid_words import cancel_question
from s4s_tui.ui.screens.bare import BareScreen
from s4s_tui.ui.screens.confirm import Confirm
from s4s_tui.ui.screens.order_papers import OrderPapers
from s4s_tui.ui.screens.qr import QrScreen
from s4s_tui.ui.view import Invoice, View
from s4s_tui.ui.widgets.countdown import Countdown
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.orderfacts import OrderFacts
from s4s_tui.ui.widgets.qrpanel import QrPanel
from s4s_tui.ui.widgets.topbar import TopBar
from s4s_tui.ui.words import place_words


class OrderScreen(OrderPapers):
    """Follows one order; leaving it changes nothing about the order."""

    PLACE = Place.ORDER
    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("c", "copy", "Copy", id="order.copy", tooltip="Copy what matters now"),
        Binding("d", "pay", "Pay (demo)", id="order.pay", tooltip="Demo: pay the invoice as a phone would"),
        Binding("a", "accept", "Accept", id="order.accept", tooltip="Accept what the checks warn of"),
        Binding("z", "large", "Large QR", id="order.qr", tooltip="The QR code on the whole screen"),
        Binding("x", "cancel", "Cancel", id="order.cancel", tooltip="Give up an unpaid order, cancel a paid one"),
        Binding("1", "next('1')", "Same again", id="order.again", tooltip="Look for the same service there again"),
        Binding("2", "next('2')", "Auto-Select", id="order.auto", tooltip="Look for it by Auto-Select"),
        Binding("3", "next('3')", "Another country", id="order.elsewhere", tooltip="Look for it in another country"),
        Binding("escape", "app.pop_screen", "Back", id="order.back", tooltip="Back; the order goes on"),
        Binding("v", "history", "History", id="order.history", tooltip="What happened to this order"),
        Binding("b", "bare", "Bare invoice", id="order.bare", tooltip="The invoice alone, to select with the mouse"),
        Binding("t", "style", "QR style", id="order.style", tooltip="QR code in half blocks or smaller"),
        Binding("p", "save", "Save PNG", id="order.save", tooltip="Save the QR code as a picture"),
        Binding("i", "copy_invoice", "Invoice", show=False, id="order.invoice", tooltip="Copy the invoice"),
        Binding("n", "copy_number", "Number", show=False, id="order.number", tooltip="Copy the number (recipient)"),
        Binding("w", "support", "Support file", id="order.support", tooltip="Write a file about it for support"),
        Binding("f5", "look", "Ask now", show=False, id="order.look", tooltip="Ask the server about it now"),
        Binding("down,j,pagedown,ctrl+d", "scroll(3)", "Down", show=False, id="order.down", tooltip="Scroll down"),
        Binding("up,k,pageup,ctrl+u", "scroll(-3)", "Up", show=False, id="order.up", tooltip="Scroll up"),
    )
    facts = getters.query_one(OrderFacts)
    qr = getters.query_one(QrPanel)
    countdown = getters.query_one(Countdown)

    def __init__(self, order_id: str) -> None:
        super().__init__(order_id)
        self._view: View | None = None
        self._drawn: tuple[object, ...] = ()
        self._good_until = math.inf
        """When time alone makes some of the words wrong (Unix seconds)."""

    def inspection(self, order: Order) -> Inspection:
        """The checks on the order's invoice, as of now."""
        state = self.app.state
        return inspect_order(order, payees=state.payees, now=self.app.now(), most=state.max_price)

    def where(self) -> str:
        """For the line on top."""
        return place_words(self.order) if self.order else ""

    def compose(self) -> ComposeResult:
        """The QR code beside the words; without a code the words have all the room."""
        yield TopBar()
        with Horizontal(id="order"):
            yield QrPanel()
            with VerticalScroll(id="facts", can_focus=False):
                yield OrderFacts()
                yield Countdown()
                yield Static("", id="more", markup=False)
        yield from self.compose_more()
        yield KeyBar()

    def compose_more(self) -> ComposeResult:
        """What a kind of order shows below its words."""
        yield from ()

    def on_mount(self) -> None:
        """Let the clock tick; a tick without a deadline writes nothing."""
        self.every(1, self._tick)

    def show(self, state: AppState) -> None:
        """Draw what changed."""
        order = state.order(self.order_id)
        if order is None:
            return
        drawn = self.drawn_from(order, state)
        if drawn != self._drawn:
            self._drawn = drawn
            self._draw(order)

    def drawn_from(self, order: Order, state: AppState) -> tuple[object, ...]:
        """What the words are made of: where none of it changed, nothing is drawn."""
        refusal = state.refusals.get(order.order_id, "")
        balance = state.account.balance if order.kind is Kind.FUND else None
        return order, state.payees, state.countries, refusal, self.qr.preferred, balance, state.preferences

    def _view_of(self, order: Order, inspection: Inspection) -> View:
        state = self.app.state
        dials = {country.cc: country.dial for country in state.countries}
        view = order_view(
            order,
            inspection,
            None if order.country is None else dials.get(order.country),
            self.app.now(),
            refusal=state.refusals.get(order.order_id, ""),
            countries=dials,
            balance=state.account.balance,
        )
        return self.reword(order, view)

    def _draw(self, order: Order) -> None:
        now, state = self.app.now(), self.app.state
        inspection = self.inspection(order)
        view, shown = self._view_of(order, inspection), order
        if state.preferences.mask and hides_something(order):
            shown = hidden(order)
            view = replace(self._view_of(shown, inspection), copies=view.copies)
        self._view = view
        times = (order.cancel_opens_at, view.deadline.at if view.deadline is not None else math.inf)
        self._good_until = min((at for at in times if at > now), default=math.inf)
        self.qr.show(order.payreq if view.invoice is Invoice.PAYABLE else None, self.size)
        self.set_class(self.qr.display, "-with-qr")
        self.facts.show(shown, view, inspection, missing=self.qr.missing)
        self.countdown.show(view.deadline, now, calm=state.preferences.reduce_motion)
        self.refresh_bindings()
        self.query_one(KeyBar).update_keys()
        self.query_one(TopBar).update_where()

    def reword(self, order: Order, view: View) -> View:  # noqa: ARG002 -- for a kind that is told otherwise
        """The words as this screen says them."""
        return view

    def on_resize(self) -> None:
        """The code that fits may be another one now."""
        self.when_whole(self._redraw)

    def _redraw(self) -> None:
        if (order := self.order) is not None:
            self._draw(order)

    def _tick(self) -> None:
        if not self.is_current or self._view is None:
            return
        now = self.app.now()
        if now >= self._good_until:
            self.when_whole(self._redraw)
        elif self._view.deadline is not None:
            self.countdown.show(self._view.deadline, now, calm=self.app.state.preferences.reduce_motion)

    def action_copy(self) -> None:
        """Copy what matters now."""
        if self._view is not None and self._view.copies is not None:
            what, text = self._view.copies
            self.post_message(CopyWanted(text, what))

    def action_large(self) -> None:
        """The code on the whole screen."""
        self.app.push_screen(QrScreen(self.order_id, self.qr.preferred))

    def action_bare(self) -> None:
        """The invoice alone."""
        self.app.push_screen(BareScreen(self.order_id))

    def action_style(self) -> None:
        """Draw the code in the other style."""
        self.qr.toggle()
        self._redraw()

    def action_scroll(self, lines: int) -> None:
        """Scroll the words where the window is low."""
        self.query_one("#facts", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_accept(self) -> None:
        """Accept what the checks ask or warn of."""
        if (order := self.order) is None or self._view is None:
            return
        inspection = self.inspection(order)
        if self._view.invoice is Invoice.ASKS:
            self.post_message(AcceptWanted(self.order_id))
        elif inspection.payee_is_new and inspection.invoice is not None:
            self.post_message(PayeeAcceptWanted(inspection.invoice.payee))

    def action_cancel(self) -> None:
        """Unpaid: give up. Paid: cancel as soon as the server allows it, after a question where that is now.

        What was not sent yet is taken back.
        """
        if (order := self.order) is None:
            return
        if order.cancel in (Cancel.GIVEN_UP, Cancel.ARMED):
            self.post_message(WantedAgain(self.order_id))
        elif order.status is Status.WAITING:
            self.post_message(GiveUpWanted(self.order_id))
        elif self.app.now() < order.cancel_opens_at:
            self.post_message(CancelWanted(self.order_id))
        elif not self.app.screen.is_modal:
            self._confirm_cancel(order)

    def action_next(self, key: str) -> None:
        """Look for the service again, as the choice with this key says."""
        order, view = self.order, self._view
        if order is not None and order.kind in SENDING:
            self.post_message(WriteAgainWanted(order.order_id))
            return
        step = next((step for step in view.next_steps if step.key == key), None) if view is not None else None
        if order is not None and step is not None:
            self.post_message(PlaceSought(step.country, order.service_name))

    @work(group="dialog", exclusive=True)
    async def _confirm_cancel(self, order: Order) -> None:
        if await self.app.push_screen_wait(Confirm(cancel_question(order), yes="Cancel the order", no="Keep waiting")):
            self.post_message(CancelWanted(self.order_id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys make sense in the order's state."""
        order = self.order
        return usable(
            action,
            parameters,
            order,
            self._view,
            demo=self.app.state.demo,
            new_payee=action == "accept" and order is not None and self.inspection(order).payee_is_new,
            can_toggle=action == "style" and self._view is not None and self.is_attached and self.qr.can_toggle,
        )

    def key_label(self, binding: Binding) -> str:
        """What `c` and `x` mean now."""
        return label(binding.action, binding.description, self.order, self._view, self.app.now())
