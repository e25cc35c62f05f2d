"""What a change of an order is told as, to one who looks elsewhere: pure, no Textual. Never a number or a code."""

from collections import Counter
from dataclasses import dataclass

from s4s_tui.domain.order import SENDING, Kind, Order, Status
from s4s_tui.domain.text import clean
from s4s_tui.ui.message_words import news_words
from s4s_tui.ui.text import sats
from s4s_tui.ui.words import place_words, state_words

LIST = "F6 lists the orders."
"""What to do where the order is not in sight."""
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class News:
    """Something that a person would not want to miss.

    Attributes:
        order: what it is about, "Account" for the balance.
        outside: the same where others may read it: of a message not to whom.
        what: what has come, to follow that.
        hint: what to do, as a sentence.
        warning: whether it is no good news.
        always: whether it is told on the order's own screen, too.
    """

    order: str
    outside: str
    what: str
    hint: str = LIST
    warning: bool = False
    always: bool = False

    @property
    def notice(self) -> str:
        """The sentences of the program's own notice."""
        return f"{self.order}: {self.what}. {self.hint}".rstrip()

    @property
    def words(self) -> str:
        """What the desktop is told."""
        return f"{self.outside}: {self.what}"


def news_of(old: Order | None, new: Order) -> News | None:
    """What has happened to an order, None for nothing to be told; what an earlier run saw is none."""
    if old is None:
        return None
    place = place_words(new)
    if new.kind in SENDING:
        return _of_message(old, new)
    if new.code is not None and new.code != old.code:
        return News(place, place, "a message has come" if new.rental else "the code is there")
    if new.number is not None and old.number is not None and new.number != old.number:
        return News(place, place, "the number has changed", "Use the new one.", warning=True, always=True)
    if new.number is not None and old.number is None and not new.ended:
        return News(place, place, "the number is there")
    if new.status is old.status:
        return None
    if new.kind is Kind.FUND and new.status is Status.FUNDED:
        amount = sats(new.amount) if new.amount is not None else "the payment"
        return News("Account", "Account", f"funded with {amount}", "F9 shows the balance.")
    if old.money_held and new.status in (Status.RETURNED, Status.CANCELLED):
        return News(place, place, state_words(new)[1].lower())
    return None


def _of_message(old: Order, new: Order) -> News | None:
    what = news_words(new)
    if old.status is new.status or not what:
        return None
    good = new.status is Status.DELIVERED
    return News(place_words(new), _outside(new), what, "" if good else LIST, warning=not good)


def _outside(order: Order) -> str:
    """An order's name where others may read it: the place of a message is its recipient."""
    return order.service_name if order.kind in SENDING else place_words(order)


def title_words(program: str, orders: tuple[Order, ...], shown: Order | None) -> str:
    """What the window is called: the program's name, and how the order that is shown stands, else how many are open."""
    parts = [program]
    if shown is not None:
        parts += [state_words(shown)[1], _outside(shown)]
    else:
        states = Counter(state_words(order)[1].lower() for order in orders)
        parts += [f"{count} {words}" for words, count in states.items()]
    return clean(" · ".join(parts), _LONGEST)
