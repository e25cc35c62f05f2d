"""All orders of a sandbox, behind one lock: the server's thread and the buyer's read and change them."""

import secrets
from collections.abc import Callable
from hashlib import sha256
from math import isinf
from random import Random
from threading import Lock

from s4s_tui.domain.catalogue import AUTO_SELECT, Country
from s4s_tui.sandbox import store
from s4s_tui.sandbox.mint import NodeKey, mint
from s4s_tui.sandbox.numbers import dial_digits, draw_code, draw_number
from s4s_tui.sandbox.options import SandboxOptions
from s4s_tui.sandbox.orders import OPEN, Plan, Refusal, SandboxOrder
from s4s_tui.sandbox.stock import NO_NUMBER_SERVICE, countries, price, services, stock

NETWORK = "bcrt"
"""Invoice network of the sandbox (regtest): no wallet can pay it by accident."""
INVOICE_EXPIRY = 86400
"""Seconds that an invoice can be paid for (API docs' sample)."""

Rule = Callable[[SandboxOrder, float], SandboxOrder]
"""What becomes of an order at a moment (wall-clock seconds); raises where it must not happen."""


class OrderBook:
    """The orders by id, kept in a file where the options say so. Safe to use from several threads."""

    def __init__(self, options: SandboxOptions, key: NodeKey, now: Callable[[], float]) -> None:
        """Read what an earlier start left behind.

        Raises:
            OSError: the state file is there but cannot be read.
        """
        self._options = options
        self._key = key
        self._now = now
        self._rng = Random(options.seed)  # noqa: S311 - draws delays and codes; keys and hashes come from `secrets`
        self._lock = Lock()
        kept = () if options.state_file is None else store.load(options.state_file)
        self._orders = {order.order_id: order for order in kept}

    def now(self) -> float:
        """This moment, in wall-clock seconds."""
        return float(self._now())

    def get(self, order_id: str) -> SandboxOrder:
        """The order with this id.

        Raises:
            Refusal: there is none.
        """
        with self._lock:
            return self._find(order_id)

    def create(self, country: Country, service: str) -> SandboxOrder:
        """Make an order with a signed invoice for this service code.

        Raises:
            Refusal: no numbers in stock, too many open orders, or the state file cannot be written.
        """
        if not stock(country.cc).get(service):
            raise Refusal("No numbers available for this service.", http_status=500)
        with self._lock:
            now = self.now()
            order = self._draw(country, service, now)
            self._commit({**self._with_room(now), order.order_id: order})
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

    def _find(self, order_id: str) -> SandboxOrder:
        order = self._orders.get(order_id)
        if order is None:
            raise Refusal("order not found", http_status=404)
        return order

    def _with_room(self, now: float) -> dict[str, SandboxOrder]:
        """The orders with room for one more: the oldest ended one goes where they are too many."""
        if len(self._orders) < self._options.max_orders:
            return self._orders
        for order in self._orders.values():
            if order.phase(now) not in OPEN:
                return {key: kept for key, kept in self._orders.items() if kept is not order}
        raise Refusal("too many open orders", http_status=500)

    def _commit(self, orders: dict[str, SandboxOrder]) -> None:
        """Write first, then remember: what was answered is never lost."""
        if self._options.state_file is not None:
            try:
                store.save(self._options.state_file, orders.values())
            except OSError as error:
                raise Refusal("unable to save data", http_status=500) from error
        self._orders = orders

    def _draw(self, country: Country, service: str, now: float) -> SandboxOrder:
        payment_hash = sha256(secrets.token_bytes(32)).hexdigest()
        payreq = mint(
            key=self._key,
            network=NETWORK,
            amount=price(country.cc),
            payment_hash=payment_hash,
            payment_secret=secrets.token_hex(32),
            description=f"sms4sats payment {country.name} {services()[service]}",
            timestamp=int(now),
            expiry=INVOICE_EXPIRY,
        )
        pay_after = self._options.pay_after
        return SandboxOrder(
            order_id=payment_hash,
            payreq=payreq,
            activation=self._rng.randrange(10**9, 2 * 10**9),
            country=country.cc,
            service=service,
            created_at=now,
            expires_at=float(int(now) + INVOICE_EXPIRY),
            plan=self._plan(country, service),
            paid_at=None if pay_after is None else now + pay_after,
        )

    def _plan(self, country: Country, service: str) -> Plan:
        """Draw what will happen; always the same draws, so that a seed repeats the rest whatever is fixed."""
        rng, options = self._rng, self._options
        sender = self._somewhere() if country.cc == AUTO_SELECT else country
        number, code = draw_number(sender, rng), draw_code(rng)
        number_after, code_after = rng.uniform(5, 25), rng.uniform(30, 120)
        if options.number_after is not None:
            number_after = float(options.number_after)
        if options.code_after is not None:
            code_after = float(options.code_after)
        return Plan(
            number=None if service == NO_NUMBER_SERVICE else number,
            number_after=number_after,
            code=code if options.code is None else options.code,
            code_after=None if isinf(code_after) else code_after,
            speed=float(options.speed),
        )

    def _somewhere(self) -> Country:
        return self._rng.choice([country for country in countries().values() if dial_digits(country) is not None])
