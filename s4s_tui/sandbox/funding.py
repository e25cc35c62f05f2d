"""Funding the account behind an API key: settled at once, and the balance has risen."""

from dataclasses import dataclass

from s4s_tui.sandbox.orders import Phase, SandboxOrder

FUND_LIMIT = 10_000_000
"""Sats of the largest funding; more is answered with the documented "backend error"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundOrder(SandboxOrder):
    """An order to fund the account `Bill.account` with `Bill.price` sats."""

    def after_payment(self, now: float) -> Phase:  # noqa: ARG002 -- the other kinds need the moment
        """Where the paid order stands."""
        return Phase.SETTLED

    def balance_change(self, now: float) -> int:
        """Sats that the balance has more: all of them, once paid."""
        return self.bill.price if self.bill.paid(now) else 0
