"""The endpoints as a Starlette application (extra `demo`)."""

from collections.abc import Callable, Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from s4s_tui.sandbox import replies, requests
from s4s_tui.sandbox.book import OrderBook
from s4s_tui.sandbox.offer import Offer
from s4s_tui.sandbox.options import SandboxOptions
from s4s_tui.sandbox.orders import Refusal, SandboxOrder
from s4s_tui.sandbox.shop import Shop
from s4s_tui.sandbox.stock import WHOLE_RENT

KEY_HEADER = "X-API-Key"
"""Request header of the API key (API docs)."""


def application(
    book: OrderBook, options: SandboxOptions, offer: Offer, *, stir: Callable[[], None], more: Sequence[Route] = ()
) -> Starlette:
    """The sandbox's web application.

    Args:
        book: its orders.
        options: its choices.
        offer: what it sells.
        stir: called when an order came with a webhook.
        more: further routes; what they refuse leaves them as `Refusal`, too.
    """
    api = _Api(book, options, offer, stir)
    # The newer docs no longer have the sending of e-mails: a server without it does not find it.
    email = [Route("/createemailsendorder", api.send_email, methods=["POST"])] if options.email else []
    return Starlette(
        routes=[
            Route("/", api.root),
            Route("/price", api.price),
            Route("/getnumbersstatus", api.services),
            Route("/getCountries", api.countries),
            Route("/getRentalCountries", api.rentals),
            Route("/createorder", api.create, methods=["POST"]),
            Route("/createsendorder", api.send_sms, methods=["POST"]),
            *email,
            Route("/fund", api.fund, methods=["POST"]),
            Route("/balance", api.balance),
            Route("/history", api.history),
            Route("/orderstatus", api.status),
            Route("/cancelorder", api.cancel),
            *more,
        ],
        exception_handlers={Refusal: _refused, HTTPException: _http_error, 500: _crashed},
    )


class _Api:
    """The endpoints; what they refuse leaves them as `Refusal`."""

    def __init__(self, book: OrderBook, options: SandboxOptions, offer: Offer, stir: Callable[[], None]) -> None:
        self._book = book
        self._offer = offer
        self._shop = Shop(book, options, offer)
        self._style = options.style
        self._stir = stir

    async def root(self, _request: Request) -> JSONResponse:
        return JSONResponse({"status": "OK"})

    async def price(self, request: Request) -> JSONResponse:
        country, service = request.query_params.get("country"), request.query_params.get("service")
        return JSONResponse(
            replies.price_list(
                self._style,
                self._offer,
                None if country is None else requests.country(country),
                None if service is None else requests.service(service),
            ),
        )

    async def services(self, request: Request) -> JSONResponse:
        country = requests.country(requests.query(request, "country"))
        return JSONResponse(replies.service_rows(self._style, self._offer.stock(country.cc)))

    async def countries(self, _request: Request) -> JSONResponse:
        return JSONResponse(replies.country_rows(self._style))

    async def rentals(self, request: Request) -> JSONResponse:
        service = requests.service(request.query_params.get("service", WHOLE_RENT))
        return JSONResponse(replies.rental_rows(self._style, self._offer.rentals(service)))

    async def create(self, request: Request) -> JSONResponse:
        body = await requests.json_object(request)
        requests.needed(body, "country", "service")
        country, service = requests.country(body["country"]), requests.service(body["service"])
        rental, real_phone = requests.flag(body, "isRental"), requests.flag(body, "realphone")
        if rental and real_phone:
            raise Refusal("A real phone's number cannot be rented.", http_status=400)
        ref = "" if body.get("ref") in (None, "") else requests.address(body, "ref")
        account = self._payer(request, body)
        if rental:
            return self._created(self._shop.rent(country, service, ref=ref, account=account))
        return self._created(self._shop.receive(country, service, real_phone=real_phone, ref=ref, account=account))

    async def send_sms(self, request: Request) -> JSONResponse:
        body = await requests.json_object(request)
        phone, message, webhook = requests.phone(body), requests.message(body), requests.webhook(body)
        account = self._payer(request, body)
        return self._sending(self._shop.send("sms", phone, message, webhook=webhook, account=account))

    async def send_email(self, request: Request) -> JSONResponse:
        body = await requests.json_object(request)
        address, message = requests.address(body, "address"), requests.message(body)
        webhook, account = requests.webhook(body), self._payer(request, body)
        return self._sending(self._shop.send("email", address, message, webhook=webhook, account=account))

    async def fund(self, request: Request) -> JSONResponse:
        account = self._account(request)
        sats = requests.sats(await requests.json_object(request), "amount")
        return self._created(self._shop.fund(sats, account))

    async def balance(self, request: Request) -> JSONResponse:
        return JSONResponse(replies.balance(self._style, self._book.balance(self._account(request))))

    async def history(self, request: Request) -> JSONResponse:
        fundings = self._book.fundings(self._account(request))
        return JSONResponse(replies.history(self._style, fundings, request.headers[KEY_HEADER]))

    async def status(self, request: Request) -> JSONResponse:
        order = self._book.get(requests.query(request, "orderId"))
        return JSONResponse(replies.status(self._style, order, self._book.now()))

    async def cancel(self, request: Request) -> JSONResponse:
        self._book.change(requests.query(request, "orderId"), lambda order, now: order.cancel(now))
        return JSONResponse({"status": "OK"})

    def _account(self, request: Request) -> str:
        """The account of the request's key, which it needs."""
        return self._book.account(request.headers.get(KEY_HEADER))

    def _payer(self, request: Request, body: requests.Body) -> str:
        """The account that pays at once, "" for an invoice; a key is needed, and looked at, for the former only."""
        return self._account(request) if requests.flag(body, "immediate") else ""

    def _sending(self, order: SandboxOrder) -> JSONResponse:
        self._stir()
        return self._created(order)

    def _created(self, order: SandboxOrder) -> JSONResponse:
        return JSONResponse(replies.created(self._style, order))


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    return JSONResponse(replies.failure(str(error)), status_code=error.http_status)


async def _http_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return JSONResponse(replies.failure(error.detail), status_code=error.status_code, headers=error.headers)


async def _crashed(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse(replies.failure("backend error"), status_code=500)
