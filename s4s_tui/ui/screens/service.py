"""Which service? All that the server has for one country, with counts and the price; Enter makes the order."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from s4s_tui.domain.catalogue import Country, Service
from s4s_tui.domain.listing import ServiceList
from s4s_tui.domain.search import Index, service_index
from s4s_tui.domain.sorting import ServiceOrder, sort_services
from s4s_tui.domain.state import AppState
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages_offers import ExactWanted, PricesWanted, ServicesWanted
from s4s_tui.ui.options import Options, exact_price, options_words, order_hint, price_of, receive_draft
from s4s_tui.ui.screens.payable import PayableScreen
from s4s_tui.ui.text import sats, time_of_day
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.picktable import Column, PickTable

_FRESH = 60.0
"""Seconds for which a loaded list needs no word about its age."""
_NOTHING = ServiceList()


class ServiceScreen(PayableScreen):
    """The service table of one country."""

    NOUN = "Service"
    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("f2", "sort", "Sort", id="service.sort", tooltip="Sort by available numbers or by name"),
        Binding("f3", "real_phone", "Real phone", id="service.phone", tooltip="A real phone's number, at its price"),
    )

    def __init__(self, country: Country, typed: str = "") -> None:
        super().__init__(typed)
        self.country = country
        self._order = ServiceOrder.COUNT
        self._sorted_by = self._order
        self._rows: tuple[Service, ...] | None = None
        self._index: Index[Service] | None = None
        self._refusal = ""
        self._asked_over: ServiceList | None = None
        """The list as it was when this screen last asked for a newer one."""
        self._real_phone = False
        self._pricing = False
        """The price of a real phone is being asked for."""
        self._exact: tuple[int, str] | None = None
        """Where the exact price was last wanted."""

    @property
    def _options(self) -> Options:
        return Options(self._real_phone, self._prepaid)

    @property
    def _list(self) -> ServiceList:
        return self.app.state.services.get(self.country.cc, _NOTHING)

    @property
    def _renewing(self) -> bool:
        """A newer list is on its way, or is about to be asked for."""
        return self._list.loading or self._list is self._asked_over

    def where(self) -> str:
        """For the line on top."""
        return f"Receive a code ▸ {self.country.name}"

    def on_mount(self) -> None:
        """Ask for the services of this country."""
        self._ask()

    def on_screen_suspend(self) -> None:
        """Nobody looks at the prices here now."""
        self._want_exact(None)

    def _ask(self) -> None:
        self._asked_over = self._list
        self._answered_error = self.app.state.order_error
        self.post_message(ServicesWanted(self.country.cc))

    def make_table(self) -> PickTable[Service]:
        """Name, code, available, price; in a small window as much of the name as fits."""
        columns = [
            Column("Service"),
            Column("Code", 5, from_width=45),
            Column("Available", 9, right=True, from_width=45),
            Column("Count", 7, right=True, to_width=45),
            Column("Price", 13, right=True, from_width=45),
            Column("Price", 11, right=True, to_width=45),
        ]
        return PickTable(columns, self._cells, lambda service: service.count == 0)

    def _cells(self, service: Service) -> tuple[str, ...]:
        count = {None: "unknown", 0: "none"}.get(service.count, f"{service.count:,}" if service.count else "")
        price = self._price(service)
        return service.name, service.code, count, count, price, price

    def _price(self, service: Service) -> str:
        price = self._quote(service)
        return sats(price) if price is not None else "" if self._price_on_its_way else "unknown"

    def _quote(self, service: Service) -> int | None:
        return price_of(self.app.state, self._list, self.country.cc, service.code, self._options)

    @property
    def _price_on_its_way(self) -> bool:
        return self._pricing if self._options.real_phone else not self._list.price_known

    def show(self, state: AppState) -> None:
        """Draw the list anew when it came, the prices when they came."""
        if not state.order_error:
            self._answered_error = ""
        rows = self._list.rows
        if (rows, self._order) != (self._rows, self._sorted_by):
            fresh, self._rows, self._sorted_by = rows != self._rows, rows, self._order
            self._index = None if rows is None else service_index(sort_services(rows, self._order))
            if fresh:
                self._refill()
            else:
                self.refilter(keep=True)
        else:
            self.table.update_rows(self.table.rows, cursor=self.table.cursor)
        self.update_hint()
        self.choose_if_waiting()

    def _refill(self) -> None:
        """The mark stays on its service, whatever its count is now. Typed text alone means the best match, though.

        Where a service that was marked by hand is gone, an Enter that was kept for it is not for another one.
        """
        marked = self.table.row
        by_text = self.table.cursor == 0 and self.search.value.strip() != ""
        self.refilter(keep=not by_text)
        if marked is None or by_text or not self.waiting:
            return
        if not any(self.same(row, marked) for row in self.table.rows):
            self.waiting = False
            self._refusal = f"{marked.name} is no longer listed for {self.country.name}. Enter takes another one."

    def settled(self) -> bool:
        """The list is there, and no newer one is on its way: an order is never made from an old list before that."""
        return self._index is not None and not self._renewing

    def same(self, row: Service, other: Service) -> bool:
        """The code is what is ordered; name and count may change."""
        return row.code == other.code

    def matches(self, query: str) -> Sequence[Service] | None:
        """The services that match; None before the list came."""
        return self._index.search(query) if self._index is not None else None

    def total(self) -> int:
        """All services of this country."""
        return len(self._list.rows or ())

    def take(self, row: Service) -> bool:
        """Make the order."""
        none = row.count == 0 and not self._options.real_phone  # of those the list does not tell
        if none and not self._list.error:  # by an old list there may be some now: the server decides
            self._refusal = f"{row.name} has no number in {self.country.name} now. Another country or Auto-Select may."
            return True
        price = self._quote(row)
        if self._price_on_its_way and (price is None or exact_price(self.app.state, self.country.cc, row.code) is None):
            return False
        self.order(receive_draft(self.app.state, self.country, row, price, self._options))
        return True

    def refilter(self, *, keep: bool = False) -> None:
        """Show the rows that match; an old refusal is answered by that."""
        self._refusal = ""
        super().refilter(keep=keep)

    def action_move(self, step: int) -> None:
        """Move the mark; an old refusal is answered by that."""
        self._refusal = ""
        super().action_move(step)

    def hint(self) -> str:
        """What goes on, what went wrong, or what Enter means."""
        listed, name = self._list, self.country.name
        if said := self.ordering() or self._refusal or self.trouble():
            return said
        if self._renewing and (listed.rows is None or listed.kept or self.waiting):
            later = " Enter is kept." if self.waiting else ""
            age = f"As of {self._when(listed)}. " if listed.kept else ""
            return f"{age}Loading the services of {name} …{later}"
        if listed.rows is None:
            return f"The services of {name} could not be loaded. {listed.error} F5 loads them again."
        return self._hint_settled(listed)

    def _when(self, listed: ServiceList) -> str:
        now = self.app.now()
        return time_of_day(now if listed.loaded_at is None else listed.loaded_at, now)

    def _hint_settled(self, listed: ServiceList) -> str:
        state = self.app.state
        if self.waiting:
            return "Asking for the price …"
        if listed.rows and not self.table.rows:
            where = f" in the list of {self._when(listed)}" if listed.error else ""
            return f"No service is called '{self.search.value.strip()}'{where}. Backspace to widen."
        if listed.error:
            none = "" if listed.rows else f" no service was listed for {self.country.name}"
            return f"As of {self._when(listed)}{none}. {listed.error} F5 loads again."
        if not listed.rows:
            return f"The server lists no service for {self.country.name} now. F5 asks again, Esc leads back."
        if listed.price_known and listed.price_old:
            return "The price did not come: the one shown is older. F5 asks again."
        if listed.loaded_at is not None and self.app.now() - listed.loaded_at > _FRESH:
            return f"As of {self._when(listed)}. F5 loads again."
        return order_hint(state, self.country.cc, self.table.row, self._options)

    def options(self) -> str:
        """A real phone with its price, and the balance."""
        return options_words(self.app.state, self._options)

    def update_hint(self) -> None:
        """Say anew what there is to say, and whose exact price is of use."""
        super().update_hint()
        row = self.table.row
        self._want_exact(None if row is None or self._renewing or self._options.real_phone else row.code)

    def _want_exact(self, service: str | None) -> None:
        place = None if service is None else (self.country.cc, service)
        if place != self._exact:
            self._exact = place
            self.post_message(ExactWanted(place))

    def action_real_phone(self) -> None:
        """Want a real phone's number, or any again."""
        self._real_phone = not self._real_phone
        if self._real_phone and self.app.state.prices.real_phone is None and not self._pricing:
            self._pricing = True
            self.post_message(PricesWanted())
        self.options_changed()

    def options_changed(self) -> None:
        """An old refusal is answered by that."""
        self._refusal = ""
        super().options_changed()

    def prices_came(self) -> None:
        """The general prices have come, or will not."""
        self._pricing = False
        self._pull()

    def action_sort(self) -> None:
        """Sort by available numbers, then by name, then back."""
        by_count = self._order is ServiceOrder.COUNT
        self._order = ServiceOrder.NAME if by_count else ServiceOrder.COUNT
        self.show(self.app.state)
        self.query_one(KeyBar).update_keys()

    def action_reload(self) -> None:
        """Load the list again."""
        self._ask()

    def key_label(self, binding: Binding) -> str:
        """F2 and F3 say what they lead to."""
        if binding.action == "sort":
            return "By name" if self._order is ServiceOrder.COUNT else "By count"
        if binding.action == "real_phone" and self._real_phone:
            return "Any number"
        return super().key_label(binding)
