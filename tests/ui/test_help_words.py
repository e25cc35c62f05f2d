"""How the list of keys is laid out, whatever room there is."""

import pytest

from s4s_tui.ui.screens.help import help_text

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
