"""Telling: the part of the app by which one who looks elsewhere learns that something has come."""

import os
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ScreenStackError

from s4s_tui.ui.base import Place, StatefulApp

if TYPE_CHECKING:
    from s4s_tui.domain.order import Order


_LONG = 10.0
"""Seconds that bad news stay, and what has to be acted on."""


class Notices(StatefulApp):
    """The bell, the desktop, the window's title and our own notices, each as the person wants it."""

    _title = ""

    def shows(self, order: "Order") -> bool:
        """Whether the order's own screen is shown."""
        return self.order_shown == order.order_id

    def announce(self, old: "Order | None", new: "Order") -> None:
        """Tell once what has come; in words where another screen is shown."""
        from s4s_tui.terminal.notice import sequence
        from s4s_tui.ui.news import LIST, news_of

        news = news_of(old, new)
        if news is None:
            return
        if news.hint == LIST and self.place is Place.ORDERS:
            news = replace(news, hint="")
        wished = self.state.preferences
        if wished.bell:
            self.bell()
        if self.terminal is not None and (asking := sequence(news.words, wished.notify, os.environ)):
            self.terminal.write(asking)
        if news.always or not self.shows(new):
            if news.warning:
                self.notify(news.notice, severity="warning", timeout=_LONG, markup=False)
            else:
                self.notify(news.notice, markup=False)

    def update_title(self) -> None:
        """Call the window by how things stand; nothing is written where that is its name already."""
        if self.terminal is None:
            return
        title = ""
        if self.state.preferences.window_title:
            title = "s4s demo" if self.state.demo else "s4s"
            orders, shown = self.state.open_orders, self._order_shown()
            if orders or shown is not None:
                from s4s_tui.ui.news import title_words

                title = title_words(title, orders, shown)
        if title != self._title:
            self._title = title
            self.terminal.title(title)

    def title_again(self) -> None:
        """The terminal was somebody else's meanwhile."""
        self._title = ""
        self.update_title()

    def _order_shown(self) -> "Order | None":
        with suppress(ScreenStackError):
            return self.state.order(self.order_shown)
        return None
