"""Finding countries and services by a few letters."""

import time
from importlib import resources
from json import loads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.domain.catalogue import Country, Service
from s4s_tui.domain.search import Index, country_index, fold, service_index
from s4s_tui.domain.sorting import ServiceOrder, sort_services
from s4s_tui.services.builtin import builtin_countries


@pytest.fixture(scope="module")
def countries() -> Index[Country]:
    return country_index(builtin_countries())


@pytest.fixture(scope="module")
def services() -> tuple[Service, ...]:
    text = resources.files("s4s_tui.data").joinpath("services.json").read_text(encoding="utf-8")
    return tuple(Service(code, name, 1) for code, name in loads(text)["services"])


@pytest.fixture(scope="module")
def telegram(services: tuple[Service, ...]) -> Index[Service]:
    return service_index(services)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("São Tomé and Príncipe", "sao tome and principe"),
        ("Côte d'Ivoire", "cote d ivoire"),
        ("  Vk.COM ", "vk com"),
        ("+49", "49"),
        ("Łódź Straße Øre ılık", "lodz strasse ore ilik"),
        ("Т-Мобайл", "т мобаил"),
        ("« » – '", ""),
        ("", ""),
    ],
)
def test_text_is_compared_without_case_accents_and_punctuation(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("germ", "Germany"),
        ("DE", "Germany"),
        ("+49", "Germany"),
        ("49", "Germany"),
        ("deutschland", "Germany"),
        ("uk", "United Kingdom"),
        ("england", "United Kingdom"),
        ("great britain", "United Kingdom"),
        ("usa", "United States"),
        ("us", "United States"),
        ("america", "United States"),
        ("united st", "United States"),
        ("states united", "United States"),
        ("usa virtual", "United States (virtual)"),
        ("uae", "United Arab Emirates"),
        ("furk", "Burkina Faso"),
        ("Furkinafaso", "Burkina Faso"),
        ("congo", "Congo (Republic)"),
        ("congo kinshasa", "DR Congo"),
        ("korea", "South Korea"),
        ("korea south", "South Korea"),
        ("holland", "Netherlands"),
        ("turkiye", "Turkey"),
        ("Türkiye", "Turkey"),
        ("czech republic", "Czechia"),
        ("burma", "Myanmar"),
        ("sao tome", "São Tomé and Príncipe"),
        ("cote d'ivoire", "Ivory Coast"),
        ("cotedivoire", "Ivory Coast"),
        ("hongkong", "Hong Kong"),
        ("niger", "Niger"),
        ("auto", "Auto-Select"),
    ],
)
def test_a_country_is_found_first_by_name_code_spelling_alias_and_dial_prefix(
    countries: Index[Country], typed: str, first: str
) -> None:
    assert [country.name for country in countries.search(typed)[:1]] == [first]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("grmany", "Germany"),
        ("gremany", "Germany"),
        ("germamy", "Germany"),
        ("germanny", "Germany"),
        ("isreal", "Israel"),
        ("phillipines", "Philippines"),
        ("columbia", "Colombia"),
        ("swtzl", "Switzerland"),
        ("nepl", "Nepal"),
        ("grm", "Germany"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(countries: Index[Country], typed: str, first: str) -> None:
    assert [country.name for country in countries.search(typed)[:1]] == [first]


@pytest.mark.parametrize("rubbish", ["xyz", "qw", "lkjh", "foobar", "asdf", "123456", "germ xyz"])
def test_rubbish_finds_no_country(countries: Index[Country], rubbish: str) -> None:
    assert countries.search(rubbish) == ()


def test_slips_are_forgiven_only_where_nothing_fits_as_typed(countries: Index[Country]) -> None:
    assert [country.name for country in countries.search("mali")] == ["Mali", "Somalia"]


@pytest.mark.parametrize("absent", ["iran", "japan", "cuba", "denmark", "greenland", "andorra", "vatican", "kosovo"])
def test_a_country_that_is_not_offered_is_not_taken_for_another(countries: Index[Country], absent: str) -> None:
    assert countries.search(absent) == ()


def test_the_united_states_come_before_the_virtual_ones(countries: Index[Country]) -> None:
    assert [country.cc for country in countries.search("usa")] == [187, 12]


def test_an_exact_alias_comes_before_the_start_of_a_name(countries: Index[Country]) -> None:
    assert [country.name for country in countries.search("uk")][:2] == ["United Kingdom", "Ukraine"]


def test_a_dial_prefix_counts_only_as_a_whole(countries: Index[Country]) -> None:
    assert {country.name for country in countries.search("+7")} == {"Russia", "Kazakhstan"}


def test_exact_comes_before_start_before_word_before_inside() -> None:
    rows = ("Nomad", "Big Ada", "Canada", "Adana", "Zoo", "Ada")
    index = Index(rows, name=str, codes=lambda row: ("ada",) if row == "Zoo" else ())
    assert index.search("ada") == ("Zoo", "Ada", "Adana", "Big Ada", "Canada")


def test_among_equals_the_shorter_name_comes_first_then_the_given_order() -> None:
    index = Index(("Same B", "Same Longer", "Same A"), name=str, codes=lambda _row: ())
    assert index.search("same") == ("Same B", "Same A", "Same Longer")


def test_words_may_come_in_any_order_and_whole_words_rank_above_parts() -> None:
    index = Index(("Xeast Timor", "Timor Far East", "East"), name=str, codes=lambda _row: ())
    assert index.search("east timor") == ("Timor Far East", "Xeast Timor")
    assert index.search("timor east") == ("Timor Far East", "Xeast Timor")


@pytest.mark.parametrize("nothing", ["", "  ", "+", "..."])
def test_without_anything_to_search_for_all_rows_come_in_their_order(nothing: str) -> None:
    index = Index(("b", "a", "c"), name=str, codes=lambda _row: ())
    assert index.search(nothing) == ("b", "a", "c")
    assert len(index) == 3


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("teleg", ["Telegram", "Telegram 2.0"]),
        ("telegrm", ["Telegram", "Telegram 2.0"]),
        ("tele gram", ["Telegram", "Telegram 2.0"]),
        ("telegram 2.0", ["Telegram 2.0"]),
        ("tg", ["Telegram"]),
        ("eh", ["Telegram 2.0"]),
        ("whats", ["Whatsapp"]),
        ("vkcom", ["vk.com"]),
        ("spartak", ["FK «Spartak»"]),
    ],
)
def test_a_service_is_found_by_name_and_code(telegram: Index[Service], typed: str, names: list[str]) -> None:
    assert [service.name for service in telegram.search(typed)][: len(names)] == names


