"""The desktop's keyring: used where there is a good one, silent about what goes wrong in it."""

import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from s4s_tui.domain.errors import ApiKeyError
from s4s_tui.domain.secret import Secret
from s4s_tui.services import key_ring
from s4s_tui.services.key_ring import SERVICE, KeyRing
from tests.config.traces import MARK, told

KEY = Secret(MARK)
PLACE = (SERVICE, "api.example")


class FakeKeyring(ModuleType):
    """The package `keyring`, as far as it is used."""

    def __init__(self) -> None:
        super().__init__("keyring")
        self.__spec__ = ModuleSpec("keyring", None)
        self.kept: dict[tuple[str, str], str] = {}
        self.priority: float = 5
        self.error: Exception | None = None

    def get_keyring(self) -> Any:
        return SimpleNamespace(priority=self.priority)

    def get_password(self, service: str, user: str) -> str | None:
        self._fail(MARK)
        return self.kept.get((service, user))

    def set_password(self, service: str, user: str, password: str) -> None:
        self._fail(password)
        self.kept[service, user] = password

    def delete_password(self, service: str, user: str) -> None:
        self._fail(MARK)
        del self.kept[service, user]

    def _fail(self, _password: str) -> None:
        if self.error is not None:
            raise self.error


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    module = FakeKeyring()
    monkeypatch.setitem(sys.modules, "keyring", module)
    return module


def test_a_key_is_kept_read_and_removed_for_one_server(fake: FakeKeyring) -> None:
    ring, other = KeyRing("api.example"), KeyRing("localhost:9")
    assert ring.get() is None
    ring.put(KEY)
    assert fake.kept == {PLACE: MARK}
    assert (ring.get(), other.get()) == (KEY, None)
    ring.remove()
    ring.remove()
    assert (fake.kept, ring.get()) == ({}, None)


def test_without_the_package_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_ring, "find_spec", lambda _name: None)
    ring = KeyRing("api.example")
    assert not ring.usable
    assert ring.get() is None
    ring.remove()
    with pytest.raises(ApiKeyError, match=r"^There is no keyring on this machine that a key can be kept in\.$"):
        ring.put(KEY)


@pytest.mark.parametrize("priority", [-1, 0, 0.5, "broken"])
def test_a_poor_backend_is_no_keyring_once_it_was_asked(fake: FakeKeyring, priority: Any) -> None:
    fake.priority = priority
    ring = KeyRing("api.example")
    assert ring.usable, "the package is there"
    assert ring.get() is None
    assert not ring.usable


class KeyringLocked(Exception):
    """As keyring names it."""


@pytest.mark.parametrize("error", [RuntimeError(MARK), OSError(MARK), type("PromptDismissed", (Exception,), {})(MARK)])
@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda ring: ring.get(), "The keyring could not be read"),
        (lambda ring: ring.remove(), "The keyring could not be read"),
        (lambda ring: ring.put(KEY), "The keyring did not take the key"),
    ],
)
def test_whatever_a_backend_raises_is_told_by_its_kind_alone(
    fake: FakeKeyring, use: Callable[[KeyRing], object], sentence: str, error: Exception
) -> None:
    fake.error = error
    with pytest.raises(ApiKeyError) as caught:
        use(KeyRing("api.example"))
    assert str(caught.value) == f"{sentence} ({type(error).__name__})."
    assert MARK not in told(caught.value)


def test_a_locked_keyring_is_told(fake: FakeKeyring) -> None:
    fake.error = KeyringLocked(MARK)
    with pytest.raises(ApiKeyError, match=r"^The keyring could not be read: it is locked\.$"):
        KeyRing("api.example").get()


def test_a_key_that_is_none_is_told_without_it_and_can_be_removed(fake: FakeKeyring) -> None:
    fake.kept[PLACE] = f"{MARK}\x1b"
    ring = KeyRing("api.example")
    with pytest.raises(ApiKeyError) as caught:
        ring.get()
    assert str(caught.value).endswith("is no API key: it holds characters that a key cannot have.")
    assert MARK not in told(caught.value)
    ring.remove()
    assert fake.kept == {}


def test_the_real_package_is_used_as_it_is_documented() -> None:
    keyring = pytest.importorskip("keyring")
    backend = pytest.importorskip("keyring.backend")
    kept: dict[tuple[str, str], str] = {}

    class Memory(backend.KeyringBackend):  # type: ignore[name-defined, misc]  # the package may be missing
        priority = 5

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del kept[service, username]

    before = keyring.get_keyring()
    keyring.set_keyring(Memory())
    try:
        ring = KeyRing("api.example")
        ring.put(KEY)
        assert (kept, ring.get()) == ({PLACE: MARK}, KEY)
        ring.remove()
        assert kept == {}
    finally:
        keyring.set_keyring(before)
