"""What using it costs: searching, ordering, one key, waiting for a code."""

import time
from pathlib import Path
from statistics import mean

from tests.bench.program import READY, cpu, median, program, resident
from tests.bench.shop import CODE, Shop
from tests.bench.table import Row, ratio
from tests.pty_driver import Terminal

SIZE = (100, 36)
"""Room for the QR code."""
TYPED = "walleth"
"""A name whose last letter still leaves fewer services than the one before."""
PHASES = 8
POLL = 3.0
"""Seconds between two questions about an order that waits for its code."""


def measure(home: Path, shop: Shop, bare_mib: float) -> list[Row]:
    """Walk through an order as a person does."""
    env = {"HOME": str(home), "S4S_DATA_DIR": str(home / "using"), "S4S_API_URL": shop.url}
    with program(env, SIZE) as terminal:
        terminal.wait(READY)
        terminal.type("united kingdom\r")
        terminal.wait("1,717 of 1,717")
        terminal.settle(0.5)
        rows = _searching(terminal)
        rows += _ordering(terminal, shop, bare_mib)
        rows += _waiting(terminal, shop)
    with program(env) as terminal:
        terminal.wait(READY)
        terminal.settle(0.5)
        rows += _one_key(terminal)
        rows += _one_key_with_a_price(terminal)
    return rows


def _searching(terminal: Terminal) -> list[Row]:
    """Letters as fast as a good typist's; the last one until its result is drawn."""
    drawn, spent = [], []
    for _ in range(7):
        before = cpu(terminal)
        for letter in TYPED[:-1]:
            terminal.type(letter)
            terminal.listen(0.08)
        terminal.type(TYPED[-1])
        drawn.append(terminal.wait(" 1 of 1,717") * 1000)
        terminal.settle(0.3)
        spent.append(cpu(terminal) - before)
        for _letter in TYPED:
            terminal.key("backspace")
        terminal.wait("1,717 of 1,717")
        terminal.settle(0.3)
    return [
        Row(
            "last letter of a search over 1,717 services → result drawn",
            f"{median(drawn):.0f} ms",
            median(drawn),
            60,
            "60 ms",
        ),
        Row("processor for 7 letters of that", f"{median(spent):.0f} ms", median(spent), 200, "200 ms"),
    ]


def _ordering(terminal: Terminal, shop: Shop, bare_mib: float) -> list[Row]:
    """Enter on a service until invoice and QR code are drawn; what is ordered is paid, so that no question comes."""
    took, memory = list[float](), list[float]()
    for _ in range(7):
        terminal.type("telegram")
        terminal.wait(" of 1,717")
        terminal.settle(0.3)
        terminal.key("enter")
        took.append(terminal.until(lambda: _invoice(terminal.text()), "no invoice was drawn") * 1000)
        terminal.settle(0.3)
        memory.append(resident(terminal))
        shop.finish_all()
        terminal.gone("1 open")
        _goes_back(terminal)
    return [
        Row("Enter on a service → invoice and QR code drawn", f"{median(took):.0f} ms", median(took), 120, "120 ms"),
        ratio("memory with an order open", memory[0], bare_mib, 1.8, "MiB"),
    ]


def _goes_back(terminal: Terminal) -> None:
    """From the order to the services, all of them."""
    terminal.key("esc")
    terminal.wait("Service ")
    for _letter in "telegram":
        terminal.key("backspace")
    terminal.wait("1,717 of 1,717")
    terminal.settle(0.3)


def _invoice(text: str) -> bool:
    """Whether the invoice stands there, as words and as a code of many half blocks."""
    return "Payable for" in text and text.count("▀") + text.count("▄") > 100


def _waiting(terminal: Terminal, shop: Shop) -> list[Row]:
    """The server has the code → it is on the screen; evenly spread over the time between two questions."""
    late, rates = [], []
    for phase in range(PHASES):
        terminal.type("telegram")
        terminal.wait(" of 1,717")
        terminal.settle(0.3)
        terminal.key("enter")
        terminal.wait("Payable for")
        shop.pay_all()
        terminal.wait("Enter this number")
        begun, asked = time.monotonic(), shop.requests()
        known = shop.send_code((phase + 0.5) / PHASES * POLL)
        terminal.wait(f"  {CODE} ")
        late.append((time.time() - known) * 1000)
        rates.append((shop.requests() - asked) / (time.monotonic() - begun))
        _goes_back(terminal)
    most = POLL / 2 * 1000 + 100
    return [
        Row("the server has the code → it is on the screen, on average", f"{mean(late):.0f} ms", mean(late), most,
            f"{most:.0f} ms (half of the {POLL:g} s between two questions + 100 ms)"),
        Row("requests for that order", f"{mean(rates):.2f}/s", mean(rates), 0.5, "0.5/s"),
    ]  # fmt: skip


def _one_key(terminal: Terminal) -> list[Row]:
    """Down through a list and on, until it scrolls."""
    terminal.key("esc")
    terminal.settle(0.3)
    written = _written_for_keys(terminal, 24, 0.15)
    usual = median(written[:12])
    return [
        Row("one key in a list, 80x24", f"{usual:,.0f} bytes", usual, 2000, "2,000 bytes"),
        Row("the same where the list scrolls", f"{max(written):,} bytes", max(written), 2000, "2,000 bytes"),
    ]


def _written_for_keys(terminal: Terminal, keys: int, rest: float) -> list[int]:
    """Bytes that each of so many keys costs, with a rest (seconds) after each."""
    written = []
    for _ in range(keys):
        terminal.key("down")
        written.append(terminal.listen(rest))
    return written


def _one_key_with_a_price(terminal: Terminal) -> list[Row]:
    """Down through the services, resting on each until its exact price has come."""
    terminal.type("/united kingdom\r")
    terminal.wait("1,717 of 1,717")
    terminal.settle(0.5)
    terminal.key("esc")
    terminal.settle(0.5)
    usual = median(_written_for_keys(terminal, 12, 0.7))
    return [
        Row("one key in the list of services, exact price included", f"{usual:,.0f} bytes", usual, 2000, "2,000 bytes")
    ]
