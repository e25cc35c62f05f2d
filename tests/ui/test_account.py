"""The account's screen as a person uses it: a key, the balance, the history and its files."""

import asyncio
import json
import stat
from pathlib import Path

import pytest
from textual.binding import Binding

from s4s_tui.domain.account import Deposits
from s4s_tui.domain.errors import Refused, Unreachable
from s4s_tui.ui.screens.account import AccountScreen
from s4s_tui.ui.screens.export import ExportQuestion
from s4s_tui.ui.screens.fund import AmountBox, FundScreen
from s4s_tui.ui.screens.key import KeyBox, KeyScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.preimage import PreimageScreen
from tests.services.fakes import START
from tests.ui.accounts import MARK, OLD, PREIMAGES
from tests.ui.invoices import a_held, an_order
from tests.ui.test_keys import OWN, bindings_of, shown_keys
from tests.ui.test_sizes import SIZES, outside
from tests.ui.user import User
from tests.ui.world import World

MINE = (AccountScreen, KeyScreen, KeyBox, FundScreen, AmountBox, ExportQuestion, PreimageScreen)


def files(world: World) -> list[Path]:
    """The files of the history that were written."""
    return sorted((world.journal_path.parent / "export").glob("*"))


# -- balance and history


async def test_it_is_read_on_opening_and_on_f5_and_never_by_the_clock(owner: User) -> None:
    await owner.waits(3600)
    assert len(owner.api.times("balance")) == len(owner.api.times("deposits")) == 1
    owner.api.say("balance", 9)
    await owner.presses("f5")
    await owner.sees("Balance 9 sats read at 23:1")
    await owner.presses("escape")
    await owner.waits(3600)
    assert len(owner.api.times("balance")) == 2


async def test_what_goes_on_and_what_went_wrong_is_said_and_what_was_known_stays(rich: World) -> None:
    slow: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    rich.api.say("balance", slow)
    async with rich.user(80, 24) as user:
        await user.presses("f9")
        await user.sees("Balance asking …", "Asking for the history …", "Key ••••42a7")
        slow.set_result(12_500)
        await user.sees("Balance 12,500 sats", "[bold]second")
        user.api.say("balance", Unreachable("No connection [/] to the server."))
        await user.presses("f5")
        await user.sees("No connection [/] to the server. F5 asks again.", "Balance 12,500 sats", "[bold]second")
        user.api.say("balance", Refused("Invalid API key.", http_status=401))
        await user.presses("f5")
        await user.sees("The server does not accept this key. It said: Invalid API key. F5 asks again.")


async def test_an_empty_history_says_how_to_begin(rich: World) -> None:
    rich.api.say("deposits", Deposits(()))
    async with rich.user(80, 24) as user:
        await user.presses("f9")
        await user.sees("Nothing was funded yet. f funds the account.")
        assert "Sort" not in user.keys_line()


async def test_the_history_is_sorted_searched_and_added_up(owner: User) -> None:
    assert next(line for line in owner.lines() if "▸" in line).split()[3:5] == ["2,500", "sats"]
    await owner.presses("f2", "f2")
    await owner.sees("12,500 sats · 2 payments · largest first")
    assert next(line for line in owner.lines() if "▸" in line).split()[3:5] == ["10,000", "sats"]
    await owner.presses("slash")
    await owner.types("second")
    await owner.sees("Total 2,500 sats · 1 of 2 payments", f"Hash {'bb' * 32}", "▸ 2023-11-14")
    await owner.types("xyz")
    await owner.sees("No payment fits 'secondxyz'. Esc clears the search.")
    await owner.presses("escape")
    await owner.sees("12,500 sats · 2 payments")
    await owner.presses("down")
    await owner.presses("f5")
    await owner.settles()
    assert "▸ 2023-11-14" in owner.words()


async def test_j_and_k_move_the_mark_as_in_every_list(owner: User) -> None:
    first = next(line for line in owner.lines() if "▸" in line)
    await owner.presses("j")
    assert next(line for line in owner.lines() if "▸" in line) != first
    await owner.presses("k")
    assert next(line for line in owner.lines() if "▸" in line) == first


