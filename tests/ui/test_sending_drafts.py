"""What was typed is there again: after esc, another screen, a new size, a new start; gone once it was ordered."""

from s4s_tui.domain.letters import Unsent, to_text
from s4s_tui.services.drafts import DRAFT
from s4s_tui.ui.screens.send import SendScreen
from tests.ui.letters import ADDRESS, PHONE, TEXT, previews_an_sms, sells_messages, writes_an_sms
from tests.ui.world import World


async def kept(world: World) -> str:
    async with world.journal() as journal:
        return await journal.recall(DRAFT)


async def test_what_was_typed_outlives_esc_a_new_size_and_the_program(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await writes_an_sms(user)
        await user.presses("f2")
        await user.types(ADDRESS)
        await user.pilot.resize_terminal(60, 20)
        await user.presses("escape")
        await user.until(lambda: not isinstance(user.app.screen, SendScreen), "the countries")
        await user.presses("f7")
        await user.sees("Send an e-mail", ADDRESS)
    async with world.user(80, 24) as user:
        await user.presses("f7")
        await user.sees("Send an e-mail", ADDRESS)
        await user.presses("f2")
        await user.sees("Send an SMS", PHONE, TEXT)


async def test_what_was_typed_is_on_the_disk_before_the_screen_is_left(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await writes_an_sms(user)
        await user.waits(2)
        assert TEXT in await kept(world)


async def test_once_ordered_it_is_no_draft_any_more(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await previews_an_sms(user)
        await user.presses("enter")
        await user.sees("Pay 1,000 sats")
        await user.settles()
        assert TEXT not in await kept(world)
        await user.presses("f7")
        await user.sees("Send an SMS", "0 of 140")


async def test_ctrl_n_empties_it_and_brings_it_back(world: World) -> None:
    sells_messages(world)
    async with world.user(120, 24) as user:
        await writes_an_sms(user)
        await user.presses("ctrl+n")
        await user.sees("0 of 140", "Emptied. Ctrl+N brings it back.", "ctrl+n Bring back")
        await user.presses("ctrl+n")
        await user.sees(PHONE, TEXT)


async def test_a_draft_that_is_rubbish_is_an_empty_screen(world: World) -> None:
    sells_messages(world)
    async with world.journal() as journal:
        await journal.remember(DRAFT, '{"kind": 7, "sms": {"message": ["x"], "recipient": "[/]\\u001b[31m\\n+49"}}')
    async with world.user(80, 24) as user:
        await user.presses("f7")
        await user.sees("Send an SMS", "[/][31m +49", "0 of 140")


async def test_nothing_is_written_where_nothing_was_typed(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await user.presses("f7", "escape")
        await user.settles()
    assert await kept(world) in ("", to_text(Unsent()))
