"""Screens around a table with a mark: moving the mark, and a search that comes above the table when it is wanted."""

from abc import abstractmethod

from textual import getters

from s4s_tui.ui.base import StateScreen
from s4s_tui.ui.messages import ChoiceMade
from s4s_tui.ui.widgets.picktable import PickTable
from s4s_tui.ui.widgets.searchbox import SearchBox


class TableScreen(StateScreen):
    """The keys move the mark, whatever has the focus."""

    table = getters.query_one(PickTable)
    search = getters.query_one("#search", SearchBox)

    def into_search(self) -> None:
        """Have the next letters typed into the search, those that came at once behind its key, too."""
        self.set_focus(self.search)
        self.post_message(ChoiceMade())

    @abstractmethod
    def update_hint(self) -> None:
        """Say anew what there is to say of the marked row."""

    def action_move(self, step: int) -> None:
        """Move the mark by rows."""
        self.table.move(step)
        self.update_hint()

    def action_page(self, pages: int) -> None:
        """Move the mark by pages."""
        self.action_move(pages * self.table.page)


class SearchedScreen(TableScreen):
    """A search in `#find` above the table; Esc clears it first and leads one screen back then."""

    def on_mount(self) -> None:
        """The search is there when it is wanted."""
        self.query_one("#find").display = False

    @property
    def is_searching(self) -> bool:
        """Whether the search is shown."""
        return self.query_one("#find").display

    def action_search(self) -> None:
        """Open the search."""
        self.query_one("#find").display = True
        self.into_search()

    def action_to_list(self) -> None:
        """From the search to the list."""
        self.table.focus()

    def action_leave(self) -> None:
        """Clear the search and go back to the list; from there one screen back."""
        if not self.is_searching:
            self.app.pop_screen()
            return
        self.search.value = ""
        self.table.focus()
        self.query_one("#find").display = False
