import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.domain.text import clean, clean_lines
from tests.fuzzing import counted
from tests.hostile import PIECES, harmless, harmless_lines

NASTY = st.lists(
    st.text()
    | st.sampled_from(
        [
            "<",
            ">",
            "<b>",
            "</",
            "&lt;",
            "&amp;",
            "&#",
            "&#x1b;",
            "&#10;",
            "&nbsp;",
            "\x1b[",
            "\x1b]",
            "\x9b",
            "\x07",
            "[/]",
            "\u0301" * 5,
            "\u3164",
        ]
    )
    | st.sampled_from(PIECES)
    | st.characters(categories=["Cc", "Cf", "Co", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"]),
    max_size=30,
).map("".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Any other <small>call forwarding</small>", "Any other call forwarding"),
        ("a < b > c, 1<2", "a < b > c, 1<2"),
        ("[red]sure[/red]", "[red]sure[/red]"),
        ("Tom &amp; Jerry&nbsp;&lt;3", "Tom & Jerry <3"),
        ("&lt;b&gt;bold&lt;/b&gt;", "bold"),
        ("&amp;lt;i&amp;gt;deep", "deep"),
        ("<<b>i>nested", "nested"),
        ("\x1b[1;31mred\x1b[0m \x9b2Jgone", "red gone"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ \x1b]0;title\x07end", "link end"),
        ("\x1bPq#0\x1b\\sixel \x1bcreset \x1b(Bset", "sixel reset set"),
        ("open \x1b]0;never closed", "open 0;never closed"),
        ("a\u202ecba\u202c z\u200bero \ufeff\u2066x\u2069 so\u00adft", "acba zero x soft"),
        ("one\r\ntwo\u2028three\tfour\u3000five", "one two three four five"),
        ("bell\x07 nul\x00 del\x7f c1\x81 lone\ud800 own\ue000", "bell nul del c1 lone own"),
        ("&#x1b;[31m &#8238;x &#0;", "[31m x \N{REPLACEMENT CHARACTER}"),
        ("&#" + "9" * 5000 + ";x", "x"),
        ("שִׁ֑ ḗ กี้", "שִׁ֑ ḗ กี้"),
        ("日本語 ünïcode ✓", "日本語 ünïcode ✓"),
        ("Việt שָׁלוֹם कि ก็", "Việt שָׁלוֹם कि ก็"),
        (
            "z" + "\u0301" * 500 + "a\u0335\u200b\u0336\u0337\u0338\u0300lgo",
            "z" + "\u0301" * 4 + "a\u0335\u0336\u0337\u0338lgo",
        ),
        ("no\u3164thing\u115f \u034fhere", "nothing here"),
        ("", ""),
    ],
)
def test_one_line_is_what_a_person_should_see(text: str, shown: str) -> None:
    assert clean(text, 400) == shown


@given(NASTY, st.integers(1, 60))
@counted("texts cleaned")
def test_cleaning_leaves_nothing_hidden_keeps_the_limit_and_is_stable(text: str, limit: int) -> None:
    line = clean(text, limit)
    assert harmless(line)
    assert len(line) <= limit
    assert line == line.strip()
    assert clean(line, limit) == line


@given(NASTY, st.integers(1, 60))
@counted("texts cleaned")
def test_cleaned_lines_hold_newlines_and_nothing_else_hidden(text: str, limit: int) -> None:
    lines = clean_lines(text, limit)
    assert harmless_lines(lines)
    assert len(lines) <= limit
    assert clean_lines(lines, limit) == lines


@given(st.text("abc 123<>&;[]"))
def test_a_message_keeps_its_words_and_whatever_looks_like_markup(text: str) -> None:
    assert clean_lines(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Your code:\r\n<048010>\r\n\r\nBye", "Your code:\n<048010>\n\nBye"),
        ("  G-&lt;048010&gt; \x1b[5m!\x1b[0m", "G-&lt;048010&gt; !"),
        ("a\tb\u2029c\u200d  \nd\n\n", "a b\nc\nd"),
        ("x" * 3000, "x" * 1999 + "…"),
    ],
)
def test_a_whole_message_keeps_its_lines(text: str, shown: str) -> None:
    assert clean_lines(text) == shown


def test_a_long_line_ends_in_an_ellipsis() -> None:
    assert clean("word " * 100, 12) == "word word w…"
    assert clean("word word w!", 12) == "word word w!"
    assert clean("word word  x", 11) == "word word x"


def test_a_text_cut_before_cleaning_says_so() -> None:
    assert clean("abcd" + "<b/>" * 10_000 + "c", 10) == "abcd…"


@pytest.mark.parametrize("unit", ["&amp;", "<a", "\x1b]", "\x90", "\x1b[0", "<b>", "&#", "\u202e", "&" * 50 + "lt;"])
def test_of_a_megabyte_of_rubbish_little_is_left(unit: str) -> None:
    assert len(clean(unit * (2**20 // len(unit)))) <= 200
    assert len(clean_lines(unit * (2**20 // len(unit)))) <= 2000
