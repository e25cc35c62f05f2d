"""What a hostile server writes into its texts, and what must be left of it for a person to see."""

import re
from unicodedata import category

from s4s_tui.domain.text import MOST_MARKS

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
EVIL = "EVIL"
"""Stands only within sequences that a terminal would obey: where it is written, one has been written."""
PIECES = (
    f"\x1b]52;c;{EVIL}\x07",
    f"\x1b]0;{EVIL}\x1b\\",
    f"\x1b]8;;http://{EVIL}\x1b\\",
    f"\x1bP+q{EVIL}\x1b\\",
    f"\x1b_G{EVIL}\x1b\\",
    f"\x9d52;c;{EVIL}\x9c",
    f"\x90{EVIL}\x9c",
    "\x1b[38;2;66;6;66m",
    "\x1b[2J\x1b[1;1H\x1b[6n",
    "\x9b38;2;66;6;66m",
    "\x1bc\x1b(0\x0e\x08\x7f\x07\x05",
    "\x84\x85\x8d\x96",
    "\u202e\u202d\u202a\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\U000e0041\ue000",
    "\u3164\u115f\u034f",
    "e" + "\u0301\u0336" * 300,
    "[red]r[/red][@click=app.quit]q[/][link=http://x]l[/link]",
    "[/] [bold {x} \\[ $error &#x1b;[2J &#8238; <b>&lt;i&gt;",
    "W" * 5_000,
)


def harmless(line: str) -> bool:
    """Whether nothing in a line hides, moves, reverses or piles up."""
    kinds = [category(char) for char in line]
    return not piles_up(line) and not set(kinds) & (HIDDEN | {"Zl", "Zp"}) and not FILLERS & set(line)


def harmless_lines(text: str) -> bool:
    """Whether that is true of every line of a text."""
    return all(harmless(line) for line in text.split("\n"))


def piles_up(line: str) -> bool:
    """Whether more marks stand on one character than any language needs."""
    return (
        re.search(f"M{{{MOST_MARKS + 1}}}", "".join("M" if category(c) in ("Mn", "Me") else "-" for c in line))
        is not None
    )
