"""The keymap of the settings, checked before the first screen: Textual takes any nonsense in silence.

Bindings are found by walking the classes of the screens and of what they are made of.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import combinations
from pkgutil import iter_modules

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from s4s_tui.config.errors import nearest, quoted
from s4s_tui.ui.app import S4sApp
from s4s_tui.ui.keys import full_name, is_key, types, unsent

_HOME = "s4s_tui."
_FIELDS = (Input, TextArea)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a keymap cannot be used: the binding and what is wrong with it, without a full stop."""

    binding: str
    words: str


@dataclass(frozen=True, slots=True)
class _Bound:
    """A binding with its keys, as they are and as they would be.

    Attributes:
        names: its keys by default.
        keys: its keys under the keymap.
        in_field: whether it belongs to a field that is typed into.
    """

    binding: Binding
    names: frozenset[str]
    keys: frozenset[str]
    in_field: bool

    @property
    def words(self) -> str:
        return f"{self.binding.id or self.binding.action} ({self.binding.tooltip or self.binding.description})"


def listing(keymap: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Every binding that can have other keys: its name, its keys under this keymap, what it does."""
    return [
        (name, keymap.get(name, binding.key), binding.tooltip or binding.description)
        for name, binding in sorted(bindings().items())
    ]


def trouble(keymap: Mapping[str, str]) -> Trouble | None:
    """What is wrong with the keymap, None where nothing is."""
    known = bindings()
    for name, keys in keymap.items():
        if name not in known:
            return Trouble(name, f"no binding has this name{nearest(name, known)}; s4s-tui config keys lists them")
        for key in keys.split(","):
            if not is_key(full_name(key)):
                return Trouble(name, f"{quoted(key.strip())} is not a key")
            if why := unsent(full_name(key)):
                return Trouble(name, f"{quoted(key.strip())} {why}")
    for screen in _screens():
        if found := _trouble_on(screen, keymap):
            return found
    return None


@cache
def bindings() -> dict[str, Binding]:
    """The bindings of the program by their names."""
    _import_all()
    found: dict[str, Binding] = {}
    for node in _ours(DOMNode):
        for binding in _own(node):
            if binding.id:
                found.setdefault(binding.id, binding)
    return found


def _import_all() -> None:
    for package in ("s4s_tui.ui.screens", "s4s_tui.ui.widgets"):
        for module in iter_modules(import_module(package).__path__, f"{package}."):
            import_module(module.name)


def _ours(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for node in kind.__subclasses__():
        if node.__module__.startswith(_HOME):
            yield node
        yield from _ours(node)


def _screens() -> list[type[DOMNode]]:
    _import_all()
    return list(dict.fromkeys(_ours(Screen)))


def _own(node: type) -> Iterator[Binding]:
    """The bindings that a class itself has."""
    for binding in node.__dict__.get("BINDINGS", ()):
        if isinstance(binding, Binding):
            yield binding
        else:
            yield Binding(*binding)


def _trouble_on(screen: type[DOMNode], keymap: Mapping[str, str]) -> Trouble | None:
    """Whether a key that was given to a binding means something else on this screen, or is a letter of its search."""
    nodes = [screen, *_widgets_of(screen)]
    has_field = any(issubclass(node, _FIELDS) for node in nodes)
    here = [bound for node in nodes for bound in _bound(node, keymap)]
    of_the_app = list(_bound(S4sApp, keymap))
    if issubclass(screen, ModalScreen):  # above a dialog the app has its say only by the keys that come first
        here.extend(bound for bound in of_the_app if bound.binding.priority)
    else:
        here.extend(of_the_app)
    for bound in here:
        if bound.binding.id in keymap and has_field and (bound.in_field or not all(map(types, bound.names))):
            letter = next((key for key in sorted(bound.keys) if types(key)), None)
            if letter is not None:
                return Trouble(
                    str(bound.binding.id), f"{quoted(letter)} is typed into a field where this key works, too"
                )
    return _clash(here, keymap)


def _clash(here: Sequence[_Bound], keymap: Mapping[str, str]) -> Trouble | None:
    for one, other in combinations(here, 2):
        both = one.keys & other.keys
        if not both or one.binding.action == other.binding.action or one.names & other.names:
            continue  # the same thing, or one that takes the key from the other by design
        new, old = (one, other) if one.binding.id in keymap else (other, one)
        if new.binding.id in keymap:
            return Trouble(str(new.binding.id), f"{quoted(min(both))} is the key of {old.words} there, too")
    return None


def _bound(node: type[DOMNode], keymap: Mapping[str, str]) -> Iterator[_Bound]:
    """The bindings of a class and of those it inherits from."""
    field = issubclass(node, _FIELDS)
    for each in node.__mro__:
        if not each.__module__.startswith(_HOME) and not (field or each in (App, Screen)):
            continue  # a table of ours inherits no keys
        for binding in _own(each):
            names = _keys(binding.key)
            changed = keymap.get(binding.id or "")
            yield _Bound(binding, names, names if changed is None else _keys(changed), field)


def _keys(text: str) -> frozenset[str]:
    return frozenset(full_name(key) for key in text.split(","))


def _widgets_of(screen: type[DOMNode]) -> list[type[DOMNode]]:
    """What a screen is made of: the widgets that its module, or a module of one of them, speaks of."""
    found: dict[type[DOMNode], None] = {}
    waiting: list[type] = [each for each in screen.__mro__ if each.__module__.startswith(_HOME)]
    while waiting:
        for value in vars(sys.modules[waiting.pop().__module__]).values():
            if not isinstance(value, type) or not issubclass(value, Widget) or issubclass(value, Screen):
                continue
            if value.__module__.startswith(_HOME) and value not in found:
                found[value] = None
                waiting.append(value)
    return list(found)
