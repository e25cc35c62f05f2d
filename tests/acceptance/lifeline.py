"""Orders of one data folder, followed by a program that is killed and started again, and what must hold each time.

The server (the project's own sandbox) lives on in the test's process. What it did and said is the truth; the gate
before it knows what of that was on its way to the program.
"""

import contextlib
import random
import shutil
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from s4s_tui.domain.order import Cancel, Order, Status
from s4s_tui.domain.wishes import arm
from s4s_tui.sandbox import PaymentRefused, Sandbox, SandboxOptions
from s4s_tui.services import tables
from s4s_tui.ui.words import state_words
from tests.acceptance.gate import Exchange, Gate, Where
from tests.acceptance.truth import memory, status_of
from tests.pty_driver import Terminal

SPEED: Final = 40.0
"""Seconds of an order's life in one real second: number after 0.1 to 0.6 s, code 0.8 to 3 s later."""
SURELY: Final = 2.0
"""Seconds after which a running program has certainly written down an answer that was sent to it."""
PATIENCE: Final = 15.0
UNKNOWN: Final = "Outcome unknown"
SIDE_FILES: Final = ("", "-wal", "-shm")


class Lifeline:
    """One data folder, one server, and one program after the other; `kills` counts them."""

    def __init__(self, folder: Path, program: list[str | Path], rng: random.Random, *, cancelling: bool) -> None:
        """Args: `cancelling` makes a server that sends no code, so that there is time to cancel."""
        self.kills = 0
        self.happened: Counter[str] = Counter()
        """How many kills hit which moment, and what the journal held of the order afterwards."""
        self._rng = rng
        self._cancelling = cancelling
        self._program = program
        self._folder = folder
        self._journal = folder / "data" / "journal.db"
        folder.mkdir()
        options = SandboxOptions(
            speed=SPEED, seed=rng.randrange(10**6), code_after=float("inf") if cancelling else None
        )
        self._stack = contextlib.ExitStack()
        self._sandbox = self._stack.enter_context(Sandbox(options))
        self._gate = self._stack.enter_context(Gate(self._sandbox.url))
        self._terminal: Terminal | None = None
        self._shown: set[str] = set()
        """Orders that stood on the screen: none of them may ever be lost."""
        self._unanswered: set[str] = set()
        """Orders whose answer was not written down, because the program was killed first."""
        self._typed = self._unsure = self._noted = 0
        """Orders typed for, those of them that may have been killed before their request, those in the journal."""

    def __enter__(self) -> "Lifeline":
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._terminal is not None:
            self._terminal.close()
        self._stack.close()

    # -- what happens

    def round(self) -> None:
        """One order, one or two kills at random moments of its life, and the proof after each."""
        if self._cancelling:
            self._kill_while_cancelling()
        else:
            act = self._rng.choice([self._asking, self._answer_held, self._answered, self._waiting, *[self._paid] * 3])
            self._kill(act)
        self._pay_all()

    def _asking(self) -> None:
        """Anywhere between the last key and the invoice: before the intent, before the request, after the answer."""
        self._order()
        self._unsure += 1
        self._listen(0.6)

    def _answer_held(self) -> None:
        """The server has made the order, the answer is still on its way."""
        where: Where = self._rng.choice(("before", "after", "after"))
        self._gate.shut("/createorder", where)
        asked = self._order()
        self._until(lambda: any(seen.worked or where == "before" for seen in self._posts()[asked:]), "no createorder")
        self._listen(0.3)

    def _answered(self) -> None:
        """The answer has just left: perhaps it is written down, perhaps not."""
        asked = self._order()
        self._until(lambda: any(seen.replied for seen in self._posts()[asked:]), "no answer to createorder")
        self._listen(0.1)

    def _waiting(self) -> None:
        """The invoice stands on the screen."""
        self._on_screen()
        self._listen(2.5)

    def _paid(self) -> None:
        """Held, with a number, with a code, or just between two of them."""
        self._on_screen()
        self._pay_all()
        self._listen(6)

    def _kill_while_cancelling(self) -> None:
        """An order is paid (or not) and killed; it is started again when its cancellation is due, and killed again."""
        paid = self._rng.random() < 0.7
        hold: Where | None = self._rng.choice(("before", "after", None))
        before = len(self._gate.exchanges("/cancelorder"))

        def pay() -> None:
            self._on_screen()
            if paid:
                order_id = self._posts()[-1].body["orderId"]
                self._pay_all()
                self._until(lambda: any(said["paid"] for said in self._gate.said(order_id)), "nobody saw the payment")
            self._listen(3)

        def want() -> None:
            self._want_to_cancel()
            if hold is not None:
                self._gate.shut("/cancelorder", hold)

        def fire() -> None:
            self._until(lambda: len(self._gate.exchanges("/cancelorder")) > before, "no cancellation was sent")
            self._listen(1.5)

        self._kill(pay, want)
        self._kill(fire)

    def _want_to_cancel(self) -> None:
        """The wish, as a second program may have written it, and three minutes that the machine was off."""
        with contextlib.closing(sqlite3.connect(self._journal, isolation_level=None)) as db:
            for order in tables.listed(db)[0]:
                wish = (arm(order).cancel if order.money_held else Cancel.GIVEN_UP) if not order.ended else order.cancel
                db.execute("UPDATE orders SET cancel = ? WHERE order_id = ?", (wish, order.order_id))
            db.execute("UPDATE orders SET created_at = created_at - 180, paid_at = paid_at - 180")

    def _order(self) -> int:
        """Type for an order; how many requests for one the gate had seen before."""
        before = len(self._posts())
        self._typed += 1
        self.terminal.type("germ\rteleg\r")
        return before

    def _on_screen(self) -> None:
        asked = self._order()
        self.terminal.wait("Payable for")
        self._shown.add(self._posts()[asked].body["orderId"])

    def _pay_all(self) -> None:
        for seen in self._posts():
            with contextlib.suppress(PaymentRefused):  # paid before, or cancelled
                self._sandbox.pay(seen.body["payreq"])

    # -- the kill, and the proof

    def _kill(self, act: Callable[[], None], then: Callable[[], None] = lambda: None) -> None:
        act()
        self.terminal.kill9()
        died = time.monotonic()
        self.kills += 1
        self._gate.open()
        self._until_quiet()
        newest = self._check_what_is_left(died)
        self.happened[f"{act.__name__.strip('_').replace('_', ' ')}: {newest}"] += 1
        then()
        self._gate.shut("/orderstatus", "before")
        self._start()
        self._check_screen()  # nothing was asked yet: what the journal knows, and no more
        self._gate.open("/orderstatus")
        for order in self._orders():
            self._check_truth(order.order_id)
        self._check_screen()
        self.terminal.key("esc")
        self.terminal.wait("Receive a code")

    def _check_what_is_left(self, died: float) -> str:
        """The journal of a program that died at a moment (monotonic); what it says of the newest order, in words."""
        with self._copy() as copy:  # looking must not repair anything
            orders, intents, lines = memory(copy)
        posts, kept = self._posts(), {order.order_id for order in orders}
        made = {seen.body["orderId"]: seen.replied for seen in posts}
        assert kept <= made.keys(), f"orders that the server never made: {kept - made.keys()}"
        assert self._shown <= kept, f"orders that stood on the screen are lost: {self._shown - kept}"
        sure = {order_id for order_id, replied in made.items() if replied is not None and replied < died - SURELY}
        assert not (missing := sure - kept - self._unanswered), f"orders are lost: {missing}"
        newly_lost = bool(made.keys() - kept - self._unanswered)
        self._unanswered |= made.keys() - kept
        assert len(posts) <= self._typed, "an order was sent again by itself"
        never_sent = len(kept) + len(intents) - len(made)
        assert 0 <= never_sent <= self._unsure, f"{len(kept)} orders, {len(intents)} notes, but {len(made)} were made"
        assert Counter(key for key, what in lines if what == "created") == Counter(kept)
        for order in orders:
            said = self._gate.said(order.order_id)
            allowed = {Status.WAITING} | {status_of(words, order.cancel) for words in said}
            assert order.status in allowed, f"{order.order_id[:6]} is called {order.status}, the server said {said}"
            assert order.code in {None, *(str(words["code"]) for words in said)}
            assert order.number in {None, *(str(words["number"]) for words in said)}
        noted, self._noted = self._noted, len(orders) + len(intents)
        if newly_lost:
            return UNKNOWN
        return state_words(orders[0])[1] if orders and (self._noted > noted or self._cancelling) else "nothing noted"

    def _check_screen(self) -> None:
        def wanted() -> Counter[str]:
            orders, intents, _ = memory(self._journal)
            return Counter(state_words(order)[1] for order in orders) + Counter({UNKNOWN: len(intents)})

        def all_there() -> bool:
            shown = self.terminal.text()
            return all(shown.count(words) >= count for words, count in wanted().items())

        self._until(all_there, "the screen does not show", wanted)

    def _check_truth(self, order_id: str) -> None:
        """In the journal stands what the server said last, once it was asked again."""

        def true() -> bool:
            order, said = self._order_now(order_id), self._gate.said(order_id)
            return bool(said) and order.status is status_of(said[-1], order.cancel)

        self._until(
            true, f"{order_id[:6]}: a wrong state", lambda: (self._order_now(order_id), self._gate.said(order_id))
        )

    # -- means

    @property
    def terminal(self) -> Terminal:
        assert self._terminal is not None, "the program was not started"
        return self._terminal

    def _start(self) -> None:
        if self._terminal is not None:
            self._terminal.close()
        env = {"HOME": str(self._folder), "S4S_DATA_DIR": str(self._folder / "data"), "S4S_API_URL": self._gate.url}
        self._terminal = Terminal(self._program, size=(100, 36), env=env, cwd=self._folder)
        self._terminal.wait("Receive a code")
        if self.kills:
            self._terminal.key("f6")
            self._terminal.gone("Receive a code")

    def _listen(self, most: float) -> None:
        self.terminal.listen(self._rng.uniform(0, most))

    def _until(self, holds: Callable[[], bool], complaint: str, more: Callable[[], object] = lambda: "") -> None:
        """Until `holds()`, which is looked at whether the program writes or not."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, f"{complaint} {more()}\n{self.terminal.text()}"
            self.terminal.listen(0.05)

    def _until_quiet(self) -> None:
        """Until every request that reached the gate was answered: nobody is there to read it, but it is then known."""
        deadline = time.monotonic() + PATIENCE
        while any(seen.replied is None for seen in list(self._gate.log)):
            assert time.monotonic() < deadline, "the server does not answer"
            threading.Event().wait(0.01)

    def _posts(self) -> list[Exchange]:
        return self._gate.exchanges("/createorder")

    def _orders(self) -> tuple[Order, ...]:
        return memory(self._journal)[0]

    def _order_now(self, order_id: str) -> Order:
        return next(order for order in self._orders() if order.order_id == order_id)

    @contextlib.contextmanager
    def _copy(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            for suffix in SIDE_FILES:
                with contextlib.suppress(FileNotFoundError):
                    shutil.copy(self._journal.with_name(self._journal.name + suffix), folder)
            yield Path(folder) / self._journal.name
