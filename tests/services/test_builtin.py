"""The lists that come with the program."""

import time

from s4s_tui.domain.catalogue import AUTO_SELECT
from s4s_tui.services.builtin import builtin_countries, builtin_services


def test_every_country_of_the_file_is_there_once_with_auto_select_first() -> None:
    countries = builtin_countries()
    assert len({country.cc for country in countries}) == len(countries) == 185
    assert countries[0].cc == AUTO_SELECT
    assert all(country.name for country in countries)


def test_the_number_zero_is_russia() -> None:
    (russia,) = (country for country in builtin_countries() if country.cc == 0)
    assert (russia.name, russia.iso2, russia.dial) == ("Russia", "RU", "+7")


def test_no_usual_name_is_claimed_by_two_countries_but_for_the_united_states() -> None:
    owners: dict[str, set[str | None]] = {}
    for country in builtin_countries():
        for name in (country.name, *country.aliases):
            owners.setdefault(name.casefold(), set()).add(country.iso2)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_reading_the_file_takes_no_time_a_person_notices() -> None:
    builtin_countries()
    start = time.process_time()
    builtin_countries()
    assert time.process_time() - start < 0.05


def test_the_services_of_the_file_are_known_by_name() -> None:
    assert {"Telegram", "Whatsapp", "Signal"} <= builtin_services()
    assert len(builtin_services()) > 1_500
