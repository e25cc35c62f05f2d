"""Programs on a terminal, and what they cost: time, processor, memory, bytes."""

import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.pty_driver import Terminal

INSTALLED = Path(sys.executable).with_name("s4s-tui")
BARE = Path(__file__).with_name("bare.py")
READY = "Receive a code"
"""On the first screen, which is drawn in one go with its search and its list."""
median = statistics.median


@dataclass(frozen=True)
class Start:
    """A start that was watched: until it was ready, and half a second later.

    Attributes:
        ms: milliseconds until it was ready.
        cpu: milliseconds of a processor until then, which other programs disturb less.
        mib: MiB resident half a second later.
    """

    ms: float
    cpu: float
    mib: float


def program(env: Mapping[str, str], size: tuple[int, int] = (80, 24)) -> Terminal:
    """The installed program, just started."""
    return Terminal([INSTALLED], size=size, env=env)


def start(env: Mapping[str, str]) -> Start:
    """Start the program, and end it."""
    return _watch(lambda: program(env), READY)


def bare_start(home: Path) -> Start:
    """Start the bare app of the same interpreter, and end it."""
    return _watch(lambda: Terminal([sys.executable, BARE], env={"HOME": str(home)}), "READY")


def _watch(begin: Callable[[], Terminal], ready: str) -> Start:
    begun = time.perf_counter()
    with begin() as terminal:
        terminal.wait(ready)
        took = time.perf_counter() - begun
        spent = cpu(terminal)
        terminal.listen(0.5)
        return Start(took * 1000, spent, resident(terminal))


def run(option: str, home: Path) -> float:
    """Milliseconds that the program takes to say something and end."""
    begun = time.perf_counter()
    with Terminal([INSTALLED, option], env={"HOME": str(home)}) as terminal:
        terminal.wait_exit()
        return (time.perf_counter() - begun) * 1000


def resident(terminal: Terminal) -> float:
    """MiB of memory that the program has at this moment."""
    status = Path(f"/proc/{terminal.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def cpu(terminal: Terminal) -> float:
    """Milliseconds that the program has had a processor for so far, all its threads together."""
    tasks = Path(f"/proc/{terminal.process.pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6


@dataclass(frozen=True)
class Idle:
    """What an untouched program costs a second: bytes written, percent of a processor."""

    bytes: float
    percent: float


def idle(terminal: Terminal, seconds: float = 10) -> Idle:
    """Leave it alone and watch."""
    before = cpu(terminal)
    written = terminal.listen(seconds)
    return Idle(written / seconds, (cpu(terminal) - before) / seconds / 10)
