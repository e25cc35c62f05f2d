"""The client of the sms4sats API: one method for each endpoint in use.

Strict in what it sends, lenient in what it reads. Every method raises the errors of `domain.errors` and nothing else.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TypeVar

from s4s_tui.api import decode, requests
from s4s_tui.api.failures import body_of
from s4s_tui.api.wire import Answer, Call, Wire
from s4s_tui.domain.account import Deposits, RentalOffer
from s4s_tui.domain.catalogue import Price, RemoteCountry, Service
from s4s_tui.domain.errors import OutcomeUnknown, Rubbish
from s4s_tui.domain.history import Draft
from s4s_tui.domain.invoice import InvoiceError, read_invoice
from s4s_tui.domain.order import Created, OrderReply
from s4s_tui.domain.proxy import Proxy
from s4s_tui.domain.secret import Secret

SANDBOX_HEADER = "X-S4S-Sandbox"
"""Header of the answers about orders in which a sandbox names its network and its node's key."""
_DECLARATION = re.compile(r"(bcrt|tbs|tb) (0[23][0-9a-f]{64})", re.IGNORECASE)
_Read = TypeVar("_Read")


class Client:
    """The server at `base_url`, over one connection pool that opens at the first request.

    Redirects are not followed, TLS certificates are verified, cookies are not kept, compressed answers and answers
    of more than 2 MB are refused. Where a proxy is set there is no other way out; none is taken from the environment.

    Args:
        base_url: root of the API, such as "https://api2.sms4sats.com".
        user_agent: what the program calls itself ("s4s-tui/0.1.0").
        proxy: what every connection goes through; it looks the host names up.
        timeout: seconds for each step: connecting, and each wait for more of an answer.
        deadline: seconds for a whole exchange, against a server that answers drop by drop.
        key: an API key that the server knows from earlier; like those that are sent, no answer's text repeats it.
    """

    def __init__(
        self,
        base_url: str,
        *,
        user_agent: str,
        proxy: Proxy | None = None,
        timeout: float = 10.0,
        deadline: float = 30.0,
        key: Secret | None = None,
    ) -> None:
        self._wire = Wire(base_url, user_agent=user_agent, proxy=proxy, timeout=timeout, deadline=deadline, key=key)

    async def close(self) -> None:
        """Close the connections; later requests raise Unreachable."""
        await self._wire.close()

    async def price(self, country: int | None = None, service: str | None = None) -> Price:
        """`GET /price`, in sats; with country and service the exact price too, where the server knows it."""
        query = {} if country is None else {"country": str(country)}
        if service is not None:
            query["service"] = service
        return await self._get("/price", query, decode.price)

    async def price_and_date(self) -> tuple[Price, float | None]:
        """`GET /price`, and the server's clock in Unix seconds, None where it does not tell."""
        call = Call("GET", "/price", {})
        answer = await self._wire.send(call)
        return _decoded(call, decode.price, body_of(call, answer)), _date(answer)

    async def services(self, country: int) -> tuple[Service, ...]:
        """`GET /getnumbersstatus`: the services of one country in the server's order; empty is normal."""
        return await self._get("/getnumbersstatus", {"country": str(country)}, decode.services)

    async def countries(self) -> tuple[RemoteCountry, ...]:
        """`GET /getCountries`; optional on the server, so Refused (404) is to be expected."""
        return await self._get("/getCountries", {}, decode.countries)

    async def rental_offers(self, service: str = "full") -> tuple[RentalOffer, ...]:
        """`GET /getRentalCountries`; optional on the server, so Refused (404) is to be expected."""
        return await self._get("/getRentalCountries", {"service": service}, decode.rental_offers)

    async def balance(self, key: Secret) -> int:
        """`GET /balance`: whole sats, a fraction left out; Rubbish where the answer is no such number."""
        return await self._get("/balance", {}, decode.balance, key)

    async def deposits(self, key: Secret) -> Deposits:
        """`GET /history`: the fundings of the account, newest first."""
        return await self._get("/history", {}, decode.deposits, key)

    async def create_order(self, draft: Draft, key: Secret | None = None) -> Created:
        """The order's POST (`requests.order`), sent once and never again.

        An answer with an order id and without an invoice is an order with the invoice "": the id must not be lost.
        Where the id itself is missing it is the invoice's payment hash (API docs: the two are equal). A prepaid one
        is paid where the server says "paid" instead of an invoice, or sends none and no error; else the invoice that
        it sent is to be paid.

        Raises:
            ValueError: the program put together what cannot be ordered; nothing was sent.
            OutcomeUnknown: the answer was lost or unreadable, or no order id can be had: an order may exist.
            ApiError: no order was made.
        """
        call = requests.order(draft, key)
        answer = await self._wire.send(call)
        order_id, payreq, error = _decoded(call, decode.created, body_of(call, answer))
        order_id = order_id or _payment_hash(payreq)
        network, node = self._declared(answer)
        prepaid = draft.prepaid and (payreq.lower() == "paid" or (not payreq and not error))
        return Created(order_id, "" if prepaid else payreq, network, node, _date(answer), prepaid)

    async def order_status(self, order_id: str) -> OrderReply:
        """`GET /orderstatus`; an `error` in a success is a fact about the order and comes back as such."""
        call = Call("GET", "/orderstatus", {"orderId": order_id})
        answer = await self._wire.send(call)
        reply = _decoded(call, decode.order_status, body_of(call, answer, error_refuses=False))
        network, node = self._declared(answer)
        return replace(reply, at=_date(answer), network=network, node=node)

    async def cancel_order(self, order_id: str) -> None:
        """`GET /cancelorder` (API docs: a GET), sent once; OutcomeUnknown where the answer was lost or unreadable."""
        call = Call("GET", "/cancelorder", {"orderId": order_id}, makes=True)
        answer = await self._wire.send(call)
        _decoded(call, decode.cancelled, body_of(call, answer))

    async def _get(
        self, path: str, query: dict[str, str], read: Callable[[object], _Read], key: Secret | None = None
    ) -> _Read:
        call = Call("GET", path, query, key=key)
        answer = await self._wire.send(call)
        return _decoded(call, read, body_of(call, answer))

    def _declared(self, answer: Answer) -> tuple[str, str | None]:
        """Network and node key to expect in the invoice.

        A sandbox's word counts on loopback alone, and never for the main network: nobody else vouches for real money.
        """
        if not self._wire.loopback:
            return "bc", None
        declared = _DECLARATION.fullmatch(answer.headers.get(SANDBOX_HEADER, "").strip())
        return ("bc", None) if declared is None else (declared[1].lower(), declared[2].lower())


def _date(answer: Answer) -> float | None:
    """The server's clock in Unix seconds, None where the header is missing or makes no sense."""
    try:
        return parsedate_to_datetime(answer.headers.get("Date", "")).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def _payment_hash(payreq: str) -> str:
    try:
        return read_invoice(payreq, strict=False).payment_hash
    except InvoiceError as error:
        raise OutcomeUnknown("The server's answer holds no order id; an order may exist all the same.") from error


def _decoded(call: Call, read: Callable[[object], _Read], body: object) -> _Read:
    try:
        return read(body)
    except decode.Unreadable as error:
        raise call.lost(Rubbish(str(error))) from error
