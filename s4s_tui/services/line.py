"""The line to the server: every request passes here, and the state learns whether it was answered."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from s4s_tui.domain.account import Deposits, RentalOffer
from s4s_tui.domain.catalogue import Price, RemoteCountry, Service
from s4s_tui.domain.errors import ApiError, Refused
from s4s_tui.domain.events import LinkReported
from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import Created, OrderReply
from s4s_tui.domain.secret import Secret
from s4s_tui.services.ports import Api, Store

T = TypeVar("T")


class ReportingApi:
    """`ports.Api` around another one: the same answers and errors, and a LinkReported after each request.

    The other one is made at the first request, for it brings the HTTP client, which takes 6 MiB and 80 ms.

    A refusal is an answer. So the line is good after it; where it was refused before anything was sent, nothing is
    known about the line.
    """

    def __init__(self, make: Callable[[], Awaitable[Api]], store: Store) -> None:
        self._make = make
        self._store = store
        self._making = asyncio.Lock()
        self._api: Api | None = None

    async def ready(self) -> None:
        """Make the client now, so that the first request goes when the pace counts it."""
        await self._client()

    async def price(self, country: int | None = None, service: str | None = None) -> Price:
        """`GET /price`."""
        return await self._asked(lambda api: api.price(country, service))

    async def services(self, country: int) -> tuple[Service, ...]:
        """`GET /getnumbersstatus`."""
        return await self._asked(lambda api: api.services(country))

    async def countries(self) -> tuple[RemoteCountry, ...]:
        """`GET /getCountries`."""
        return await self._asked(lambda api: api.countries())

    async def create_order(self, draft: Draft, key: Secret | None = None) -> Created:
        """`POST /createorder`, `/createsendorder`, `/createemailsendorder` or `/fund`."""
        return await self._asked(lambda api: api.create_order(draft, key))

    async def balance(self, key: Secret) -> int:
        """`GET /balance`."""
        return await self._asked(lambda api: api.balance(key))

    async def deposits(self, key: Secret) -> Deposits:
        """`GET /history`."""
        return await self._asked(lambda api: api.deposits(key))

    async def rental_offers(self, service: str = "full") -> tuple[RentalOffer, ...]:
        """`GET /getRentalCountries`."""
        return await self._asked(lambda api: api.rental_offers(service))

    async def order_status(self, order_id: str) -> OrderReply:
        """`GET /orderstatus`."""
        return await self._asked(lambda api: api.order_status(order_id))

    async def cancel_order(self, order_id: str) -> None:
        """`GET /cancelorder`."""
        await self._asked(lambda api: api.cancel_order(order_id))

    async def _client(self) -> Api:
        async with self._making:
            if self._api is None:
                self._api = await self._make()
            return self._api

    async def _asked(self, request: Callable[[Api], Awaitable[T]]) -> T:
        try:
            answer = await request(await self._client())
        except Refused as error:
            if error.answered:
                self._store.publish(LinkReported(ok=True))
            raise
        except ApiError as error:
            self._store.publish(LinkReported(ok=False, sentence=str(error)))
            raise
        self._store.publish(LinkReported(ok=True))
        return answer
