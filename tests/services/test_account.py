"""The account behind a key: read, entered, removed; what it becomes of fundings; and the key is in no word of it."""

import asyncio
from collections.abc import Iterator

import pytest

from s4s_tui.domain.account import Account, Deposit, Deposits
from s4s_tui.domain.apikey import LONGEST, KeyPlace
from s4s_tui.domain.errors import ApiError, ApiKeyError, Refused, TimedOut, Unreachable
from s4s_tui.domain.events import AccountChanged
from s4s_tui.domain.order import Kind, OrderReply, Status
from s4s_tui.domain.secret import Secret
from s4s_tui.services.account import AccountDesk, why
from s4s_tui.services.asker import Asker
from s4s_tui.services.pace import Pace
from tests.services.fakes import START, HandClock, ScriptedApi, StateStore, an_order
from tests.services.memory import HandKeys

MARK = "KEY-that-must-be-nowhere-42a7"
KEY = Secret(MARK)
HASH = "7d" * 32
DEPOSITS = Deposits((Deposit(5000, "5000", START, "sms4sats fund", HASH, Secret("9e" * 32)),), 5000)
FUND = an_order("f", kind=Kind.FUND, country=None, service="", service_name="Account", balance=1000)


class Bank:
    """An account desk on doubles."""

    def __init__(self, key: Secret | None = KEY) -> None:
        self.clock = HandClock()
        self.api = ScriptedApi(self.clock)
        self.api.say("balance", 1000)
        self.api.say("deposits", DEPOSITS)
        self.keys = HandKeys(key)
        self.store = StateStore()
        self.desk = AccountDesk(api=self.api, keys=self.keys, store=self.store, clock=self.clock, pace=Pace(self.clock))
        self.asker = Asker(self.api, self.desk, self.clock)

    @property
    def account(self) -> Account:
        return self.store.state.account


@pytest.fixture
def bank() -> Iterator[Bank]:
    """Whatever a test does, the key is in no event and no state."""
    bank = Bank()
    yield bank
    assert MARK not in repr(bank.store.events)
    assert MARK not in repr(bank.store.state)
    assert MARK not in repr(bank.desk)


async def test_balance_and_history_are_read_with_the_key_and_the_time_is_kept(bank: Bank) -> None:
    await bank.desk.load()
    assert bank.api.keys == [KEY, KEY]
    assert bank.account == Account(
        key=KEY.masked, origin="from the test", asked=True, balance=1000, balance_at=START, deposits=DEPOSITS
    )
    loading = [event.account.loading for event in bank.store.events if isinstance(event, AccountChanged)]
    assert loading[0] is True
    assert loading[-1] is False


async def test_without_a_key_nothing_is_asked() -> None:
    bank = Bank(None)
    await bank.desk.load()
    assert bank.api.calls == []
    assert bank.account == Account(origin="none", asked=True)


async def test_a_key_that_cannot_be_had_is_said(bank: Bank) -> None:
    bank.keys.trouble = "The command pass failed."
    await bank.desk.load()
    assert (bank.account.key, bank.account.asked, bank.account.error) == ("", True, "The command pass failed.")
    assert bank.account.loading is False
    assert bank.api.calls == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            Refused("Invalid API key.", http_status=401),
            "The server does not accept this key. It said: Invalid API key.",
        ),
        (Refused("backend error", http_status=500), "The server refused to tell. It said: backend error"),
        (Refused("The server answered 404 Not Found.", http_status=404), "The server answered 404 Not Found."),
        (Refused("Nothing was sent.", http_status=0), "Nothing was sent."),
        (Unreachable("No connection."), "No connection."),
    ],
)
async def test_why_it_could_not_be_read_is_a_sentence_and_what_was_known_stays(
    bank: Bank, error: ApiError, said: str
) -> None:
    assert why(error) == said
    await bank.desk.load()
    bank.api.say("balance", error)
    await bank.desk.load()
    assert bank.account.error == said
    assert (bank.account.balance, bank.account.deposits, bank.account.loading) == (1000, DEPOSITS, False)
    bank.api.say("balance", 7)
    await bank.desk.load()
    assert (bank.account.error, bank.account.balance) == ("", 7)


async def test_a_history_that_does_not_come_leaves_the_balance(bank: Bank) -> None:
    bank.api.say("deposits", TimedOut("No answer within 15 seconds."))
    await bank.desk.load()
    assert (bank.account.balance, bank.account.deposits) == (1000, None)
    assert bank.account.error == "No answer within 15 seconds."


async def test_it_is_read_once_at_a_time(bank: Bank) -> None:
    slow: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    bank.api.say("balance", slow)
    first = asyncio.create_task(bank.desk.load())
    await bank.clock.settle()
    await bank.desk.load()
    assert len(bank.api.times("balance")) == 1
    slow.set_result(5)
    await first
    assert bank.account.balance == 5


