"""Ordering: makes orders, and takes what is wanted of them to the services; part of the desk."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from s4s_tui.domain.errors import (
    ApiError,
    ApiKeyError,
    JournalError,
    NotFound,
    OutcomeUnknown,
    PaymentFailed,
    TooManyUnpaid,
)
from s4s_tui.domain.events import JournalNoticed, OrderRequestEnded
from s4s_tui.ui import messages_orders as messages
from s4s_tui.ui.base import Place, order_of
from s4s_tui.ui.messages import ScreenIntent
from s4s_tui.ui.part import Part, Working
from s4s_tui.ui.post import Post
from s4s_tui.ui.screens.pick import PickScreen
from s4s_tui.ui.till import Till

if TYPE_CHECKING:
    from s4s_tui.domain.history import Draft
    from s4s_tui.domain.order import Order
    from s4s_tui.services.bundle import Services


class Ordering(Part):
    """Writes are never cancelled by another key or by leaving the screen."""

    def __init__(self, app: Working, post: Post, till: Till) -> None:
        super().__init__(app)
        self._post = post
        self._till = till

    def take(self, intent: ScreenIntent) -> None:
        """Answer an intent."""
        match intent:
            case messages.OrderWanted(draft, beyond):
                self.app.work(partial(self._order, draft, beyond=beyond), "write")
            case messages.OrderOpened(order_id):
                self._open(order_id)
            case messages.FindWanted(text):
                self.app.work(partial(self._find_order, text), "write")
            case messages.DemoPayWanted(payreq):
                self.app.work(partial(self._pay_demo, payreq), "write")
            case messages.NoticeRead():
                self.app.publish(JournalNoticed(""))
            case _:
                self._take_change(intent)

    def _take_change(self, intent: ScreenIntent) -> None:
        match intent:
            case messages.GiveUpWanted(order_id):
                self._change(lambda services: services.orders.give_up(order_id))
            case messages.WantedAgain(order_id):
                self._change(lambda services: services.orders.want_again(order_id))
            case messages.CancelWanted(order_id):
                self._cancel(order_id)
            case messages.AcceptWanted(order_id):
                self._change(lambda services: services.orders.accept(order_id))
            case messages.PayeeAcceptWanted(node):
                self._change(lambda services: services.orders.accept_payee(node))
            case messages.LookWanted(order_id):
                self._change(lambda services: services.orders.look(order_id))
            case messages.RemovalWanted(order_id, for_good):
                self._change(lambda services: services.book.remove(order_id, for_good=for_good))
            case messages.IntentDismissed(unsure):
                self._change(lambda services: services.book.dismiss(unsure))
            case _:
                super().take(intent)

    async def _order(self, draft: "Draft", *, beyond: bool) -> None:
        from s4s_tui.ui.send_view import lost_words, unmade_words

        try:
            order = await (await self.app.connection()).orders.create(draft, beyond=beyond)
        except TooManyUnpaid as error:
            self.app.work(partial(self._ask_beyond, draft, error.unpaid), "dialog")
        except OutcomeUnknown as error:
            self.app.publish(OrderRequestEnded(lost_words(draft, error)))
            self._till.balance_may_have_moved(draft)
        except (ApiError, ApiKeyError, JournalError) as error:
            self.app.publish(OrderRequestEnded(unmade_words(draft, error)))
        else:
            if order is not None and not self._post.ordered(order, draft):
                self._show_new(order)

    async def _ask_beyond(self, draft: "Draft", unpaid: int) -> None:
        """The soft limit: another order only by a word of the person."""
        from s4s_tui.ui.screens.confirm import Confirm
        from s4s_tui.ui.words import unpaid_question

        if isinstance(self.app.screen, Confirm):
            return
        question = Confirm(unpaid_question(unpaid), yes="Order all the same", no="Go back")
        if await self.app.push_screen_wait(question):
            self.app.post_message(messages.OrderWanted(draft, beyond=True))

    def _show_new(self, order: "Order") -> None:
        from s4s_tui.ui.screens.intent import IntentScreen
        from s4s_tui.ui.screens.rental import screen_of
        from s4s_tui.ui.words import place_words

        if isinstance(self.app.screen, PickScreen) or self.app.place is Place.ACCOUNT:
            self.app.push_screen(screen_of(order.order_id, order))
        elif isinstance(self.app.screen, IntentScreen):  # it was made again from there
            self.app.switch_screen(screen_of(order.order_id, order))
        else:
            self.app.notify(f"{place_words(order)}: the invoice is there. F6 lists the orders.", markup=False)

    def _open(self, order_id: str) -> None:
        from s4s_tui.ui.screens.rental import screen_of

        self.app.push_screen(screen_of(order_id, self.app.state.order(order_id)))

    def _cancel(self, order_id: str) -> None:
        async def cancel(services: "Services") -> str:
            said = await services.orders.cancel(order_id)
            return "" if order_id in self.app.state.refusals else said  # a refusal is told by `publish`, in words

        self._change(cancel)

    def _change(self, ask: Callable[["Services"], Coroutine[object, object, object]]) -> None:
        """Carry out a write; what it returns as a sentence, or fails with, is told."""

        async def job() -> None:
            try:
                said = await ask(await self.app.connection())
            except (ApiError, JournalError, NotFound) as error:
                said = str(error)
            if isinstance(said, str) and said:
                self.app.notify(said, severity="warning", markup=False)

        self.app.work(job, "write")

    # -- the demo's wallet

    async def _pay_demo(self, payreq: str) -> None:
        services = await self.app.connection()
        if services.outside.pay is None:
            return
        try:
            await services.outside.pay(payreq)
        except PaymentFailed as error:
            self.app.notify(f"The demo's wallet: {error}", severity="warning", markup=False)
        else:
            paid = (order.order_id for order in self.app.state.orders if order.payreq == payreq)
            services.wake(next(paid, None))  # asked now: a payment that is not seen is made once more

    # -- finding an order

    async def _find_order(self, text: str) -> None:
        """Look for the order; the answer is given where it was asked for, as long as that is open."""
        from s4s_tui.ui.screens.find import FindScreen
        from s4s_tui.ui.words import place_words

        found, said = None, ""
        try:
            found = await (await self.app.connection()).finder.find(text)
        except NotFound as error:
            said = str(error)
        dialogs = (one for one in self.app.screen_stack if isinstance(one, FindScreen) and one.asked == text)
        dialog = next(dialogs, None)
        if found is not None and dialog is not None and dialog is self.app.screen:
            self._show_found(found, self.app.screen_stack[-2])
            return
        if found is not None:
            said = f"Found: {place_words(found)}. It is on the list of orders."
        if dialog is not None:
            dialog.answer(said)
        else:
            self.app.notify(said, severity="information" if found is not None else "warning", markup=False)

    def _show_found(self, order: "Order", below: Screen[object]) -> None:
        from s4s_tui.ui.screens.rental import screen_of

        if order_of(below) == order.order_id:
            self.app.pop_screen()
        else:
            self.app.switch_screen(screen_of(order.order_id, order))
