"""Countries, services and prices: asked for when a screen needs them, put into the state as each comes."""

import asyncio

from s4s_tui.domain.catalogue import Country
from s4s_tui.domain.countries import merge
from s4s_tui.domain.errors import ApiError, Refused
from s4s_tui.domain.events import CountriesLoaded, PriceLoaded, ServicesFailed, ServicesLoaded, ServicesRequested
from s4s_tui.services.pace import Pace
from s4s_tui.services.ports import Api, Clock, Store


class Catalogue:
    """Loads what can be chosen. Errors become sentences in the state; nothing is raised."""

    def __init__(self, *, api: Api, store: Store, clock: Clock, pace: Pace, builtin: tuple[Country, ...]) -> None:
        """Args: `builtin` is the list of countries that comes with the program, Auto-Select first."""
        self._api = api
        self._store = store
        self._clock = clock
        self._pace = pace
        self._builtin = builtin

    async def load_countries(self) -> None:
        """Show the built-in countries at once, then what the server's own list adds (API docs: optional there)."""
        if not self._store.state.countries:
            self._store.publish(CountriesLoaded(self._builtin))
        self._pace.note()
        try:
            remote = await self._api.countries()
        except ApiError as error:
            self._pace.heed(error)
            self._store.publish(CountriesLoaded(self._store.state.countries, _why_builtin(error)))
        else:
            self._store.publish(CountriesLoaded(merge(self._builtin, remote)))

    async def load_services(self, country: int) -> None:
        """Load the services of a country and the price there, at the same time; each is shown when it comes.

        Cancelled half-way it leaves the list as loading; it can be called again at any time, the latest wins.
        """
        self._store.publish(ServicesRequested(country))
        async with asyncio.TaskGroup() as both:
            both.create_task(self._load_list(country))
            both.create_task(self._load_price(country))

    async def _load_list(self, country: int) -> None:
        self._pace.note()
        try:
            rows = await self._api.services(country)
        except ApiError as error:
            self._pace.heed(error)
            self._store.publish(ServicesFailed(country, str(error)))
        else:
            self._store.publish(ServicesLoaded(country, rows, self._clock.now()))

    async def _load_price(self, country: int) -> None:
        self._pace.note()
        try:
            price = await self._api.price(country)
        except ApiError as error:
            self._pace.heed(error)
            self._store.publish(PriceLoaded(country, None))
        else:
            self._store.publish(PriceLoaded(country, price.quote))


def _why_builtin(error: ApiError) -> str:
    if isinstance(error, Refused) and error.http_status == 404:
        return "The server keeps no list of countries: the built-in one is shown."
    return f"The server's list of countries did not come ({error}) The built-in one is shown."
