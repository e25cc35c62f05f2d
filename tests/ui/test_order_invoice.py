"""The invoice on the screen: offered, asked about, blocked; large, bare, copied, in another drawing."""

import stat
from dataclasses import replace

import pytest

from s4s_tui.domain.events import PreferencesChanged
from s4s_tui.domain.order import OrderReply
from s4s_tui.terminal.qr import Style, png
from s4s_tui.ui.screens.bare import BareScreen
from s4s_tui.ui.screens.order import OrderScreen
from s4s_tui.ui.screens.qr import QrScreen
from s4s_tui.ui.widgets.qrcode import QrCode
from tests.qr_reader import read_cells
from tests.services.fakes import START
from tests.ui.invoices import DAY, OTHER, a_created, an_order, order_id
from tests.ui.user import User
from tests.ui.world import World


def qr_on_screen(user: User) -> str | None:
    """What a camera reads off the screen."""
    code = user.widget(QrCode)
    region = code.region
    rows = user.screen_text().split("\n")[region.y : region.bottom]
    return read_cells([row.ljust(region.right)[region.x : region.right] for row in rows])


@pytest.mark.parametrize("size", [(80, 24), (100, 36), (120, 40)])
async def test_the_code_on_the_screen_is_the_invoice(world: World, size: tuple[int, int]) -> None:
    await world.knows(an_order())
    async with world.user(*size) as user:
        await user.opens_order()
        await user.sees("Pay 3,000 sats")
        assert qr_on_screen(user) == an_order().payreq.upper()


BLOCKED = (
    (
        an_order(1, created=a_created(network="bc")),
        "The invoice is for Bitcoin, expected was a test network (regtest)",
    ),
    (
        an_order(2, payreq=a_created(at=START - 2 * DAY).payreq, created_at=START - 1),
        "The invoice expired at 2023-11-13 22:13 UTC: do not pay it.",
    ),
    (
        an_order(3, payreq="hello [/] there", amount=None, expires_at=None, created_at=START - 2),
        "Nothing was paid, so nothing is lost.",
    ),
)


async def test_a_blocked_invoice_is_neither_shown_nor_copied(world: World) -> None:
    await world.knows(*(order for order, _ in BLOCKED))
    async with world.user() as user:
        await user.presses("f6")
        for order, why in BLOCKED:
            await user.presses("enter")
            await user.sees("Do not pay this invoice", why, "It is not shown, because a check failed.", "✗ Invoice")
            assert not user.sees_code()
            await user.presses("c", "i", "z", "b", "t", "a")
            await user.settles()
            assert isinstance(user.app.screen, OrderScreen)
            assert order.payreq[:12] not in user.words()
            await user.presses("escape", "down")
        assert user.app.clipboard == ""
        assert user.toasts == []


async def test_an_amount_above_the_quoted_one_asks_with_both_numbers_and_a_accepts(world: World) -> None:
    world.api.say("create_order", a_created(amount=3500))
    async with world.user() as user:
        await user.orders_telegram()
        await user.sees("Look before you pay", "Asks 3,500 sats, quoted were 3,000 sats.", "a accepts", "a Accept")
        assert not user.sees_code()
        await user.presses("c", "z")
        await user.settles()
        assert user.app.clipboard == ""
        await user.presses("a")
        await user.sees("Pay 3,500 sats", "Payable for", "Asks 3,500 sats, quoted were 3,000 sats.")
        await user.until(user.sees_code, "the QR code")
        assert "a Accept" not in user.keys_line()
    async with world.user() as user:
        await user.opens_order()
        await user.sees("Pay 3,500 sats")


async def test_a_new_payee_is_warned_of_and_once_accepted_is_known_after_a_restart(world: World) -> None:
    world.api.say("create_order", a_created(1, key=OTHER), a_created(2, key=OTHER))
    async with world.user() as user:
        await user.orders_telegram()
        await user.sees(f"Another node than usual is paid: {OTHER.public[:6]}", "Pay 3,000 sats", "a Accept")
        await user.until(user.sees_code, "the QR code, which a warning does not take away")
        await user.presses("a")
        await user.sees("paid to a node you accepted")
        assert "a Accept" not in user.keys_line()
    world.api.say("create_order", a_created(2, key=OTHER))
    async with world.user() as user:
        await user.orders_telegram()
        await user.sees("paid to a node you accepted", "Pay 3,000 sats")
        assert "Another node" not in user.words()


async def test_an_invoice_of_another_order_is_warned_of(world: World) -> None:
    world.api.say("create_order", a_created(1, payment_hash="ab" * 32))
    async with world.user() as user:
        await user.orders_telegram()
        await user.sees("Payment hash abababab… is not the order's id", "it may belong to another order", "Pay 3,000")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_that_the_wallet_keeps_the_memo_is_said_where_the_invoice_is_paid(
    world: World, size: tuple[int, int]
) -> None:
    async with world.user(*size) as user:
        await user.orders_telegram()
        await user.sees("memo: sms4sats.com: SMS code; your wallet's history keeps it")


