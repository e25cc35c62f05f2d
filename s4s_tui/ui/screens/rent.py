"""Rent a number: in which country, and for which service? The second screen orders, and says what is at stake."""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from s4s_tui.domain.account import RentalOffer
from s4s_tui.domain.catalogue import Country, Service
from s4s_tui.domain.history import Draft
from s4s_tui.domain.listing import ServiceList
from s4s_tui.domain.order import Kind
from s4s_tui.domain.search import Index, service_index
from s4s_tui.domain.sorting import ServiceOrder, sort_services
from s4s_tui.domain.state import AppState
from s4s_tui.ui.base import Place
from s4s_tui.ui.messages_offers import RentalChosen, RentalsWanted, ServicesWanted
from s4s_tui.ui.options import Options, options_words, prepaid_hint
from s4s_tui.ui.rental_words import WARNING, duration_words
from s4s_tui.ui.screens.payable import PayableScreen
from s4s_tui.ui.screens.pick import PickScreen
from s4s_tui.ui.text import sats
from s4s_tui.ui.widgets.picktable import Column, PickTable

ANY_SERVICE = Service("full", "Any service", None)
"""A number that is rented for all services at once (API docs: `full` is the default)."""
_NOTHING = ServiceList()


def _price(offer: RentalOffer) -> str:
    return "unknown" if offer.price is None else sats(offer.price)


class RentScreen(PickScreen[RentalOffer]):
    """The countries where numbers can be rented."""

    PLACE = Place.RENT
    NOUN = "Country"
    LEADS_ON = True

    def __init__(self) -> None:
        super().__init__()
        self._index: Index[RentalOffer] | None = None
        self._source: tuple[object, ...] = ()
        self._loading = True

    def where(self) -> str:
        """For the line on top."""
        return "Rent a number"

    def on_mount(self) -> None:
        """Ask for the list: prices change."""
        self.action_reload()

    def make_table(self) -> PickTable[RentalOffer]:
        """Country, duration, price."""
        columns = [Column("Country"), Column("Duration", 18, from_width=50), Column("Price", 13, right=True)]
        return PickTable(columns, lambda offer: (offer.country, duration_words(offer.weeks), _price(offer)))

    def show(self, state: AppState) -> None:
        """Draw the list anew when it came."""
        source = (state.rentals, state.countries)
        if source != self._source:
            self._source = source
            self._index = None if state.rentals is None else _offer_index(state.rentals, state.countries)
            self.refilter(keep=True)
        self.update_hint()
        self.choose_if_waiting()

    def offers_came(self) -> None:
        """The list has come, the server's own or what stands in for it."""
        self._loading = False
        self._pull()

    def settled(self) -> bool:
        """The newest list is there."""
        return self._index is not None and not self._loading

    def same(self, row: RentalOffer, other: RentalOffer) -> bool:
        """Prices and names may change."""
        return (row.cc, row.weeks) == (other.cc, other.weeks)

    def matches(self, query: str) -> Sequence[RentalOffer] | None:
        """The countries that match; None before the list came."""
        return None if self._index is None else self._index.search(query)

    def total(self) -> int:
        """All offers."""
        return len(self.app.state.rentals or ())

    def take(self, row: RentalOffer) -> bool:
        """Go on to the services."""
        self.post_message(RentalChosen(row))
        return True

    def hint(self) -> str:
        """What goes on, what went wrong, or what a rental is."""
        state = self.app.state
        if self._loading and (state.rentals is None or self.waiting):
            return f"Loading what can be rented …{' Enter is kept.' if self.waiting else ''}"
        if not state.rentals:
            return "The server lists no country to rent a number in. F5 asks again, Esc leads back."
        if self.table.row is None:
            return f"No country to rent in is called '{self.search.value.strip()}'. Backspace to widen."
        if state.rentals_error:
            return f"{state.rentals_error} F5 asks again."
        return "A rented number receives one message after the other. Next: for which service."

    def action_reload(self) -> None:
        """Ask the server for its list again."""
        self._loading = True
        self.post_message(RentalsWanted())
        self.update_hint()


