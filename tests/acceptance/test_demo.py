"""The demo, as the README starts it: from country to code, and every screen says that no money moves."""

import pytest

from tests.acceptance.conftest import Start

pytestmark = pytest.mark.pty

DEMO = "Demo: no money moves"


def test_the_demo_leads_from_country_to_code_and_says_what_it_is_on_every_screen(start: Start) -> None:
    terminal = start("--demo", "--demo-speed", "30")

    def says(words: str) -> None:
        terminal.wait(words)
        terminal.settle()  # the words of the screen before are gone
        terminal.until(lambda: DEMO in terminal.text(), f"the screen with {words!r} does not say that this is a demo")

    says("Country")
    terminal.type("germ\r")
    says("Telegram")
    terminal.type("teleg\r")
    says("Payable for")
    for key, words in (("z", "esc Back"), ("b", "Select it with the mouse"), ("f1", "Keys that work here")):
        terminal.key(key)
        says(words)
        terminal.key("esc")
        says("Payable for")
    terminal.resize(60, 20)
    says("Payable for")
    terminal.key("z")
    terminal.gone("Payable for")
    terminal.settle()
    terminal.wait(DEMO)
    terminal.key("esc")
    terminal.resize(80, 24)
    says("Payable for")
    terminal.key("d")
    says("✓ Payment")
    says("Your code for Telegram")
    terminal.key("f6")
    says("✓ Code received")
    assert terminal.bells in (1, 2), "for the code, and for the number where it came before it"
    terminal.key("q")
    assert terminal.wait_exit() == 0
