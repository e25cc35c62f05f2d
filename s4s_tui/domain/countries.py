"""The list of countries: made from the built-in rows, joined with the server's own list, arranged for the picker."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypedDict

from s4s_tui.domain.catalogue import AUTO_SELECT, Country, RemoteCountry
from s4s_tui.domain.search import fold

_AUTO = Country(AUTO_SELECT, "Auto-Select")


class CountryRow(TypedDict):
    """One row of the built-in `countries.json`: the API's number, names, ISO 3166-1 alpha-2 code, dial prefix."""

    cc: int
    name: str
    iso2: str | None
    api_names: list[str]
    dial: str | None


USUAL_ALIASES: dict[str, tuple[str, ...]] = {
    "AE": ("UAE", "Emirates", "Dubai", "Abu Dhabi"),
    "AT": ("Österreich",),
    "BA": ("Bosna", "BiH"),
    "BE": ("België", "Belgique"),
    "BN": ("Brunei Darussalam",),
    "BR": ("Brasil",),
    "BY": ("Byelorussia", "White Russia"),
    "CD": ("DRC", "Democratic Republic of the Congo", "Congo Kinshasa", "Zaire"),
    "CF": ("CAR",),
    "CG": ("Republic of the Congo", "Congo Brazzaville"),
    "CH": ("Schweiz", "Suisse", "Svizzera"),
    "CI": ("Côte d'Ivoire",),
    "CN": ("PRC", "Mainland China"),
    "CV": ("Cabo Verde",),
    "CZ": ("Czech Republic", "Česko"),
    "DE": ("Deutschland", "BRD"),
    "DO": ("Dominicana",),
    "DZ": ("Algérie",),
    "ES": ("España",),
    "FI": ("Suomi",),
    "GB": ("UK", "Britain", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland"),
    "GR": ("Hellas",),
    "HK": ("HKG",),
    "HR": ("Hrvatska",),
    "HU": ("Magyarország",),
    "IE": ("Éire", "Republic of Ireland"),
    "IS": ("Ísland",),
    "IT": ("Italia",),
    "KG": ("Kirghizia", "Kirgizstan"),
    "KH": ("Kampuchea",),
    "KN": ("St Kitts",),
    "KR": ("Korea", "Republic of Korea", "ROK"),
    "LA": ("Lao PDR",),
    "LC": ("St Lucia",),
    "LK": ("Ceylon",),
    "LT": ("Lietuva",),
    "LV": ("Latvija",),
    "MA": ("Maroc",),
    "MD": ("Moldavia",),
    "MK": ("Macedonia", "FYROM"),
    "MM": ("Burma",),
    "MO": ("Macau",),
    "MX": ("México",),
    "NL": ("Holland", "Nederland"),
    "NO": ("Norge",),
    "NZ": ("Aotearoa",),
    "PG": ("PNG",),
    "PH": ("Pilipinas",),
    "PL": ("Polska",),
    "RE": ("La Réunion",),
    "RO": ("România",),
    "RS": ("Srbija",),
    "RU": ("Russian Federation", "Rossiya"),
    "SA": ("KSA",),
    "SE": ("Sverige",),
    "SI": ("Slovenija",),
    "SK": ("Slovak Republic", "Slovensko"),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Türkiye",),
    "TW": ("Republic of China", "Formosa"),
    "UA": ("Ukraina",),
    "US": ("USA", "America", "United States of America", "States"),
    "VC": ("St Vincent",),
    "VN": ("Viet Nam",),
    "ZA": ("RSA",),
}
"""Names that people type for a country and that are neither its name here nor the API's, by ISO code."""


def countries_from_rows(rows: Iterable[CountryRow]) -> tuple[Country, ...]:
    """The countries of the built-in file with all their aliases: Auto-Select, then by name."""
    return _ordered(_country(row) for row in rows)


def merge(builtin: Sequence[Country], remote: Sequence[RemoteCountry]) -> tuple[Country, ...]:
    """The countries to offer: the server's own list decides which, ours names them.

    A row the server hides is left out, a number we do not know is added under the server's name, our readable name
    is kept and the server's spelling becomes an alias. Of rows with the same number the first counts. An empty list
    (the endpoint is optional on the server) leaves ours as it is. Auto-Select is always there and first.
    """
    if not remote:
        return tuple(builtin)
    known = {country.cc: country for country in builtin}
    offered = {AUTO_SELECT: known.get(AUTO_SELECT, _AUTO)}
    for row in {row.cc: row for row in reversed(remote)}.values():
        if row.visible:
            offered[row.cc] = _joined(known.get(row.cc), row)
    return _ordered(offered.values())


def arrange(countries: Sequence[Country], recent: Sequence[int]) -> tuple[Country, ...]:
    """The countries as the picker lists them: Auto-Select, the recent ones (latest first), the rest by name.

    `recent` holds country numbers; those that are not offered any more are left out. Each country stands once.
    """
    by_number = {country.cc: country for country in _ordered(countries)}
    first = (AUTO_SELECT, *recent)
    return tuple(by_number[cc] for cc in dict.fromkeys((*first, *by_number)) if cc in by_number)


def _country(row: CountryRow) -> Country:
    usual = USUAL_ALIASES.get(row["iso2"] or "", ())
    country = Country(row["cc"], row["name"], row["iso2"], row["dial"])
    return _with_aliases(country, (*row["api_names"], *usual))


def _joined(known: Country | None, row: RemoteCountry) -> Country:
    if known is None:
        return Country(row.cc, row.name.strip() or f"Country {row.cc}")
    return _with_aliases(known, (row.name,))


def _with_aliases(country: Country, names: Iterable[str]) -> Country:
    """The country with those names added that its search texts do not hold yet; itself where there are none."""
    seen = {fold(name): name for name in (country.name, *country.aliases)}
    fresh = {folded: name for name in names if (folded := fold(name)) and folded not in seen}
    return replace(country, aliases=(*country.aliases, *fresh.values())) if fresh else country


def _ordered(countries: Iterable[Country]) -> tuple[Country, ...]:
    return tuple(sorted(countries, key=lambda country: (country.cc != AUTO_SELECT, fold(country.name), country.cc)))
