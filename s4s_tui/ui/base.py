"""What every screen stands on: the app's state, seen from a screen that reads it and never writes it."""

from abc import abstractmethod
from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import getters
from textual.app import App
from textual.binding import Binding
from textual.reactive import var
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widget import Widget

from s4s_tui.domain.state import AppState

if TYPE_CHECKING:
    from s4s_tui.domain.events import Event


_STYLES = Path(__file__).parent / "styles"
LATE_STYLES: list[str | PurePath] = [_STYLES / "screens.tcss", _STYLES / "account.tcss"]
"""What all screens but the first are styled by; whole paths, because Textual knows a file again by its path alone."""
_SOON = 0.02
"""Seconds until a screen that was not whole is looked at again."""


class Terminal(Protocol):
    """What a terminal can be told beside what is drawn on it; nothing is waited for."""

    def write(self, data: str) -> None:
        """Write an escape sequence as it is."""

    def title(self, text: str) -> None:
        """Call the window so until the terminal is handed back; "" gives it its own name again."""


class Place(Enum):
    """What the app has to know of the screen that is shown, without importing the screens: a start pays for one."""

    ORDER = auto()
    ORDERS = auto()
    ACCOUNT = auto()
    RENT = auto()
    SETTINGS = auto()
    SENDING = auto()


class StatefulApp(App[None]):
    """An app with the one state of the program; `var`, because a `reactive` would repaint the whole screen."""

    state: var[AppState] = var(AppState)
    terminal: Terminal | None = None
    """Set by the driver of a real terminal."""

    def now(self) -> float:
        """The wall clock in Unix seconds."""
        raise NotImplementedError

    def publish(self, event: "Event") -> None:
        """Reduce the event into the state."""
        raise NotImplementedError

    @property
    def place(self) -> Place | None:
        """What the screen on top is."""
        return place_of(self.screen)

    @property
    def order_shown(self) -> str:
        """The id of the order whose own screen is on top, "" where none is."""
        return order_of(self.screen)


class Dialog(ModalScreen[ScreenResultType]):
    """A question or an explanation in front of a screen."""

    CSS_PATH = LATE_STYLES

    def on_screen_suspend(self) -> None:
        """Leave notices to the screen on top."""
        _hide_notices(self)


class StateScreen(Screen[None]):
    """A screen that draws the state: at once while it is shown, once when it is shown again."""

    CSS_PATH: ClassVar[list[str | PurePath] | None] = LATE_STYLES
    PLACE: ClassVar[Place | None] = None
    order_id = ""
    """The order that it is about, "" for none."""
    app = getters.app(StatefulApp)
    focused: var[Widget | None] = var(None, init=False)
    """As Textual's, but the screen is not drawn anew with it: the two widgets are, in 3,600 bytes instead of 6,300,
    and the next key costs 3,000 less, because what was drawn with the screen was drawn once more then."""

    def on_mount(self) -> None:
        """Watch the state from now on."""
        self.watch(self.app, "state", self._pull, init=False)
        if self.is_whole():
            self.show(self.app.state)

    def on_screen_resume(self) -> None:
        """Draw what happened while another screen was shown."""
        self._pull()

    def on_screen_suspend(self) -> None:
        """Leave notices to the screen on top: below a dialog each showed through it a second time."""
        _hide_notices(self)

    def _pull(self) -> None:
        if self.is_mounted and self.is_attached and self.in_sight:
            self.when_whole(self._pulled)

    def _pulled(self) -> None:
        self.show(self.app.state)

    def when_whole(self, work: Callable[[], None]) -> None:
        """Do what draws: now, or soon where something is on its way into the screen, such as a notice."""
        if not (self.is_mounted and self.is_attached and self.app.is_running):
            return
        if self.is_whole():
            work()
        else:  # by a timer: callbacks after refreshes come before what is on its way has its turn to arrive
            self.set_timer(_SOON, partial(self.when_whole, work))

    def widen(self, columns: int) -> None:
        """Before it is shown the first time: be as wide as the window, or its styles are applied and drawn twice."""
        names = [name for least, name in sorted(self.app.HORIZONTAL_BREAKPOINTS or ()) if columns >= least]
        self.set_classes(names[-1:])

    @property
    def in_sight(self) -> bool:
        """Whether it is on top, or only dialogs are above it.

        Textual's `is_current` is also true of the screen below an opaque one, and whatever is drawn on that one
        repaints the whole window.
        """
        for screen in reversed(self.app.screen_stack):
            if screen is self or not screen.is_modal:
                return screen is self
        return False

    def every(self, seconds: float, work: Callable[[], None]) -> None:
        """Do something again and again while this screen is in sight."""
        timer = self.set_interval(seconds, work)

        def follow(_screen: Screen[object]) -> None:
            # Every message to a hidden screen, a timer's too, can make Textual repaint the one above it.
            (timer.resume if self.in_sight else timer.pause)()

        self.app.screen_change_signal.subscribe(self, follow, immediate=True)

    def is_whole(self) -> bool:
        """Whether every widget is there to be drawn on: not so while one is on its way, or the program is closed."""
        here = self.app.is_running and self.is_attached
        return here and all(widget.is_mounted for widget in self.walk_children(Widget))

    @abstractmethod
    def show(self, state: AppState) -> None:
        """Draw the state; called at every change while the screen is shown."""

    def where(self) -> str:
        """Where one is, for the line on top."""
        return ""

    def key_label(self, binding: Binding) -> str:
        """What the footer says for a key; "" hides it."""
        return binding.description


def _hide_notices(screen: Screen[ScreenResultType]) -> None:
    for rack in screen.query("ToastRack"):
        rack.display = False


def place_of(screen: Screen[object]) -> Place | None:
    """What a screen is, None where nobody has to know."""
    return screen.PLACE if isinstance(screen, StateScreen) else None


def order_of(screen: Screen[object]) -> str:
    """The id of the order whose own screen it is, "" where it is none."""
    return screen.order_id if isinstance(screen, StateScreen) and screen.PLACE is Place.ORDER else ""
