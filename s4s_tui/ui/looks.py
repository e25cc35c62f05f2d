"""The colours that the person chose, or none where the environment asks for none (NO_COLOR)."""

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
