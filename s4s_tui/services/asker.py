"""One question to the server about one order, whatever was ordered: what it becomes by the answer."""

from collections.abc import Callable

from s4s_tui.domain.errors import Refused
from s4s_tui.domain.funding import funded
from s4s_tui.domain.life import advance
from s4s_tui.domain.order import Kind, Order, OrderReply
from s4s_tui.services.account import AccountDesk
from s4s_tui.services.ports import Api, Clock


class Asker:
    """Asks `/orderstatus`, and about a funding `/balance` too: the account's balance is what is to rise."""

    def __init__(self, api: Api, account: AccountDesk, clock: Clock) -> None:
        self._api = api
        self._account = account
        self._clock = clock

    async def ask(self, order: Order) -> Callable[[Order], Order]:
        """What the order becomes; raises ApiError."""
        if order.kind is Kind.FUND:
            return await self._ask_funding(order)
        reply = await self._api.order_status(order.order_id)
        return lambda order: advance(order, reply, self._clock.now())

    async def _ask_funding(self, order: Order) -> Callable[[Order], Order]:
        reply: OrderReply | None = None
        try:
            reply = await self._api.order_status(order.order_id)
        except Refused:  # nowhere is it said that the server knows a funding by its id
            reply = None
        balance = await self._account.balance_by_itself()
        if balance is None:  # the key was not asked for in this run: the status alone has to do
            return lambda order: order if reply is None else advance(order, reply, self._clock.now())
        others = self._account.moved_beside(order)
        return lambda order: funded(order, reply, balance, self._clock.now(), others=others)
