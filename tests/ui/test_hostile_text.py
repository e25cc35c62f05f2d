"""Whatever the server sends is text on the screen: it colours nothing, hides nothing and breaks nothing."""

import pytest

from s4s_tui.domain.catalogue import RemoteCountry, Service
from s4s_tui.domain.errors import Refused, Unreachable
from s4s_tui.domain.order import OrderReply, Status
from tests.services.fakes import START
from tests.ui.invoices import a_held, order_id, with_code, with_number
from tests.ui.world import World

HOSTILE = ("[/] a [A] {y} [bold", "[@click=app.quit]q[/] \\[x] &amp;")


@pytest.mark.parametrize("text", HOSTILE)
async def test_as_name_of_a_country_or_a_service_and_as_an_error(world: World, text: str) -> None:
    world.api.say("countries", (RemoteCountry(777, text),))
    world.api.say("services", (Service("x", text, 5),), Unreachable(text))
    world.api.say("create_order", Refused(text, http_status=400))
    async with world.user(120, 24) as user:
        await user.presses("down")
        await user.sees(text, "2 of 2")
        await user.presses("enter")
        await user.sees(f"Receive a code ▸ {text}", f"{text} x")
        await user.presses("enter")
        await user.sees(f"No order was made. {text}")
        await user.presses("f5")
        await user.settles()
        await user.types(text)
        await user.settles()


@pytest.mark.parametrize("text", HOSTILE)
async def test_as_reason_number_and_code(world: World, text: str) -> None:
    world.api.say("order_status", OrderReply(paid=True, number=text))
    await world.knows(
        with_number(1, number=text, service_name=text, note=text),
        a_held(2, status=Status.RETURNED, reason=text, ended_at=START, created_at=START - 60),
        with_code(3, code=text, created_at=START - 120),
    )
    async with world.user(120, 40) as user:
        await user.presses("f6")
        await user.sees(text[:12])
        await user.presses("enter")
        await user.sees(f"Enter this number at {text}:", f"{text} c copies it")
        await user.presses("escape", "down", "enter")
        await user.sees(f"The server said: {text}")
        await user.presses("escape", "down", "enter")
        await user.sees(f"{text} c copies it", "Your code for Telegram:")


@pytest.mark.parametrize("text", HOSTILE)
async def test_in_a_toast(world: World, text: str) -> None:
    world.api.say("order_status", OrderReply(paid=True))
    world.api.say("cancel_order", Refused(text, http_status=400))
    await world.knows(a_held(country_name=text))
    async with world.user(120, 24) as user:
        await user.opens_order()
        await user.waits(120)
        await user.presses("x", "y")
        await user.sees(f"It said: {text}")
        await user.presses("w")
        await user.is_told("order-00000000-")
        await user.presses("escape", "escape")
        await user.server_says(order_id(), paid=True, number="4915112345678", code="048010")
        await user.is_told(f"Telegram · {text}: the code is there.")
        await user.sees(text)
