"""Phone numbers as a person types them: which country, and whether an SMS can go there.

The tables of the `phonenumbers` library (Google's libphonenumber) know the world's numbering plans; imported late.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import category

from s4s_tui.services.builtin import builtin_countries

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

LONGEST = 40
"""Characters with blanks and brackets; E.164 allows 15 digits."""
_TYPED = re.compile(r"\+[0-9 ()./-]*")
_HOW = "Begin with + and the country's number, as in +49 170 1234567."


@dataclass(frozen=True, slots=True)
class Phone:
    """What a typed phone number is.

    Attributes:
        e164: as the API takes it (+ and digits), "" where it cannot be sent to.
        country: where it belongs, in words, "" where that is not known (yet).
        trouble: why it cannot be used, as a sentence; "" where it can.
        doubt: what is odd about a number that can be used, as a sentence; "" where nothing is.
        shown: grouped for the eye, "" where `e164` is.
    """

    e164: str = ""
    country: str = ""
    trouble: str = ""
    doubt: str = ""
    shown: str = ""


def read_phone(text: str) -> Phone:
    """The number that was typed or pasted; never raises.

    A number that no plan knows is doubted, not refused: plans change more often than this program.
    """
    typed = _visible(text)
    trouble = _trouble_of_form(typed)
    if trouble:
        return Phone(country=country_hint(typed), trouble=trouble)
    return _parsed(typed)


def country_hint(text: str) -> str:
    """The country, in words, of a number that is still being typed; "" while nothing can be said."""
    import phonenumbers as lib

    typed = _visible(text)
    if not typed.startswith("+") or len(typed) > LONGEST:
        return ""
    digits = "".join(char for char in typed if char in "0123456789")
    for length in (1, 2, 3):
        regions = lib.COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length] or 0))
        if regions:
            return _of_several(int(digits[:length]), digits[length:], regions)
    return ""


def _visible(text: str) -> str:
    """Without the invisible marks that address books put around a number, and with ordinary blanks."""
    return "".join(" " if char.isspace() else char for char in text if category(char) != "Cf").strip()


def _trouble_of_form(typed: str) -> str:
    if not typed:
        return f"The phone number is empty. {_HOW}"
    if typed.startswith("00"):
        return "Write + in the place of the 00 at the beginning."
    if not typed.startswith("+"):
        return f"A number without its country can belong to anybody. {_HOW}"
    if not _TYPED.fullmatch(typed):
        return "The phone number holds something else than digits."
    if len(typed) > LONGEST:
        return "The phone number is too long."
    return ""


def _parsed(typed: str) -> Phone:
    import phonenumbers as lib

    try:
        number = lib.parse(typed)
    except lib.NumberParseException as error:
        return Phone(country=country_hint(typed), trouble=_why_unread(error.error_type, typed))
    country = country_hint(typed)
    trouble = _trouble_of_length(number)
    if trouble:
        return Phone(country=country, trouble=trouble)
    e164 = lib.format_number(number, lib.PhoneNumberFormat.E164)
    shown = lib.format_number(number, lib.PhoneNumberFormat.INTERNATIONAL)
    return Phone(e164, country, doubt=_doubt(number), shown=shown)


def _why_unread(kind: int, typed: str) -> str:
    from phonenumbers import NumberParseException

    if kind == NumberParseException.TOO_LONG:
        return "The phone number is too long."
    if kind == NumberParseException.INVALID_COUNTRY_CODE and sum(map(str.isdigit, typed)) >= 3:
        return f"No country's numbers begin like this. {_HOW}"
    return "The phone number is too short."


def _trouble_of_length(number: "PhoneNumber") -> str:
    import phonenumbers as lib

    match lib.is_possible_number_with_reason(number):
        case lib.ValidationResult.IS_POSSIBLE:
            return ""
        case lib.ValidationResult.TOO_SHORT:
            return "The phone number is too short."
        case lib.ValidationResult.TOO_LONG:
            return "The phone number is too long."
        case lib.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return "The phone number is too short, or its area code is missing."
    return "A phone number of this country has another length."


def _doubt(number: "PhoneNumber") -> str:
    import phonenumbers as lib

    if not lib.is_valid_number(number):
        return "No numbering plan that this program knows has this number: look at it again."
    mobile = (
        lib.PhoneNumberType.MOBILE,
        lib.PhoneNumberType.FIXED_LINE_OR_MOBILE,
        lib.PhoneNumberType.PERSONAL_NUMBER,
        lib.PhoneNumberType.PAGER,
        lib.PhoneNumberType.UNKNOWN,
    )
    return "" if lib.number_type(number) in mobile else "This is not a mobile number: an SMS may not arrive."


def _of_several(code: int, rest: str, regions: tuple[str, ...]) -> str:
    """The country of a number that begins with `code`: several may share it (+1, +7, +44)."""
    import phonenumbers as lib

    if len(regions) > 1 and rest:
        try:
            exact = lib.region_code_for_number(lib.parse(f"+{code}{rest}"))
        except lib.NumberParseException:
            exact = None
        if exact is not None and _name(exact):
            return _name(exact)
    first = _name(regions[0])
    return f"{first} and others with +{code}" if len(regions) > 1 and first else first


def _name(region: str) -> str:
    """The name of an ISO 3166-1 code; "" where the list lacks it (+800 belongs to no country)."""
    return _names().get(region, "")


@cache
def _names() -> dict[str, str]:
    # "United States (virtual)" and the like tell kinds of numbers apart, which is of no interest here.
    return {country.iso2: country.name.partition(" (")[0] for country in builtin_countries() if country.iso2}
