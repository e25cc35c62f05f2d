"""The list of countries: built, joined with the server's, arranged."""

import pytest

from s4s_tui.domain.catalogue import AUTO_SELECT, Country, RemoteCountry
from s4s_tui.domain.countries import USUAL_ALIASES, CountryRow, arrange, countries_from_rows, merge

AUTO = Country(AUTO_SELECT, "Auto-Select")
RUSSIA = Country(0, "Russia", "RU", "+7", ("Russian",))
GERMANY = Country(43, "Germany", "DE", "+49")
ALAND = Country(300, "Åland")
BUILTIN = (AUTO, ALAND, GERMANY, RUSSIA)


def row(cc: int, name: str, iso2: str | None = None, api_names: list[str] | None = None) -> CountryRow:
    return {"cc": cc, "name": name, "iso2": iso2, "api_names": api_names or [], "dial": None}


def test_rows_become_countries_with_the_api_spellings_and_the_usual_aliases() -> None:
    (country,) = countries_from_rows([row(62, "Turkey", "TR", ["Turkey", "Turk"])])
    assert country == Country(62, "Turkey", "TR", None, ("Turk", "Türkiye"))


def test_a_name_that_is_already_there_is_no_alias() -> None:
    (country,) = countries_from_rows([row(14, "Hong Kong", "ZZ", ["HONG-KONG", "Hongkong", "hongkong", ""])])
    assert [name.lower() for name in country.aliases] == ["hongkong"]


def test_auto_select_comes_first_and_the_rest_by_name_without_accents() -> None:
    rows = [row(5, "Zambia"), row(300, "Åland"), row(7, "Albania"), row(AUTO_SELECT, "Auto-Select"), row(0, "Russia")]
    assert [country.cc for country in countries_from_rows(rows)] == [AUTO_SELECT, 300, 7, 0, 5]


@pytest.mark.parametrize("code", sorted(USUAL_ALIASES))
def test_the_usual_aliases_stand_under_iso_codes(code: str) -> None:
    assert len(code) == 2
    assert code.isupper()


def test_without_a_list_of_the_server_ours_stays_as_it_is() -> None:
    assert merge(BUILTIN, ()) == BUILTIN


def test_the_server_decides_which_countries_are_offered() -> None:
    offered = merge(BUILTIN, [RemoteCountry(0, "Russia"), RemoteCountry(43, "Germany", visible=False)])
    assert offered == (AUTO, RUSSIA)


def test_our_readable_name_stays_and_the_servers_spelling_becomes_an_alias() -> None:
    offered = merge(BUILTIN, [RemoteCountry(43, "Germania"), RemoteCountry(0, "RUSSIAN")])
    assert [(country.name, country.aliases) for country in offered[1:]] == [
        ("Germany", ("Germania",)),
        ("Russia", ("Russian",)),
    ]


def test_an_unknown_number_is_added_under_the_servers_name() -> None:
    offered = merge(BUILTIN, [RemoteCountry(777, " Atlantis "), RemoteCountry(778, "")])
    assert offered == (AUTO, Country(777, "Atlantis"), Country(778, "Country 778"))


def test_auto_select_is_there_even_if_the_server_hides_it_or_we_do_not_know_it() -> None:
    assert merge(BUILTIN, [RemoteCountry(AUTO_SELECT, "Auto", visible=False)]) == (AUTO,)
    assert merge((), [RemoteCountry(0, "Russia")]) == (AUTO, Country(0, "Russia"))


def test_auto_select_in_the_servers_list_stands_once() -> None:
    offered = merge(BUILTIN, [RemoteCountry(AUTO_SELECT, "Any"), RemoteCountry(0, "Russia")])
    assert [(country.cc, country.name) for country in offered] == [(AUTO_SELECT, "Auto-Select"), (0, "Russia")]


def test_of_rows_with_the_same_number_the_first_counts() -> None:
    rows = [RemoteCountry(9, "First"), RemoteCountry(9, "Second"), RemoteCountry(0, "x", visible=False)]
    assert merge(BUILTIN, [*rows, RemoteCountry(0, "Russia")]) == (AUTO, Country(9, "First"))


def test_recent_countries_stand_below_auto_select_and_only_once() -> None:
    listed = arrange(tuple(reversed(BUILTIN)), (0, 43, 0, 4711, AUTO_SELECT))
    assert listed == (AUTO, RUSSIA, GERMANY, ALAND)


def test_without_recent_countries_all_stand_by_name() -> None:
    assert arrange((GERMANY, RUSSIA, AUTO, ALAND), ()) == BUILTIN
    assert arrange((), (43,)) == ()