async def test_c_copies_the_hash_and_p_shows_one_preimage_after_a_question(owner: User) -> None:
    await owner.presses("down", "c")
    await owner.is_told("Payment hash")
    assert owner.app.clipboard == OLD.payment_hash
    await owner.presses("p")
    await owner.sees("Show the preimage of this payment?")
    await owner.presses("n", "p", "y")
    await owner.sees("Preimage of 10,000 sats", PREIMAGES[0])
    assert PREIMAGES[1] not in owner.screen_text()
    await owner.presses("c")
    await owner.is_told("Preimage")
    assert owner.app.clipboard == PREIMAGES[0]
    await owner.presses("escape")
    await owner.sees_no_more(PREIMAGES[0])
    assert PREIMAGES[0] not in repr(owner.app.state)


@pytest.mark.parametrize(("key", "ending"), [("c", ".csv"), ("j", ".json")])
async def test_e_writes_the_history_without_key_and_preimages(owner: User, rich: World, key: str, ending: str) -> None:
    await owner.presses("e")
    await owner.sees_in("#dialog", "Write both payments of the history to a file?", "no API key and no preimage")
    await owner.presses(key)
    await owner.is_told(ending)
    (path,) = files(rich)
    text = path.read_text()
    assert owner.toasts[-1] == str(path)
    assert path.suffix == ending
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert OLD.payment_hash in text
    assert not any(secret in text for secret in (MARK, *PREIMAGES))
    if ending == ".json":
        assert json.loads(text)["total"] == 12_500


async def test_a_history_that_cannot_be_written_is_said_and_esc_writes_none(owner: User, rich: World) -> None:
    (rich.journal_path.parent / "export").write_text("not a folder")
    await owner.presses("e", "escape")
    await owner.settles()
    assert owner.toasts == []
    await owner.presses("e", "c")
    await owner.is_told("The history cannot be written to")


# -- keys and sizes


def test_every_binding_has_an_id_of_its_own_says_what_it_does_and_leads_to_an_action() -> None:
    seen = {binding.id for node in OWN if node not in MINE for binding in bindings_of(node)}
    for node in MINE:
        for binding in bindings_of(node):
            assert isinstance(binding, Binding)
            assert binding.id
            assert binding.tooltip
            assert binding.id not in seen
            seen.add(binding.id)
            assert hasattr(node, f"action_{binding.action.partition('(')[0]}")


async def test_every_key_that_is_shown_works_and_the_help_lists_it(rich: World) -> None:
    async with rich.user(140, 40) as user:
        await user.presses("f9")
        await user.sees("Total")
        assert {"f", "n", "/", "F2", "esc", "c", "e", "F5", "p", "del"} <= set(shown_keys(user))
        await user.presses("question_mark")
        await user.sees("Fund the account with sats", "Show the preimage of the marked", "Forget the API key")
        await user.presses("escape", "slash")
        await user.sees("Search")
        assert "f Fund" not in user.keys_line()


@pytest.mark.parametrize("keys", [("f9",), ("f9", "n"), ("f9", "f"), ("f9", "e"), ("f9", "p"), ("f9", "slash")])
@pytest.mark.parametrize("known", [True, False])
async def test_a_window_may_have_any_size(rich: World, keys: tuple[str, ...], *, known: bool) -> None:
    if not known:
        rich.keys.key = None
    async with rich.user(120, 40) as user:
        await user.presses("f9")
        await user.settles()
        await user.presses(*keys[1:])
        for width, height in SIZES:
            await user.pilot.resize_terminal(width, height)
            await user.until(lambda: user.app.size == (width, height), "the new size")  # noqa: B023 -- waited for here
            await user.settles()
            assert all(len(line) <= width for line in user.lines())
            assert not outside(user.app.screen), f"{width}x{height}\n{user.screen_text()}"


async def test_a_on_an_order_is_the_orders_own_key_and_f9_leads_to_the_account(rich: World) -> None:
    await rich.knows(a_held(), an_order(2, created_at=START - 60))
    async with rich.user(80, 24) as user:
        await user.opens_order()
        await user.presses("a")
        await user.settles()
        assert isinstance(user.app.screen, OrderScreen)
        await user.presses("f9")
        await user.sees("Balance 12,500 sats")
        depth = len(user.app.screen_stack)
        await user.presses("f9", "a")
        assert len(user.app.screen_stack) == depth
