"""What the program costs while nobody touches it: on the first screen, with a countdown, with very many orders."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from s4s_tui.domain.order import Order, Status
from tests.bench.program import READY, cpu, idle, program, resident
from tests.bench.shop import Shop
from tests.bench.table import Row
from tests.pty_driver import Terminal
from tests.services.disk import written
from tests.services.fakes import held

MANY, MOST = 50, 300


def measure(home: Path, shop: Shop) -> list[Row]:
    """Watch an untouched program in each place."""
    with _running(home, shop) as terminal:
        terminal.settle(1)
        rows = _idle("idle, country screen", terminal, 0)
        terminal.type("germ\r")
        terminal.wait("Service ")
        terminal.type("telegram")
        terminal.wait(" of ")
        terminal.settle(0.5)
        terminal.key("enter")
        terminal.wait("Payable for")
        terminal.listen(1)
        rows += _idle("idle, an order with its countdown", terminal, 300)
    shop.pay_all()
    with _running(home, shop) as terminal:  # the same screen with one order: what 300 take is counted from here
        _to_the_orders(terminal)
        few = resident(terminal)
    with _running(home, shop, MANY) as terminal:
        _to_the_orders(terminal)
        rows += _idle(f"idle, the list with {MANY} open orders", terminal, 600)
    with _running(home, shop, MOST) as terminal:
        _to_the_orders(terminal)
        rows += _with_most(terminal, shop, few)
    return rows


def _idle(what: str, terminal: Terminal, most: float) -> list[Row]:
    found = idle(terminal)
    return [
        Row(what, f"{found.bytes:.0f} bytes/s", found.bytes, most, f"{most:g} bytes/s"),
        Row("its processor", f"{found.percent:.1f} %", found.percent, 1, "1 %"),
    ]


def _with_most(terminal: Terminal, shop: Shop, few: float) -> list[Row]:
    asked, begun = shop.requests(), time.monotonic()
    spent = cpu(terminal)
    terminal.listen(20)
    seconds = time.monotonic() - begun
    rate = (shop.requests() - asked) / seconds
    percent = (cpu(terminal) - spent) / seconds / 10
    more = resident(terminal) - few
    return [
        Row(f"{MOST} open orders: requests", f"{rate:.2f}/s", rate, 2, "2/s"),
        Row("their processor", f"{percent:.1f} %", percent, 5, "5 %"),
        Row("their memory", f"+ {more:.1f} MiB", more, 25, "+ 25 MiB"),
    ]


def _to_the_orders(terminal: Terminal) -> None:
    terminal.key("f6")
    terminal.wait("Orders")
    terminal.listen(5)  # the first answers come, and change what stands there


@contextmanager
def _running(home: Path, shop: Shop, orders: int = 1) -> Iterator[Terminal]:
    """The program with so many open orders, all of which the server knows and has numbers for."""
    folder = home / f"following {orders}"
    if orders > 1:
        asyncio.run(written(folder / "journal.db", *_open_orders(shop, orders)))
    env = {"HOME": str(home), "S4S_DATA_DIR": str(folder), "S4S_API_URL": shop.url}
    with program(env, (100, 36)) as terminal:
        terminal.wait(READY)
        yield terminal


def _open_orders(shop: Shop, count: int) -> list[Order]:
    made = [shop.order() for _ in range(count)]
    shop.pay_all()
    now = time.time()
    return [
        held(
            each["orderId"],
            payreq=each["payreq"],
            network="bcrt",
            status=Status.NUMBER,
            number=str(shop.status(each["orderId"])["number"]),
            created_at=now,
            paid_at=now,
            number_at=now,
            expires_at=now + 86400,
            skew=0,
        )
        for each in made
    ]
