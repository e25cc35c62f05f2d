"""The colours that the person chose, or none where the environment asks for none (NO_COLOR)."""

from dataclasses import replace

from s4s_tui.domain.events import PreferencesChanged, SettingKept
from s4s_tui.domain.preferences import Preferences
from s4s_tui.ui.base import StatefulApp
from s4s_tui.ui.theme import OURS, TERMINAL


class Looks(StatefulApp):
    """Follows the preference; without colours the terminal's own are the ones whose filter leaves none."""

    def wear(self, theme: str) -> None:
        """Put a theme on, one of `preferences.THEMES`."""
        for ours in OURS:
            if self.get_theme(ours.name) is None:
                self.register_theme(ours)
        self.theme = TERMINAL.name if self.no_color else theme

    def on_mount(self) -> None:
        """Textual's palette puts a theme on by itself."""
        self.theme_changed_signal.subscribe(self, lambda _theme: self._worn())

    def _worn(self) -> None:
        wished = self.state.preferences
        if self.no_color:
            self.wear(wished.theme)
        elif self.theme != wished.theme:
            self.prefer("theme", replace(wished, theme=self.theme))

    def prefer(self, name: str, preferences: Preferences) -> None:
        """Have a preference until the program ends, chosen by a key or the palette and not in the settings."""
        self.publish(PreferencesChanged(preferences))
        self.publish(SettingKept(name, kept=False))
