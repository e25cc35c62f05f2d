"""What is said of an order whose making has an unknown outcome: pure, no Textual.

Money first: an order that is paid by its invoice cannot have been paid, for the invoice never came. One that is paid
from the balance of the API key moves money with the request itself, so there nothing more is said than is known.
"""

from dataclasses import dataclass

from s4s_tui.domain.history import Intent
from s4s_tui.ui.text import sats, time_of_day

AGAIN_PREPAID = (
    "Make this order again? If the first request did arrive, the balance pays for both orders. "
    "Compare the balance of the API key first: F9 shows it."
)
"""The question before a prepaid order is made again."""


@dataclass(frozen=True, slots=True)
class IntentView:
    """The words of the screen.

    Attributes:
        title: what was ordered and where.
        when: when it was ordered, at which price.
        what: what went wrong.
        money: where the money is, as far as that is known.
        check: how to find out what is not known, "" where nothing is at stake.
        choices: the keys and what each does.
    """

    title: str
    when: str
    what: str
    money: str
    check: str
    choices: tuple[tuple[str, str], ...]


def intent_view(intent: Intent, now: float) -> IntentView:
    """The words for an intent; `now` in Unix seconds."""
    draft = intent.draft
    price = f", shown at {sats(draft.quoted)}" if draft.quoted is not None else ""
    why = intent.detail or "The program ended before the server's answer came."
    return IntentView(
        title=f"{draft.service_name} · {draft.country_name}",
        when=f"Ordered {time_of_day(intent.created_at, now)}{price}.",
        what=f"{why} So the server may have made this order, or not.",
        money=_money(intent),
        check=_check(intent),
        choices=(
            ("m", "Make it again, after a question" if draft.prepaid else "Make it again; it is free until you pay it"),
            *((("f9", "Look at the balance of the API key"),) if draft.prepaid else ()),
            ("f", "Find it, where you know its order id"),
            ("delete", "Take this note off the list"),
        ),
    )


def _money(intent: Intent) -> str:
    if intent.draft.prepaid:
        return "It was to be paid from the balance of the API key, so money may have moved."
    return "Its invoice never came, so nothing was paid and nothing is lost."


def _check(intent: Intent) -> str:
    if not intent.draft.prepaid:
        return ""
    amount = sats(intent.draft.quoted) if intent.draft.quoted is not None else "its price"
    return (
        f"To find out, compare the balance of the API key (F9) with what it was before: {amount} less means that the "
        "order was made. Then f finds it by its id, and it is followed like any other."
    )
