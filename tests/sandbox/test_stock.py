from random import Random

import pytest

from s4s_tui.domain.catalogue import AUTO_SELECT, Country
from s4s_tui.sandbox.numbers import dial_digits, draw_code, draw_number
from s4s_tui.sandbox.stock import (
    BARE_COUNTRY,
    EMPTY_COUNTRY,
    NO_NUMBER_SERVICE,
    countries,
    find_country,
    price,
    services,
    stock,
)

USUAL = sorted(set(countries()) - {AUTO_SELECT, 0, 6, 12, 16, 22, 187, BARE_COUNTRY, EMPTY_COUNTRY})


def test_the_catalogue_is_whole() -> None:
    assert len(countries()) == 185
    assert len(services()) == 1717


def test_the_special_cases_are_what_their_names_say() -> None:
    assert countries()[EMPTY_COUNTRY].name == "Iceland"
    assert countries()[BARE_COUNTRY].name == "Monaco"
    assert services()[NO_NUMBER_SERVICE] == "GoogleVoice"


@pytest.mark.parametrize("country", [AUTO_SELECT, 187])
def test_big_countries_offer_everything(country: int) -> None:
    assert list(stock(country)) == list(services())


def test_a_usual_country_offers_400_services_and_more() -> None:
    sizes = [len(stock(country)) for country in USUAL]
    assert min(sizes) > 400
    assert max(sizes) < 600


def test_popular_services_are_to_be_had_everywhere_else() -> None:
    for country in USUAL:
        assert all(stock(country)[code] > 0 for code in ("tg", "wa", "go", "ot", NO_NUMBER_SERVICE))


def test_counts_vary_and_some_are_zero() -> None:
    counts = list(stock(43).values())
    assert len(set(counts)) > 100
    assert 10 < counts.count(0) < 200


def test_stock_and_prices_are_the_same_at_every_start() -> None:
    before = dict(stock(43))
    stock.cache_clear()
    assert stock(43) == before
    assert stock(43) != stock(187)


def test_prices_vary_a_bit_by_country() -> None:
    prices = {price(country) for country in countries()}
    assert len(prices) > 5
    assert min(prices) >= 2600
    assert max(prices) <= 3800
    assert price(None) == price(AUTO_SELECT) == 3000


@pytest.mark.parametrize("word", [17, -1, "17", "", "  ", "-1", "٤٣", "9" * 5000, 43.0, None, True, [], {}])
def test_what_names_no_country_finds_none(word: object) -> None:
    assert find_country(word) is None


@pytest.mark.parametrize(
    ("word", "cc"), [("Russian", 0), (" russia ", 0), ("0", 0), ("UNITED STATES", 187), (999, 999)]
)
def test_a_country_is_found_by_number_and_by_every_spelling(word: object, cc: int) -> None:
    found = find_country(word)
    assert found is not None
    assert found.cc == cc


def test_every_country_has_numbers_with_its_prefix() -> None:
    rng = Random(1)
    for country in countries().values():
        if country.cc == AUTO_SELECT:
            continue
        prefix = dial_digits(country)
        assert prefix is not None, country.name
        number = draw_number(country, rng)
        assert number.startswith(prefix), country.name
        assert number.isdigit()
        assert 11 <= len(number) <= 12, country.name


def test_auto_select_has_no_numbers_of_its_own() -> None:
    with pytest.raises(ValueError, match="no dial prefix"):
        draw_number(countries()[AUTO_SELECT], Random(1))
    assert dial_digits(Country(1, "Nowhere", "ZZ")) is None


def test_some_codes_begin_with_a_zero() -> None:
    rng = Random(1)
    codes = [draw_code(rng) for _ in range(200)]
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert 5 < sum(code.startswith("0") for code in codes) < 50
