"""How the list of keys is laid out, whatever room there is."""

import pytest

from s4s_tui.ui.screens.help import help_text
from tests.ui.world import World

GROUPS = [("Go to", [("esc", "From the search to the list, from there back"), ("ctrl+d", "Down")])]


@pytest.mark.parametrize(
    ("room", "narrow", "lines"),
    [
        (80, False, ["Go to", "esc     From the search to the list, from there back", "ctrl+d  Down"]),
        (36, False, ["Go to", "esc     From the search to the list,", "        from there back", "ctrl+d  Down"]),
        (28, True, ["Go to", "esc", "  From the search to the", "  list, from there back", "ctrl+d", "  Down"]),
    ],
)
def test_words_that_need_more_room_go_on_below_where_they_began(room: int, narrow: bool, lines: list[str]) -> None:
    said = help_text(GROUPS, room, narrow=narrow).plain.splitlines()
    assert said == lines
    assert all(len(line) <= room for line in said)


async def test_in_a_search_the_help_names_the_keys_that_move_the_mark(world: World) -> None:
    async with world.user(120, 40) as user:
        await user.presses("f1")
        await user.sees("Move", "One row up", "One row down", "One page down")
