"""An account for the tests of its screens: a key that must be nowhere, and two fundings with their preimages."""

from s4s_tui.domain.account import Deposit
from s4s_tui.domain.secret import Secret
from tests.services.fakes import START

MARK = "KEY-that-must-be-nowhere-42a7"
PREIMAGES = ("9e" * 32, "8f" * 32)
OLD = Deposit(10_000, "10000", START - 200_000, "sms4sats fund [/]", "aa" * 32, Secret(PREIMAGES[0]))
NEW = Deposit(2_500, "2500", START, "[bold]second", "bb" * 32, Secret(PREIMAGES[1]))
