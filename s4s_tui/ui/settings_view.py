"""The settings in words: what can be changed while the program runs, what it means, what it is now."""

from dataclasses import dataclass, fields, replace
from typing import Final

from s4s_tui.config import KEYS
from s4s_tui.domain.events import PreferencesChanged, TermsChanged
from s4s_tui.domain.preferences import THEMES, ClipboardChoice, NotifyChoice, Preferences
from s4s_tui.domain.state import AppState
from s4s_tui.ui.text import sats

_ON_OFF: Final = (True, False)
_PREFERENCES: Final = frozenset(field.name for field in fields(Preferences))
_NONE: Final = {"max_price": None, "ref": ""}
"""What an empty line means."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the screen.

    Attributes:
        name: its key in the config file.
        title: its name for people.
        meaning: what it does, in a line.
        choices: its values; none where it is typed.
        later: it counts from the next start on.
    """

    name: str
    title: str
    meaning: str
    choices: tuple[object, ...] = _ON_OFF
    later: bool = False


SETTINGS: Final = (
    Setting("theme", "Colours", "How the screens look; seen at once.", THEMES),
    Setting("clipboard", "Copies go to", "Where c and its like put what they copy.", tuple(ClipboardChoice)),
    Setting("copy_code", "Copy codes", "A code is copied when it arrives."),
    Setting("clear_clipboard", "Clear copies", "Seconds until a copy is taken back, 0 to 3600; 0: it stays.", ()),
    Setting("bell", "Bell", "It rings when a number or a code arrives or money comes back."),
    Setting("notify", "Notification", "How the desktop is told of the same, never with the code.", tuple(NotifyChoice)),
    Setting("window_title", "Window title", "It shows how the orders stand, never a code."),
    Setting("mask", "Hide codes", "Numbers and codes are hidden until a key shows them."),
    Setting("reduce_motion", "Less motion", "Clocks show minutes until the last one."),
    Setting("mouse", "Mouse", "Clicks come to the program; off: the terminal selects text.", later=True),
    Setting(
        "max_price", "Highest price", "Sats above which an invoice is blocked until you accept it; empty: any.", ()
    ),
    Setting(
        "ref", "Referral", "A Lightning address that earns from your orders, named to the server; empty: none.", ()
    ),
    Setting(
        "keep_days",
        "Keep orders",
        "Days until ended orders are deleted for good, 0 to 3650; 0: never.",
        (),
        later=True,
    ),
)


def value_of(name: str, state: AppState) -> object:
    """The value of a setting."""
    return getattr(state.preferences if name in _PREFERENCES else state, name)


def value_words(name: str, state: AppState) -> str:
    """The value in words."""
    match name, value_of(name, state):
        case _, bool(on):
            return "on" if on else "off"
        case "clear_clipboard", int(seconds):
            return f"after {seconds} s" if seconds else "never"
        case "keep_days", int(days):
            return ("1 day" if days == 1 else f"{days} days") if days else "for ever"
        case "max_price", price:
            return sats(price) if isinstance(price, int) else "any"
        case "ref", "":
            return "nobody"
        case _, value:
            return str(value)


def typed_value(name: str, state: AppState) -> str:
    """The value as it is typed."""
    value = value_of(name, state)
    return "" if value is None else str(value)


def origin_words(name: str, state: AppState) -> str:
    """Where the value is from."""
    origin = state.origins.get(name)
    return "default" if origin is None else origin.words


def setting_words(setting: Setting, state: AppState) -> str:
    """What there is to know of a setting."""
    parts = [setting.meaning]
    if setting.later:
        parts.append("A change counts from the next start on.")
    origin = state.origins.get(setting.name)
    if origin is not None and origin.outranks_file:
        parts.append(f"{origin.name} counts before the config file: at the next start it holds again.")
    return " ".join(parts)


def kept_words(state: AppState) -> str:
    """Where changes are kept."""
    if state.demo:
        return "The demo writes no settings: changes hold for this run."
    return f"Changes are written to {state.config_file}"


def next_value(setting: Setting, state: AppState, step: int) -> object:
    """The choice so many places on."""
    at = setting.choices.index(value_of(setting.name, state))
    return setting.choices[(at + step) % len(setting.choices)]


def read_typed(name: str, text: str) -> object:
    """The value of a typed text; raises ValueError with a sentence."""
    text = text.strip()
    if not text and name in _NONE:
        return _NONE[name]
    try:
        return KEYS[name].kind.from_text(text)
    except ValueError as error:
        raise ValueError(f"{error}.") from error


def chosen(state: AppState, name: str, value: object) -> PreferencesChanged | TermsChanged:
    """What happens when a setting gets a value that `next_value` or `read_typed` made."""
    if name in _PREFERENCES:
        return PreferencesChanged(replace(state.preferences, **{name: value}))  # type: ignore[arg-type]  # of its kind
    terms = {each: getattr(state, each) for each in ("max_price", "ref", "keep_days")}
    return TermsChanged(**{**terms, name: value})
