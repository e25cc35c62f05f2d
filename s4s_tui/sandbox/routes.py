"""The endpoints as a Starlette application (extra `demo`)."""

import json
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from s4s_tui.domain.catalogue import Country
from s4s_tui.sandbox import replies
from s4s_tui.sandbox.book import OrderBook
from s4s_tui.sandbox.options import Style
from s4s_tui.sandbox.orders import Refusal, SandboxOrder
from s4s_tui.sandbox.stock import find_country, services, stock

BODY_LIMIT = 16 * 1024
"""Bytes of the largest request body that is read."""

_UNSUPPORTED = ("isRental", "realphone", "immediate")
"""Kinds of order that the sandbox does not play."""


def application(book: OrderBook, style: Style) -> Starlette:
    """The sandbox's web application."""
    api = _Api(book, style)
    return Starlette(
        routes=[
            Route("/", api.root),
            Route("/price", api.price),
            Route("/getnumbersstatus", api.services),
            Route("/getCountries", api.countries),
            Route("/createorder", api.create, methods=["POST"]),
            Route("/orderstatus", api.status),
            Route("/cancelorder", api.cancel),
        ],
        exception_handlers={Refusal: _refused, HTTPException: _http_error, 500: _crashed},
    )


class _Api:
    """The endpoints; what they refuse leaves them as `Refusal`."""

    def __init__(self, book: OrderBook, style: Style) -> None:
        self._book = book
        self._style = style

    async def root(self, _request: Request) -> JSONResponse:
        return JSONResponse({"status": "OK"})

    async def price(self, request: Request) -> JSONResponse:
        country, service = request.query_params.get("country"), request.query_params.get("service")
        wanted = None if country is None else _country(country)
        return JSONResponse(
            replies.price_list(self._style, wanted, None if service is None else _service(service)),
        )

    async def services(self, request: Request) -> JSONResponse:
        country = _country(_required(request, "country"))
        return JSONResponse(replies.service_rows(self._style, stock(country.cc)))

    async def countries(self, _request: Request) -> JSONResponse:
        return JSONResponse(replies.country_rows(self._style))

    async def create(self, request: Request) -> JSONResponse:
        body = await _json_object(request)
        for kind in _UNSUPPORTED:
            if body.get(kind):
                raise Refusal(f"{kind} is not offered by the sandbox.", http_status=400)
        for name in ("country", "service"):
            if body.get(name) in (None, ""):
                raise Refusal(f"{name} is missing.", http_status=400)
        order = self._book.create(_country(body["country"]), _service(body["service"]))
        return JSONResponse(replies.created(order))

    async def status(self, request: Request) -> JSONResponse:
        order = self._book.get(_required(request, "orderId"))
        return JSONResponse(replies.status(self._style, order, self._book.now()))

    async def cancel(self, request: Request) -> JSONResponse:
        self._book.change(_required(request, "orderId"), SandboxOrder.cancel)
        return JSONResponse({"status": "OK"})


def _required(request: Request, name: str) -> str:
    value = request.query_params.get(name)
    if not value:
        raise Refusal(f"{name} is missing.", http_status=400)
    return value


def _country(word: object) -> Country:
    country = find_country(word)
    if country is None:
        raise Refusal("Unknown country.", http_status=400)
    return country


def _service(word: object) -> str:
    if not isinstance(word, str) or word not in services():
        raise Refusal("Unknown service.", http_status=400)
    return word


async def _json_object(request: Request) -> dict[str, Any]:
    """The request's body, read no further than the limit."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > BODY_LIMIT:
            raise Refusal("The request is too large.", http_status=413)
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Refusal("The request is not JSON.", http_status=400) from error
    if not isinstance(body, dict):
        raise Refusal("The request is not a JSON object.", http_status=400)
    return body


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    return JSONResponse(replies.failure(str(error)), status_code=error.http_status)


async def _http_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return JSONResponse(replies.failure(error.detail), status_code=error.status_code, headers=error.headers)


async def _crashed(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse(replies.failure("backend error"), status_code=500)
