"""Sending a message: a text to a phone or an e-mail.

HELD ("created") ──▶ SENT ──▶ DELIVERED          settled from SENT on (API docs)
 │        └───────────────────────▲              SENT may be skipped, DELIVERED may never come
 ▼
FAILED
"""

from dataclasses import dataclass
from typing import Literal

from s4s_tui.sandbox.orders import Phase, SandboxOrder

Channel = Literal["sms", "email"]
"""How a message goes out."""
Progress = Literal["created", "sent", "delivered", "failed"]
"""What `smsStatus` says (API docs)."""

_PHASES: dict[Progress, Phase] = {
    "created": Phase.HELD,
    "sent": Phase.SENT,
    "delivered": Phase.DELIVERED,
    "failed": Phase.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOrder(SandboxOrder):
    """An order to send one message.

    Attributes:
        channel: how it goes out.
        recipient: a phone number (E.164) or an e-mail address.
        message: what is sent.
        sid: the API's `id` of it, a message SID.
        steps: seconds of life from the payment, and what `smsStatus` says from then on; drawn when it was made.
        webhook: where every change of `smsStatus` is posted, "" for nowhere.
        announced: how many of the steps have been posted there.
    """

    channel: Channel
    recipient: str
    message: str
    sid: str
    steps: tuple[tuple[float, Progress], ...]
    webhook: str = ""
    announced: int = 0

    def progress(self, now: float) -> Progress:
        """What has become of the message."""
        done = self._done(now)
        return self.steps[done - 1][1] if done else "created"

    def after_payment(self, now: float) -> Phase:
        """Where the paid order stands."""
        return _PHASES[self.progress(now)]

    def unannounced(self, now: float) -> tuple[Progress, ...]:
        """The changes that have happened and that the webhook has not been told of, oldest first."""
        done = self._done(now) if self.webhook else 0
        return tuple(progress for _, progress in self.steps[self.announced : done])

    def will_announce(self, now: float) -> bool:
        """Whether its webhook is still to be told of something."""
        return bool(self.webhook) and self.announced < len(self.steps) and self.phase(now) is not Phase.EXPIRED

    def _done(self, now: float) -> int:
        lived = self.bill.lived(now)
        return sum(due <= lived for due, _ in self.steps)
