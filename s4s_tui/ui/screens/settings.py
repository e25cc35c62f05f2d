"""The settings that can be changed while the program runs: each with its value, its meaning, where it comes from."""

from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label, Static

from s4s_tui.domain.state import AppState
from s4s_tui.domain.text import clean
from s4s_tui.ui.base import Place
from s4s_tui.ui.groups import grouped
from s4s_tui.ui.messages_settings import SettingChosen
from s4s_tui.ui.screens.table import TableScreen
from s4s_tui.ui.settings_view import (
    SETTINGS,
    Setting,
    kept_words,
    next_value,
    origin_words,
    read_typed,
    setting_words,
    typed_value,
    value_words,
)
from s4s_tui.ui.widgets.hint import Hint
from s4s_tui.ui.widgets.keybar import KeyBar
from s4s_tui.ui.widgets.picktable import Column, PickTable
from s4s_tui.ui.widgets.searchbox import SearchBox
from s4s_tui.ui.widgets.topbar import TopBar

_COLUMNS = (Column("Setting", 13), Column("Value"), Column("From", 22, from_width=56))


class EntryBox(SearchBox):
    """The line that a value is typed into."""

    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("enter,ctrl+j", "submit", "Take it", id="settings.enter", tooltip="Take the value that is typed"),
    )


class SettingsScreen(TableScreen):
    """A change is applied at once; what is typed, when Enter takes it."""

    PLACE = Place.SETTINGS
    BINDINGS: ClassVar[list[BindingType]] = grouped(
        Binding("enter,ctrl+j", "change", "Change", id="settings.change", tooltip="The next value, or type one"),
        Binding("space,right", "step(1)", "Next", id="settings.next", tooltip="The next value"),
        Binding("left", "step(-1)", "Before", id="settings.before", tooltip="The value before"),
        Binding("escape", "leave", "Back", id="settings.back", tooltip="Leave the line, then the settings"),
        Binding("up,k", "move(-1)", "Up", show=False, id="settings.up", tooltip="One row up"),
        Binding("down,j", "move(1)", "Down", show=False, id="settings.down", tooltip="One row down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False, id="settings.pageup", tooltip="One page up"),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", show=False, id="settings.pagedown", tooltip="One page down"),
        Binding("g,home", "move(-9999)", "First", show=False, id="settings.first", tooltip="To the first row"),
        Binding("G,end", "move(9999)", "Last", show=False, id="settings.last", tooltip="To the last row"),
    )
    AUTO_FOCUS = "PickTable"
    box = getters.query_one(EntryBox)

    def __init__(self) -> None:
        super().__init__()
        self._trouble = ""
        """What is wrong with what was typed."""

    def where(self) -> str:
        """For the line on top."""
        return "Settings"

    def compose(self) -> ComposeResult:
        """The line to type into where it is wanted, the settings, what the marked one means, where changes go."""
        yield TopBar()
        with Horizontal(id="find"):
            yield Label("", id="noun")
            yield EntryBox()
        yield PickTable[Setting](_COLUMNS, self._cells)
        yield Hint()
        yield Static("", id="file", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """The line is there when it is wanted."""
        self.query_one("#find").display = False

    def _cells(self, setting: Setting) -> tuple[str, ...]:
        state = self.app.state
        return setting.title, value_words(setting.name, state), origin_words(setting.name, state)

    def show(self, state: AppState) -> None:
        """Draw the lines that changed."""
        self.table.update_rows(SETTINGS, cursor=self.table.cursor)
        file = self.query_one("#file", Static)
        if str(file.content) != (words := clean(kept_words(state), 300)):
            file.update(Content(words))
        self.update_hint()

    def update_hint(self) -> None:
        """What the marked setting means, or what is wrong with what was typed."""
        hint, row = self.query_one(Hint), self.table.row
        hint.say(self._trouble or (setting_words(row, self.app.state) if row is not None else ""))
        hint.set_class(bool(self._trouble), "-trouble")
        self.refresh_bindings()

    @property
    def _typing(self) -> bool:
        return self.query_one("#find").display

    def action_move(self, step: int) -> None:
        """Move the mark; not away from a value that is being typed."""
        if not self._typing:
            super().action_move(step)

    @on(PickTable.Activated)
    def action_change(self) -> None:
        """The next value, or a line to type one into."""
        row = self.table.row
        if row is not None and not row.choices:
            self._open(typed_value(row.name, self.app.state))
        else:
            self.action_step(1)

    def action_step(self, step: int) -> None:
        """Another of the values."""
        row = self.table.row
        if row is not None and row.choices:
            self.post_message(SettingChosen(row.name, next_value(row, self.app.state, step)))

    def on_key(self, event: events.Key) -> None:
        """A digit begins a number."""
        row = self.table.row
        if self._typing or row is None or row.choices or row.name == "ref":
            return
        if event.character is not None and event.character.isdecimal():
            event.stop()
            self._open(event.character)

    def _open(self, text: str) -> None:
        row = self.table.row
        self.query_one("#noun", Label).update(Content("" if row is None else row.title))
        self.query_one("#find").display = True
        self.box.value = text
        self.box.cursor_position = len(text)
        self.set_focus(self.box)  # at once, so that the next letter is typed into it
        self.refresh_bindings()

    def _close(self) -> None:
        self._trouble = ""
        self.set_focus(self.table)
        self.query_one("#find").display = False
        self.update_hint()

    @on(Input.Submitted)
    def _take(self) -> None:
        row = self.table.row
        if row is None:
            return
        try:
            value = read_typed(row.name, self.box.value)
        except ValueError as error:
            self._trouble = str(error)
            self.update_hint()
        else:
            self._close()
            self.post_message(SettingChosen(row.name, value))

    @on(Input.Changed)
    def _changed(self) -> None:
        if self._trouble:
            self._trouble = ""
            self.update_hint()

    def action_leave(self) -> None:
        """Leave the line as it was; from the list one screen back."""
        if self._typing:
            self._close()
        else:
            self.app.pop_screen()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys make sense for the marked setting."""
        if action == "step" and self.is_mounted:
            row = self.table.row
            return not self._typing and row is not None and bool(row.choices)
        return super().check_action(action, parameters)

    def key_label(self, binding: Binding) -> str:
        """Esc leaves the line first."""
        if binding.action == "leave" and self._typing:
            return "Leave it"
        return binding.description
