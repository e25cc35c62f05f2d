"""Reading Lightning invoices (BOLT 11): what is asked, by whom, for which payment hash, until when.

Two readings of a feature bit that nobody here knows: BOLT 11 fails on an even one, so `read_invoice` does. With
`strict=False` it is read all the same and `Invoice.unknown_features` names it: the wallet decides, a person is warned.
A field p, h, s or n of a wrong length is skipped as in BOLT 11's own example (its text would fail it); a field that
may stand once and stands twice is refused, because a wallet could read the other one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from s4s_tui.domain import bech32, secp256k1
from s4s_tui.domain.text import clean

MAX_LENGTH = 4096
"""Characters that are looked at; real invoices have some 300, at most 1,500."""
DEFAULT_EXPIRY = 3600
"""Seconds an invoice without an `x` field can be paid for (BOLT 11)."""
DEFAULT_MIN_FINAL_CLTV = 18
"""Blocks of an invoice without a `c` field (BOLT 11)."""
KNOWN_FEATURES = frozenset({8, 14, 16, 24, 48})
"""Even bits that wallets know in invoices (BOLT 9): onion format, payment secret, multi-part, blinding, metadata."""

_URI = re.compile(r"lightning:(?://)?", re.IGNORECASE)
_PREFIX = re.compile(r"ln([a-z]+)([0-9]*)([a-z]?)")
_TENTHS_OF_MSAT = {"": 10**12, "m": 10**9, "u": 10**6, "n": 10**3, "p": 1}
_MOST_MSAT = 21 * 10**6 * 10**11  # all bitcoin there will be
_TIMESTAMP = 7  # symbols
_SIGNATURE = 104  # symbols: 64 bytes and the recovery id
_LONGEST_NUMBER = 2**32  # of seconds or blocks: 136 years; keeps the end of an invoice a date
_HASH = 52  # symbols of 32 bytes
_KEY = 53  # symbols of 33 bytes


class InvoiceError(ValueError):
    """The text is not an invoice that can be paid; the message is a sentence for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """What an invoice says. Its signature fits, which means something only where the payee is a known one.

    Attributes:
        text: the bare invoice in lower case.
        network: the letters after "ln": "bc" real, "tb" and "tbs" test nets, "bcrt" regtest.
        amount_msat: millisatoshis, None where any amount may be paid.
        timestamp: Unix seconds at which it was made.
        expiry: seconds after that in which a payment may start.
        payment_hash: 64 hex digits.
        payment_secret: 64 hex digits.
        payee: the node's compressed public key, 66 hex digits.
        description: the memo as it came (show `memo`), None where there is only a hash of it.
        description_hash: 64 hex digits, None where the description itself is there.
        min_final_cltv: blocks of time lock that the last hop asks for.
        features: the feature bits that are set.
    """

    text: str
    network: str
    amount_msat: int | None
    timestamp: int
    expiry: int
    payment_hash: str
    payment_secret: str
    payee: str
    description: str | None
    description_hash: str | None
    min_final_cltv: int
    features: frozenset[int]

    @property
    def amount_sat(self) -> int | None:
        """Sats; None without an amount and where the amount is not whole sats (then `amount_msat` is set)."""
        if self.amount_msat is None or self.amount_msat % 1000:
            return None
        return self.amount_msat // 1000

    @property
    def expires_at(self) -> int:
        """Unix seconds from which no payment may start."""
        return self.timestamp + self.expiry

    @property
    def memo(self) -> str | None:
        """The description as one clean line, None where there is none."""
        return None if self.description is None else clean(self.description)

    @property
    def unknown_features(self) -> tuple[int, ...]:
        """Even feature bits (the payer must know them) that are not in `KNOWN_FEATURES`, lowest first."""
        return tuple(sorted(bit for bit in self.features - KNOWN_FEATURES if bit % 2 == 0))


def normalise(text: str) -> str:
    """The bare invoice in lower case: without blanks around and without `lightning:`; nothing else is checked.

    Raises:
        InvoiceError: empty, too long, mixed case, or with characters that no invoice has.
    """
    if len(text) > MAX_LENGTH:
        raise InvoiceError("This text is too long for an invoice.")
    bare = _URI.sub("", text.strip(), count=1) if _URI.match(text.strip()) else text.strip()
    if not bare:
        raise InvoiceError("There is no invoice.")
    if not bare.isascii():  # before lower(), which turns some foreign letters into ours
        raise InvoiceError("The invoice holds a character that no invoice has.")
    if bare not in (bare.lower(), bare.upper()):
        raise InvoiceError("The invoice mixes upper and lower case: it was changed on its way.")
    return bare.lower()


def read_invoice(text: str, *, strict: bool = True) -> Invoice:
    """Read an invoice: any case, blanks around and a `lightning:` prefix are fine.

    Raises:
        InvoiceError: it is none, its checksum or signature is wrong, a needed field is missing or, where `strict`, it
            needs a feature that nobody here knows. Nothing else is raised, whatever the text.
    """
    invoice = _read(normalise(text))
    if strict and invoice.unknown_features:
        raise InvoiceError(f"The invoice needs feature {invoice.unknown_features[0]}, which is unknown here.")
    return invoice


