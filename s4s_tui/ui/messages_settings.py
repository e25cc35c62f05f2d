"""The intent of the settings screen."""

from dataclasses import dataclass

from textual.message import Message


@dataclass(eq=False, repr=False)
class SettingChosen(Message):
    """This value is wanted for a setting, by its key in the config file; None: no value."""

    name: str
    value: object
