"""Which service? All that the server has for one country, with counts and the price; Enter makes the order."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from s4s_tui.domain.catalogue import Country, Service
from s4s_tui.domain.history import Draft
from s4s_tui.domain.search import Index, service_index
from s4s_tui.domain.sorting import ServiceOrder, sort_services
from s4s_tui.domain.state import AppState, ServiceList
from s4s_tui.ui.messages import OrderWanted, ServicesWanted
from s4s_tui.ui.screens.pick import PickScreen
from s4s_tui.ui.text import sats, time_of_day
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.picktable import Column, PickTable

_FRESH = 60.0
"""Seconds for which a loaded list needs no word about its age."""


class ServiceScreen(PickScreen[Service]):
    """The service table of one country."""

    NOUN = "Service"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "sort", "Sort", id="service.sort", tooltip="Sort by available numbers or by name"),
    ]

    def __init__(self, country: Country, typed: str = "") -> None:
        super().__init__(typed)
        self.country = country
        self._order = ServiceOrder.COUNT
        self._source: tuple[object, ...] = ()
        self._index: Index[Service] | None = None
        self._refusal = ""

    @property
    def _list(self) -> ServiceList:
        return self.app.state.services.get(self.country.cc, ServiceList())

    def where(self) -> str:
        """For the line on top."""
        return f"Receive a code ▸ {self.country.name}"

    def on_mount(self) -> None:
        """Ask for the services of this country."""
        self.post_message(ServicesWanted(self.country.cc))

    def make_table(self) -> PickTable[Service]:
        """Name, code, available, price."""
        columns = [
            Column("Service"),
            Column("Code", 5, from_width=45),
            Column("Available", 9, right=True),
            Column("Price", 13, right=True),
        ]
        return PickTable(columns, self._cells, lambda service: service.count == 0)

    def _cells(self, service: Service) -> tuple[str, ...]:
        count = {None: "unknown", 0: "none"}.get(service.count, f"{service.count:,}" if service.count else "")
        price = (
            "" if not self._list.price_known else sats(self._list.price) if self._list.price is not None else "unknown"
        )
        return service.name, service.code, count, price

    def show(self, state: AppState) -> None:
        """Draw the list anew when it came, the prices when they came."""
        listed = state.services.get(self.country.cc, ServiceList())
        source = (listed.rows, self._order)
        if source != self._source:
            self._source = source
            rows = None if listed.rows is None else sort_services(listed.rows, self._order)
            self._index = None if rows is None else service_index(rows)
            self.refilter(keep=True)
        else:
            self.table.refresh()
        self.update_hint()
        self.choose_if_waiting()

    def matches(self, query: str) -> Sequence[Service] | None:
        """The services that match; None before the list came."""
        return self._index.search(query) if self._index is not None else None

    def total(self) -> int:
        """All services of this country."""
        return len(self._list.rows or ())

    def take(self, row: Service) -> bool:
        """Make the order: free until it is paid, so without a question."""
        if row.count == 0:
            self._refusal = f"{row.name} has no number in {self.country.name} now. Another country or Auto-Select may."
            return True
        if not self._list.price_known:
            return False
        draft = Draft(
            country=self.country.cc,
            country_name=self.country.name,
            service=row.code,
            service_name=row.name,
            quoted=self._list.price,
        )
        self.post_message(OrderWanted(draft))
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
        state, listed, name = self.app.state, self._list, self.country.name
        if state.buying is not None:
            return f"Asking for an invoice: {state.buying.service_name} · {state.buying.country_name} …"
        if self._refusal or state.order_error:
            return self._refusal or state.order_error
        if listed.rows is None and listed.error:
            return f"The services of {name} could not be loaded. {listed.error} F5 loads them again."
        if listed.rows is None:
            later = " Enter is kept." if self.waiting else ""
            return f"Loading the services of {name} …{later}"
        return self._hint_loaded(listed)

    def _hint_loaded(self, listed: ServiceList) -> str:
        if not listed.rows:
            return f"The server lists no service for {self.country.name} now. F5 asks again, Esc leads back."
        if not self.table.rows:
            return f"No service is called '{self.search.value.strip()}'. Backspace to widen."
        if self.waiting:
            return "Asking for the price …"
        now, loaded_at = self.app.now(), listed.loaded_at
        if loaded_at is not None and (listed.error or now - loaded_at > _FRESH):
            return f"As of {time_of_day(loaded_at, now)}. {listed.error} F5 loads again."
        return "Free until you pay; held, and only taken when the code is there."

    def action_sort(self) -> None:
        """Sort by available numbers, then by name, then back."""
        by_count = self._order is ServiceOrder.COUNT
        self._order = ServiceOrder.NAME if by_count else ServiceOrder.COUNT
        self.show(self.app.state)
        self.query_one(KeyBar).update_keys()

    def action_reload(self) -> None:
        """Load the list again."""
        self.post_message(ServicesWanted(self.country.cc))

    def key_label(self, binding: Binding) -> str:
        """Enter orders here; F2 says what it leads to."""
        if binding.action in ("choose", "submit"):
            return "Order"
        if binding.action == "sort":
            return "By name" if self._order is ServiceOrder.COUNT else "By count"
        return super().key_label(binding)
