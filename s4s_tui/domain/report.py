"""The file about one order for the operator's support, as text: pure.

It holds what this machine knows of that order and of no other one; never an API key, never a preimage (neither is
given to this module). Every value stands on a line of its own behind its name, and no text from elsewhere can begin
a new one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final

from s4s_tui.domain.checks import Inspection
from s4s_tui.domain.history import Happening
from s4s_tui.domain.masking import LEFT_OUT, Mask
from s4s_tui.domain.order import SENDING, Cancel, Order
from s4s_tui.domain.telling import SECRET, SURPRISES, sentence, skew_words, who
from s4s_tui.domain.text import clean

SUPPORT: Final = "t.me/sms4sats or support@sms4sats.com"
"""Where the operator helps with an order (API docs: with order id and payment hash)."""
_MOST: Final = 500
"""Characters of one value."""
_WHOLE: Final = 20_000
"""Characters in which a secret is looked for before the rest is cut off, so that none is cut in two."""
_NAME: Final = 18
"""Columns of the names on the left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is not of the order: when and by what the file is written.

    Attributes:
        now: Unix seconds.
        program: name and version.
        server: the server's address.
        secrets: whether the number and the code are wanted in the file.
        trouble: why the history could not be read, "" where it could.
        zone: the time zone that counts as local; None is this machine's.
    """

    now: float
    program: str
    server: str
    secrets: bool
    trouble: str = ""
    zone: tzinfo | None = None


def report(order: Order, lines: Sequence[Happening], inspection: Inspection, setting: Setting) -> str:
    """The file's text.

    Args:
        order: the order.
        lines: its history, oldest first.
        inspection: the checks on its invoice.
        setting: time, program, server.
    """
    mask = _no_mask if setting.secrets else Mask(secrets_of(order, lines))
    writer = _Writer(mask, setting)
    parts = (
        _head(order, writer),
        _of_the_order(order, inspection, writer),
        _of_the_times(order, writer),
        _of_the_invoice(order, inspection, writer),
        _of_the_history(lines, writer),
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


class _Writer:
    """Writes lines: a name and a value; every text from elsewhere cleaned, and masked where wanted."""

    def __init__(self, mask: Callable[[str], str], setting: Setting) -> None:
        self.mask = mask
        self.setting = setting

    def text(self, name: str, value: str | None) -> str:
        """A line with text from elsewhere: masked before and after cleaning, which may take a secret's first letter."""
        return self.fact(name, clean(self.mask(clean(self.mask(value or ""), _WHOLE)), _MOST) or "-")

    def fact(self, name: str, value: str) -> str:
        """A line with a value of this program."""
        return f"{name:<{_NAME}}{value}".rstrip()

    def secret(self, name: str, value: str | None) -> str:
        """A line with a number or a code."""
        if value is None:
            return self.fact(name, "-")
        return self.fact(name, clean(value, _MOST) if self.setting.secrets else LEFT_OUT)

    def time(self, name: str, at: float | None) -> str:
        """A line with a moment."""
        return self.fact(name, "-" if at is None else self.moment(at))

    def moment(self, at: float) -> str:
        """A moment (Unix seconds) in UTC and in local time."""
        try:
            utc = datetime.fromtimestamp(at, UTC)
            local = utc.astimezone(self.setting.zone)
        except (ValueError, OverflowError, OSError):  # beyond the calendar
            return f"{at} s since 1970"
        return f"{utc:%Y-%m-%d %H:%M:%S} UTC ({local:%H:%M:%S %z})"


def _no_mask(text: str) -> str:
    return text


def secrets_of(order: Order, lines: Sequence[Happening]) -> Iterator[str]:
    """Every number and code that the order ever had, and to whom it was sent and what."""
    codes = (order.number, order.code, *(received.code for received in order.earlier))
    names = (order.country_name,) if order.kind in SENDING else ()  # the recipient, grouped for the eye
    for value in (*codes, order.recipient, *names, order.message, *order.message.splitlines(), order.webhook):
        if value:
            yield value
            yield clean(value, _MOST)
    for line in lines:
        if line.what in SECRET:
            yield line.detail
            yield clean(line.detail, _MOST)


