"""The colours: every theme that the settings allow is there, and is put on while the program runs."""

from dataclasses import replace

import pytest

from s4s_tui.domain.events import PreferencesChanged
from s4s_tui.domain.preferences import THEMES
from s4s_tui.ui.theme import DARK
from tests.ui.invoices import an_order
from tests.ui.world import World


async def test_the_settings_allow_every_theme_that_there_is_and_no_other(world: World) -> None:
    async with world.user() as user:
        assert sorted(user.app.available_themes) == sorted(THEMES)
        assert user.app.theme == DARK.name


@pytest.mark.parametrize("no_color", [False, True])
async def test_a_theme_is_put_on_while_the_program_runs(
    world: World, monkeypatch: pytest.MonkeyPatch, *, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    await world.knows(an_order())
    async with world.user(80, 24) as user:
        await user.presses("f6", "enter")
        await user.sees("Pay 3,000 sats")
        for theme in THEMES:
            user.app.publish(PreferencesChanged(replace(user.app.state.preferences, theme=theme)))
            await user.settles()
            assert user.app.theme == ("terminal" if no_color else theme)
        await user.sees("Pay 3,000 sats")


async def test_a_theme_of_the_palette_is_the_preference_from_then_on(world: World) -> None:
    async with world.user(80, 24) as user:
        user.app.theme = "nord"  # as Textual's palette does
        await user.until(lambda: user.app.state.preferences.theme == "nord", "the preference")
        await user.presses("escape", "m")
        assert user.app.state.preferences.mask
        assert user.app.theme == "nord", "another choice leaves it on"
        await user.presses("comma")
        await user.sees("Colours nord this run only", "Hide codes on this run only")


async def test_without_colours_a_theme_of_the_palette_puts_none_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with world.user(80, 24) as user:
        user.app.theme = "nord"
        await user.until(lambda: user.app.theme == "terminal", "no colours")
        assert user.app.state.preferences.theme == DARK.name
