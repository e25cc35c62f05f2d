"""Finding countries and services by a few letters: pure, on text that was folded once."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import Generic, NamedTuple, TypeVar

from s4s_tui.domain.catalogue import Country, Service

T = TypeVar("T")

_FUZZY_FROM = 3  # letters; shorter queries are a subsequence of nearly every name
_SLIP_FROM = 5  # letters that may hold one slip; with four "iran" would be Iraq
_SLIPS_FROM = 8  # letters that may hold two

_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
# Letters that have no decomposition into a base letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


class Rank(IntEnum):
    """How well a row fits, best first (screens.md: ranking)."""

    EXACT = 0
    START = 1
    WORD = 2
    INSIDE = 3
    NEAR = 4
    SCATTERED = 5


def fold(text: str) -> str:
    """The text as it is compared: lower case, without accents, words parted by single blanks; "" for punctuation."""
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    kept = (char if char.isalnum() else " " for char in bare if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


class _Entry(NamedTuple, Generic[T]):
    """One row and its folded texts.

    Attributes:
        exact: whole names, aliases and codes.
        text: name and aliases, one a line, each behind a blank so that " x" finds the start of a word.
        glued: the same lines without the blanks inside, so that "hongkong" and "tele gram" find their rows.
        length: characters of the folded name.
    """

    row: T
    exact: frozenset[str]
    text: str
    glued: str
    length: int


class _Query(NamedTuple):
    """What was typed, folded: the whole, its words where there are several, and all of it without blanks."""

    whole: str
    words: tuple[str, ...]
    glued: str


class Index(Generic[T]):
    """Rows with their search texts folded once; a search then only compares strings.

    Args:
        rows: what is searched, in the order an empty query shows.
        name: the row's name.
        codes: codes that only count as a whole ("DE", "+49", "tg").
        aliases: other names, searched like the name.
    """

    def __init__(
        self,
        rows: Iterable[T],
        *,
        name: Callable[[T], str],
        codes: Callable[[T], Iterable[str]],
        aliases: Callable[[T], Iterable[str]] = lambda _row: (),
    ) -> None:
        self._rows = tuple(rows)
        self._entries = tuple(_entry(row, name(row), codes(row), aliases(row)) for row in self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def search(self, query: str) -> tuple[T, ...]:
        """The rows that fit, best first; all rows in their order where nothing to search for was typed.

        Among rows that fit equally well the shorter name comes first, then the order the rows were given in.
        Slips of the finger are forgiven only where nothing fits as typed.
        """
        whole = fold(query)
        if not whole:
            return self._rows
        words = tuple(whole.split())
        asked = _Query(whole, words if len(words) > 1 else (), whole.replace(" ", ""))
        return self._ranked(asked, _rank) or self._ranked(asked, _fuzzy_rank)

    def _ranked(self, asked: _Query, rank: Callable[[_Entry[T], _Query], Rank | None]) -> tuple[T, ...]:
        found = [
            (how, entry.length, position, entry.row)
            for position, entry in enumerate(self._entries)
            if (how := rank(entry, asked)) is not None
        ]
        found.sort(key=lambda hit: hit[:3])
        return tuple(row for *_, row in found)


def country_index(countries: Iterable[Country]) -> Index[Country]:
    """An index of countries: by name, ISO code, dial prefix and every alias."""
    return Index(
        countries,
        name=lambda country: country.name,
        codes=lambda country: (country.iso2 or "", country.dial or ""),
        aliases=lambda country: country.aliases,
    )


def service_index(services: Iterable[Service]) -> Index[Service]:
    """An index of services: by name and the API's code."""
    return Index(services, name=lambda service: service.name, codes=lambda service: (service.code,))


def _entry(row: T, name: str, codes: Iterable[str], aliases: Iterable[str]) -> _Entry[T]:
    names = [fold(name), *map(fold, aliases)]
    text = " " + "\n ".join(names)
    return _Entry(
        row=row,
        exact=frozenset((*names, *map(fold, codes))),
        text=text,
        glued=text if text.count(" ") == len(names) else " " + "\n ".join(part.replace(" ", "") for part in names),
        length=len(names[0]),
    )


def _rank(entry: _Entry[T], asked: _Query) -> Rank | None:
    """How the row fits what was typed, letter by letter; None where it does not."""
    if asked.whole in entry.exact:
        return Rank.EXACT
    if asked.whole in entry.text:
        return _rank_inside(entry.text, asked.whole)
    if " " + asked.glued in entry.glued:
        return Rank.WORD
    if asked.words and all(word in entry.text for word in asked.words):
        return Rank.WORD if all(" " + word in entry.text for word in asked.words) else Rank.INSIDE
    return None


def _rank_inside(text: str, part: str) -> Rank:
    start = " " + part
    if text.startswith(start):
        return Rank.START
    return Rank.WORD if start in text else Rank.INSIDE


def _fuzzy_rank(entry: _Entry[T], asked: _Query) -> Rank | None:
    """How the row fits if fingers slipped; None where it does not, or where too little was typed to say."""
    whole = asked.whole
    if len(whole) < _FUZZY_FROM:
        return None
    slips = (len(whole) >= _SLIP_FROM) + (len(whole) >= _SLIPS_FROM)
    scattered = False
    for tail in _tails(entry.text, whole[0]):
        if _near(whole, tail, slips):
            return Rank.NEAR
        scattered = scattered or _scattered(asked.glued, tail)
    return Rank.SCATTERED if scattered else None


def _tails(text: str, first: str) -> Iterator[str]:
    """Each line of the text from every word on that begins with the letter: slips seldom hit the first one."""
    start = text.find(" " + first)
    while start >= 0:
        yield text[start + 1 :].partition("\n")[0]
        start = text.find(" " + first, start + 1)


def _near(query: str, text: str, slips: int) -> bool:
    """Whether the text begins with the query but for some letters left out, added, mistaken or swapped."""
    same = 0
    for left, right in zip(query, text, strict=False):
        if left != right:
            break
        same += 1
    query, text = query[same:], text[same:]
    if not query:
        return True
    if not slips:
        return False
    swapped = len(query) > 1 and query[1::-1] == text[:2]
    return (
        _near(query, text[1:], slips - 1)
        or _near(query[1:], text, slips - 1)
        or _near(query[1:], text[1:], slips - 1)
        or (swapped and _near(query[2:], text[2:], slips - 1))
    )


def _scattered(letters: str, text: str) -> bool:
    """Whether the letters stand in the text in their order, not too far apart ("tlgrm" in "telegram")."""
    position = -1
    for letter in letters:
        position = text.find(letter, position + 1)
        if position < 0:
            return False
    gaps = len(letters) if len(letters) >= _SLIP_FROM else 1
    return position < len(letters) + gaps
