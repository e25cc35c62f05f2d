"""The order screen in every state: what to do, where the money is, what is large, what ticks."""

from dataclasses import replace

from textual.widgets import Digits

from s4s_tui.domain.errors import Unreachable
from s4s_tui.domain.order import Cancel, Order, OrderReply, Status
from s4s_tui.ui.widgets.countdown import Countdown
from tests.services.fakes import START
from tests.ui.invoices import DAY, a_created, a_held, an_order, order_id, with_code, with_number
from tests.ui.user import User
from tests.ui.world import World

MINUTE = 60
PAID = OrderReply(paid=True)


def large(user: User) -> str:
    """What is drawn large."""
    digits = user.widget(Digits)
    return digits.value if digits.display else ""


async def test_from_payment_to_code(world: World) -> None:
    async with world.user() as user:
        order = await user.orders_telegram()
        await user.sees("Pay 3,000 sats", "✓ Invoice", "● Payment", "○ Number", "○ Code", "Free until you pay.")
        assert "held, not spent" not in user.words().casefold()
        await user.server_says(order.order_id, paid=True)
        await user.sees("Held, not spent", "✓ Payment", "◌ Number", "You are charged only when the code arrives.")
        assert not user.sees_code()
        await user.server_says(order.order_id, paid=True, number="4915112345678")
        await user.sees("Enter this number at Telegram:", "+49 151 123 45678 c copies it", "◌ Code")
        await user.sees("The number works for", "the money should be back by", "Do not pay twice.", "c Copy number")
        await user.server_says(order.order_id, paid=True, number="4915112345678", code="048010")
        await user.sees("Your code for Telegram:", "048010 c copies it", "✓ Code", "3,000 sats settled.", "c Copy code")
        assert large(user) == "048010"
        assert user.bells == 2, "once for the number, once for the code"
        assert "held" not in user.words().casefold()


ENDS: list[tuple[Order, tuple[str, ...]]] = [
    (
        a_held(1, status=Status.UNKNOWN, paid_at=START - 22 * MINUTE),
        ("21 minutes have passed", "whether it went back is unknown", "It is asked on.", "x Cancel"),
    ),
    (
        a_held(2, status=Status.RETURNED, reason="No numbers [/] left", ended_at=START),
        ("Returned: no number", "The server said: No numbers [/] left", "3,000 sats went back", "✓ Payment", "✗ Code"),
    ),
    (
        with_number(3, status=Status.RETURNED, reason="No SMS", ended_at=START),
        ("Returned: no code", "✓ Number", "✗ Code"),
    ),
    (
        a_held(4, status=Status.CANCELLED, cancel=Cancel.ACCEPTED, ended_at=START),
        ("The server accepted the cancellation", "3,000 sats should come back", "What next?"),
    ),
    (
        an_order(5, status=Status.CANCELLED, ended_at=START),
        ("The server closed the order before a payment was seen.", "Nothing was paid", "✗ Payment"),
    ),
    (an_order(6, status=Status.EXPIRED, ended_at=START), ("Invoice expired", "Nothing was paid")),
    (with_code(7), ("Your code for Telegram:", "✓ Code", "settled")),
]


async def test_how_an_order_ended_is_told_and_nothing_ticks_any_more(world: World) -> None:
    world.api.say("order_status", PAID)
    await world.knows(*(replace(order, created_at=START - at) for at, (order, _) in enumerate(ENDS)))
    async with world.user() as user:
        await user.presses("f6")
        for _, sentences in ENDS:
            await user.presses("enter")
            await user.sees(*sentences)
            assert not user.widget(Countdown).display, "nothing ticks where nothing is waited for"
            assert "Payable" not in user.words()
            await user.presses("escape", "down")


