"""A message that is still being written: to whom, what, and for both ways to send it. Pure, with its form on disk."""

import json
from dataclasses import dataclass, replace
from unicodedata import category

from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import SENDING, Kind, Order

_LONGEST = 4000
"""Characters of a text that are kept: what was pasted by mistake does not fill the disk, but can be shortened."""
_BREAKS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was typed for one way to send: the recipient, the message, where its fate is posted ("" for nowhere)."""

    recipient: str = ""
    message: str = ""
    webhook: str = ""


_BLANK = Sheet()


@dataclass(frozen=True, slots=True)
class Unsent:
    """What was typed and not sent: one sheet for each way, and which of them is written on.

    Attributes:
        kind: `SMS` or `EMAIL`.
        sms: the sheet of the SMS; email that of the e-mail.
    """

    kind: Kind = Kind.SMS
    sms: Sheet = _BLANK
    email: Sheet = _BLANK

    @property
    def sheet(self) -> Sheet:
        """The sheet that is written on."""
        return self.email if self.kind is Kind.EMAIL else self.sms

    def with_sheet(self, sheet: Sheet) -> "Unsent":
        """With another sheet in the place of the one that is written on."""
        return replace(self, email=sheet) if self.kind is Kind.EMAIL else replace(self, sms=sheet)

    def on(self, kind: Kind) -> "Unsent":
        """With the sheet of that kind to be written on."""
        return replace(self, kind=kind)

    def without(self, sent: Draft) -> "Unsent":
        """Without what has been ordered; a sheet that was written on since stays."""
        of_it = self.on(sent.kind)
        if sent.kind not in SENDING or of_it.sheet.message != sent.message:
            return self
        return replace(of_it.with_sheet(_BLANK), kind=self.kind)


def again(order: Order, unsent: Unsent) -> Unsent:
    """What is written on to send a message again; the other sheet stays as it is."""
    return unsent.on(order.kind).with_sheet(Sheet(order.recipient, order.message, order.webhook))


def typable(text: str) -> str:
    """A pasted or kept text as it can be typed: line ends are newlines, tabs blanks, other controls are left out."""
    for end in _BREAKS:
        text = text.replace(end, "\n")
    kept = (char for char in text[:_LONGEST] if char in "\n\t" or category(char) not in ("Cc", "Cs"))
    return "".join(" " if char == "\t" else char for char in kept)


def to_text(unsent: Unsent) -> str:
    """As it is kept."""
    return json.dumps({
        "kind": unsent.kind.value,
        **{
            kind.value: {"recipient": sheet.recipient, "message": sheet.message, "webhook": sheet.webhook}
            for kind, sheet in ((Kind.SMS, unsent.sms), (Kind.EMAIL, unsent.email))
        },
    })  # fmt: skip


def from_text(text: str) -> Unsent:
    """What was kept, by this version or another one; what cannot be read is blank."""
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        return Unsent()
    if not isinstance(kept, dict):
        return Unsent()
    kind = Kind.EMAIL if kept.get("kind") == Kind.EMAIL.value else Kind.SMS
    return Unsent(kind, _sheet(kept.get(Kind.SMS.value)), _sheet(kept.get(Kind.EMAIL.value)))


def _sheet(kept: object) -> Sheet:
    if not isinstance(kept, dict):
        return _BLANK

    def line(name: str) -> str:
        return " ".join(_typed(kept.get(name)).split("\n"))

    return Sheet(line("recipient"), _typed(kept.get("message")), line("webhook"))


def _typed(value: object) -> str:
    return typable(value) if isinstance(value, str) else ""
