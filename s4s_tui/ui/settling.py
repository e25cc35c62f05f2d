"""The settings: the part of the desk that applies a change at once and has it written to the config file."""

import asyncio

from s4s_tui.domain.errors import SettingsError
from s4s_tui.ui.messages import ScreenIntent
from s4s_tui.ui.messages_settings import SettingChosen
from s4s_tui.ui.part import Part, Working


class Settling(Part):
    """One write at a time; of several changes of one setting meanwhile the last is written."""

    def __init__(self, app: Working) -> None:
        super().__init__(app)
        self._unwritten: dict[str, object] = {}
        self._writing = False

    def take(self, intent: ScreenIntent) -> None:
        """Answer an intent."""
        match intent:
            case SettingChosen(name, value):
                self._settle(name, value)
            case _:
                super().take(intent)

    def _settle(self, name: str, value: object) -> None:
        from s4s_tui.ui.settings_view import chosen

        self.app.publish(chosen(self.app.state, name, value))
        self._unwritten[name] = value
        if not self._writing:
            self._writing = True
            self.app.work(self._write_settings, "settings")

    async def _write_settings(self) -> None:
        from s4s_tui.domain.events import SettingKept

        try:
            file = (await self.app.connection()).settings
            while self._unwritten:
                name = next(iter(self._unwritten))
                value = self._unwritten.pop(name)
                try:
                    if file is not None:
                        await asyncio.to_thread(file.put, name, value)
                    self.app.publish(SettingKept(name, kept=file is not None))
                except SettingsError as error:
                    self.app.publish(SettingKept(name, kept=False))
                    self.app.notify(f"{error} The change holds for this run.", severity="warning", markup=False)
        finally:
            self._writing = False