class RentServiceScreen(PayableScreen):
    """What the number is rented for: any service, or one of those that the server has in that country."""

    PLACE = Place.RENT
    NOUN = "Service"

    def __init__(self, offer: RentalOffer) -> None:
        super().__init__()
        self._offer = offer
        self._index = service_index((ANY_SERVICE,))
        self._rows: tuple[Service, ...] | None = ()  # of the server's; other than any list that was not drawn yet
        self._before: ServiceList | None = None
        """The list as it was when this screen last asked for a newer one."""

    def where(self) -> str:
        """For the line on top."""
        return f"Rent a number ▸ {self._offer.country}"

    @property
    def _list(self) -> ServiceList:
        return self.app.state.services.get(self._offer.cc, _NOTHING)

    @property
    def _renewing(self) -> bool:
        return self._list.loading or self._list is self._before

    def on_mount(self) -> None:
        """Ask for the services there."""
        self._answered_error = self.app.state.order_error
        self.action_reload()

    def compose_more(self) -> ComposeResult:
        """What is at stake, where Enter orders."""
        yield from super().compose_more()
        yield Static(Content(WARNING), id="warning", markup=False)

    def make_table(self) -> PickTable[Service]:
        """Service, code, duration, price."""
        columns = [
            Column("For"),
            Column("Code", 5, from_width=45),
            Column("Duration", 18, from_width=60),
            Column("Price", 13, right=True),
        ]
        return PickTable(columns, self._cells)

    def _cells(self, service: Service) -> tuple[str, ...]:
        return service.name, service.code, duration_words(self._offer.weeks), _price(self._offer)

    def show(self, state: AppState) -> None:
        """Draw the list anew when it came."""
        if not state.order_error:
            self._answered_error = ""
        rows = self._list.rows
        if rows != self._rows:
            self._rows = rows
            self._fill(rows or ())
        self.update_hint()
        self.choose_if_waiting()

    def _fill(self, rows: tuple[Service, ...]) -> None:
        """Any service first; typed text alone means the best match, else the mark stays on its service."""
        others = (service for service in rows if service.code != ANY_SERVICE.code)
        self._index = service_index((ANY_SERVICE, *sort_services(tuple(others), ServiceOrder.COUNT)))
        self.refilter(keep=self.table.cursor > 0 or not self.search.value.strip())

    def settled(self) -> bool:
        """The list is there, or it is not needed: any service stands on top whatever comes."""
        return not self._renewing or (self.table.row is ANY_SERVICE and not self.search.value.strip())

    def same(self, row: Service, other: Service) -> bool:
        """The code is what is ordered."""
        return row.code == other.code

    def matches(self, query: str) -> Sequence[Service]:
        """The services that match; any service is there from the start."""
        return self._index.search(query)

    def total(self) -> int:
        """All that can be chosen."""
        return len(self._index)

    def take(self, row: Service) -> bool:
        """Make the order."""
        draft = Draft(
            country=self._offer.cc,
            country_name=self._offer.country,
            service=row.code,
            service_name=row.name,
            quoted=self._offer.price,
            kind=Kind.RENT,
            prepaid=self._prepaid,
            ref=self.app.state.ref,
        )
        self._answered_error = ""
        self.order(draft)
        return True

    def options(self) -> str:
        """The balance, where it pays."""
        return options_words(self.app.state, Options(prepaid=self._prepaid))

    def hint(self) -> str:
        """What goes on, what went wrong, or what Enter means."""
        if said := self.ordering() or self.trouble():
            return said
        if self._renewing:
            later = " Enter is kept." if self.waiting else ""
            return f"Loading the services of {self._offer.country} …{later}"
        if self._list.error:
            return f"{self._list.error} F5 loads the services again."
        if self.table.row is None:
            return f"No service is called '{self.search.value.strip()}'. Backspace to widen."
        if self._prepaid:
            return prepaid_hint(self.app.state)
        return f"Enter orders: {_price(self._offer)}, {duration_words(self._offer.weeks)}. Free until you pay."

    def action_reload(self) -> None:
        """Load the services again."""
        self._before = self._list
        self.post_message(ServicesWanted(self._offer.cc))


def _offer_index(offers: tuple[RentalOffer, ...], countries: tuple[Country, ...]) -> Index[RentalOffer]:
    """An index by the server's name, and by all that the country is otherwise found by."""
    known: Mapping[int, Country] = {country.cc: country for country in countries}

    def codes(offer: RentalOffer) -> tuple[str, ...]:
        country = known.get(offer.cc)
        return () if country is None else (country.iso2 or "", country.dial or "")

    def aliases(offer: RentalOffer) -> tuple[str, ...]:
        country = known.get(offer.cc)
        return () if country is None else (country.name, *country.aliases)

    by_name = sorted(offers, key=lambda offer: (offer.country.casefold(), offer.weeks or 0))
    return Index(by_name, name=lambda offer: offer.country, codes=codes, aliases=aliases)
