"""Which country? The first screen: Auto-Select on top, recent countries next, then all by name."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from s4s_tui.domain.catalogue import AUTO_SELECT, Country
from s4s_tui.domain.countries import arrange
from s4s_tui.domain.search import Index, country_index
from s4s_tui.domain.state import AppState
from s4s_tui.ui.messages import CountriesWanted, CountryChosen
from s4s_tui.ui.screens.pick import PickScreen
from s4s_tui.ui.widgets.picktable import Column, PickTable

_WELCOME = (
    "Welcome. Choose a country and a service, and you get a Lightning invoice. Ordering is free until you pay. "
    "It is a hold invoice: what you pay is only held at first. It is taken when your code arrives, "
    "and goes back to you when none comes."
)
_WELCOME_SHORT = "Welcome. Ordering is free. What you pay is held until your code comes, or goes back to you."
"""Where the long one would leave no room for the list."""
_SMALL = (50, 18)
"""Columns and lines of a window below which that is so."""


class CountryScreen(PickScreen[Country]):
    """The country picker."""

    CSS_PATH = None  # as the first screen it has its rules in the app's own
    NOUN = "Country"
    LEADS_ON = True

    def __init__(self, sought: str = "") -> None:
        """Args: `sought` is the service that a country is chosen for, "" where none is yet."""
        super().__init__()
        self._sought = sought
        self._source: tuple[object, ...] = ()
        self._index: Index[Country] | None = None
        self._recent: tuple[int, ...] = ()

    def where(self) -> str:
        """For the line on top."""
        return f"Receive a code ▸ {self._sought} in …" if self._sought else "Receive a code"

    def compose_more(self) -> ComposeResult:
        """On the very first start: what a hold invoice is."""
        yield Static(id="welcome")

    def make_table(self) -> PickTable[Country]:
        """Name, ISO code, dial prefix, whether it was used lately."""
        columns = [Column("Country"), Column("ISO", 4), Column("Dial", 5), Column("", 9, from_width=50)]
        return PickTable(columns, self._cells)

    def _cells(self, country: Country) -> tuple[str, ...]:
        used = "last used" if self._recent[:1] == (country.cc,) else "recent" if country.cc in self._recent else ""
        return country.name, country.iso2 or "", country.dial or "", used

    def show(self, state: AppState) -> None:
        """Draw the countries anew when they or the recent ones changed."""
        self._recent = state.recent_countries()
        source = (state.countries, self._recent)
        if source != self._source:
            self._source = source
            self._index = country_index(arrange(state.countries, self._recent))
            self.refilter(keep=True)
        self._show_welcome(state)
        self.update_hint()

    def _show_welcome(self, state: AppState) -> None:
        welcome = self.query_one("#welcome", Static)
        welcome.display = state.first_start and not state.orders
        if welcome.display:
            small = self.size.width < _SMALL[0] or self.size.height < _SMALL[1]
            welcome.update(Content(_WELCOME_SHORT if small else _WELCOME))

    def on_resize(self) -> None:
        """Another window may have room for more words, or for fewer."""
        if self.is_mounted:
            self._show_welcome(self.app.state)

    def matches(self, query: str) -> Sequence[Country] | None:
        """The countries that match; the built-in list is there from the start."""
        return self._index.search(query) if self._index else None

    def total(self) -> int:
        """All countries."""
        return len(self.app.state.countries)

    def take(self, row: Country) -> bool:
        """Go on to the services of this country."""
        self.post_message(CountryChosen(row.cc, self._sought))
        return True

    def hint(self) -> str:
        """What the marked row means, or why nothing is found."""
        state, row = self.app.state, self.table.row
        if state.journal_trouble:
            return state.journal_trouble
        if state.journal_notice:
            return f"{state.journal_notice} F6, then r, puts this away."
        if row is None:
            return f"No country is called '{self.search.value.strip()}'. Backspace to widen."
        if state.open_orders:  # money may be held: said before what is wrong with the list
            return self._open_words()
        if state.countries_error:
            return f"{state.countries_error} F5 asks again."
        return "Auto-Select lets sms4sats choose the country with the best chance." if row.cc == AUTO_SELECT else ""

    def _open_words(self) -> str:
        """After a new start: that open orders are followed, and where they are."""
        many = len(self.app.state.open_orders)
        return (
            f"{many} order{'s are' if many > 1 else ' is'} open and followed: F6 shows {'them' if many > 1 else 'it'}."
        )

    def action_reload(self) -> None:
        """Ask the server for its list again."""
        self.post_message(CountriesWanted())
