"""The accounts behind the API keys: who has one, and what is on it."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from s4s_tui.sandbox.orders import Refusal, SandboxOrder


class Accounts:
    """The known keys and their starting balances. An account is named by its key's digest: no file holds a key."""

    def __init__(self, keys: Mapping[str, float]) -> None:
        self._starts = {_digest(key): sats for key, sats in keys.items()}

    def account(self, key: str | None) -> str:
        """The account of this key.

        Raises:
            Refusal: there is no key (API docs: 400), or nobody knows it.
        """
        if not key:
            raise Refusal("X-API-Key header is missing.", http_status=400)
        account = _digest(key)
        if account not in self._starts:
            raise Refusal("Invalid API key.", http_status=401)
        return account

    def balance(self, account: str, carried: Mapping[str, int], orders: Iterable[SandboxOrder], now: float) -> float:
        """Sats on the account: the start, what forgotten orders (`carried`) and those still kept have changed."""
        changes = sum(order.balance_change(now) for order in orders if order.bill.account == account)
        return self._starts[account] + carried.get(account, 0) + changes


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
