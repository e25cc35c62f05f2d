"""Countries, services and prices: asked for when a screen needs them, put into the state as each comes."""

import asyncio

from s4s_tui.domain.account import RentalOffer
from s4s_tui.domain.catalogue import AUTO_SELECT, Country
from s4s_tui.domain.countries import merge
from s4s_tui.domain.errors import ApiError, Refused
from s4s_tui.domain.events import CountriesLoaded, ExactPrice, GeneralPrices, RentalsLoaded
from s4s_tui.domain.listing import (
    PriceLoaded,
    ServiceList,
    ServicesFailed,
    ServicesKept,
    ServicesLoaded,
    ServicesRequested,
)
from s4s_tui.services.pace import Pace
from s4s_tui.services.ports import Api, Clock, Shelf, Store


class Catalogue:
    """Loads what can be chosen. Errors become sentences in the state; nothing is raised."""

    def __init__(
        self, *, api: Api, store: Store, clock: Clock, pace: Pace, builtin: tuple[Country, ...], shelf: Shelf
    ) -> None:
        """Args: `builtin` is the list of countries that comes with the program, Auto-Select first."""
        self._api = api
        self._store = store
        self._clock = clock
        self._pace = pace
        self._builtin = builtin
        self._shelf = shelf

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

        What an earlier run of the program kept is shown until then, and stays where nothing comes.
        Cancelled half-way it leaves the list as loading; it can be called again at any time, the latest wins.
        """
        self._store.publish(ServicesRequested(country))
        async with asyncio.TaskGroup() as together:
            together.create_task(self._show_kept(country))
            together.create_task(self._load_list(country))
            together.create_task(self._load_price(country))

    async def _show_kept(self, country: int) -> None:
        if self._listed(country).rows is None and (kept := await self._shelf.get(country)) is not None:
            self._store.publish(ServicesKept(country, kept.rows, kept.price, kept.at))

    async def _load_list(self, country: int) -> None:
        self._pace.note()
        try:
            rows = await self._api.services(country)
        except ApiError as error:
            self._pace.heed(error)
            self._store.publish(ServicesFailed(country, str(error)))
        else:
            self._store.publish(ServicesLoaded(country, rows, self._clock.now()))
            await self._keep(country)

    async def _load_price(self, country: int) -> None:
        self._pace.note()
        try:
            price = await self._api.price(country)
        except ApiError as error:
            self._pace.heed(error)
            self._store.publish(PriceLoaded(country, None))
        else:
            self._store.publish(PriceLoaded(country, price.quote))
            await self._keep(country)

    async def _keep(self, country: int) -> None:
        """Put what has come on the shelf; an old price is left out, it would get a new date there."""
        listed = self._listed(country)
        if listed.rows is None or listed.loaded_at is None or listed.loading or listed.kept:
            return
        price = None if listed.price_old else listed.price
        await self._shelf.put(country, listed.rows, price, listed.loaded_at)

    async def load_prices(self) -> None:
        """Load the general prices of messages, rentals and real phones; without an answer they stay as they are."""
        self._pace.note()
        try:
            price = await self._api.price()
        except ApiError as error:
            self._pace.heed(error)
        else:
            self._store.publish(GeneralPrices(price))

    async def load_exact(self, country: int, service: str) -> None:
        """Load the exact price of one service in one country, where the server computes it."""
        self._pace.note()
        try:
            price = await self._api.price(country, service)
        except ApiError as error:
            self._pace.heed(error)
        else:
            if price.computed is not None:
                self._store.publish(ExactPrice(country, service, price.computed))

    async def load_rentals(self) -> None:
        """Load what can be rented; where the server keeps no list, the countries at the general price (API docs)."""
        self._pace.note()
        try:
            offers = await self._api.rental_offers()
        except ApiError as error:
            self._pace.heed(error)
            await self.load_prices()
            rent = self._store.state.prices.rent
            places = (country for country in self._builtin if country.cc != AUTO_SELECT)
            offers = tuple(RentalOffer(country.cc, country.name, None, rent) for country in places)
            self._store.publish(RentalsLoaded(offers, _why_no_offers(error)))
        else:
            self._store.publish(RentalsLoaded(offers))

    def _listed(self, country: int) -> ServiceList:
        return self._store.state.services.get(country, ServiceList())


def _why_no_offers(error: ApiError) -> str:
    if isinstance(error, Refused) and error.http_status == 404:
        return "The server keeps no list of rentals: all countries are shown, at the least price it names."
    return f"The server's list of rentals did not come ({error}) All countries are shown, at the least price."


def _why_builtin(error: ApiError) -> str:
    if isinstance(error, Refused) and error.http_status == 404:
        return "The server keeps no list of countries: the built-in one is shown."
    return f"The server's list of countries did not come ({error}) The built-in one is shown."
