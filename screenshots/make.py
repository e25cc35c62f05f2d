"""Makes the pictures beside this file from the running program on its own sandbox: `python screenshots/make.py`.

With `--check` it says which of them are stale in what they say.
"""

import asyncio
import difflib
import html
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot
from textual.widget import Widget

from s4s_tui.compose import Connection
from s4s_tui.config import DEFAULT_API_URL, Settings
from s4s_tui.domain.account import Deposits
from s4s_tui.domain.events import PreferencesChanged
from s4s_tui.domain.state import AppState
from s4s_tui.services.builtin import builtin_countries
from s4s_tui.services.clock import SystemClock
from s4s_tui.ui.app import S4sApp
from s4s_tui.ui.base import StateScreen
from s4s_tui.ui.screens.account import AccountScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.orders import OrdersScreen

HERE = Path(__file__).parent
SIZE = (100, 34)
_PATIENCE = 60.0
_SOON = 0.2
"""Seconds between two looks at a picture."""
_NONE = Deposits(())
_OTHERWISE = re.compile(r"\blnbcrt\w*|\S*…\S*|\b[\da-f]{16,}\b|\+?\d[\d ,.:-]*|<?\*? ?\bmin\b|\bnow\b|\btomorrow\b")
"""In a picture: an invoice, a hash, a number, an amount, a time, an age."""


async def _until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > end:
            sys.exit("The program did not come to the next picture in time.")
        await pilot.pause(0.05)


async def _picture(pilot: Pilot[None], app: S4sApp, name: str, folder: Path) -> None:
    """In the dark and in the light, and dark again."""
    for theme, file in (("s4s-light", f"{name}-light.svg"), ("s4s-dark", f"{name}.svg")):
        app.publish(PreferencesChanged(replace(app.state.preferences, theme=theme)))
        await _until(pilot, lambda: _is_ready(app))
        (folder / file).write_text(await _settled(pilot, app) + "\n", encoding="utf-8")


def _is_ready(app: S4sApp) -> bool:
    """Whether all of the screen is there, and what it begins with has the focus: the mark and the keys follow it."""
    screen = app.screen
    if not (isinstance(screen, StateScreen) and screen.is_whole()):
        return False
    return screen.focused is not None or not any(widget.focusable for widget in screen.walk_children(Widget))


async def _settled(pilot: Pilot[None], app: S4sApp) -> str:
    """The picture as soon as it says the same twice: on a busy machine the last of it is drawn late."""
    before, now = "", app.export_screenshot(title="s4s-tui")
    while structure(before) != structure(now):
        await pilot.pause(_SOON)
        before, now = now, app.export_screenshot(title="s4s-tui")
    return now


def structure(svg: str) -> list[str]:
    """What a picture says, line by line, without what is new in every run: amounts, times, ids, the code's cells."""
    lines: dict[str, list[str]] = {}
    for y, text in re.findall(r'<text [^>]*y="([\d.]+)"[^>]*>(.*?)</text>', svg):
        lines.setdefault(y, []).append(html.unescape(text).replace("\xa0", " "))
    said = (" ".join(" ".join(parts).split()) for parts in lines.values())
    told = (_OTHERWISE.sub("*", re.sub(r"[\u2500-\u259f\U0001fb00-\U0001fb3b]+", "", line)) for line in said)
    return [line.strip() for line in told if line.strip(" *")]


async def make(folder: Path) -> None:
    """Walk from the country to the code and take a picture on the way, into `folder`."""
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(
            api_url=DEFAULT_API_URL, data_dir=Path(data), config_file=Path(data) / "none", demo=True, demo_speed=20.0
        )
        settings.journal_dir.mkdir(parents=True)
        clock = SystemClock()
        connection = Connection(settings, clock)
        app = S4sApp(connection.open, state=AppState(countries=builtin_countries(), demo=True), now=clock.now)
        try:
            async with app.run_test(size=SIZE, notifications=True) as pilot:
                await _walk(pilot, app, folder)
        finally:
            await connection.close()