def _head(order: Order, writer: _Writer) -> Iterator[str]:
    setting = writer.setting
    yield "One order at sms4sats, for the operator's support."
    yield f"Send this file to {SUPPORT}, and write what went wrong."
    yield "It holds no API key and no preimage, and nothing of other orders."
    what = "recipient and the message" if order.kind in SENDING else "number and the code"
    yield f"The {what} are {'in it' if setting.secrets else 'left out'}."
    yield ""
    yield writer.time("Written", setting.now)
    yield writer.text("Program", setting.program)
    yield writer.text("Server", setting.server)


def _of_the_order(order: Order, inspection: Inspection, writer: _Writer) -> Iterator[str]:
    invoice = inspection.invoice
    country = "" if order.country is None else f" ({order.country})"
    yield "ORDER"
    yield writer.fact("Order id", clean(order.order_id, 200))
    yield writer.fact("Payment hash", invoice.payment_hash if invoice is not None else "not known here")
    yield writer.text("Service", f"{order.service_name} ({order.service})" if order.service else order.service_name)
    if order.kind not in SENDING:  # there it is the recipient
        yield writer.text("Country", f"{order.country_name}{country}")
    yield writer.fact("Amount", "-" if order.amount is None else f"{order.amount} sats")
    yield writer.fact("Price shown", "-" if order.quoted is None else f"{order.quoted} sats")
    yield writer.fact("State", order.status.value)
    yield writer.fact("Cancellation", "not wanted" if order.cancel is Cancel.NO else order.cancel.value)
    yield writer.text("Server's reason", order.reason)
    yield writer.text("Last refusal", order.note)
    yield writer.text("Unusual", order.odd)
    yield writer.fact("Known to server", "no, by its last answer" if order.gone else "yes")
    yield writer.fact("How it came here", "found by its id or invoice" if order.found else "made here")
    if order.kind in SENDING:
        yield writer.secret("Recipient", order.recipient)
        yield writer.secret("Message", order.message)
        yield writer.secret("Webhook", order.webhook or None)
        return
    yield writer.secret("Number", order.number)
    yield writer.secret("Code", order.code)
    for received in order.earlier:
        yield writer.secret("Code before", received.code)


def _of_the_times(order: Order, writer: _Writer) -> Iterator[str]:
    yield "TIMES (of this machine, when it first saw each)"
    yield writer.time("Found" if order.found else "Made", order.created_at)
    yield writer.time("Paid", order.paid_at)
    yield writer.time("Number", order.number_at)
    for received in order.earlier:
        yield writer.time("Code before", received.at)
    yield writer.time("Code", order.code_at)
    yield writer.time("Cancel accepted", order.cancel_at)
    yield writer.time("Ended", order.ended_at)
    yield writer.fact("Clock", "server's time not known" if order.skew is None else skew_words(order.skew))


def _of_the_invoice(order: Order, inspection: Inspection, writer: _Writer) -> Iterator[str]:
    yield "INVOICE"
    invoice = inspection.invoice
    if not order.payreq:
        yield "The invoice is not known here."
        return
    if invoice is not None:
        yield writer.text("Network", invoice.network)
        yield writer.fact("Amount", "-" if invoice.amount_msat is None else f"{invoice.amount_msat} msat")
        yield writer.fact("Payee", invoice.payee)
        yield writer.time("Created", invoice.timestamp)
        yield writer.time("Expires", invoice.expires_at)
        yield writer.text("Memo", invoice.description)
    for check in inspection.checks:
        if check.name == "description":  # the memo stands above
            continue
        yield writer.text(f"Check {check.name}", f"{check.verdict.value}: {check.sentence}")


def _of_the_history(lines: Sequence[Happening], writer: _Writer) -> Iterator[str]:
    yield "HISTORY (an exclamation mark: unexpected)"
    if writer.setting.trouble:
        yield writer.text("Not readable", writer.setting.trouble)
    for line in lines:

        def shown(detail: str, what: str = line.what) -> str:
            hidden = what in SECRET and not writer.setting.secrets
            return LEFT_OUT if hidden else writer.mask(detail)

        mark = "!" if line.what in SURPRISES else " "
        told = sentence(line, shown)
        yield f"{mark} {writer.moment(line.at)}  {who(line.source, you='user'):<7} {told}"
