"""A person at the program: types, presses, looks at the screen. Waits for what should be seen, never for time."""

import asyncio
import re
from collections.abc import Callable
from typing import Any, TypeVar
from unittest.mock import patch

from rich.cells import cell_len
from rich.console import Console
from textual.events import Key
from textual.pilot import Pilot
from textual.widget import Widget

from s4s_tui.domain.order import Order, OrderReply
from s4s_tui.ui.app import S4sApp
from s4s_tui.ui.widgets.qrcode import QrCode
from tests.services.fakes import HandClock, ScriptedApi

W = TypeVar("W", bound=Widget)

_TRIES = 250
"""Looks before a test gives up; each waits until the program is idle, 20 ms at least."""
_NAMES = {" ": "space", "+": "plus", "!": "exclamation_mark", "[": "left_square_bracket", "/": "slash"}
"""Characters that the terminal's driver gives a name."""
_CHARACTERS = {"slash": "/", "question_mark": "?", "enter": "\r", "ctrl+j": "\n"}
_BLOCKS = re.compile("[\u2580-\u259f\U0001fb00-\U0001fb3b]")


def _as_text(console: Console, **_: Any) -> str:
    """What the console wrote, as text: a picture is drawn ten times as slowly, and would be taken apart again."""
    return console.export_text()


