"""A person who writes messages, and orders of messages, for the tests of sending."""

from s4s_tui.domain.catalogue import Price
from s4s_tui.domain.order import Kind, Order, Status
from tests.services.fakes import START
from tests.ui.invoices import a_created, an_order
from tests.ui.user import User
from tests.ui.world import World

PHONE, SHOWN = "+491701234567", "+49 170 1234567"
ADDRESS = "someone@example.com"
TEXT = "Hello there"
PRICE = 1000


def sells_messages(world: World) -> None:
    """The server sends messages for 1,000 sats."""
    world.api.say("price", Price(receive=3000, send=PRICE))
    world.api.say("create_order", a_created(amount=PRICE))


async def writes_an_sms(user: User, message: str = TEXT) -> None:
    """From anywhere to a whole SMS on the screen."""
    await user.presses("f7")
    await user.until(lambda: type(user.app.screen).__name__ == "SendScreen", "the screen to write on")
    await user.types(PHONE)
    await user.presses("enter")
    await user.types(message)
    await user.sees("1,000 sats", "Germany +49", "1 SMS")


async def previews_an_sms(user: User, message: str = TEXT) -> None:
    """To the preview of that SMS."""
    await writes_an_sms(user, message)
    await user.presses("f7")
    await user.until(lambda: type(user.app.screen).__name__ == "PreviewScreen", "the preview")
    await user.settles()


def an_sms(serial: int = 1, /, **changes: object) -> Order:
    """An unpaid order for an SMS, made at START, with the given fields."""
    facts: dict[str, object] = {
        "kind": Kind.SMS,
        "country": None,
        "country_name": SHOWN,
        "service": "",
        "service_name": "SMS",
        "quoted": PRICE,
        "recipient": PHONE,
        "message": TEXT,
    }
    return an_order(serial, a_created(serial, amount=PRICE), **{**facts, **changes})


def a_paid_sms(serial: int = 1, /, **changes: object) -> Order:
    """An order for an SMS that was paid when it was made."""
    return an_sms(serial, **{"status": Status.HELD, "paid_at": START, **changes})


def an_ended_sms(status: Status, serial: int = 1, /, **changes: object) -> Order:
    """A paid order for an SMS that ended."""
    return a_paid_sms(serial, **{"status": status, "ended_at": START + 9, **changes})
