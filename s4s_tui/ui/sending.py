"""What the post says to the screens on which a message is written and confirmed, whichever is shown at that moment."""

from abc import abstractmethod
from typing import TYPE_CHECKING

from s4s_tui.ui.base import Place, StateScreen

if TYPE_CHECKING:
    from s4s_tui.domain.letters import Unsent


class WritingScreen(StateScreen):
    """A screen on which a message is written."""

    PLACE = Place.SENDING

    def __init__(self, unsent: "Unsent") -> None:
        super().__init__()
        self.unsent = unsent
        """What is written on it."""

    @abstractmethod
    def phones_ready(self) -> None:
        """The tables of phone numbers are there: a number can be read while it is typed."""

    @abstractmethod
    def priced(self) -> None:
        """The price was asked for, and has come or not."""

    @abstractmethod
    def balance_read(self, trouble: str) -> None:
        """The balance was read (""), or why it could not be: then nothing is paid from it."""

    @abstractmethod
    def write(self, unsent: "Unsent") -> None:
        """Show another text: to be written again, or what is left after something was sent."""


class ConfirmingScreen(StateScreen):
    """A screen on which a message is looked at once more and ordered."""

    PLACE = Place.SENDING

    @abstractmethod
    def tell(self, sentence: str) -> None:
        """Say why nothing was ordered; it can be tried again."""

    @abstractmethod
    def tried(self) -> None:
        """The order is being made: what comes of that is said here."""
