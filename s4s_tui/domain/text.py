"""Text from elsewhere (server, invoice, SMS), made harmless for a terminal and for the eye.

Nothing in the results can move a cursor, colour a line, reverse reading order or hide: no character of the Unicode
categories Cc, Cf, Cs and Co is left (but the newlines that `clean_lines` keeps), no letter that is drawn as nothing,
and no more than `MOST_MARKS` marks (accents) on one character. Square brackets are left alone.
"""

import re
from unicodedata import category

MOST_MARKS = 4
"""Combining marks in a row; living languages need no more, and a flood of them is drawn across other lines."""
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor (ECMA-48 5.4)
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS, APC…
    r"|\x1b[ -/]*[0-~]"  # the short ones
)
_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
_ABSURD_ENTITY = re.compile(r"&#[0-9]{8,};?")  # beyond Unicode; html.unescape fails on thousands of digits
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters and marks that are drawn as nothing (Unicode's Default_Ignorable_Code_Point outside of Cf)."""
_MARKS = frozenset({"Mn", "Me"})
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


def clean(text: str, limit: int = 200) -> str:
    """One line for people: no markup, entities resolved, no hidden characters, blanks collapsed.

    At most `limit` (1 or more) characters; a longer text ends in "…". Cleaning a cleaned text changes nothing.
    """
    raw = text[: _raw_limit(limit)]
    line = _pass(raw)
    while (again := _pass(line)) != line:  # an entity may spell a tag, a tag may split another: each pass is shorter
        line = again
    return _bounded(line, limit, cut=len(raw) < len(text))


def clean_lines(text: str, limit: int = 2000) -> str:
    """A whole message with its line breaks as newlines, markup-like text left as it came.

    At most `limit` (1 or more) characters; a longer text ends in "…". Cleaning a cleaned text changes nothing.
    """
    raw = text[: _raw_limit(limit)]
    lines = (_visible(line).rstrip() for line in _BREAKS.split(_without_escapes(raw)))
    return _bounded("\n".join(lines).strip(), limit, cut=len(raw) < len(text))


def _raw_limit(limit: int) -> int:
    # enough for text that is mostly entities and tags; bounds the work on a megabyte of rubbish
    return 16 * limit + 256


def _pass(text: str) -> str:
    spaced = _visible(_BREAKS.sub(" ", _without_escapes(text)))
    without = _TAG.sub("", spaced)
    if "&" in without:
        from html import unescape  # its table of names takes a millisecond, and hardly any text needs it

        without = unescape(_ABSURD_ENTITY.sub("", without))
    return " ".join(without.split())


def _without_escapes(text: str) -> str:
    return _ESCAPE.sub("", text) if "\x1b" in text or not text.isascii() else text


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = 0
    for char in text:
        kind = category(char)
        if char == "\t":
            shown.append(" ")
        elif kind in _HIDDEN or char in _FILLERS:
            continue
        elif kind not in _MARKS or marks < MOST_MARKS:
            shown.append(char)
        marks = marks + 1 if kind in _MARKS else 0
    return "".join(shown)


def _bounded(text: str, limit: int, *, cut: bool) -> str:
    if len(text) <= limit and not cut:
        return text
    return text[: max(limit - 1, 0)].rstrip() + "…"


def file_words(text: str, most: int) -> str:
    """What of a text can stand in a file's name on every system: its first `most` ASCII letters and digits."""
    return "".join(char for char in text if char.isascii() and char.isalnum())[:most]
