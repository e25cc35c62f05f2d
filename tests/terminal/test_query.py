"""The terminal is asked in one breath; its answer is read whole, and silence ends."""

import os
import pty
import select
import termios
import threading

from s4s_tui.terminal.query import Answer, ask, question

ANSWER = b"\x1bP>|WezTerm 20240203\x1b\\\x1bP1+r524742=382f382f38\x1b\\\x1b[?65;4;52c"


def test_an_answer_is_read_whole_and_the_terminal_is_left_as_it_was() -> None:
    outside, inside = pty.openpty()
    before = termios.tcgetattr(inside)

    def answer() -> None:
        os.read(outside, 100)
        os.write(outside, ANSWER)

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        heard = ask(inside, inside, question({}), 5)
        assert heard == Answer(answered=True, name="WezTerm 20240203", rgb=True, osc52=True)
        assert heard.words == "asked: WezTerm 20240203, 16 million colours, takes copies (OSC 52)"
        thread.join(5)
        assert termios.tcgetattr(inside) == before
        assert select.select([inside], [], [], 0)[0] == []
    finally:
        os.close(outside)
        os.close(inside)


def test_silence_is_not_waited_for_for_ever() -> None:
    outside, inside = pty.openpty()
    try:
        assert ask(inside, inside, question({}), 0.05).words == "it does not answer when asked"
    finally:
        os.close(outside)
        os.close(inside)


def test_who_would_show_a_question_is_not_asked_it() -> None:
    assert b"\x1bP" in question({"TERM": "xterm-256color"})
    assert b"\x1bP" not in question({"TERM": "linux"})
    assert b"\x1bP" not in question({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"})
