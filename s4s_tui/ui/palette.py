"""What the palette offers: what works on the screen below, with its keys; places, open orders, countries, services."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from s4s_tui.domain.search import fold
from s4s_tui.domain.text import clean
from s4s_tui.services.builtin import builtin_services
from s4s_tui.ui.commands import Commands
from s4s_tui.ui.groups import MOVE, group_of
from s4s_tui.ui.messages import CountryChosen, PlaceSought
from s4s_tui.ui.messages_orders import OrderOpened
from s4s_tui.ui.order_rows import state_cell
from s4s_tui.ui.screens.service import ServiceScreen
from s4s_tui.ui.widgets.keybar import key_name
from s4s_tui.ui.words import place_words

_LEFT_OUT = frozenset({"command_palette", "copy_or_quit", "leave", "app.pop_screen"})
"""The palette itself, the ways back, and what depends on what is selected."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the palette.

    Attributes:
        title: its words; they may be a server's, for they are shown as they are.
        more: what else there is to say, in words of ours: Textual reads it as markup.
        run: what choosing it does.
    """

    title: str
    more: str
    run: Callable[[], object]


def _score(words: list[str], offer: Offer) -> float:
    """How well an offer fits: each word must stand in it. Scattered letters, as Textual takes them, found Quit."""
    title, more = fold(offer.title), fold(offer.more)
    if not all(word in title or word in more for word in words):
        return 0
    in_title = sum(word in title for word in words)
    starts = sum(f" {word}" in f" {title}" for word in words)
    explained = sum(f" {word}" in f" {more}" for word in words)
    return (1 + 2 * in_title + 4 * starts + 2 * explained) / (1 + 8 * len(words))


class Everything(Provider):
    """Nothing in here orders or pays by itself: a service leads to where it can be ordered."""

    @property
    def commands(self) -> Commands:
        """The app."""
        assert isinstance(self.app, Commands)
        return self.app

    async def discover(self) -> Hits:
        """Before anything is typed: what works here, and the open orders."""
        for offer in self._few():
            yield DiscoveryHit(Content(offer.title), offer.run, text=offer.title, help=offer.more)

    async def search(self, query: str) -> Hits:
        """What fits, countries and services too."""
        words = fold(query).split()
        for offer in (*self._few(), *self._many()):
            score = _score(words, offer)
            if score > 0:
                yield Hit(score, Content(offer.title), offer.run, text=offer.title, help=offer.more)

    def _few(self) -> Iterator[Offer]:
        app = self.commands
        seen: set[str] = set()
        for key in app.worked:
            binding = key.binding
            if not binding.tooltip or group_of(binding) is MOVE or binding.action in _LEFT_OUT:
                continue
            if binding.tooltip not in seen:
                seen.add(binding.tooltip)
                run = partial(app.run_action, binding.action, key.node)
                key_words = f"  ({key_name(binding.key)})" if binding.key else ""
                yield Offer(f"{binding.description}{key_words}", binding.tooltip, run)
        for command in app.get_system_commands(self.screen):
            yield Offer(command.title, command.help, command.callback)
        if not self.screen.is_modal:  # a dialog is answered first
            for order in app.state.open_orders:
                run_order = partial(app.post_message, OrderOpened(order.order_id))
                yield Offer(f"Order: {clean(place_words(order))}", clean(state_cell(order)), run_order)

    def _many(self) -> Iterator[Offer]:
        if self.screen.is_modal:
            return
        app, state = self.commands, self.commands.state
        for country in state.countries:
            words = "  ".join(filter(None, ("Services of this country", country.iso2, country.dial)))
            yield Offer(f"Country: {clean(country.name)}", words, partial(app.post_message, CountryChosen(country.cc)))
        if isinstance(self.screen, ServiceScreen) and (listed := state.services.get(self.screen.country.cc)):
            here, where = self.screen.country.cc, "in this country"
            names = frozenset(service.name for service in listed.rows or ())
        else:
            here, where = None, "in a country to choose"
            lists = (listed.rows or () for listed in state.services.values())
            names = builtin_services().union(service.name for rows in lists for service in rows)
        for name in sorted(names):
            yield Offer(
                f"Service: {clean(name)}",
                f"To be ordered {where}",
                partial(app.post_message, PlaceSought(here, name)),
            )