async def test_an_error_while_waiting_changes_nothing_but_the_line_on_top(world: World) -> None:
    world.api.say("order_status", PAID)
    await world.knows(a_held())
    async with world.user() as user:
        await user.opens_order()
        await user.sees("Held, not spent", "● online")
        before = user.words().partition("online")[2]
        user.api.say("order_status", Unreachable("No connection."))
        for _ in range(5):
            await user.until_asked(order_id(), len(user.api.times("order_status")))
        await user.sees("✗ no answer (5)")
        steady = user.words().partition("no answer (5)")[2]
        assert steady.partition("back in")[0] == before.partition("back in")[0]


async def test_the_money_is_called_unknown_after_21_minutes_without_a_word_and_found_again(world: World) -> None:
    world.api.say("order_status", PAID)
    await world.knows(a_held())
    async with world.user() as user:
        await user.opens_order()
        await user.waits(20 * MINUTE)
        await user.sees("Held, not spent")
        await user.waits(MINUTE + 1)
        await user.sees("21 minutes have passed without the server's word", "◌ Number")
        assert "Held, not spent" not in user.words()
        await user.server_says(order_id(), error="No number available")
        await user.sees("Returned: no number", "The server said: No number available")


async def test_the_clock_ticks_in_one_label_and_is_never_negative(world: World) -> None:
    world.api.say("order_status", OrderReply(paid=True, number="4915112345678"))
    await world.knows(with_number())
    async with world.user() as user:
        await user.opens_order()
        await user.sees("The number works for 20:00")
        await user.waits(61)
        await user.sees("The number works for 18:59")
        assert len(user.app.screen.query(Countdown)) == 1
        await user.waits(19 * MINUTE - 61 + MINUTE)
        await user.sees("If nothing comes, the money should be back in 1:00")
        assert "works for" not in user.words()


async def test_an_invoice_that_runs_out_on_the_screen_is_taken_away(world: World) -> None:
    await world.knows(an_order(created=a_created(expiry=90), expires_at=START + 90))
    async with world.user() as user:
        await user.opens_order()
        await user.sees("Payable for 1:30", "until 22:14")
        user.api.say("order_status", Unreachable("No connection."))
        await user.waits(91)
        await user.sees("The invoice has run out", "Do not pay it any more.")
        assert not user.sees_code()
        assert "c Copy" not in user.keys_line()
        await user.server_says(order_id())
        await user.sees("Invoice expired", "Nothing was paid, so nothing is lost.")


async def test_a_code_that_is_not_a_few_digits_is_shown_as_text_and_copied_whole(world: World) -> None:
    codes = ("Your code: 048 010\nDo not share it", "ABC-123", "1234567890123")
    await world.knows(*(with_code(at + 1, code=code, created_at=START - at) for at, code in enumerate(codes)))
    async with world.user() as user:
        await user.presses("f6")
        for code in codes:
            await user.presses("enter")
            await user.sees("Your code for Telegram:", *code.split("\n"))
            assert large(user) == ""
            await user.presses("c")
            await user.until(lambda: user.app.clipboard == code, "the code on the clipboard")  # noqa: B023 -- waited for
            await user.presses("escape", "down")


async def test_a_number_that_is_text_is_shown_and_copied_as_it_came(world: World) -> None:
    await world.knows(a_held())
    async with world.user() as user:
        await user.opens_order()
        await user.server_says(order_id(), paid=True, number="ask [/] @support")
        await user.sees("ask [/] @support c copies it")
        await user.presses("c")
        await user.until(lambda: user.app.clipboard == "ask [/] @support", "the text on the clipboard")


async def test_an_order_is_followed_again_after_a_restart(world: World) -> None:
    async with world.user() as user:
        await user.orders_telegram()
    async with world.user() as user:
        await user.sees("1 order is open and followed: F6 shows it.", "1 open")
        await user.opens_order()
        await user.sees("Pay 3,000 sats")
        await user.server_says(order_id(), paid=True, number="4915112345678", code="048010")
        await user.sees("048010")
        assert user.app.state.orders[0].expires_at == START + DAY
