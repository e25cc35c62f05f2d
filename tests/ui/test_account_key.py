"""An API key as a person enters and removes it; it is shown masked, and is in no message."""

import asyncio
from dataclasses import replace

import pytest
from textual.widgets import Input

from s4s_tui.compose import demo_key
from s4s_tui.domain.apikey import KeyPlace
from s4s_tui.domain.errors import Refused, Unreachable
from s4s_tui.domain.secret import Secret
from s4s_tui.ui.screens.key import KeyBox, KeyScreen
from tests.ui.accounts import MARK
from tests.ui.user import User
from tests.ui.world import World

# -- without a key, and entering one


async def test_without_a_key_it_says_what_one_is_for_and_nothing_is_asked(world: World) -> None:
    async with world.user(80, 24) as user:
        await user.presses("escape", "a")
        await user.sees(
            "There is no API key.",
            "A key is for what is paid from a balance.",
            "Everything but paying from a balance works without a key",
            "To get one ask t.me/sms4sats or support@sms4sats.com",
            "To enter one press n.",
        )
        assert "In the demo" not in user.words()
        assert "Fund" not in user.keys_line()
        assert user.api.keys == []
        await user.presses("escape")
        await user.sees("Country")


async def test_a_key_is_typed_tried_kept_and_shown_masked(world: World) -> None:
    world.api.say("balance", 12_500)
    async with world.user(80, 24) as user:
        await user.presses("f9", "n")
        await user.sees("Enter the API key", "▸ In the config file:", "For this run only:", "kept nowhere")
        await user.types(MARK)
        await user.presses("enter")
        await user.is_told("The server accepts the key. The balance is 12,500 sats. It is kept in the config file.")
        await user.sees("Balance 12,500 sats read at 22:1", "Key ••••42a7 from the test")
        assert not isinstance(user.app.screen, KeyScreen)
        assert (world.keys.key, world.keys.kept) == (Secret(MARK), KeyPlace.FILE)


async def test_a_key_is_pasted_with_the_line_it_came_on_and_kept_for_this_run(world: World) -> None:
    from textual.events import Paste

    async with world.user(60, 20) as user:
        await user.presses("f9", "n", "down")
        await user.sees("▸ For this run only")
        user.app.post_message(Paste(f" {MARK}\r\n"))
        await user.drains()
        await user.sees("•" * len(MARK))
        await user.presses("enter")
        await user.is_told("It is kept nowhere, and known until the program ends.")
        assert (world.keys.key, world.keys.kept) == (Secret(MARK), KeyPlace.RUN)


async def test_a_refused_key_is_said_in_the_dialog_and_not_kept(world: World) -> None:
    slow: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    world.api.say("balance", slow, Unreachable("No connection to the server."))
    async with world.user(80, 24) as user:
        await user.presses("f9", "n", "enter")
        await user.sees("This is no API key: it is empty.")
        await user.types(MARK)
        await user.presses("enter", "enter")
        await user.sees("Asking the server whether it accepts this key …")
        slow.set_result(Refused("Invalid [/] key.", http_status=401))
        await user.sees_in("#dialog", "does not accept this key. It said: Invalid [/] key. The key is not kept.")
        await user.presses("enter")
        await user.sees("No connection to the server. The key is not kept.")
        await user.types("x")
        await user.sees_no_more("No connection to the server.")
        assert len(user.api.times("balance")) == 2
        assert world.keys.key is None
        await user.presses("escape")
        await user.sees("There is no API key.")


async def test_a_key_that_cannot_be_kept_is_said_and_another_place_can_be_chosen(world: World) -> None:
    async with world.user(80, 24) as user:
        await user.presses("f9", "n")
        world.keys.trouble = "The config file cannot be written."
        await user.types(MARK)
        await user.presses("enter")
        await user.sees("The config file cannot be written.")
        world.keys.trouble = ""
        await user.presses("up", "enter")
        await user.is_told("The server accepts the key.")
        assert world.keys.kept is KeyPlace.RUN


