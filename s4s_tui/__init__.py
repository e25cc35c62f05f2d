"""s4s-tui: a terminal user interface for sms4sats.com."""

__version__ = "0.1.0"
