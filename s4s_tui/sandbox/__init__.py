"""The same API on this machine, over real HTTP, with real signed invoices that no wallet can pay by accident.

Importing this package needs neither Starlette nor uvicorn; `Sandbox.start` does (extra `demo`).
"""

from s4s_tui.sandbox.buyer import PaymentRefused
from s4s_tui.sandbox.fate import DIRECT_DIGITS, FAILING_ADDRESS, FAILING_DIGITS, UNDELIVERED_DIGITS
from s4s_tui.sandbox.funding import FUND_LIMIT
from s4s_tui.sandbox.options import DEMO_BALANCE, DEMO_KEY, SandboxOptions, Style
from s4s_tui.sandbox.server import Sandbox, SandboxError
from s4s_tui.sandbox.stock import BARE_COUNTRY, EMPTY_COUNTRY, NO_NUMBER_SERVICE

__all__ = [
    "BARE_COUNTRY",
    "DEMO_BALANCE",
    "DEMO_KEY",
    "DIRECT_DIGITS",
    "EMPTY_COUNTRY",
    "FAILING_ADDRESS",
    "FAILING_DIGITS",
    "FUND_LIMIT",
    "NO_NUMBER_SERVICE",
    "UNDELIVERED_DIGITS",
    "PaymentRefused",
    "Sandbox",
    "SandboxError",
    "SandboxOptions",
    "Style",
]
