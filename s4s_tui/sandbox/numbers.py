"""Telephone numbers and codes as the sandbox hands them out."""

from random import Random

from s4s_tui.domain.catalogue import Country

_DIAL = {
    iso2: digits
    for row in (
        "AG 1268 AI 1264 AL 355 AM 374 AW 297 BA 387 BB 1246 BD 880 BG 359 BH 973 BM 1441 BN 673 BO 591 BS 1242",
        "BY 375 BZ 501 CR 506 CY 357 CZ 420 DM 1767 DO 1809 EC 593 EE 372 FI 358 FJ 679 GD 1473 GF 594 GP 590",
        "GR 30 GT 502 GY 592 HK 852 HN 504 HR 385 HT 509 HU 36 IE 353 IQ 964 IS 354 JM 1876 JO 962 KH 855 KN 1869",
        "KY 1345 LA 856 LB 961 LC 1758 LT 370 LU 352 LV 371 MC 377 MD 373 ME 382 MK 389 MO 853 MS 1664 MV 960",
        "NC 687 NI 505 PA 507 PG 675 PR 1787 PT 351 PY 595 RS 381 SI 386 SK 421 SR 597 SV 503 TL 670 TM 993",
        "TT 1868 TW 886 UA 380 US 1 UY 598 VC 1784",
    )
    for iso2, digits in zip(row.split()[::2], row.split()[1::2], strict=True)
}
"""Dial prefixes (ITU-T E.164) of the countries that the country list has none for."""

_AREAS = ("201", "213", "305", "312", "415", "512", "617", "702", "808", "917")
_MOBILE = {"DE": "15", "FR": "6", "GB": "7", "ID": "81", "IN": "9", "NL": "6", "PL": "5", "RU": "9", "UA": "9"}
_USUAL_LENGTH = 12
"""Digits of a mobile number with its prefix in most numbering plans; E.164 allows 15."""


def dial_digits(country: Country) -> str | None:
    """The country's dial prefix without +; None for Auto-Select."""
    if country.dial is not None:
        return country.dial.removeprefix("+")
    return None if country.iso2 is None else _DIAL.get(country.iso2)


def draw_number(country: Country, rng: Random) -> str:
    """A believable mobile number of the country: its prefix and digits, without +.

    Raises:
        ValueError: a country without a dial prefix.
    """
    prefix = dial_digits(country)
    if prefix is None:
        raise ValueError(f"{country.name} has no dial prefix.")
    if prefix.startswith("1"):  # North America; 555-0100 to 0199 are nobody's (NANPA)
        area = prefix[1:] or rng.choice(_AREAS)
        return f"1{area}55501{rng.randrange(100):02d}"
    start = prefix + _MOBILE.get(country.iso2 or "", "7")
    digits = _USUAL_LENGTH - len(start)
    return f"{start}{rng.randrange(10**digits):0{digits}d}"


def draw_code(rng: Random) -> str:
    """Six digits, every tenth time with a zero in front."""
    return f"{rng.randrange(10**6):06d}"
