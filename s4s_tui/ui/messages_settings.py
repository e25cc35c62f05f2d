"""The intent of the settings screen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from s4s_tui.ui.messages import ScreenIntent

if TYPE_CHECKING:
    from s4s_tui.ui.desk import Desk
    from s4s_tui.ui.part import Part


class SettingIntent(ScreenIntent):
    """About a setting."""

    def part(self, desk: "Desk") -> "Part":
        """Who answers it."""
        return desk.settling


@dataclass(eq=False, repr=False)
class SettingChosen(SettingIntent):
    """This value is wanted for a setting, by its key in the config file; None: no value."""

    name: str
    value: object
