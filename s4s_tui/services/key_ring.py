"""The keyring of the desktop, by the optional package `keyring`; imported late, for it is slow and may be missing."""

from contextlib import AbstractContextManager
from importlib.util import find_spec
from types import TracebackType
from typing import Final

from s4s_tui.domain.apikey import trimmed, trouble
from s4s_tui.domain.errors import ApiKeyError
from s4s_tui.domain.secret import Secret

SERVICE: Final = "s4s-tui"
_RECOMMENDED: Final = 1
"""keyring's documentation: a backend of a lower priority is not recommended (files, none at all)."""


class KeyRing:
    """One key in the keyring. Every method blocks, perhaps until a person unlocks it; all raise only ApiKeyError."""

    def __init__(self, user: str) -> None:
        """Args: `user` tells the keys of different servers apart: the host of the API."""
        self._user = user
        self._usable: bool | None = None

    @property
    def usable(self) -> bool:
        """Whether keys can be kept there. Until the first use this says only whether the package is installed."""
        if self._usable is None:
            return find_spec("keyring") is not None
        return self._usable

    def get(self) -> Secret | None:
        """The key; None where there is none, or no keyring."""
        found = self._stored()
        wrong = trouble(found) if found else ""
        if wrong:
            raise ApiKeyError(f"What the keyring holds for {SERVICE} is no API key: {wrong}.")
        return found

    def put(self, key: Secret) -> None:
        """Keep the key in the place of the one before."""
        if not self._open():
            raise ApiKeyError("There is no keyring on this machine that a key can be kept in.")
        import keyring

        with _Foreign() as trap:
            keyring.set_password(SERVICE, self._user, key.reveal())
        trap.complain("did not take the key")

    def remove(self) -> None:
        """Take the key out; nothing where there is none."""
        if self._stored() is None:
            return
        import keyring

        with _Foreign() as trap:
            keyring.delete_password(SERVICE, self._user)
        trap.complain("did not remove the key")

    def _stored(self) -> Secret | None:
        if not self._open():
            return None
        import keyring

        found: list[Secret] = []
        with _Foreign() as trap:
            found += [trimmed(Secret(text)) for text in [keyring.get_password(SERVICE, self._user)] if text]
        trap.complain("could not be read")
        return found[0] if found else None

    def _open(self) -> bool:
        if self._usable is None:
            self._usable = find_spec("keyring") is not None and _has_backend()
        return self._usable


def _has_backend() -> bool:
    import keyring

    priorities: list[float] = []
    with _Foreign():  # a backend that cannot even be asked is none
        priorities.append(float(keyring.get_keyring().priority))
    return bool(priorities) and priorities[0] >= _RECOMMENDED


class _Foreign(AbstractContextManager["_Foreign"]):
    """Keeps what a backend raises from going on: of any kind, and its frames and its text may hold the key."""

    def __init__(self) -> None:
        self._kind = ""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if kind is None or not issubclass(kind, Exception):
            return False
        self._kind = kind.__name__
        return True

    def complain(self, what: str) -> None:
        """Raise ApiKeyError where something was raised; only its kind is told."""
        if self._kind == "KeyringLocked":
            raise ApiKeyError(f"The keyring {what}: it is locked.")
        if self._kind:
            raise ApiKeyError(f"The keyring {what} ({self._kind}).")
