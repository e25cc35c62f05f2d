"""A walk through the screens of the program, whatever the server says on them; the server has a country 43."""

from collections.abc import Callable

from tests.acceptance.screen import sentences, wait_sentence
from tests.acceptance.server import Order, Server
from tests.pty_driver import Terminal


def looks(terminal: Terminal, key: str, words: str) -> None:
    """Open something by a key, see it, and leave it by Escape."""
    terminal.key(key)
    wait_sentence(terminal, words)
    closes(terminal, words)


def closes(terminal: Terminal, words: str) -> None:
    """Leave by Escape what shows these words."""
    terminal.key("esc")
    terminal.until(lambda: words not in sentences(terminal), f"{words!r} was not left")


def orders(terminal: Terminal, server: Server) -> Order:
    """From the countries to an unpaid order, with a look at each thing that can be done with its invoice."""
    terminal.wait("Country")
    terminal.type("germ\r")
    wait_sentence(terminal, "Service Code")
    terminal.type("teleg\r")
    terminal.wait("Payable for")
    looks(terminal, "z", "Pay 3,000 sats · esc Back")
    looks(terminal, "b", "Select it with the mouse")
    terminal.key("p")
    terminal.wait("QR code saved")
    terminal.key("i")
    wait_sentence(terminal, "Sent to the terminal's clipboard")
    return server.order


def receives(terminal: Terminal, server: Server, order: Order, number: str, code: str, *, seen: str) -> None:
    """From the payment to the code, of which `seen` is on the screen; then all that is written about it."""
    server.pay(order)
    terminal.wait("Held, not spent")
    server.assign(order, number)
    terminal.wait("Your number") if number.isdigit() else wait_sentence(terminal, "✓ Number")
    server.deliver(order, code)
    wait_sentence(terminal, "Your code for Telegram:")
    terminal.wait(seen)
    terminal.key("c")
    wait_sentence(terminal, "Code: Sent to the terminal's clipboard")
    looks(terminal, "v", "▸ History")
    terminal.key("w")
    wait_sentence(terminal, "With the number and the code?")
    terminal.key("y")
    terminal.wait("File for support")


def goes_round(terminal: Terminal, *, search: str) -> None:
    """Orders, settings, help, palette, sending, renting: each opened, and left again."""
    terminal.key("f6")
    wait_sentence(terminal, "Ended otherwise")
    terminal.key("delete")
    wait_sentence(terminal, "Take it off the list")
    terminal.key("n")
    terminal.gone("Take it off the list")
    looks(terminal, "f", "Paste its order id")
    looks(terminal, ",", "Colours")
    looks(terminal, "f1", "Keys that work here")
    terminal.key("ctrl+p")
    terminal.type(search)
    terminal.settle()
    terminal.key("esc")
    terminal.key("f7")
    wait_sentence(terminal, "Send an SMS")
    terminal.type("+491701234567")
    terminal.wait("+49 170 1234567")
    terminal.type("\tHello")
    wait_sentence(terminal, "5 of 140")
    terminal.key("f7")
    wait_sentence(terminal, "SMS to +49 170 1234567")
    terminal.key("enter")
    terminal.gone("SMS to +49 170 1234567")
    terminal.settle()
    terminal.key("f8")
    wait_sentence(terminal, "Rent a number")
    terminal.type("\r")
    wait_sentence(terminal, "Rentals are not refundable")


def visits_account(terminal: Terminal, seen: Callable[[], bool]) -> None:
    """The account, and each thing that can be done there, once what should be `seen` is there."""
    terminal.key("f9")
    wait_sentence(terminal, "Keep only what you will use soon")
    terminal.until(seen, "the account is not there")
    looks(terminal, "k", "Enter the API key")
    looks(terminal, "e", "JSON, for a program")
    terminal.key("f")
    wait_sentence(terminal, "Fund the account")
    terminal.key("enter")
    terminal.settle()
    terminal.key("esc")
