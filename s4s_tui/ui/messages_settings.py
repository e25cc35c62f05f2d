"""The intent of the settings screen."""

from dataclasses import dataclass

from s4s_tui.ui.messages import SettingIntent


@dataclass(eq=False, repr=False)
class SettingChosen(SettingIntent):
    """This value is wanted for a setting, by its key in the config file; None: no value."""

    name: str
    value: object
