"""Desktop notifications: by the terminal's name, with nothing of the text getting out of its sequence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.domain.preferences import NotifyChoice
from s4s_tui.terminal.notice import sequence, understood

KITTY = {"TERM": "xterm-kitty"}


@pytest.mark.parametrize(
    ("environ", "choice"),
    [
        ({"TERM": "xterm-256color"}, NotifyChoice.OFF),
        ({}, NotifyChoice.OFF),
        (KITTY, NotifyChoice.OSC99),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x,1,0", "KITTY_WINDOW_ID": "1"}, NotifyChoice.OSC99),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, NotifyChoice.OSC9),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, NotifyChoice.OSC777),
        ({"TERM": "foot"}, NotifyChoice.OSC777),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, NotifyChoice.OSC777),
        ({"TERM": "screen.xterm-256color", "STY": "1.tty", "VTE_VERSION": "7600"}, NotifyChoice.OFF),
    ],
)
def test_the_sequence_is_chosen_by_the_terminals_name(environ: dict[str, str], choice: NotifyChoice) -> None:
    assert understood(environ) is choice
    assert bool(sequence("it is there", NotifyChoice.AUTO, environ)) == (choice is not NotifyChoice.OFF)


@pytest.mark.parametrize(
    ("choice", "written"),
    [
        (NotifyChoice.OSC9, "\x1b]9;s4s: the code is there\x1b\\"),
        (NotifyChoice.OSC777, "\x1b]777;notify;s4s;the code is there\x1b\\"),
        (NotifyChoice.OSC99, "\x1b]99;i=s4s:d=0;s4s\x1b\\\x1b]99;i=s4s:p=body;the code is there\x1b\\"),
        (NotifyChoice.OFF, ""),
    ],
)
def test_a_choice_counts_before_the_terminals_name(choice: NotifyChoice, written: str) -> None:
    assert sequence("the code is there", choice, KITTY if choice is NotifyChoice.OFF else {}) == written


def test_in_tmux_it_is_wrapped_for_the_terminal_outside() -> None:
    written = sequence("it is there", NotifyChoice.OSC9, {"TMUX": "/tmp/x,1,0"})
    assert written == "\x1bPtmux;\x1b\x1b]9;s4s: it is there\x1b\x1b\\\x1b\\"


@given(st.text(), st.sampled_from([NotifyChoice.OSC9, NotifyChoice.OSC777, NotifyChoice.OSC99]))
def test_no_text_gets_out_of_its_sequence(text: str, choice: NotifyChoice) -> None:
    written, empty = sequence(text, choice, {}), sequence("", choice, {})
    assert written.count("\x1b") == empty.count("\x1b")
    assert not {"\x07", "\x9c", "\n", "\r"} & set(written)
    assert written.count(";") == empty.count(";")
    assert len(written) <= len(empty) + 120
