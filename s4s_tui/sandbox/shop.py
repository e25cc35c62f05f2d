"""What can be ordered: each kind of order with its price and its fate, put into the book."""

from s4s_tui.domain.catalogue import Country
from s4s_tui.sandbox.book import OrderBook
from s4s_tui.sandbox.fate import Fate
from s4s_tui.sandbox.funding import FUND_LIMIT, FundOrder
from s4s_tui.sandbox.offer import Offer
from s4s_tui.sandbox.options import SandboxOptions
from s4s_tui.sandbox.orders import Bill, Refusal, SandboxOrder
from s4s_tui.sandbox.receiving import ReceiveOrder
from s4s_tui.sandbox.rental import RentalOrder
from s4s_tui.sandbox.sending import Channel, SendOrder
from s4s_tui.sandbox.stock import services


class Shop:
    """Takes orders. `account` is whose balance pays (see `Accounts`), "" for an invoice.

    Each of the methods raises `Refusal` where there is nothing to be had, where the balance is too low, where too many
    orders are open, and where the state file cannot be written.
    """

    def __init__(self, book: OrderBook, options: SandboxOptions, offer: Offer) -> None:
        self._book = book
        self._offer = offer
        self._fate = Fate(options)  # drawn from inside `OrderBook.add` only, so by one thread at a time

    def receive(
        self, country: Country, service: str, *, real_phone: bool = False, ref: str = "", account: str = ""
    ) -> SandboxOrder:
        """Order one code."""
        if not self._offer.stock(country.cc).get(service):
            raise Refusal("No numbers available for this service.", http_status=500)

        def make(bill: Bill) -> SandboxOrder:
            return ReceiveOrder(
                bill=bill,
                activation=self._fate.activation(),
                country=country.cc,
                service=service,
                ref=ref,
                plan=self._fate.receiving(country, service),
                real_phone=real_phone,
            )

        sats = self._offer.general("s4s") if real_phone else self._offer.price(country.cc)
        memo = f"payment {country.name} {services()[service]}"
        return self._book.add(make, sats, memo, account, prepaid=bool(account))

    def rent(self, country: Country, service: str, *, ref: str = "", account: str = "") -> SandboxOrder:
        """Order a number to rent."""
        sats = self._offer.rentals(service).get(country.cc)
        if sats is None:
            raise Refusal("No rental numbers available for this service.", http_status=500)

        def make(bill: Bill) -> SandboxOrder:
            return RentalOrder(
                bill=bill,
                activation=self._fate.activation(),
                country=country.cc,
                service=service,
                ref=ref,
                plan=self._fate.renting(country, service),
            )

        memo = f"rental {country.name} {services()[service]}"
        return self._book.add(make, sats, memo, account, prepaid=bool(account))

    def send(
        self, channel: Channel, recipient: str, message: str, *, webhook: str = "", account: str = ""
    ) -> SandboxOrder:
        """Order a message to be sent."""

        def make(bill: Bill) -> SandboxOrder:
            return SendOrder(
                bill=bill,
                channel=channel,
                recipient=recipient,
                message=message,
                sid=self._fate.sid(),
                steps=self._fate.sending(recipient),
                webhook=webhook,
            )

        return self._book.add(make, self._offer.general("send"), f"send {channel}", account, prepaid=bool(account))

    def fund(self, sats: int, account: str) -> SandboxOrder:
        """Order sats for the account."""
        if sats > FUND_LIMIT:
            raise Refusal("backend error", http_status=500)
        return self._book.add(lambda bill: FundOrder(bill=bill), sats, "fund", account)