def test_rubbish_finds_no_service(telegram: Index[Service]) -> None:
    assert telegram.search("xqzvbnk") == ()


@given(st.text(max_size=30))
def test_whatever_is_typed_every_row_comes_at_most_once(typed: str) -> None:
    index = Index(("Telegram", "Straße", "São Tomé", "a b c"), name=str, codes=lambda row: (row[:2],))
    found = index.search(typed)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("word", ["telegra", "service", "xqzvbnk", "e e e e"])
def test_seven_keystrokes_over_the_whole_catalogue_take_less_than_a_tenth_of_a_second(
    telegram: Index[Service], word: str
) -> None:
    start = time.process_time()
    for typed in range(1, 8):
        telegram.search(word[:typed])
    assert time.process_time() - start < 0.1


def test_services_sort_by_name_without_regard_to_case_and_accents() -> None:
    rows = [Service("1", "zalo", 5), Service("2", "Éclair", 9), Service("3", "apple", 0), Service("4", "Banana", None)]
    assert [row.name for row in sort_services(rows, ServiceOrder.NAME)] == ["apple", "Banana", "Éclair", "zalo"]


def test_services_sort_by_count_with_unknown_and_none_last() -> None:
    rows = [
        Service("none", "A", 0),
        Service("unknown", "B", None),
        Service("few", "C", 2),
        Service("many", "E", 900),
        Service("many too", "D", 900),
    ]
    assert [row.code for row in sort_services(rows, ServiceOrder.COUNT)] == [
        "many too",
        "many",
        "few",
        "unknown",
        "none",
    ]
