"""What every part of the desk is: it answers its intents, and works with the desk that it is part of."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from s4s_tui.ui.desk import Desk
    from s4s_tui.ui.messages import ScreenIntent


class Part:
    """A part of the desk, for what later screens ask for; `desk` is the app."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def take(self, intent: "ScreenIntent") -> None:
        """Answer an intent; called for those alone that name this part."""
        raise NotImplementedError
