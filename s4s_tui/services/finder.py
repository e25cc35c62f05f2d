"""Finding an order again by what a wallet remembers of it: the payment hash is the order's id (API docs' sample)."""

from collections.abc import Callable
from dataclasses import replace

from s4s_tui.domain.errors import ApiError, JournalError, NotFound, Refused
from s4s_tui.domain.finding import UNKNOWN_SERVICE, NotFindable, Sought, recognise
from s4s_tui.domain.history import Source
from s4s_tui.domain.life import advance, not_known, skew
from s4s_tui.domain.order import Order, OrderReply
from s4s_tui.domain.telling import is_ours, said
from s4s_tui.services.book import OrderBook
from s4s_tui.services.orders import amount_and_expiry
from s4s_tui.services.pace import Pace
from s4s_tui.services.ports import Api, Clock, Journal, Store


class Finder:
    """Follows orders that were made elsewhere, forgotten, or taken off the list."""

    def __init__(
        self,
        *,
        api: Api,
        journal: Journal,
        book: OrderBook,
        store: Store,
        clock: Clock,
        pace: Pace,
        wake: Callable[[], None],
    ) -> None:
        """Args: `wake` is called when there is one more order to follow (`Services.wake`)."""
        self._api = api
        self._journal = journal
        self._book = book
        self._store = store
        self._clock = clock
        self._pace = pace
        self._wake = wake

    async def find(self, text: str) -> Order:
        """The order that the text names (see `domain.finding`): from the list, the journal or the server.

        Raises:
            NotFound: the text names none, or neither the journal nor the server knows it; the sentence says which.
        """
        try:
            sought = recognise(text)
        except NotFindable as error:
            raise NotFound(str(error)) from error
        known = self._store.state.order(sought.order_id)
        if known is not None:
            return await self._with_invoice(known, sought)
        try:
            kept = await self._journal.order(sought.order_id)
            if kept is not None:
                return await self._book.restore(kept)
            return await self._ask(sought)
        except JournalError as error:
            raise NotFound(str(error)) from error

    async def _with_invoice(self, order: Order, sought: Sought) -> Order:
        """An order that was found by its id gets the invoice that is known now."""
        if order.payreq or not sought.payreq:
            return order
        amount, expires_at = amount_and_expiry(sought.payreq)

        def informed(order: Order) -> Order:
            return replace(order, payreq=sought.payreq, amount=amount, expires_at=expires_at)

        return await self._book.update(order.order_id, informed, Source.USER) or order

    async def _ask(self, sought: Sought) -> Order:
        self._pace.note()
        try:
            reply = await self._api.order_status(sought.order_id)
        except Refused as error:
            self._pace.heed(error)
            unknown = not_known(str(error), error.http_status)
            raise NotFound(_unknown(str(error)) if unknown else said(str(error))) from error
        except ApiError as error:
            self._pace.heed(error)
            raise NotFound(f"The server could not be asked. {error}") from error
        if reply.error is not None and not_known(reply.error):
            raise NotFound(_unknown(reply.error))
        order = await self._book.add(self._found(sought, reply), None)
        self._wake()

        def advanced(order: Order) -> Order:
            return advance(order, reply, self._clock.now())

        return await self._book.update(order.order_id, advanced, Source.SERVER) or order

    def _found(self, sought: Sought, reply: OrderReply) -> Order:
        now, (amount, expires_at) = self._clock.now(), amount_and_expiry(sought.payreq)
        message = reply.sms_status is not None
        return Order(
            order_id=sought.order_id,
            payreq=sought.payreq,
            country=None,
            country_name=reply.country or ("recipient not known" if message else "country not known"),
            service="",
            service_name=reply.service or ("Message" if message else UNKNOWN_SERVICE),
            amount=amount,
            quoted=None,
            network=reply.network,
            node=reply.node,
            created_at=now,
            expires_at=expires_at,
            skew=None if reply.at is None else skew(reply.at, now),
            found=True,
        )


def _unknown(words: str) -> str:
    return f"The server knows no order with this id. {words if is_ours(words) else f'It said: {words}'}"
