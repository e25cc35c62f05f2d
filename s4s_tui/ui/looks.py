"""The colours that the person chose, or none where the environment asks for none (NO_COLOR)."""

from dataclasses import replace

from textual.reactive import Initialize, Reactive
from textual.theme import Theme

from s4s_tui.domain.preferences import Preferences
from s4s_tui.ui.base import StatefulApp
from s4s_tui.ui.theme import DARK, OURS, TERMINAL


def _first_theme(app: "Looks") -> str:
    return app.first_theme


class Looks(StatefulApp):
    """Follows the preference; without colours the terminal's own are the ones whose filter leaves none."""

    first_theme = DARK.name
    """What Textual begins with: to put a theme on later makes it read all styles again, twice (25 ms of a start)."""
    theme: Reactive[str] = Reactive(Initialize(_first_theme))

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's, and ours from the very first moment on."""
        return {**super().available_themes, **{theme.name: theme for theme in OURS}}

    def wear(self, theme: str) -> None:
        """Put a theme on, one of `preferences.THEMES`."""
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
        from s4s_tui.domain.events import PreferencesChanged, SettingKept

        self.publish(PreferencesChanged(preferences))
        self.publish(SettingKept(name, kept=False))
