"""Ctrl+C copies or quits, and what happens when the program goes on after Ctrl+Z."""

import pytest
from textual.driver import Driver

from s4s_tui.ui import ways as ways_module
from tests.ui.invoices import an_order
from tests.ui.world import World


async def test_ctrl_c_copies_what_is_selected_in_the_search(world: World) -> None:
    async with world.user() as user:
        await user.types("germany")
        await user.presses("shift+home", "ctrl+c")
        await user.until(lambda: user.app.clipboard == "germany", "the selected text is copied")
        assert user.app.is_running
        await user.presses("end", "ctrl+c")
        await user.until(lambda: not user.app.is_running, "the program is left")


@pytest.mark.parametrize("keys", [(), ("f1",), ("germ", "enter"), ("f6",), ("ctrl+p",)])
async def test_ctrl_c_quits_on_every_screen(world: World, keys: tuple[str, ...]) -> None:
    async with world.user() as user:
        for key in keys:
            await (user.types(key) if key == "germ" else user.presses(key))
        await user.presses("ctrl+c")
        await user.until(lambda: not user.app.is_running, "the program is left")
    assert user.app.return_code == 0


async def test_going_on_asks_about_every_open_order_before_its_time(world: World) -> None:
    order = an_order()
    await world.knows(order)
    async with world.user() as user:
        await user.until_asked(order.order_id, 0)
        await user.waits(1)  # the pace allows the next question, but it is due a second later only
        asked = world.api.times("order_status")
        user.app.post_message(Driver.SignalResume())
        await user.until_asked(order.order_id, len(asked))
        assert world.api.times("order_status") == [*asked, asked[-1] + 1]


@pytest.mark.parametrize("shell", [True, False])
async def test_the_help_names_ctrl_z_only_where_fg_can_be_typed(
    world: World, monkeypatch: pytest.MonkeyPatch, shell: bool
) -> None:
    monkeypatch.setattr(ways_module, "has_job_control", lambda: shell)
    async with world.user() as user:
        await user.presses("f1")
        await user.sees("Keys that work here")
        assert ("Back to the shell" in user.words()) is shell
