"""Orders in all states, and what becomes of each at the server."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from s4s_tui.domain.order import MONEY_BACK, NUMBER_DEAD, Cancel, Order, Status
from tests.services.fakes import START, an_order, held

HOUR: Final = 3600.0
NEVER: Final = float("inf")


@dataclass
class Fate:
    """What becomes of an order at the server; wall-clock seconds, NEVER for what does not happen."""

    paid_at: float = NEVER
    number_at: float = NEVER
    code_at: float = NEVER
    back_at: float = NEVER
    expires_at: float = NEVER


def crew(rng: random.Random, count: int, hours: float) -> Iterator[tuple[Order, Fate]]:
    """Orders in all states at START, and what becomes of them in the hours after."""
    for at in range(count):
        order_id, ago = f"{at:03}", rng.uniform(0, 2 * 60)
        match at % 10:
            case 0 | 1:  # unpaid and new, or old; most are paid at some time of the day
                made = START - rng.choice([ago, HOUR * rng.uniform(0.2, 20)])
                yield (
                    an_order(order_id, created_at=made, expires_at=made + 24 * HOUR),
                    _paid(rng, START + rng.uniform(0, hours * HOUR), made + 24 * HOUR),
                )
            case 2:
                yield (
                    an_order(order_id, created_at=START - ago, cancel=Cancel.GIVEN_UP),
                    Fate(expires_at=START + 24 * HOUR),
                )
            case 3:
                paid = START - rng.uniform(0, NUMBER_DEAD)
                yield held(order_id, created_at=paid, paid_at=paid), _paid(rng, paid)
            case 4:
                paid = START - rng.uniform(0, MONEY_BACK)
                number = {"status": Status.NUMBER, "number": "4915112345678", "number_at": paid}
                yield held(order_id, created_at=paid, paid_at=paid, **number), replace(_paid(rng, paid), number_at=paid)
            case 5:
                yield held(order_id, paid_at=START - ago, cancel=Cancel.ARMED), _paid(rng, START - ago)
            case 6:  # its money is unknown, for minutes or for hours
                paid = START - MONEY_BACK - rng.choice([ago, HOUR * rng.uniform(1, 10)])
                yield held(order_id, paid_at=paid, created_at=paid, status=Status.UNKNOWN), Fate(paid_at=paid)
            case 7:
                yield (
                    held(order_id, status=Status.RETURNED, reason="Your funds are returned.", ended_at=START - ago),
                    Fate(back_at=START),
                )
            case 8:
                yield an_order(order_id, status=Status.EXPIRED, ended_at=START - ago), Fate(expires_at=START)
            case _:
                yield (
                    held(order_id, status=Status.CODE, code="1", ended_at=START - ago),
                    Fate(paid_at=START, code_at=START),
                )


def _paid(rng: random.Random, at: float, expires_at: float = NEVER) -> Fate:
    """Paid at that moment; the code comes in time, or the money goes back after 21 minutes, or nobody ever says."""
    number_at = at + rng.uniform(5, 25)
    match rng.choice(["code", "code", "back", "silence"]):
        case "code":
            return Fate(paid_at=at, number_at=number_at, code_at=number_at + rng.uniform(30, 1000))
        case "back":
            return Fate(paid_at=at, number_at=number_at, back_at=at + MONEY_BACK)
        case _:
            return Fate(paid_at=at, number_at=number_at, expires_at=expires_at if at > expires_at else NEVER)
