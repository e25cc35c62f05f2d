"""The intents of the account: what carries a key or a preimage carries a `Secret`, so that no log has it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from s4s_tui.ui.messages import AccountIntent

if TYPE_CHECKING:
    from s4s_tui.domain.apikey import KeyPlace
    from s4s_tui.domain.secret import Secret
    from s4s_tui.services.export import Format


@dataclass(eq=False, repr=False)
class AccountWanted(AccountIntent):
    """Read balance and history (again)."""


@dataclass(eq=False, repr=False)
class KeyEntryWanted(AccountIntent):
    """Show the dialog that takes an API key."""


@dataclass(eq=False)
class KeyEntered(AccountIntent):
    """Try this key, and keep it there where the server accepts it."""

    key: "Secret"
    place: "KeyPlace"


@dataclass(eq=False, repr=False)
class KeyRemovalWanted(AccountIntent):
    """Forget the key that this program keeps."""


@dataclass(eq=False, repr=False)
class ExportWanted(AccountIntent):
    """Write the account's history to a file of this kind."""

    kind: "Format"


@dataclass(eq=False, repr=False)
class SecretCopyWanted(AccountIntent):
    """Put this secret on the clipboard; `what` names it for the person ("preimage")."""

    text: "Secret"
    what: str
