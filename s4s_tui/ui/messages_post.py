"""The intents of the screens that send a message; they bubble to the app, which alone speaks to the services."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from s4s_tui.ui.messages import PostIntent

if TYPE_CHECKING:
    from s4s_tui.domain.history import Draft
    from s4s_tui.domain.letters import Unsent


@dataclass(eq=False, repr=False)
class SendPriceWanted(PostIntent):
    """Ask for the price of a message, and have the tables of phone numbers ready."""


@dataclass(eq=False, repr=False)
class UnsentChanged(PostIntent):
    """Keep what has been typed; `leaving` writes it at once."""

    unsent: "Unsent"
    leaving: bool = False


@dataclass(eq=False, repr=False)
class BalanceWanted(PostIntent):
    """Read the balance of the API key, for paying a message from it."""


@dataclass(eq=False, repr=False)
class PreviewWanted(PostIntent):
    """Show exactly what would be ordered."""

    draft: "Draft"


@dataclass(eq=False, repr=False)
class PrepaidWanted(PostIntent):
    """Order this and pay it from the balance, after a question with the balance as it is now."""

    draft: "Draft"


@dataclass(eq=False, repr=False)
class WriteAgainWanted(PostIntent):
    """Write the message of this order again."""

    order_id: str
