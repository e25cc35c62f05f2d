"""Spoiling what a server says: answers that cannot be read, and invoices that must not be paid. Pure functions."""

import json
import secrets
import zlib
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache

from s4s_tui.domain.invoice import Invoice, InvoiceError, read_invoice
from s4s_tui.sandbox.mint import NodeKey, mint

BIG_BODY = 50_000_000
"""Bytes of a body that is too big."""
_LONG_INVOICE = 600
"""Characters of a long invoice."""
_BLOCK = 10_000_000
_BLOCKS = 100
"""A bomb of so many blocks of so many bytes: a gigabyte."""
_DAY = 86400
_OFTEN = 10
"""How many times the price a wrong amount is."""


class Spoiling(StrEnum):
    """What is wrong with an invoice. The value is how it is named in files and requests."""

    EXPIRED = "expired"
    AMOUNT = "wrong-amount"
    HASH = "wrong-hash"
    NETWORK = "wrong-network"
    PAYEE = "other-payee"
    CHECKSUM = "broken-checksum"
    LONG = "long"  # of 600 characters; nothing else is wrong with it
    NONE = "none"  # a text that is no invoice
    MISSING = "missing"


def spoiled_invoice(payreq: str, how: Spoiling, key: NodeKey, now: float) -> str:
    """An invoice like this one but for what is wrong with it; a text that is no invoice comes back as it is.

    Args:
        payreq: the invoice as it should be.
        how: what is to be wrong.
        key: the node that signs; another payee is a node made up on the spot.
        now: wall-clock seconds.
    """
    try:
        real = read_invoice(payreq)
    except InvoiceError:
        return payreq
    match how:
        case Spoiling.CHECKSUM:
            return payreq[:-1] + ("q" if payreq[-1] != "q" else "p")
        case Spoiling.NONE:
            return "The payment server is being repaired."
        case Spoiling.MISSING:
            return ""
        case Spoiling.PAYEE:
            return _minted(real, NodeKey.random(), {})
        case _:
            return _minted(real, key, _wrong(real, how, now))


def _wrong(real: Invoice, how: Spoiling, now: float) -> dict[str, object]:
    """The fields of an invoice that are to be other ones."""
    match how:
        case Spoiling.EXPIRED:
            return {"timestamp": int(now) - 2 * _DAY}
        case Spoiling.AMOUNT:
            return {"amount": (real.amount_sat or 1) * _OFTEN}
        case Spoiling.HASH:
            return {"payment_hash": secrets.token_hex(32)}
        case Spoiling.NETWORK:
            return {"network": "tb"}  # no real one: it must not be paid by accident
        case _:
            memo = real.description or ""
            room = (_LONG_INVOICE - len(real.text)) * 5 // 8  # a symbol holds 5 bits
            return {"description": memo + "." * room}


def _minted(real: Invoice, key: NodeKey, wrong: Mapping[str, object]) -> str:
    fields: dict[str, object] = {
        "network": real.network,
        "amount": real.amount_sat or 1,
        "payment_hash": real.payment_hash,
        "payment_secret": real.payment_secret,
        "description": real.description or "",
        "timestamp": real.timestamp,
        "expiry": real.expiry,
    }
    return mint(key=key, **{**fields, **wrong})  # type: ignore[arg-type]  # named above


def half(body: bytes) -> bytes:
    """The first half; of anything at all at least one byte is missing."""
    return body[: len(body) // 2]


def wrong_types(body: bytes) -> bytes:
    """The JSON with every value of another type; what is no JSON comes back as it is."""
    return _changed(body, _other_type)


def wrong_shape(body: bytes) -> bytes:
    """The JSON as a list where it was an object, and the other way round."""
    return _changed(body, lambda value: {"data": value} if isinstance(value, list) else [value])


def wrong_encoding(body: bytes) -> bytes:
    """The text in UTF-16, which no JSON is sent in."""
    return body.decode("utf-8", "replace").encode("utf-16")


@cache
def bomb() -> bytes:
    """A megabyte of gzip that unpacks to a gigabyte."""
    packer = zlib.compressobj(9, wbits=31)
    block = packer.compress(bytes(_BLOCK)) + packer.flush()
    return block * _BLOCKS  # gzip (RFC 1952): members follow each other


def _changed(body: bytes, change: Callable[[object], object]) -> bytes:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return body
    return json.dumps(change(value)).encode()


def _other_type(value: object) -> object:
    match value:
        case dict():
            return {name: _other_type(inner) for name, inner in value.items()}
        case list():
            return [_other_type(inner) for inner in value]
        case bool():
            return {"is": "perhaps"}
        case str():
            return [value]
        case int() | float():
            return {"value": value}
        case _:
            return [[]]
