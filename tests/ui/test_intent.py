"""An order whose making has an unknown outcome: what is said of it, and what can be done."""

from dataclasses import replace

import pytest

from s4s_tui.domain.errors import OutcomeUnknown, Refused
from s4s_tui.domain.history import Draft, Intent, Outcome
from s4s_tui.domain.order import OrderReply
from s4s_tui.domain.secret import Secret
from s4s_tui.ui.intent_view import intent_view
from s4s_tui.ui.screens.confirm import Confirm
from s4s_tui.ui.screens.find import FindScreen
from s4s_tui.ui.screens.intent import IntentScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.orders import OrdersScreen
from tests.services.fakes import DRAFT, START
from tests.ui.user import User
from tests.ui.world import World

LOST = "No answer came within 30 seconds."
PREPAID = replace(DRAFT, prepaid=True)


async def an_answer_was_lost(world: World, draft: Draft = DRAFT, detail: str = LOST) -> None:
    async with world.journal() as journal:
        await journal.intend(Intent(intent_id="i", draft=draft, created_at=START - 240))
        await journal.conclude("i", Outcome.UNKNOWN, detail)


async def opens_it(user: User) -> None:
    await user.presses("f6", "enter")
    await user.until(lambda: isinstance(user.app.screen, IntentScreen), "the screen of the unknown outcome")


async def test_it_says_when_what_was_ordered_what_went_wrong_and_that_nothing_is_lost(world: World) -> None:
    await an_answer_was_lost(world)
    async with world.user(80, 24) as user:
        await opens_it(user)
        await user.sees("? Outcome unknown Telegram · Germany", "Ordered 22:09:20, shown at 3,000 sats.", LOST)
        await user.sees("Its invoice never came, so nothing was paid and nothing is lost.")
        await user.sees("m Make it again; it is free until you pay it", "f Find it", "del Take this note off the list")
        await user.presses("escape")
        await user.until(lambda: isinstance(user.app.screen, OrdersScreen), "the list")
        assert not user.api.times("create_order"), "nothing is sent by itself"


async def test_m_makes_it_again_once_and_shows_the_new_order_in_its_place(world: World) -> None:
    await an_answer_was_lost(world)
    async with world.user(80, 24) as user:
        await opens_it(user)
        await user.breathless("m", "m", "m")
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the new order")
        await user.sees("Pay 3,000 sats")
        assert len(user.api.times("create_order")) == 1
        await user.presses("escape")
        await user.sees("○ Waiting for payment", "? Outcome unknown")


async def test_what_comes_of_making_it_again_is_said_there(world: World) -> None:
    await an_answer_was_lost(world)
    world.api.say("create_order", Refused("Out of stock", http_status=400), OutcomeUnknown("Lost again."))
    async with world.user(80, 24) as user:
        await opens_it(user)
        await user.presses("m")
        await user.sees("No order was made. Out of stock")
        await user.presses("m")
        await user.sees("Outcome unknown. Lost again.")
        assert len(user.app.state.intents) == 2
        assert len(user.api.times("create_order")) == 2


async def test_a_prepaid_one_says_that_money_may_have_moved_and_asks_before_it_is_made_again(world: World) -> None:
    await an_answer_was_lost(world, PREPAID)
    world.keys.key = Secret("an-api-key-of-the-test")
    async with world.user(80, 24) as user:
        await opens_it(user)
        await user.sees("so money may have moved.", "compare the balance of the API key", "3,000 sats less means that")
        assert "nothing is lost" not in user.words()
        await user.presses("m")
        await user.sees_in("#dialog", "If the first request did arrive, the balance pays for both orders.")
        await user.presses("n")
        await user.settles()
        assert not user.api.times("create_order")
        await user.presses("m", "y")
        await user.until(lambda: user.api.times("create_order"), "the order made again")


@pytest.mark.parametrize("from_the_list", [True, False])
async def test_the_note_is_taken_off_the_list_after_a_question_and_does_not_come_back(
    world: World, from_the_list: bool
) -> None:
    await an_answer_was_lost(world)
    async with world.user(80, 24) as user:
        await (user.presses("f6") if from_the_list else opens_it(user))
        await user.presses("delete")
        await user.sees("Take this note off the list?")
        await user.presses("n")
        await user.sees("? Outcome unknown")
        await user.presses("delete", "y")
        await user.sees("No orders yet.")
    async with world.user(80, 24) as user:
        await user.presses("f6")
        await user.sees("No orders yet.")


async def test_f_finds_it_and_the_screen_closes_when_another_program_takes_the_note_away(world: World) -> None:
    await an_answer_was_lost(world)
    async with world.user(80, 24) as user:
        await opens_it(user)
        await user.presses("f")
        await user.until(lambda: isinstance(user.app.screen, FindScreen), "the search for an order")
        await user.presses("escape")
        async with world.journal() as other:
            await other.conclude("i", Outcome.SEEN, "")
            await user.waits(2)
        await user.until(lambda: isinstance(user.app.screen, OrdersScreen), "the list")


async def test_hostile_words_of_an_error_are_text(world: World) -> None:
    await an_answer_was_lost(world, replace(DRAFT, service_name="[/] <b>"), "[/] a [A] {y} [bold")
    async with world.user(80, 24) as user:
        await opens_it(user)
        await user.sees("[/] <b> · Germany", "[/] a [A] {y} [bold")


def test_a_program_that_ended_before_the_answer_says_so_and_an_unknown_price_is_not_made_up() -> None:
    view = intent_view(Intent(intent_id="i", draft=replace(PREPAID, quoted=None), created_at=START), START)
    assert view.what.startswith("The program ended before the server's answer came.")
    assert view.when == "Ordered 22:13:20."
    assert "its price less means that the order was made" in view.check
    assert ("m", "Make it again, after a question") in view.choices


async def test_a_sixth_unpaid_order_is_asked_about_here_too(world: World) -> None:
    from tests.ui.invoices import a_created, an_order

    await world.knows(*(an_order(serial) for serial in range(2, 7)))
    await an_answer_was_lost(world)
    world.api.say("create_order", a_created(9))
    world.api.say("order_status", OrderReply())
    async with world.user(80, 24) as user:
        await user.presses("f6", "G", "enter", "m")
        await user.until(lambda: isinstance(user.app.screen, Confirm), "the question")
        await user.sees_in("#dialog", "5 orders wait for their payment already.")
        await user.presses("y")
        await user.sees("Pay 3,000 sats")
