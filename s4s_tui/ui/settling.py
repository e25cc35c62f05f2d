"""The settings: the part of the desk that applies a change at once and has it written to the config file."""

import asyncio
from collections.abc import Iterable

from textual import on
from textual.app import SystemCommand
from textual.screen import Screen

from s4s_tui.domain.errors import SettingsError
from s4s_tui.ui.base import Place, place_of
from s4s_tui.ui.messages_settings import SettingChosen
from s4s_tui.ui.working import Working


class Settling(Working):
    """One write at a time; of several changes of one setting meanwhile the last is written."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._unwritten: dict[str, object] = {}
        self._writing = False

    def action_settings(self) -> None:
        """Show the settings."""
        from s4s_tui.ui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen())

    @on(SettingChosen)
    def _settle(self, message: SettingChosen) -> None:
        from s4s_tui.ui.settings_view import chosen

        self.publish(chosen(self.state, message.name, message.value))
        self._unwritten[message.name] = message.value
        if not self._writing:
            self._writing = True
            self.work(self._write_settings, "settings")

    async def _write_settings(self) -> None:
        from s4s_tui.domain.events import SettingKept

        try:
            file = (await self.connection()).outside.settings
            while self._unwritten:
                name = next(iter(self._unwritten))
                value = self._unwritten.pop(name)
                try:
                    if file is not None:
                        await asyncio.to_thread(file.put, name, value)
                    self.publish(SettingKept(name, kept=file is not None))
                except SettingsError as error:
                    self.publish(SettingKept(name, kept=False))
                    self.notify(f"{error} The change holds for this run.", severity="warning", markup=False)
        finally:
            self._writing = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No settings on top of themselves, none on top of a question."""
        if action == "settings":
            return self.place is not Place.SETTINGS and not self.screen.is_modal
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The settings in the palette."""
        yield from super().get_system_commands(screen)
        if not screen.is_modal and place_of(screen) is not Place.SETTINGS:
            yield SystemCommand("Settings", "Colours, copies, notices, limits", self.action_settings)