async def test_what_comes_of_an_older_key_is_not_shown_under_a_newer_one(bank: Bank) -> None:
    slow: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    bank.api.say("balance", slow, 77, 77)
    reading = asyncio.create_task(bank.desk.load())
    await bank.clock.settle()
    other = Secret("another key of the test")
    await bank.desk.enter(other, KeyPlace.RUN)
    slow.set_result(5)
    await reading
    assert (bank.account.key, bank.account.balance, bank.account.deposits) == (other.masked, 77, DEPOSITS)
    shown = [event.account for event in bank.store.events if isinstance(event, AccountChanged)]
    assert all(account.balance != 5 for account in shown)
    assert bank.api.keys[-1] == other


async def test_a_key_is_kept_where_it_is_wanted_once_the_server_has_accepted_it() -> None:
    bank = Bank(None)
    await bank.desk.enter(Secret(f"  {MARK}\n"), KeyPlace.FILE)
    assert (bank.keys.key, bank.keys.kept) == (KEY, KeyPlace.FILE)
    assert bank.api.keys == [KEY]
    assert (bank.account.key, bank.account.balance, bank.account.deposits) == (KEY.masked, 1000, None)
    assert MARK not in repr(bank.store.events)


@pytest.mark.parametrize("error", [Refused("Invalid API key.", http_status=401), Unreachable("No connection.")])
async def test_a_key_that_the_server_does_not_accept_is_not_kept(error: ApiError) -> None:
    bank = Bank(None)
    bank.api.say("balance", error)
    with pytest.raises(ApiError) as caught:
        await bank.desk.enter(KEY, KeyPlace.FILE)
    assert MARK not in repr(caught.value)
    assert (bank.keys.key, bank.account.key) == (None, "")
    assert await bank.desk.balance_by_itself() is None


@pytest.mark.parametrize("text", ["", "  ", "x" * (LONGEST + 1), "schlüssel", "a\x1bb"])
async def test_what_can_be_no_key_is_not_sent(text: str) -> None:
    bank = Bank(None)
    with pytest.raises(ApiKeyError, match="This is no API key"):
        await bank.desk.enter(Secret(text), KeyPlace.RUN)
    assert bank.api.calls == []


async def test_a_key_that_cannot_be_kept_is_said() -> None:
    bank = Bank(None)
    bank.keys.trouble = "The keyring is locked."
    with pytest.raises(ApiKeyError, match="The keyring is locked"):
        await bank.desk.enter(KEY, KeyPlace.FILE)
    assert bank.account.key == ""


async def test_a_key_that_is_removed_leaves_nothing_of_its_account(bank: Bank) -> None:
    await bank.desk.load()
    await bank.desk.remove()
    assert bank.account == Account(asked=True, origin="none")
    assert await bank.desk.balance_by_itself() is None
    with pytest.raises(ApiKeyError, match="enter one in the account"):
        await bank.desk.key()


async def test_what_asks_by_itself_never_looks_for_a_key(bank: Bank) -> None:
    assert await bank.desk.balance_by_itself() is None
    assert bank.keys.asked == 0
    await bank.desk.load()
    assert await bank.desk.balance_by_itself() == 1000
    assert bank.keys.asked == 1


async def asked(bank: Bank) -> Status:
    """What the funding becomes by one question."""
    change = await bank.asker.ask(FUND)
    return change(FUND).status


async def test_a_funding_has_come_when_the_balance_has_risen_and_the_screen_has_it_too(bank: Bank) -> None:
    await bank.desk.load()
    bank.api.say("order_status", Refused("Order not found", http_status=404))
    assert await asked(bank) is Status.WAITING
    bank.api.say("balance", 4000)
    bank.clock.wall += 5
    assert await asked(bank) is Status.FUNDED
    assert (bank.account.balance, bank.account.balance_at) == (4000, START + 5)


async def test_without_a_key_in_this_run_the_status_alone_decides_and_no_key_is_looked_for(bank: Bank) -> None:
    bank.api.say("order_status", OrderReply(paid=True))
    assert await asked(bank) is Status.HELD
    bank.api.say("order_status", Refused("Order not found", http_status=404))
    assert await asked(bank) is Status.WAITING
    assert (bank.keys.asked, bank.api.times("balance")) == (0, [])


@pytest.mark.parametrize(
    ("other", "status"),
    [
        (an_order("b"), Status.FUNDED),
        (an_order("b", prepaid=True, status=Status.RETURNED, ended_at=START + 1), Status.WAITING),
        (an_order("b", prepaid=True, status=Status.RETURNED, ended_at=START - 1), Status.FUNDED),
        (an_order("b", kind=Kind.FUND), Status.WAITING),
    ],
)
async def test_a_balance_that_another_order_may_have_raised_proves_no_funding(
    bank: Bank, other: object, status: Status
) -> None:
    bank.store = bank.desk._store = StateStore(FUND, other)  # type: ignore[arg-type]  # an order
    await bank.desk.load()
    bank.api.say("balance", 4000)
    bank.api.say("order_status", OrderReply())
    assert await asked(bank) is status


async def test_a_balance_that_does_not_come_decides_nothing(bank: Bank) -> None:
    await bank.desk.load()
    bank.api.say("balance", Unreachable("No connection."))
    with pytest.raises(Unreachable):
        await bank.asker.ask(FUND)