async def test_a_memo_with_markup_is_text(world: World) -> None:
    world.api.say("create_order", a_created(memo="pay [/] [bold]now[/bold] \x1b[31mred"))
    async with world.user() as user:
        await user.orders_telegram()
        await user.sees("memo: pay [/] [bold]now[/bold] red")


async def test_c_and_i_copy_the_invoice(world: World) -> None:
    await world.knows(an_order())
    async with world.user() as user:
        await user.opens_order()
        await user.presses("c")
        await user.is_told("Invoice: Sent to the terminal's clipboard (OSC 52).")
        assert user.app.clipboard == an_order().payreq
        await user.presses("i")
        await user.until(lambda: len(user.toasts) == 2, "another toast")


async def test_the_large_code_closes_by_itself_when_it_is_paid(world: World) -> None:
    await world.knows(an_order())
    async with world.user(80, 24) as user:
        await user.opens_order()
        await user.presses("z")
        await user.until(lambda: isinstance(user.app.screen, QrScreen), "the large code")
        await user.settles()
        assert qr_on_screen(user) == an_order().payreq.upper()
        await user.server_says(order_id(), paid=True)
        await user.sees("Held, not spent")


async def test_z_and_esc_close_the_large_code_and_t_draws_it_otherwise(world: World) -> None:
    await world.knows(an_order())
    async with world.user(120, 60) as user:
        await user.opens_order()
        await user.presses("z")
        await user.sees("Pay 3,000 sats · esc Back")
        assert user.widget(QrCode).drawing is not None
        before = user.screen_text()
        await user.presses("t")
        await user.until(lambda: user.screen_text() != before, "another drawing")
        assert qr_on_screen(user) == an_order().payreq.upper()
        await user.presses("z")
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")
        await user.presses("z", "escape")
        await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")


async def test_a_window_too_small_for_any_code_says_what_is_missing(world: World) -> None:
    await world.knows(an_order())
    async with world.user(40, 15) as user:
        await user.opens_order()
        await user.sees("z shows the QR code on the whole screen, c copies the invoice.")
        await user.presses("z")
        await user.sees("The QR code needs", "esc leads back, where c copies the invoice.")


async def test_t_draws_the_code_in_the_other_style(world: World) -> None:
    await world.knows(an_order())
    async with world.user(120, 40) as user:
        await user.opens_order()
        await user.sees("t QR style")
        drawing = user.widget(QrCode).drawing
        assert drawing is not None
        assert drawing.style is Style.HALF
        await user.presses("t")
        await user.until(lambda: user.widget(QrCode).drawing != drawing, "the other drawing")
        assert qr_on_screen(user) == an_order().payreq.upper()
        await user.presses("t")
        await user.until(lambda: user.widget(QrCode).drawing == drawing, "the first drawing again")


async def test_the_bare_invoice_stands_alone_and_closes_when_it_is_paid(world: World) -> None:
    await world.knows(an_order())
    async with world.user(80, 24) as user:
        await user.opens_order()
        await user.presses("b")
        await user.until(lambda: isinstance(user.app.screen, BareScreen), "the bare invoice")
        await user.until(lambda: user.screen_text().replace("\n", "").startswith(an_order().payreq), "the invoice")
        await user.presses("c")
        await user.until(lambda: user.app.clipboard == an_order().payreq, "the invoice on the clipboard")
        user.api.say("order_status", OrderReply(paid=True))
        await user.until_asked(order_id(), len(user.api.times("order_status")))
        await user.sees("Held, not spent")


async def test_b_and_esc_close_the_bare_invoice(world: World) -> None:
    await world.knows(an_order())
    async with world.user(80, 24) as user:
        await user.opens_order()
        for key in ("b", "escape"):
            await user.presses("b")
            await user.sees("esc leads back")
            await user.presses(key)
            await user.until(lambda: isinstance(user.app.screen, OrderScreen), "the order")


async def test_p_saves_the_code_as_a_picture_while_the_invoice_may_be_paid(world: World) -> None:
    await world.knows(an_order())
    folder = world.journal_path.parent / "qr"
    async with world.user(80, 24) as user:
        await user.opens_order()
        await user.presses("p")
        await user.is_told("invoice-")
        first = next(folder.iterdir())
        assert first.read_bytes() == png(an_order().payreq)
        assert stat.S_IMODE(first.stat().st_mode) == 0o600
        await user.presses("z", "p")
        await user.until(lambda: len(list(folder.iterdir())) == 2, "another file")
        await user.presses("escape")
        await user.server_says(order_id(), paid=True)
        await user.sees("Held, not spent")
        await user.presses("p")
        await user.settles()
        assert len(list(folder.iterdir())) == 2


async def test_with_less_motion_the_clock_counts_minutes(world: World) -> None:
    await world.knows(an_order())
    async with world.user(80, 24) as user:
        preferences = user.app.state.preferences
        user.app.publish(PreferencesChanged(replace(preferences, reduce_motion=True)))
        await user.opens_order()
        await user.sees("Payable for 24 h 0 min")
        await user.waits(61)
        await user.sees("Payable for 23 h 58 min")
        user.app.publish(PreferencesChanged(preferences))
        await user.sees("Payable for 23:58:59")
