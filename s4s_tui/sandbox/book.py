"""All orders of a sandbox, behind one lock: the server's thread, the buyer's and the herald's read and change them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from threading import Lock

from s4s_tui.sandbox import store
from s4s_tui.sandbox.accounts import Accounts
from s4s_tui.sandbox.entropy import Entropy
from s4s_tui.sandbox.funding import FundOrder
from s4s_tui.sandbox.mint import NodeKey, mint
from s4s_tui.sandbox.options import SandboxOptions
from s4s_tui.sandbox.orders import OPEN, Bill, Refusal, SandboxOrder
from s4s_tui.sandbox.sending import Progress, SendOrder

INVOICE_EXPIRY = 86400
"""Seconds that an invoice can be paid for (API docs' sample)."""

Rule = Callable[[SandboxOrder, float], SandboxOrder]
"""What becomes of an order at a moment (wall-clock seconds); raises where it must not happen."""


class OrderBook:
    """The orders by id, kept in a file where the options say so. Safe to use from several threads."""

    def __init__(
        self, options: SandboxOptions, key: NodeKey, now: Callable[[], float], entropy: Entropy | None = None
    ) -> None:
        """Read what an earlier start left behind.

        Raises:
            OSError: the state file is there but cannot be read.
        """
        self._options = options
        self._key = key
        self._now = now
        self._entropy = Entropy() if entropy is None else entropy
        self._accounts = Accounts(options.keys)
        self._lock = Lock()
        kept = store.State() if options.state_file is None else store.load(options.state_file)
        self._orders = {order.order_id: order for order in kept.orders}
        self._carried = kept.carried
        self._made = 0  # since this start: what a scenario counts

    def now(self) -> float:
        """This moment, in wall-clock seconds."""
        return float(self._now())

    @property
    def network(self) -> str:
        """The network of its invoices."""
        return self._options.network

    def orders(self) -> tuple[SandboxOrder, ...]:
        """All orders that are kept, oldest first."""
        with self._lock:
            return tuple(self._orders.values())

    def get(self, order_id: str) -> SandboxOrder:
        """The order with this id.

        Raises:
            Refusal: there is none.
        """
        with self._lock:
            return self._find(order_id)

    def account(self, key: str | None) -> str:
        """The account of this API key.

        Raises:
            Refusal: no key, or an unknown one.
        """
        return self._accounts.account(key)

    def balance(self, account: str) -> float:
        """Sats on the account."""
        with self._lock:
            return self._balance(account, self.now())

    def fundings(self, account: str) -> tuple[FundOrder, ...]:
        """The paid fundings of the account, newest first."""
        with self._lock:
            now, orders = self.now(), tuple(reversed(self._orders.values()))
        mine = (order for order in orders if isinstance(order, FundOrder) and order.bill.account == account)
        return tuple(order for order in mine if order.bill.paid(now))

    def add(
        self, make: Callable[[Bill], SandboxOrder], sats: int, memo: str, account: str = "", *, prepaid: bool = False
    ) -> SandboxOrder:
        """Add the order that `make` makes of its bill, while nobody else changes anything.

        Args:
            make: called with the bill.
            sats: the price.
            memo: what the invoice is for.
            account: the account that the order takes from or adds to, "" for none.
            prepaid: paid from the account's balance at once, without an invoice.

        Raises:
            Refusal: the balance is too low, too many open orders, or the state file cannot be written.
        """
        with self._lock:
            now = self.now()
            if prepaid and self._balance(account, now) < sats:
                raise Refusal("Insufficient balance.", http_status=400)
            forgotten = self._to_forget(now)
            drawn = make(self._bill(sats, memo, account, now, prepaid=prepaid))
            order = self._options.scenario.played(drawn, self._made + 1)
            carried = dict(self._carried)
            orders = {**self._orders, order.order_id: order}
            if forgotten is not None:
                del orders[forgotten.order_id]
                if there := forgotten.bill.account:
                    carried[there] = carried.get(there, 0) + forgotten.balance_change(now)
            self._commit(orders, carried)
            self._made += 1
        return order

    def change(self, order_id: str, rule: Rule) -> SandboxOrder:
        """Let one rule change one order while nobody else can.

        Raises:
            Refusal: unknown order, the rule's own, or the state file cannot be written.
        """
        with self._lock:
            order = rule(self._find(order_id), self.now())
            self._commit({**self._orders, order_id: order})
        return order

    def will_announce(self) -> bool:
        """Whether some webhook is still to be told of something."""
        with self._lock:
            now, orders = self.now(), tuple(self._orders.values())
        return any(isinstance(order, SendOrder) and order.will_announce(now) for order in orders)

    def take_announcement(self) -> tuple[SendOrder, Progress] | None:
        """The next thing that a webhook is to be told now, in order; each is given out once, also over a restart.

        Raises:
            Refusal: the state file cannot be written; nothing was given out.
        """
        with self._lock:
            now = self.now()
            for order in self._orders.values():
                if isinstance(order, SendOrder) and (news := order.unannounced(now)):
                    told = replace(order, announced=order.announced + 1)
                    self._commit({**self._orders, order.order_id: told})
                    return told, news[0]
        return None

    def _find(self, order_id: str) -> SandboxOrder:
        order = self._orders.get(order_id)
        if order is None:
            raise Refusal("order not found", http_status=404)
        return order

    def _balance(self, account: str, now: float) -> float:
        return self._accounts.balance(account, self._carried, self._orders.values(), now)

    def _to_forget(self, now: float) -> SandboxOrder | None:
        """The order that makes room for one more: the oldest ended one where there are too many."""
        if len(self._orders) < self._options.max_orders:
            return None
        for order in self._orders.values():
            if order.phase(now) not in OPEN:
                return order
        raise Refusal("too many open orders", http_status=500)

    def _commit(self, orders: dict[str, SandboxOrder], carried: Mapping[str, int] | None = None) -> None:
        """Write first, then remember: what was answered is never lost."""
        kept = self._carried if carried is None else carried
        if self._options.state_file is not None:
            try:
                store.save(self._options.state_file, store.State(tuple(orders.values()), kept))
            except OSError as error:
                raise Refusal("unable to save data", http_status=500) from error
        self._orders, self._carried = orders, kept

    def _bill(self, sats: int, memo: str, account: str, now: float, *, prepaid: bool) -> Bill:
        preimage = self._entropy.token()
        payment_hash = sha256(preimage).hexdigest()
        pay_after = 0.0 if prepaid else self._options.pay_after
        return Bill(
            order_id=payment_hash,
            payreq="" if prepaid else self._invoice(sats, memo, payment_hash, now),
            price=sats,
            created_at=now,
            expires_at=float(int(now) + INVOICE_EXPIRY),
            speed=float(self._options.speed),
            account=account,
            preimage=preimage.hex(),
            paid_at=None if pay_after is None else now + pay_after,
        )

    def _invoice(self, sats: int, memo: str, payment_hash: str, now: float) -> str:
        return mint(
            key=self._key,
            network=self._options.network,
            amount=sats,
            payment_hash=payment_hash,
            payment_secret=self._entropy.token().hex(),
            description=f"sms4sats {memo}",
            timestamp=int(now),
            expiry=INVOICE_EXPIRY,
        )