async def _walk(pilot: Pilot[None], app: S4sApp, folder: Path) -> None:
    await _until(pilot, lambda: _is_ready(app))
    await pilot.press(*"ger")
    await _until(pilot, lambda: app.state.link.ok is True)
    await _picture(pilot, app, "country", folder)
    await pilot.press("enter")
    await _until(pilot, lambda: any(listed.rows and listed.price_known for listed in app.state.services.values()))
    await _picture(pilot, app, "services", folder)
    await pilot.press(*"teleg", "enter")
    await _until(pilot, lambda: bool(app.state.orders) and len(app.screen_stack) == 3)
    await _picture(pilot, app, "invoice", folder)
    await pilot.press("d")
    await _until(pilot, lambda: app.state.orders[0].number is not None)
    await _picture(pilot, app, "number", folder)
    await _until(pilot, lambda: app.state.orders[0].code is not None)
    await _picture(pilot, app, "code", folder)
    await pilot.press("escape", "f5")
    await _until(pilot, lambda: not any(listed.loading for listed in app.state.services.values()))
    await pilot.press(*["backspace"] * 5, *"openai", "enter")
    await _until(pilot, lambda: len(app.state.orders) == 2 and len(app.screen_stack) == 3)
    await pilot.press("d")
    await _until(pilot, lambda: app.state.orders[0].number is not None)
    await pilot.press("escape", *["backspace"] * 6, *"google voice", "enter")
    await _until(pilot, lambda: len(app.state.orders) == 3 and len(app.screen_stack) == 3)
    await pilot.press("d")
    await _until(pilot, lambda: app.state.orders[0].ended)
    await pilot.press("escape", *["backspace"] * 12, *"whats", "enter")
    await _until(pilot, lambda: len(app.state.orders) == 4 and len(app.screen_stack) == 3)
    # The mark stays with its order, so that nothing may change its place once the list is shown.
    await _until(pilot, lambda: sum(order.code is not None for order in app.state.orders) == 2)
    await pilot.press("escape", "f6")
    await _until(pilot, lambda: isinstance(app.screen, OrdersScreen) and len(app.screen.table.rows) == 4)
    app.clear_notifications()
    await _picture(pilot, app, "orders", folder)

    await pilot.press("f9")
    await _until(pilot, lambda: app.state.account.asked)
    await pilot.press("n")
    await pilot.press(*"demo-key-0000", "enter")
    await _until(pilot, lambda: app.state.account.deposits is not None)
    for amount in ("21000", "5000"):
        await pilot.press("f", *["backspace"] * 8, *amount, "enter")
        await _until(pilot, lambda: isinstance(app.screen, OrderScreen))
        await pilot.press("d")
        await _until(pilot, lambda: app.state.orders[0].ended)
        await pilot.press("escape")
        await _until(pilot, lambda: isinstance(app.screen, AccountScreen))
    await pilot.press("f5")
    await _until(pilot, lambda: not app.state.account.loading and len((app.state.account.deposits or _NONE).rows) == 2)
    app.clear_notifications()
    await _picture(pilot, app, "account", folder)


def stale() -> list[str]:
    """The pictures that say something else than the program does now, or are too many or too few; with what differs."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(make(Path(folder)))
        fresh = {path.name: structure(path.read_text(encoding="utf-8")) for path in Path(folder).glob("*.svg")}
    kept = {path.name: structure(path.read_text(encoding="utf-8")) for path in HERE.glob("*.svg")}
    found = []
    for name in sorted(fresh.keys() | kept.keys()):
        old, new = kept.get(name, []), fresh.get(name, [])
        if old != new:
            changed = [line for line in difflib.ndiff(old, new) if line[0] in "+-"]
            found.append("\n".join([f"{name} is stale:", *changed]))
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit("\n".join(stale()) or 0)
    asyncio.run(make(HERE))
