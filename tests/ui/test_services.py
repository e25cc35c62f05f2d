"""The service table of one country."""

import pytest

from s4s_tui.domain.catalogue import Price, Service
from s4s_tui.domain.errors import TimedOut, Unreachable
from s4s_tui.domain.order import OrderReply
from s4s_tui.ui.screens.service import ServiceScreen
from s4s_tui.ui.widgets.picktable import PickTable
from tests.ui.user import User
from tests.ui.world import World


async def in_germany(user: User) -> None:
    await user.types("germ")
    await user.presses("enter")
    await user.until(lambda: isinstance(user.app.screen, ServiceScreen), "the services")


def names(user: User) -> list[str]:
    return [row.name for row in user.widget(PickTable).rows]


async def test_counts_and_price_stand_in_the_table(world: World) -> None:
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.sees("Receive a code ▸ Germany", "Telegram tg 1,403 3,000 sats", "vk.com vk unknown", "5 of 5")
        await user.sees("Zzap zz none 3,000 sats", "Free until you pay; held, and only taken when the code is there.")


async def test_a_service_without_numbers_is_dim_and_enter_says_why_nothing_happens(world: World) -> None:
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.types("zzap")
        await user.sees("1 of 5")
        await user.presses("enter")
        await user.sees("Zzap has no number in Germany now. Another country or Auto-Select may.")
        assert not user.api.times("create_order")
        await user.presses("backspace")
        await user.sees("Free until you pay")


async def test_dim_rows_look_different(world: World) -> None:
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.sees("Zzap")
        table = user.widget(PickTable)
        styles = {row.code: next(iter(table.render_line(at + 1))).style for at, row in enumerate(table.rows)}
        assert styles["zz"] != styles["vk"] == styles["eh"]


async def test_names_with_markup_are_text(world: World) -> None:
    names_seen = ("[bold red]X[/]", "[/]", "a [A] <b>b</b>", "$error [@click=app.quit]q[/]")
    world.api.say("services", tuple(Service(f"c{at}", name, 5) for at, name in enumerate(names_seen)))
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.sees(*names_seen)
        await user.types("red")
        await user.presses("enter")
        await user.sees("[bold red]X[/] · Germany", "Pay 3,000 sats")


async def test_f2_sorts_by_name_and_back_and_keeps_the_mark(world: World) -> None:
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.sees("F2 By name")
        assert names(user) == ["Whatsapp", "Telegram", "Telegram 2.0", "vk.com", "Zzap"]
        await user.presses("f2")
        assert names(user) == ["Telegram", "Telegram 2.0", "vk.com", "Whatsapp", "Zzap"]
        await user.sees("F2 By count")
        marked = user.widget(PickTable).row
        assert isinstance(marked, Service)
        assert marked.name == "Whatsapp"
        await user.presses("f2")
        assert names(user)[0] == "Whatsapp"


async def test_a_keystroke_in_the_largest_list_draws_only_the_rows_in_sight(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.api.say("services", tuple(Service(f"s{at}", f"Service {at}", at) for at in range(1717)))
    drawn: list[str] = []
    original = ServiceScreen._cells

    def counted(screen: ServiceScreen, service: Service) -> tuple[str, ...]:
        drawn.append(service.code)
        return original(screen, service)

    monkeypatch.setattr(ServiceScreen, "_cells", counted)
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.sees("1,717 of 1,717")
        for key in ("s", "down", "pagedown", "G", "backspace"):
            drawn.clear()
            await user.presses(key)
            assert len(drawn) <= 80, f"{key} drew {len(drawn)} rows where about 17 are in sight"


async def test_a_list_that_fails_says_why_and_f5_loads_it_again(world: World) -> None:
    world.api.say("services", Unreachable("No connection to the server."), (Service("tg", "Telegram", 3),))
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.sees(
            "The services of Germany could not be loaded. No connection to the server. F5 loads them again."
        )
        await user.presses("f5")
        await user.sees("Telegram tg 3 3,000 sats")


async def test_an_empty_list_and_a_query_without_a_match_are_said_so(world: World) -> None:
    world.api.say("services", (), (Service("tg", "Telegram", 3),))
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.sees("The server lists no service for Germany now. F5 asks again, Esc leads back.")
        await user.presses("f5")
        await user.sees("Telegram")
        await user.types("qqx")
        await user.sees("No service is called 'qqx'. Backspace to widen.")


async def test_a_list_that_is_old_or_could_not_be_renewed_says_its_age(world: World) -> None:
    world.api.say("services", (Service("tg", "Telegram", 3),), TimedOut("No answer in time."))
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.sees("Telegram tg")
        await user.presses("f5")
        await user.sees("As of 22:13:20. No answer in time. F5 loads again.", "Telegram tg")


async def test_a_price_that_cannot_be_had_is_unknown_and_an_order_can_be_made_all_the_same(world: World) -> None:
    world.api.say("price", TimedOut("No answer in time."))
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.sees("Telegram tg 1,403 unknown")
        await user.types("teleg")
        await user.presses("enter")
        await user.sees("Telegram · Germany")
        await user.until(lambda: user.app.state.orders, "an order")
        assert user.app.state.orders[0].quoted is None


async def test_esc_leads_to_the_list_and_back_to_the_countries(world: World) -> None:
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.sees("esc List")
        await user.presses("escape")
        await user.sees("esc Back")
        await user.presses("escape")
        await user.sees("Receive a code", "Germany DE")
        assert not isinstance(user.app.screen, ServiceScreen)


async def test_the_price_of_the_country_goes_before_the_general_one(world: World) -> None:
    world.api.say("price", Price(receive=3000, computed=2500))
    world.api.say("order_status", OrderReply())
    async with world.user(80, 24) as user:
        await in_germany(user)
        await user.sees("Telegram tg 1,403 2,500 sats")
