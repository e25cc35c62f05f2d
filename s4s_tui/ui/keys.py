"""Keys by the names that the keymap of the settings uses: those of Textual, or the character itself."""

import unicodedata
from typing import Final

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

_MODIFIERS: Final = ("ctrl", "alt", "shift", "super", "hyper", "meta")
_EVERYWHERE: Final = frozenset({"ctrl", "alt", "shift"})
"""The others are told by few terminals."""
_ALIKE: Final = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape"}
"""Of these two names a terminal sends the same bytes."""
_SIGNS: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ")


def _sign_name(character: str) -> str:
    name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


_SIGN_NAMES: Final = {_sign_name(sign): sign for sign in _SIGNS}
_NAMES: Final = {key.value for key in Keys if not key.value.startswith("<")} | set(_SIGN_NAMES)


def full_name(key: str) -> str:
    """The key as Textual tells it: "question_mark" for "?"."""
    key = key.strip()
    return _sign_name(key) if len(key) == 1 and key in _SIGNS else key


def is_key(key: str) -> bool:
    """Whether a terminal may send a key of this name."""
    if key in _NAMES:
        return True
    *modifiers, plain = key.split("+")
    if any(each not in _MODIFIERS for each in modifiers) or len(set(modifiers)) != len(modifiers):
        return False
    return plain in _NAMES or (len(plain) == 1 and plain.isprintable() and plain != " ")


def unsent(key: str) -> str:
    """Why an ordinary terminal does not send this key, in words that follow its name; "" where it does."""
    if key in _ALIKE:
        return f"arrives as {_ALIKE[key]}"
    *modifiers, plain = key.split("+")
    if not _EVERYWHERE.issuperset(modifiers):
        return "is not sent by most terminals"
    if len(plain) == 1 and "shift" in modifiers:
        return "arrives without its shift" if "ctrl" in modifiers else "arrives as the character that it types"
    return "is not sent by most terminals" if "ctrl" in modifiers and plain.isdigit() else ""


def types(key: str) -> bool:
    """Whether it puts a character into a field."""
    return len(key) == 1 or key in _SIGN_NAMES