@lru_cache(maxsize=64)  # a screen reads its invoice again at every change; finding the payee takes 2 ms
def _read(bare: str) -> Invoice:
    try:
        prefix, symbols = bech32.decode(bare)
    except bech32.Bech32Error as error:
        raise InvoiceError(str(error)) from None
    network, amount = _read_prefix(prefix)
    if len(symbols) < _TIMESTAMP + _SIGNATURE:
        raise InvoiceError("The invoice is too short.")
    signed, signature = symbols[:-_SIGNATURE], symbols[-_SIGNATURE:]
    fields = _read_fields(signed[_TIMESTAMP:])
    if "d" in fields and "h" in fields:
        raise InvoiceError("The invoice has two descriptions.")
    return Invoice(
        text=bare,
        network=network,
        amount_msat=amount,
        timestamp=bech32.to_int(signed[:_TIMESTAMP]),
        expiry=_number(fields, "x", DEFAULT_EXPIRY),
        payment_hash=_needed(fields, "p", "payment hash").hex(),
        payment_secret=_needed(fields, "s", "payment secret").hex(),
        payee=_payee(prefix, signed, signature, fields).hex(),
        description=bech32.to_bytes(fields["d"]).decode(errors="replace") if "d" in fields else None,
        description_hash=None if "d" in fields else _needed(fields, "h", "description").hex(),
        min_final_cltv=_number(fields, "c", DEFAULT_MIN_FINAL_CLTV),
        features=_features(fields.get("9", ())),
    )


def _read_prefix(prefix: str) -> tuple[str, int | None]:
    """Network and millisatoshis of the human-readable part."""
    match = _PREFIX.fullmatch(prefix)
    if match is None:
        raise InvoiceError("This is not a Lightning invoice.")
    network, digits, multiplier = match.groups()
    if network == "url":
        raise InvoiceError("This is an LNURL, not an invoice.")
    if not digits:
        return network, None
    if digits.startswith("0") or multiplier not in _TENTHS_OF_MSAT:
        raise InvoiceError("The invoice's amount cannot be read.")
    msat, rest = divmod(int(digits) * _TENTHS_OF_MSAT[multiplier], 10)
    if rest or msat > _MOST_MSAT:
        raise InvoiceError("The invoice asks an amount that nobody can pay.")
    return network, msat


def _read_fields(symbols: Sequence[int]) -> Mapping[str, Sequence[int]]:
    """The symbols of each field that is used here, by BOLT 11's letter."""
    fields: dict[str, Sequence[int]] = {}
    position = 0
    while position < len(symbols):
        start = position + 3
        if start > len(symbols):
            raise InvoiceError("The invoice is cut off within a field.")
        end = start + symbols[position + 1] * 32 + symbols[position + 2]
        if end > len(symbols):
            raise InvoiceError("The invoice is cut off within a field.")
        letter = _LETTERS.get(symbols[position])
        if letter is not None and _FITS[letter](end - start):
            if letter in fields:
                raise InvoiceError(f"The invoice has two fields {letter} where one may be.")
            fields[letter] = symbols[start:end]
        position = end
    return fields


_LETTERS = {1: "p", 5: "9", 6: "x", 13: "d", 16: "s", 19: "n", 23: "h", 24: "c"}
_FITS: Mapping[str, Callable[[int], bool]] = {
    **dict.fromkeys("9xdc", lambda _: True),
    **dict.fromkeys("psh", lambda length: length == _HASH),
    "n": lambda length: length == _KEY,
}


def _needed(fields: Mapping[str, Sequence[int]], letter: str, name: str) -> bytes:
    if letter not in fields:
        raise InvoiceError(f"The invoice has no {name}.")
    return bech32.to_bytes(fields[letter])


def _number(fields: Mapping[str, Sequence[int]], letter: str, default: int) -> int:
    if letter not in fields:
        return default
    number = bech32.to_int(fields[letter])
    if number >= _LONGEST_NUMBER:
        raise InvoiceError("The invoice names a time beyond all reason.")
    return number


def _features(symbols: Sequence[int]) -> frozenset[int]:
    return frozenset(
        5 * place + bit for place, symbol in enumerate(reversed(symbols)) for bit in range(5) if symbol >> bit & 1
    )


def _payee(prefix: str, signed: Sequence[int], signature: Sequence[int], fields: Mapping[str, Sequence[int]]) -> bytes:
    """The key that signed: the `n` field's, which must fit, or the one that the signature yields."""
    digest = sha256(prefix.encode() + bech32.to_bytes(signed, fill=True)).digest()
    raw = bech32.to_bytes(signature)
    r, s, recovery_id = int.from_bytes(raw[:32]), int.from_bytes(raw[32:64]), raw[64]
    try:
        if "n" not in fields:
            return secp256k1.recover(digest, r, s, recovery_id)
        key = bech32.to_bytes(fields["n"])
        if secp256k1.verify(key, digest, r, s):
            return key
    except secp256k1.CurveError:
        pass
    raise InvoiceError("The invoice's signature is wrong.")
