"""What is said where a message is written and before it is ordered: pure, no Textual."""

from collections.abc import Iterable

from s4s_tui.domain.account import Account
from s4s_tui.domain.catalogue import Country
from s4s_tui.domain.contacts import check_email, check_webhook
from s4s_tui.domain.errors import OutcomeUnknown, Refused
from s4s_tui.domain.history import Draft
from s4s_tui.domain.letters import Sheet
from s4s_tui.domain.order import Kind
from s4s_tui.domain.sms import LIMIT, Alphabet, check_message, measure
from s4s_tui.services.phones import Phone
from s4s_tui.ui.text import sats

NAMES = {Kind.SMS: "SMS", Kind.EMAIL: "E-mail"}
"""The ways to send, as the lists call them."""
ALPHABETS = {Alphabet.GSM7: "GSM-7", Alphabet.UCS2: "UCS-2"}
ABOUT_WEBHOOK = (
    "The server of sms4sats posts there what becomes of the message. What it posts holds no order id: put one of your "
    "own into the address."
)
NO_PRICE = "The price is not known, so nothing can be paid from the balance. F5 asks for it again; F4 pays by invoice."
_MOST_FORCING = 5
"""Characters that are named where they make a message UCS-2."""


def count_words(kind: Kind, message: str) -> str:
    """How long the message is: "37 of 140 · GSM-7 · 1 SMS"; of an e-mail the first part."""
    size = measure(message)
    length = f"{size.characters} of {LIMIT}"
    if size.left < 0:
        length = f"{length}: {-size.left} too many"
    if kind is Kind.EMAIL or not size.parts:
        return length
    return f"{length} · {ALPHABETS[size.alphabet]} · {size.parts} SMS"


def forcing_words(kind: Kind, message: str) -> str:
    """Which characters make an SMS UCS-2 where that takes more parts; "" where nothing is to be said."""
    size = measure(message)
    if kind is Kind.EMAIL or size.alphabet is Alphabet.GSM7 or size.parts < 2:
        return ""
    shown = " ".join(size.forcing[:_MOST_FORCING])
    more = " …" if len(size.forcing) > _MOST_FORCING else ""
    return f"GSM-7 lacks {shown}{more} so fewer characters fit into each SMS."


def parts_words(draft: Draft) -> str:
    """As what the message goes out: "goes out as 2 SMS (UCS-2)"."""
    size = measure(draft.message)
    if draft.kind is Kind.EMAIL:
        return f"{size.characters} of {LIMIT} characters, as one e-mail."
    many = f"{size.parts} SMS, which phones show as one" if size.parts > 1 else "1 SMS"
    return f"{size.characters} of {LIMIT} characters, {ALPHABETS[size.alphabet]}: goes out as {many}."


def price_words(price: int | None, *, asked: bool) -> str:
    """The price, or that it is on its way."""
    return "asking …" if price is None and not asked else sats(price)


def country_words(hint: str, typed: str, countries: Iterable[Country]) -> str:
    """The country of a number that is being typed, with its prefix: "Germany +49"."""
    if not hint or "+" in hint:
        return hint
    digits = "".join(char for char in typed if char.isdigit())
    for country in countries:
        dial = "".join(char for char in country.dial or "" if char.isdigit())
        if dial and digits.startswith(dial) and country.name.partition(" (")[0] == hint:
            return f"{hint} +{dial}"
    return hint


def troubles(kind: Kind, sheet: Sheet, phone: Phone | None) -> tuple[str, str, str]:
    """Why recipient, message and webhook cannot be used, as sentences; "" each where they can.

    Args:
        kind: how it is to be sent.
        sheet: what was typed.
        phone: the recipient read as a phone number, None where it is none.
    """
    to = check_email(sheet.recipient.strip()) if phone is None else phone.trouble
    webhook = sheet.webhook.strip()
    return to, _of_kind(kind, check_message(sheet.message)), check_webhook(webhook) if webhook else ""


def _of_kind(kind: Kind, sentence: str) -> str:
    return sentence.replace("no SMS can", "no e-mail can") if kind is Kind.EMAIL else sentence


def draft_of(kind: Kind, sheet: Sheet, phone: Phone | None, price: int | None, *, prepaid: bool) -> Draft:
    """The order for a sheet without trouble."""
    to, shown = (sheet.recipient.strip(),) * 2 if phone is None else (phone.e164, phone.shown)
    return Draft(
        kind=kind,
        country=None,
        country_name=shown,
        service="",
        service_name=NAMES[kind],
        quoted=price,
        prepaid=prepaid,
        recipient=to,
        message=sheet.message,
        webhook=sheet.webhook.strip(),
    )


def enter_words(draft: Draft) -> str:
    """What Enter does on the preview."""
    if draft.prepaid:
        return "Enter reads your balance and asks you once more before anything is paid or sent."
    return (
        "Enter makes the order and shows its invoice. That is free: the message goes out when you have paid, and the "
        "payment is taken once it is sent. Your wallet's history keeps what the invoice says it is for."
    )


def balance_words(account: Account) -> str:
    """How a prepaid message is paid."""
    known = "" if account.balance is None else f": {sats(account.balance)}"
    return f"from the balance{known}"


def prepaid_question(draft: Draft, balance: int, most: int | None) -> str:
    """The question before a balance is spent; `most` is the highest price that was wished for in the settings."""
    price = draft.quoted or 0
    above = f" The price is above your highest price of {sats(most)}." if most is not None and price > most else ""
    return (
        f"Send this {_word(draft.kind)} to {draft.country_name} and pay {sats(price)} from the balance now? "
        f"Balance before: {sats(balance)}. Balance after: {sats(balance - price)}.{above} It cannot be called back."
    )


def too_little(draft: Draft, balance: int) -> str:
    """Why a message cannot be paid from the balance; "" where it can."""
    missing = (draft.quoted or 0) - balance
    if missing <= 0:
        return ""
    return (
        f"The balance is {sats(balance)}, {sats(missing)} too few. Nothing was sent and nothing paid. "
        "F9 shows the account, where it can be funded; esc and F4 pay by invoice."
    )


def _word(kind: Kind) -> str:
    return "e-mail" if kind is Kind.EMAIL else "SMS"


def lost_words(draft: Draft, error: OutcomeUnknown) -> str:
    """What is said where the answer to an order was lost."""
    if draft.prepaid:
        return f"Outcome unknown. {error} Money may have moved: F6 lists it and says how to find out."
    anew = "f asks for another invoice." if draft.kind is Kind.FUND else "Enter orders anew."
    return f"Outcome unknown. {error} Nothing was paid, so nothing is lost. {anew}"


def unmade_words(draft: Draft, error: Exception) -> str:
    """What is said where no order was made."""
    if draft.kind is Kind.EMAIL and isinstance(error, Refused) and error.http_status == 404:
        return "No order was made. The server no longer offers e-mail."
    return f"No order was made. {error}"
