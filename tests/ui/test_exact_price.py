"""The exact price of the marked service, on the screen and in the order."""

from s4s_tui.domain.catalogue import Price
from s4s_tui.ui.screens.service import ServiceScreen
from s4s_tui.ui.widgets.picktable import PickTable
from tests.ui.invoices import a_created
from tests.ui.user import User
from tests.ui.world import World


async def in_germany(world: World, user: User) -> None:
    world.api.say("price", Price(receive=3000, computed=2800), of="43 tg")
    await user.types("germ")
    await user.presses("enter")
    await user.until(lambda: isinstance(user.app.screen, ServiceScreen), "the services")
    await user.sees("Telegram tg 1,403 3,000 sats")


def exact_asked(user: User) -> list[str]:
    return [arg for _, name, arg in user.api.calls if name == "price" and not arg.endswith("None")]


async def test_a_mark_at_rest_shows_the_exact_price_in_its_row_and_the_order_quotes_it(world: World) -> None:
    world.api.say("create_order", a_created(amount=2800))
    async with world.user(100, 30) as user:
        await in_germany(world, user)
        await user.types("teleg")
        await user.waits(3)
        await user.sees("Telegram tg 1,403 2,800 sats", "Telegram 2.0 eh 12 3,000 sats")
        await user.sees("Telegram costs exactly 2,800 sats. Free until you pay")
        assert exact_asked(user) == ["43 tg"]
        await user.presses("enter")
        await user.sees("Pay 2,800 sats", "2,800 sats as quoted")


async def test_an_enter_typed_ahead_does_not_wait_for_it(world: World) -> None:
    async with world.user(100, 30) as user:
        await in_germany(world, user)
        await user.breathless(*"teleg", "enter")
        await user.sees("Pay 3,000 sats")
        assert user.api.ordered[0][0].quoted == 3000
        await user.waits(10)
        assert exact_asked(user) == [], "nobody looks at prices any more"


async def test_moving_on_asks_for_the_last_row_only(world: World) -> None:
    async with world.user(100, 30) as user:
        await in_germany(world, user)
        await user.presses("escape", "j", "j", "k")
        await user.waits(3)
        assert exact_asked(user) == ["43 tg"]
        await user.presses("j")
        await user.waits(3)
        assert exact_asked(user) == ["43 tg", "43 eh"]
        await user.presses("k")
        await user.waits(3)
        assert exact_asked(user) == ["43 tg", "43 eh"]


async def test_a_real_phones_price_is_not_computed(world: World) -> None:
    async with world.user(100, 30) as user:
        await in_germany(world, user)
        await user.presses("f3")
        await user.waits(5)
        assert exact_asked(user) == []


async def test_the_list_keeps_its_place_when_the_words_below_it_change(world: World) -> None:
    async with world.user(80, 24) as user:
        await in_germany(world, user)
        await user.presses("escape", "j")
        await user.waits(3)
        await user.sees("Telegram costs exactly 2,800 sats. Free until you pay; held, and only taken")
        lines = user.widget(PickTable).size.height
        for key in ("j", "k", "G"):
            await user.presses(key)
            await user.settles()
            assert user.widget(PickTable).size.height == lines, "a list that is laid out anew is drawn anew"
