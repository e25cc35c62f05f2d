"""The cancel request of one order: written down, sent once at a time, and its answer written down."""

from collections.abc import Callable

from s4s_tui.domain.errors import ApiError, OutcomeUnknown
from s4s_tui.domain.history import Source
from s4s_tui.domain.life import refused
from s4s_tui.domain.order import Order
from s4s_tui.domain.wishes import cancel_accepted, cancel_refused, cancel_sent
from s4s_tui.services.book import OrderBook
from s4s_tui.services.pace import Pace
from s4s_tui.services.ports import Api, Clock


class Canceller:
    """Sends `/cancelorder`, for a person and for orders given up or armed; once at a time for each order."""

    def __init__(self, api: Api, book: OrderBook, pace: Pace, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._book = book
        self._pace = pace
        self._under_way: set[str] = set()

    async def request(self, order_id: str, wanted: Callable[[Order], bool]) -> str:
        """Ask the server to cancel, if `wanted` still says so of the order at the moment of sending.

        The caller counts the request with its `Pace`.

        Returns:
            Why it is not accepted, as a sentence; "" where it is, or where nothing was sent.
        """
        if order_id in self._under_way:
            return ""
        self._under_way.add(order_id)
        try:
            sending = False

            def send(order: Order) -> Order:
                nonlocal sending  # as the last one to be asked says: the order as it stands in the journal
                sending = wanted(order)
                return cancel_sent(order) if sending else order

            await self._book.update(order_id, send, Source.USER)
            return await self._send(order_id) if sending else ""
        finally:
            self._under_way.discard(order_id)

    async def _send(self, order_id: str) -> str:
        try:
            await self._api.cancel_order(order_id)
        except OutcomeUnknown as error:
            # It may have been carried out: the wish stays SENT and the next status shows what became of it.
            return await self._failed(order_id, error, refused)
        except ApiError as error:
            return await self._failed(order_id, error, cancel_refused)
        await self._book.update(order_id, lambda order: cancel_accepted(order, self._clock.now()), Source.SERVER)
        return ""

    async def _failed(self, order_id: str, error: ApiError, change: Callable[[Order, str], Order]) -> str:
        self._pace.heed(error)
        await self._book.update(order_id, lambda order: change(order, str(error)), Source.SERVER)
        return str(error)
