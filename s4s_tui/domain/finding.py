"""What a person pastes to find an order again: its id, a payment hash, a whole invoice."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from s4s_tui.domain.order import Kind, Order

LONGEST = 8_000
"""Characters that are looked at; the longest invoice that is read has 4,096."""
UNKNOWN_SERVICE = "service not known"
"""What the service of an order is called where the server does not say it."""
_HASH = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
_ID = re.compile(r"[0-9A-Za-z_-]{6,128}")
_INVOICE = re.compile(r"(lightning:)?ln(bcrt|bc|tbs|tb)[0-9a-z]*1[0-9a-z]{20,}", re.IGNORECASE)


class NotFindable(ValueError):
    """Nothing can be looked for with this text; the message is a sentence that says what can."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is to be looked for: the order id (API docs: the payment hash), and the invoice where that was given."""

    order_id: str
    payreq: str = ""


def recognise(text: str) -> Sought:
    """What the text names. Blanks and line breaks within it, as a terminal's selection adds them, do not matter.

    Raises:
        NotFindable: it is neither an order id, nor a payment hash, nor an invoice.
    """
    if len(text) > LONGEST:
        raise NotFindable("That is too long for an order id, a payment hash or an invoice.")
    bare = "".join(text.split())
    if not bare:
        raise NotFindable("Paste an order id, a payment hash or a whole invoice.")
    if bare.lower().startswith("bitcoin:"):  # a unified payment request carries the invoice as a parameter
        bare = dict(parse_qsl(urlsplit(bare).query)).get("lightning", "")
    if _INVOICE.fullmatch(bare):
        return _of_invoice(bare)
    if _HASH.fullmatch(bare):
        return Sought(bare.lower())
    if _ID.fullmatch(bare):
        return Sought(bare)
    raise NotFindable("That is no order id, no payment hash (64 hex digits) and no invoice (it begins with lnbc).")


def kind_is_known(order: Order) -> bool:
    """Whether it is known what was ordered: of an order that was found the server may say no more than that it is paid.

    That is what it says of a funding; of an order for a code it tells the service, and of a message how far it is.
    """
    told = order.number is not None or order.service_name != UNKNOWN_SERVICE
    return not order.found or told or order.kind is not Kind.RECEIVE


def _of_invoice(text: str) -> Sought:
    from s4s_tui.domain.invoice import InvoiceError, read_invoice  # 3 ms that a start does not pay

    try:
        invoice = read_invoice(text, strict=False)
    except InvoiceError as error:
        raise NotFindable(f"That invoice cannot be read: {error}") from error
    return Sought(invoice.payment_hash, invoice.text)
