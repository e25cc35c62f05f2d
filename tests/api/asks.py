"""What the tests order and ask: a draft of each kind, and each endpoint as a function of the client."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from s4s_tui.api.client import Client
from s4s_tui.domain.errors import ApiError
from s4s_tui.domain.history import Draft
from s4s_tui.domain.order import Kind
from s4s_tui.domain.secret import Secret

Ask = Callable[[Client], Awaitable[object]]

MARK = "MARKED-key-0123456789"
KEY = Secret(MARK)

NUMBER = Draft(country=43, country_name="Germany", service="tg", service_name="Telegram", quoted=3000)
RENT = replace(NUMBER, kind=Kind.RENT)
SMS = Draft(
    country=None,
    country_name="+4915112345678",
    service="",
    service_name="SMS",
    quoted=1000,
    kind=Kind.SMS,
    recipient="+4915112345678",
    message="Grüße 🐣",
)
EMAIL = replace(SMS, kind=Kind.EMAIL, recipient="a@b.example", service_name="e-mail")
FUND = Draft(country=None, country_name="", service="", service_name="funding", quoted=5000, kind=Kind.FUND)
PREPAID = replace(NUMBER, prepaid=True)

READS: dict[str, Ask] = {
    "price": lambda client: client.price(),
    "services": lambda client: client.services(43),
    "countries": lambda client: client.countries(),
    "status": lambda client: client.order_status("x"),
    "offers": lambda client: client.rental_offers(),
}
KEYED_READS: dict[str, Ask] = {
    "balance": lambda client: client.balance(KEY),
    "history": lambda client: client.deposits(KEY),
}
WRITES: dict[str, Ask] = {
    "create": lambda client: client.create_order(NUMBER),
    "cancel": lambda client: client.cancel_order("x"),
    "sms": lambda client: client.create_order(SMS),
    "email": lambda client: client.create_order(EMAIL),
}
KEYED_WRITES: dict[str, Ask] = {
    "prepaid": lambda client: client.create_order(PREPAID, KEY),
    "prepaid sms": lambda client: client.create_order(replace(SMS, prepaid=True), KEY),
    "fund": lambda client: client.create_order(FUND, KEY),
}


async def failure(client: Client, ask: Ask) -> ApiError:
    with pytest.raises(ApiError) as caught:
        await ask(client)
    assert str(caught.value)
    return caught.value
