"""The options on receiving, a real phone's number and payment from the balance, in prices and words: no Textual."""

from dataclasses import dataclass

from s4s_tui.domain.catalogue import Country, Service
from s4s_tui.domain.history import Draft
from s4s_tui.domain.listing import ServiceList
from s4s_tui.domain.order import Kind, Order
from s4s_tui.domain.state import AppState
from s4s_tui.ui.text import sats

_AT_ONCE = "The balance pays at once, without a hold: what comes back where no code arrives, the server decides."
_AT_ONCE_RENTAL = "The balance pays at once, without a hold. Rentals are not refundable, and often fail."


@dataclass(frozen=True, slots=True)
class Options:
    """What is switched on: `real_phone` wants a real phone's number, `prepaid` pays from the balance."""

    real_phone: bool = False
    prepaid: bool = False


def exact_price(state: AppState, country: int, service: str) -> int | None:
    """Sats for a code as the server computed them, None where it did not."""
    return state.exact.get((country, service))


def price_of(state: AppState, listed: ServiceList, country: int, service: str, options: Options) -> int | None:
    """Sats to quote: of a real phone where that is wanted, else the exact price, else the list's; None unknown."""
    if options.real_phone:
        return state.prices.real_phone
    exact = exact_price(state, country, service)
    return listed.price if exact is None else exact


def options_words(state: AppState, options: Options) -> str:
    """The options that are on, "" for none: "Real phone · 5,000 sats   From balance"."""
    parts = []
    if options.real_phone:
        price = state.prices.real_phone
        parts.append("Real phone" if price is None else f"Real phone · {sats(price)}")
    if options.prepaid:
        balance = state.account.balance
        parts.append("From balance" if balance is None else f"From balance · {sats(balance)} when last read")
    return "   ".join(parts)


def order_hint(state: AppState, country: int, service: Service | None, options: Options) -> str:
    """What Enter means for the marked service, and its price where that is an exact one."""
    exact = None if service is None or options.real_phone else exact_price(state, country, service.code)
    price = "" if service is None or exact is None else f"{service.name} costs exactly {sats(exact)}. "
    if not options.prepaid:
        return f"{price}Free until you pay; held, and only taken when the code is there."
    return f"{price}{prepaid_hint(state)}" if state.account.key or not state.account.asked else prepaid_hint(state)


def prepaid_hint(state: AppState) -> str:
    """What Enter does where the balance is to pay."""
    if state.account.asked and not state.account.key:
        return "There is no API key, so there is no balance: F9 is where one is entered."
    return "Enter asks before the balance pays."


def receive_draft(state: AppState, country: Country, service: Service, price: int | None, options: Options) -> Draft:
    """What Enter orders."""
    return Draft(
        country=country.cc,
        country_name=country.name,
        service=service.code,
        service_name=service.name,
        quoted=price,
        prepaid=options.prepaid,
        real_phone=options.real_phone,
        ref=state.ref,
    )


def ordered_options(order: Order) -> str:
    """What was ordered beside the usual, and who earns from the order; "" where it is a usual one."""
    parts = ["A real phone's number."] if order.real_phone else []
    if order.ref:
        parts.append(f"Referral: {order.ref} earns from this order.")
    return " ".join(parts)


def too_little(draft: Draft, balance: int) -> str:
    """Why the balance does not pay for the draft, "" where it does, or where its price is not known."""
    if draft.quoted is None or balance >= draft.quoted:
        return ""
    return f"The balance is {sats(balance)}, and this costs {sats(draft.quoted)}. F9 adds to it; F4 pays by invoice."


def prepaid_question(draft: Draft, balance: int, max_price: int | None) -> str:
    """The question before the balance pays: amount, balance before and after, and that there is no hold."""
    what, price = f"{draft.service_name} · {draft.country_name}", draft.quoted
    if draft.real_phone:
        what += " (real phone)"
    if price is None:
        parts = [
            f"Pay for {what} from the balance? The price is not known: the server takes what it asks.",
            f"Balance: {sats(balance)} now; what is left after is not known.",
        ]
    else:
        parts = [
            f"Pay {sats(price)} from the balance for {what}?",
            f"Balance: {sats(balance)} now, {sats(balance - price)} after.",
        ]
    if price is not None and max_price is not None and price > max_price:
        parts.insert(1, f"This is above your max_price of {sats(max_price)}.")
    parts.append(_AT_ONCE_RENTAL if draft.kind is Kind.RENT else _AT_ONCE)
    return "\n\n".join(parts)
