"""Writing an SMS or an e-mail, looking at it once more, and ordering it."""

import asyncio

import pytest

from s4s_tui.domain.errors import OutcomeUnknown, Refused
from s4s_tui.domain.order import Kind
from s4s_tui.ui.screens.send import SendScreen
from tests.ui.invoices import a_created, an_order
from tests.ui.letters import (
    ADDRESS,
    PHONE,
    PRICE,
    SHOWN,
    TEXT,
    previews_an_sms,
    sells_messages,
    writes_an_sms,
)
from tests.ui.world import World


async def test_an_sms_typed_in_one_breath_is_shown_once_more_and_ordered_by_enter(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await user.breathless("f7", *PHONE, "enter", *TEXT)
        await user.sees("1,000 sats")
        await user.breathless("f7", "enter")
        await user.sees("Pay 1,000 sats", f"SMS · {SHOWN}", f"To {SHOWN}", TEXT, "○ Sent", "○ Delivered")
        (draft, key), *others = user.api.ordered
        assert (draft.kind, draft.recipient, draft.message, draft.webhook) == (Kind.SMS, PHONE, TEXT, "")
        assert (draft.service_name, draft.country_name, draft.quoted) == ("SMS", SHOWN, PRICE)
        assert (key, others, draft.prepaid) == (None, [], False)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_that_the_wallet_keeps_the_memo_is_said_before_a_message_is_ordered(
    world: World, size: tuple[int, int]
) -> None:
    sells_messages(world)
    async with world.user(*size) as user:
        await previews_an_sms(user, TEXT)
        await user.sees("Your wallet's history keeps what the invoice says it is for.")


async def test_the_preview_shows_exactly_what_goes_out_and_esc_leads_back_to_it(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await previews_an_sms(user, "Hello [/] [b]you")
        await user.sees(f"SMS to {SHOWN} ({PHONE})", "┃ Hello [/] [b]you", "GSM-7: goes out as 1 SMS.", "1,000 sats")
        await user.sees("Enter makes the order and shows its invoice. That is free")
        assert not user.api.ordered
        await user.presses("escape")
        await user.sees("To +491701234567", "Hello [/] [b]you")


async def test_enter_in_the_message_makes_a_new_line_and_the_keys_say_so(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await writes_an_sms(user, "one")
        assert "enter New line" in user.keys_line()
        await user.breathless("enter", *"two", "ctrl+j", *"three")
        await user.sees("13 of 140 · GSM-7 · 1 SMS")
        await user.presses("f7")
        await user.sees("┃ one ┃ two ┃ three")
        await user.presses("enter")
        await user.until(lambda: user.api.ordered, "the order")
        assert user.api.ordered[0][0].message == "one\ntwo\nthree"


async def test_the_two_ways_to_send_have_a_sheet_each(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await writes_an_sms(user)
        await user.presses("f2")
        await user.sees("Send an e-mail", "0 of 140")
        await user.types(ADDRESS)
        await user.presses("tab")
        await user.types("By mail")
        await user.sees("7 of 140", ADDRESS)
        await user.presses("f2")
        await user.sees("Send an SMS", PHONE, TEXT)
        await user.presses("f2", "f7")
        await user.sees(f"E-mail to {ADDRESS}", "By mail", "as one e-mail.")
        await user.presses("enter")
        await user.until(lambda: user.api.ordered, "the order")
        draft, _ = user.api.ordered[0]
        assert (draft.kind, draft.recipient, draft.message) == (Kind.EMAIL, ADDRESS, "By mail")


async def test_a_server_without_e_mail_is_explained(world: World) -> None:
    sells_messages(world)
    world.api.say("create_order", Refused("Not Found", http_status=404))
    async with world.user(80, 24) as user:
        await user.presses("f7", "f2")
        await user.types(ADDRESS)
        await user.presses("tab")
        await user.types("Hi")
        await user.sees("1,000 sats")
        await user.presses("f7", "enter")
        await user.sees("No order was made. The server no longer offers e-mail.")
        await user.presses("escape")
        await user.sees("Hi", ADDRESS)


async def test_a_lost_answer_loses_nothing_and_is_not_sent_again(world: World) -> None:
    sells_messages(world)
    world.api.say("create_order", OutcomeUnknown("The server's answer was lost."))
    async with world.user(80, 24) as user:
        await previews_an_sms(user)
        await user.presses("enter")
        await user.sees("Outcome unknown. The server's answer was lost. Nothing was paid, so nothing is lost.")
        await user.settles()
        assert len(user.api.ordered) == 1


async def test_two_enters_make_one_order(world: World) -> None:
    sells_messages(world)
    created: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    world.api.say("create_order", created)
    async with world.user(80, 24) as user:
        await previews_an_sms(user)
        await user.breathless("enter", "enter", "enter")
        await user.sees(f"Asking for an invoice: SMS · {SHOWN} …")
        created.set_result(a_created(amount=PRICE))
        await user.sees("Pay 1,000 sats")
        assert len(user.api.ordered) == 1


async def test_a_sixth_unpaid_order_is_asked_about_here_too(world: World) -> None:
    sells_messages(world)
    await world.knows(*(an_order(serial) for serial in range(2, 7)))
    async with world.user(80, 24) as user:
        await previews_an_sms(user)
        await user.presses("enter")
        await user.sees_in("#dialog", "5 orders wait for their payment already.")
        await user.presses("y")
        await user.sees("Pay 1,000 sats")
        assert len(user.api.ordered) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0170 1234567", "A number without its country can belong to anybody."),
        ("+49 17", "The phone number is too short, or its area code is missing."),
        ("", "The phone number is empty."),
    ],
)
async def test_a_number_that_cannot_be_right_is_said_and_nothing_is_shown_or_sent(
    world: World, typed: str, words: str
) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await user.presses("f7")
        await user.types(typed)
        await user.presses("f7")
        await user.sees(words)
        assert isinstance(user.app.screen, SendScreen)
        assert user.app.focused is not None
        assert user.app.focused.id == "recipient"


async def test_trouble_waits_until_the_field_is_left_and_the_country_is_said_at_once(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await user.presses("f7")
        await user.types("+49 17")
        await user.sees("Germany +49")
        assert "too short" not in user.words()
        await user.presses("enter")
        await user.sees("Germany +49 The phone number is too short, or its area code")


async def test_a_landline_is_doubted_and_can_be_written_to(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await user.presses("f7")
        await user.types("+49 30 901820")
        await user.sees("This is not a mobile number: an SMS may not arrive.")
        await user.presses("enter")
        await user.types("Hi")
        await user.presses("f7")
        await user.sees("SMS to +49 30 901820")


async def test_too_long_a_message_says_how_much_and_how_it_goes_out(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await writes_an_sms(user, "a" * 140)
        await user.sees("140 of 140 · GSM-7 · 1 SMS")
        await user.types("bc")
        await user.sees("142 of 140: 2 too many")
        await user.presses("f7")
        await user.sees("142 of 140: 2 too many")
        assert isinstance(user.app.screen, SendScreen)
        await user.presses("backspace", "backspace", "backspace")
        await user.types("ő")
        await user.sees("140 of 140 · UCS-2 · 3 SMS GSM-7 lacks ő")


async def test_a_price_that_does_not_come_is_called_unknown_and_f5_asks_again(world: World) -> None:
    sells_messages(world)
    world.api.say("price", Refused("busy", http_status=500))
    async with world.user(80, 24) as user:
        await user.presses("f7")
        await user.sees("price unknown")
        sells_messages(world)
        await user.presses("f5")
        await user.sees("1,000 sats")


async def test_a_webhook_is_checked_explained_and_sent_along(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 30) as user:
        await writes_an_sms(user)
        await user.presses("f3")
        await user.sees("The server of sms4sats posts there what becomes of the message.")
        await user.types("http://a.example/x")
        await user.presses("f7")
        await user.sees("The webhook's address must begin with https://")
        await user.presses("ctrl+u")
        await user.types("https://a.example/x?id=7")
        await user.presses("f7")
        await user.sees("What becomes of it is posted to https://a.example/x?id=7")
        await user.presses("enter")
        await user.until(lambda: user.api.ordered, "the order")
        assert user.api.ordered[0][0].webhook == "https://a.example/x?id=7"


async def test_s_opens_it_from_a_list_and_is_a_letter_in_a_search(world: World) -> None:
    sells_messages(world)
    async with world.user(80, 24) as user:
        await user.types("s")
        assert not isinstance(user.app.screen, SendScreen)
        await user.presses("escape")
        await user.breathless(*"s", *"+4915")
        await user.sees("Send an SMS", "Germany +49")
        await user.presses("f6", "f7")
        await user.until(lambda: isinstance(user.app.screen, SendScreen), "the same screen again")
        assert sum(isinstance(screen, SendScreen) for screen in user.app.screen_stack) == 1
