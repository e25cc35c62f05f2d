"""The settings while the program runs: seen, changed by keys, applied at once, written to the config file."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from s4s_tui.config.edit import SettingsInFile
from s4s_tui.domain.errors import SettingsError
from s4s_tui.domain.events import PreferencesChanged
from s4s_tui.domain.origin import Origin, Source
from s4s_tui.domain.preferences import THEMES, Preferences
from s4s_tui.domain.state import AppState
from s4s_tui.ui.screens.settings import SettingsScreen
from s4s_tui.ui.settings_view import (
    SETTINGS,
    chosen,
    kept_words,
    next_value,
    origin_words,
    read_typed,
    setting_words,
    typed_value,
    value_words,
)
from tests.ui.user import User
from tests.ui.world import World

BY_NAME = {setting.name: setting for setting in SETTINGS}


def down_to(name: str) -> list[str]:
    """The keys from the first row to a setting."""
    return ["down"] * [setting.name for setting in SETTINGS].index(name)


async def opens_settings(user: User) -> None:
    await user.presses("escape", "comma")
    await user.until(lambda: isinstance(user.app.screen, SettingsScreen), "the settings")
    await user.settles()


def test_values_are_told_in_words() -> None:
    state = AppState()
    said = {setting.name: value_words(setting.name, state) for setting in SETTINGS}
    assert said == {
        "theme": "s4s-dark", "clipboard": "auto", "copy_code": "off", "clear_clipboard": "never", "bell": "on",
        "notify": "auto", "window_title": "on", "mask": "off", "reduce_motion": "off", "mouse": "on",
        "max_price": "any", "ref": "nobody", "keep_days": "30 days",
    }  # fmt: skip
    state = replace(
        state, max_price=1500, ref="me@example.com", keep_days=1, preferences=Preferences(clear_clipboard=30)
    )
    assert value_words("max_price", state) == "1,500 sats"
    assert value_words("ref", state) == "me@example.com"
    assert value_words("keep_days", state) == "1 day"
    assert value_words("keep_days", replace(state, keep_days=0)) == "for ever"
    assert value_words("clear_clipboard", state) == "after 30 s"
    assert (typed_value("max_price", AppState()), typed_value("max_price", state)) == ("", "1500")


def test_a_place_that_counts_before_the_file_is_said() -> None:
    state = AppState(origins={"mask": Origin(Source.VARIABLE, "S4S_MASK"), "bell": Origin(Source.FILE, line=3)})
    assert "S4S_MASK counts before the config file" in setting_words(BY_NAME["mask"], state)
    assert "counts before" not in setting_words(BY_NAME["bell"], state)
    assert origin_words("bell", state) == "config file, line 3"
    assert "from the next start" in setting_words(BY_NAME["mouse"], state)
    assert kept_words(replace(state, config_file="/c.toml")) == "Changes are written to /c.toml"
    assert "writes no settings" in kept_words(replace(state, demo=True))


def test_choices_go_round_and_typed_values_are_those_of_the_config_file() -> None:
    state = AppState()
    assert next_value(BY_NAME["theme"], state, -1) == THEMES[-1]
    assert next_value(BY_NAME["bell"], state, 1) is False
    assert read_typed("max_price", " ") is None
    assert read_typed("max_price", " 1500 ") == 1500
    assert read_typed("ref", "") == ""
    for name, text in (("max_price", "0"), ("keep_days", ""), ("clear_clipboard", "3601"), ("ref", "me")):
        with pytest.raises(ValueError, match=r"\.$"):
            read_typed(name, text)
    assert chosen(state, "mask", value=True) == PreferencesChanged(Preferences(mask=True))


async def test_every_setting_that_can_change_is_shown_with_its_meaning(world: World) -> None:
    async with world.user(80, 24) as user:
        await opens_settings(user)
        for setting in SETTINGS:
            await user.sees(setting.title, " ".join(setting.meaning.split()))
            await user.presses("j")


async def test_a_change_is_applied_at_once_and_written_with_the_rest_of_the_file_left_alone(
    world: World, tmp_path: Path
) -> None:
    file = tmp_path / "c.toml"
    file.write_text("# mine\nbell = true  # loud\nother = 1\n")
    world.settings = SettingsInFile(file)
    async with world.user(80, 24) as user:
        await opens_settings(user)
        await user.presses("space")
        assert user.app.theme == THEMES[1]
        await user.presses("left", *down_to("bell"), "enter")
        await user.until(lambda: "bell = false  # loud" in file.read_text(), "the bell off in the file")
        assert user.app.state.preferences == Preferences(bell=False)
        await user.sees("off config file")
    assert file.read_text() == '# mine\nbell = false  # loud\nother = 1\ntheme = "s4s-dark"\n'


async def test_a_number_is_typed_from_its_first_digit_on_and_a_wrong_one_is_refused(world: World) -> None:
    async with world.user(80, 24) as user:
        await opens_settings(user)
        await user.presses(*down_to("max_price"))
        await user.breathless("0")
        await user.presses("enter")
        await user.sees("'0' is not an integer from 1 to 10000000.")
        await user.presses("backspace")
        await user.sees_no_more("is not an integer")
        await user.breathless("1", "5", "0", "0", "enter")
        await user.until(lambda: user.app.state.max_price == 1500, "the highest price")
        await user.sees("Highest price 1,500 sats")
        await user.presses("enter", "ctrl+u", "enter")
        await user.until(lambda: user.app.state.max_price is None, "no highest price")


async def test_escape_leaves_a_line_as_it_was_and_then_the_screen(world: World) -> None:
    async with world.user(80, 24) as user:
        await opens_settings(user)
        await user.presses(*down_to("keep_days"), "7", "escape")
        await user.sees("Keep orders 30 days")
        assert user.app.state.keep_days == 30
        await user.presses("escape")
        await user.until(lambda: not isinstance(user.app.screen, SettingsScreen), "the screen before")


async def test_in_the_demo_nothing_is_written_and_that_is_said(world: World) -> None:
    world.demo = True
    async with world.user(80, 24) as user:
        await opens_settings(user)
        await user.sees("The demo writes no settings")
        await user.presses(*down_to("mask"), "space")
        await user.sees("Hide codes on this run only")


class Broken:
    def put(self, name: str, value: object) -> None:
        raise SettingsError(f"{name} = {value} cannot be written: read-only file system.")


async def test_a_file_that_cannot_be_written_is_told_and_the_change_holds_for_this_run(world: World) -> None:
    world.settings = Broken()
    async with world.user(80, 24) as user:
        await opens_settings(user)
        await user.presses(*down_to("mask"), "space")
        await user.is_told("read-only file system. The change holds for this run.")
        assert user.app.state.preferences.mask
        await user.sees("Hide codes on this run only")


class Slow:
    """A disk that takes its time; `written` is what reached it."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.written: list[tuple[str, object]] = []

    def put(self, name: str, value: object) -> None:
        self.go.wait(10)
        self.written.append((name, value))


async def test_of_many_changes_while_the_disk_is_slow_the_last_is_written(world: World) -> None:
    world.settings = disk = Slow()
    async with world.user(80, 24) as user:
        await opens_settings(user)
        await user.presses(*["right"] * 5)
        disk.go.set()
        await user.until(lambda: len(disk.written) == 2, "two writes")
        await user.settles()
        assert disk.written == [("theme", THEMES[1]), ("theme", THEMES[5])]


async def test_the_palette_leads_to_the_settings(world: World) -> None:
    async with world.user() as user:
        await user.presses("ctrl+p")
        await user.until(lambda: user.app.screen.is_modal, "the palette")
        await user.types("settings")
        await user.sees("Colours, copies, notices, limits")
        await user.presses("enter")
        await user.until(lambda: isinstance(user.app.screen, SettingsScreen), "the settings")
