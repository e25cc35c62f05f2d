"""The line to the server: every request passes here, and the state learns whether it was answered."""

from collections.abc import Awaitable
from typing import TypeVar

from s4s_tui.domain.catalogue import Price, RemoteCountry, Service
from s4s_tui.domain.errors import ApiError, Refused
from s4s_tui.domain.events import LinkReported
from s4s_tui.domain.order import Created, OrderReply
from s4s_tui.services.ports import Api, Store

T = TypeVar("T")


class ReportingApi:
    """`ports.Api` around another one: the same answers and errors, and a LinkReported after each request.

    A refusal is an answer. So the line is good after it.
    """

    def __init__(self, api: Api, store: Store) -> None:
        self._api = api
        self._store = store

    async def price(self, country: int | None = None, service: str | None = None) -> Price:
        """`GET /price`."""
        return await self._asked(self._api.price(country, service))

    async def services(self, country: int) -> tuple[Service, ...]:
        """`GET /getnumbersstatus`."""
        return await self._asked(self._api.services(country))

    async def countries(self) -> tuple[RemoteCountry, ...]:
        """`GET /getCountries`."""
        return await self._asked(self._api.countries())

    async def create_order(self, country: int, service: str) -> Created:
        """`POST /createorder`."""
        return await self._asked(self._api.create_order(country, service))

    async def order_status(self, order_id: str) -> OrderReply:
        """`GET /orderstatus`."""
        return await self._asked(self._api.order_status(order_id))

    async def cancel_order(self, order_id: str) -> None:
        """`GET /cancelorder`."""
        await self._asked(self._api.cancel_order(order_id))

    async def _asked(self, request: Awaitable[T]) -> T:
        try:
            answer = await request
        except Refused:
            self._store.publish(LinkReported(ok=True))
            raise
        except ApiError as error:
            self._store.publish(LinkReported(ok=False, sentence=str(error)))
            raise
        self._store.publish(LinkReported(ok=True))
        return answer