class User:
    """What a person does and sees.

    Attributes:
        toasts: what was said in toasts, in the order it was said.
        bells: how often the bell rang.
    """

    pilot: Pilot[None]

    def __init__(self, app: S4sApp, clock: HandClock, api: ScriptedApi) -> None:
        self.app = app
        self.clock = clock
        self.api = api
        self.toasts: list[str] = []
        self.bells = 0

    def hears_bell(self) -> None:
        """The bell rings."""
        self.bells += 1

    async def types(self, text: str) -> None:
        """Type letters in one breath."""
        await self.breathless(*text)

    async def presses(self, *keys: str) -> None:
        """Press keys by their names, each once the program has answered the one before."""
        for key in keys:
            await self.breathless(key)

    async def breathless(self, *keys: str) -> None:
        """Press keys faster than the program can draw, as a person does who knows it."""
        for key in keys:
            name = _NAMES.get(key, key)
            char = key if len(key) == 1 else _CHARACTERS.get(name)
            self.app.post_message(Key(name, char))
        await self.drains()

    async def until(self, happened: Callable[[], object], what: str) -> None:
        """Wait for a condition; fail with the screen where it does not come."""
        for attempt in range(_TRIES):
            if happened():
                return
            await (self.drains() if attempt < 8 else self.pilot.pause())
        raise AssertionError(f"never came: {what}\ntoasts: {self.toasts}\n{self.screen_text()}")

    async def sees(self, *sentences: str) -> None:
        """Wait until all this stands on the screen, wherever its lines are broken."""

        def look() -> bool:
            words = self.words()
            return all(sentence in words for sentence in sentences)

        await self.until(look, f"a screen with all of {sentences}")

    async def sees_in(self, selector: str, *sentences: str) -> None:
        """Wait until all this stands within one widget of the screen that is shown, wherever its lines are broken."""

        def look() -> bool:
            words = self.words_in(selector) if self.app.screen.query(selector) else ""
            return all(sentence in words for sentence in sentences)

        await self.until(look, f"{selector} with all of {sentences}")

    async def sees_no_more(self, *sentences: str) -> None:
        """Wait until none of this stands on the screen."""

        def look() -> bool:
            words = self.words()
            return not any(sentence in words for sentence in sentences)

        await self.until(look, f"a screen without any of {sentences}")

    async def is_told(self, part: str) -> None:
        """Wait for a toast that says this."""
        await self.until(lambda: any(part in toast for toast in self.toasts), f"a toast with {part!r}")

    def screen_text(self) -> str:
        """The screen as lines of text, as a terminal of this size shows it; a wide letter takes two cells."""
        with patch.object(Console, "export_svg", _as_text):
            text = self.app.export_screenshot(simplify=True)
        if not text.isascii():
            text = "".join(char + " " * (cell_len(char) - 1) for char in text.replace("\xa0", " "))
        return "\n".join(line.rstrip() for line in text.removesuffix("\n").split("\n"))

    def words(self) -> str:
        """The words on the screen with single blanks, without the QR code, borders and scroll bars."""
        return " ".join(_BLOCKS.sub(" ", self.screen_text()).split())

    def words_in(self, selector: str) -> str:
        """The words within one widget, wherever its lines are broken."""
        inside = self.app.screen.query_one(selector).content_region
        rows = self.lines()[inside.y : inside.bottom]
        return " ".join(" ".join(row[inside.x : inside.right] for row in rows).split())

    def lines(self) -> list[str]:
        """The lines of the screen."""
        return self.screen_text().split("\n")

    def keys_line(self) -> str:
        """The line with the keys, at the bottom."""
        return self.lines()[-1].strip()

    def sees_code(self) -> bool:
        """Whether a QR code is shown."""
        code = self.widget(QrCode)
        return code.drawing is not None and code.region.area > 0

    def widget(self, kind: type[W]) -> W:
        """The widget of this kind on the screen that is shown."""
        return self.app.screen.query_one(kind)

    async def settles(self) -> None:
        """Wait until nothing more comes of what was done; for saying that something does not happen."""
        for _ in range(2):
            await self.drains()
            await self.clock.settle()
        await self.pilot.pause()

    async def drains(self) -> None:
        """Wait until the app and every widget have answered all that was sent to them, and what came of that."""
        for _ in range(3):
            answered = asyncio.Event()
            self.app.call_later(answered.set)
            while self.app.is_running and not answered.is_set():  # noqa: ASYNC110 -- an app that ended answers nothing
                await asyncio.sleep(0)
            if self.app.is_running:
                await self.pilot.pause(0)

    async def waits(self, seconds: float) -> None:
        """Let time pass, and everything happen that it brings about."""
        await self.settles()
        await self.clock.step(seconds)
        await self.settles()

    async def server_says(self, order_id: str, **reply: object) -> None:
        """From now on the server says this about the order; wait until the program has asked for it."""
        self.api.say("order_status", OrderReply(**reply), of=order_id)  # type: ignore[arg-type]  # named by the tests
        before = len(self.api.times("order_status", order_id))
        await self.until_asked(order_id, before)

    async def until_asked(self, order_id: str, before: int) -> None:
        """Let time pass in small steps until the program asks about the order again."""
        for _ in range(200):
            await self.pilot.pause()
            if len(self.api.times("order_status", order_id)) > before:
                await self.settles()
                return
            await self.clock.step(0.5)
        raise AssertionError(f"the program does not ask about {order_id}\n{self.screen_text()}")

    async def until_cancel_is_sent(self) -> None:
        """Let time pass in small steps until the program asks the server to cancel."""
        for _ in range(100):
            await self.pilot.pause()
            if self.api.times("cancel_order"):
                return
            await self.clock.step(0.5)
        raise AssertionError(f"no cancellation is sent\n{self.screen_text()}")

    async def orders_telegram(self) -> Order:
        """From the start to the invoice."""
        await self.types("germ")
        await self.presses("enter")
        await self.types("teleg")
        await self.sees("3,000 sats")
        before = {order.order_id for order in self.app.state.orders}
        await self.presses("enter")
        await self.until(lambda: {order.order_id for order in self.app.state.orders} - before, "an order")
        order = self.app.state.orders[0]
        await self.until(lambda: type(self.app.screen).__name__ == "OrderScreen", "the order's screen")
        await self.settles()
        return order

    async def goes_home(self) -> None:
        """Back to the countries with an empty search."""
        while len(self.app.screen_stack) > 1:
            await self.presses("escape")
        await self.presses("slash", "ctrl+u")
        await self.settles()

    async def opens_order(self, *down: str) -> None:
        """From the start to an order by way of the list."""
        await self.presses("f6", *down)
        await self.sees("State")
        await self.presses("enter")
        await self.until(lambda: type(self.app.screen).__name__ == "OrderScreen", "the order's screen")
        await self.settles()