async def test_a_dialog_that_was_closed_does_not_stop_the_key_and_the_answer_is_told(world: World) -> None:
    slow: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    world.api.say("balance", slow)
    async with world.user(80, 24) as user:
        await user.presses("f9", "n")
        await user.types(MARK)
        await user.presses("enter", "escape")
        await user.sees("There is no API key.")
        slow.set_result(Refused("Invalid key.", http_status=401))
        await user.is_told("Invalid key. The key is not kept.")


async def test_the_key_is_in_no_message_that_the_program_sends_and_cannot_be_copied(world: World) -> None:
    world.keys.trouble = "Nothing about it"
    async with world.user(80, 24) as user:
        seen: list[str] = []
        await user.presses("f9", "n")
        box = user.widget(KeyBox)
        sent = box.post_message

        def listen(message: object) -> bool:
            seen.append(repr(message))
            return sent(message)  # type: ignore[arg-type]  # a message

        box.post_message = listen  # type: ignore[method-assign]  # a spy
        screen = user.app.screen
        posted = screen.post_message

        def listen_too(message: object) -> bool:
            seen.append(repr(message))
            return posted(message)  # type: ignore[arg-type]  # a message

        screen.post_message = listen_too  # type: ignore[method-assign]  # a spy
        await user.types(MARK)
        await user.presses("home", "shift+end", "ctrl+x")
        assert box.value == MARK
        assert isinstance(box, Input)
        assert box.selected_text == ""
        await user.presses("enter")
        await user.sees("Nothing about it")
        names = " ".join(seen)
        assert "KeyBox.Changed(***)" in names
        assert "KeyBox.Submitted(***)" in names
        assert "KeyEntered(key=Secret(***)" in names
        assert MARK not in names
        assert all(MARK not in f"{worker!r} {worker.name} {worker.description}" for worker in user.app.workers)
        assert user.app.clipboard == ""


async def test_the_demo_says_its_key_and_that_nothing_is_kept(world: World) -> None:
    world.demo = True
    async with world.user(80, 24) as user:
        user.app.state = replace(user.app.state, demo_key=demo_key())
        await user.presses("f9")
        await user.sees("In the demo demo-key-0000")
        await user.presses("n")
        await user.sees("In the demo: demo-key-0000")


async def test_where_another_key_counts_at_the_next_start_only_this_run_can_be_chosen(
    rich: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rich.keys, "choices", lambda: (KeyPlace.RUN,))
    async with rich.user(80, 24) as user:
        await user.presses("f9")
        await user.sees("Balance 12,500 sats")
        await user.presses("n")
        await user.sees_in(
            "#dialog", "It counts for this run only: at the next start the one from the test counts again."
        )
        assert "Where to keep it" not in user.keys_line()


# -- the key that is there


async def test_the_key_is_removed_after_a_question(owner: User, rich: World) -> None:
    await owner.presses("delete")
    await owner.sees("Forget the API key ••••42a7 (from the test)?")
    await owner.presses("n")
    await owner.sees("Balance 12,500 sats")
    await owner.presses("delete", "y")
    await owner.is_told("The API key is removed.")
    await owner.sees("There is no API key.")
    assert rich.keys.key is None


async def test_a_key_of_elsewhere_says_where_it_is_to_be_taken_away(owner: User, rich: World) -> None:
    rich.keys.trouble = "The API key comes from S4S_API_KEY: take it away there."
    await owner.presses("delete", "y")
    await owner.is_told("The API key comes from S4S_API_KEY: take it away there.")
    await owner.sees("Balance 12,500 sats")


async def test_a_key_that_cannot_be_had_is_said_and_f5_looks_again(rich: World) -> None:
    rich.keys.trouble = "The command pass [/] failed."
    async with rich.user(80, 24) as user:
        await user.presses("f9")
        await user.sees("The API key cannot be had. The command pass [/] failed.", "press n; F5 looks for it again.")
        rich.keys.trouble = ""
        await user.presses("f5")
        await user.sees("Balance 12,500 sats")
