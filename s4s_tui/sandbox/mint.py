"""Writing Lightning invoices (BOLT 11) as the real server's look: fields in the order p d c x s 9, no `n`."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256

from s4s_tui.domain import bech32, secp256k1

Field = tuple[str, Sequence[int]]
"""A tagged field: its bech32 letter and its symbols (5 bits each)."""

_MOST_SYMBOLS = 1023  # ten bits of length


class NodeKey:
    """The secret key of a node."""

    __slots__ = ("_public", "_secret")

    def __init__(self, secret: int) -> None:
        """Take a secret.

        Raises:
            CurveError: the secret is not in 1 … N-1.
        """
        self._secret = secret
        self._public = secp256k1.public_key(secret).hex()

    @classmethod
    def random(cls) -> "NodeKey":
        """A new key out of the system's randomness."""
        return cls(1 + secrets.randbelow(secp256k1.N - 1))

    @classmethod
    def out_of(cls, token: bytes) -> "NodeKey":
        """The key that 32 bytes stand for, always the same for the same bytes."""
        return cls(1 + int.from_bytes(token) % (secp256k1.N - 1))

    @property
    def public(self) -> str:
        """The node's id: its compressed public key, 66 hex digits."""
        return self._public

    def sign(self, digest: bytes) -> bytes:
        """64 bytes of r and s (low) and one of the recovery id, over a digest of 32 bytes."""
        r, s, recovery_id = secp256k1.sign(digest, self._secret)
        return r.to_bytes(32) + s.to_bytes(32) + bytes((recovery_id,))

    def __repr__(self) -> str:
        return f"NodeKey({self._public})"


def mint(
    *,
    key: NodeKey,
    network: str = "bcrt",
    amount: int,
    payment_hash: str,
    payment_secret: str,
    description: str,
    timestamp: int,
    expiry: int = 86400,
    min_final_cltv: int = 40,
    features: Collection[int] = (9, 14, 17),
) -> str:
    """A signed invoice.

    Args:
        key: the node that is paid.
        network: the letters after "ln".
        amount: sats, 1 or more.
        payment_hash: 64 hex digits.
        payment_secret: 64 hex digits.
        description: the memo; at most 639 bytes of UTF-8 have room.
        timestamp: Unix seconds, below 2^35.
        expiry: seconds.
        min_final_cltv: blocks.
        features: bits to set.

    Raises:
        ValueError: a value has no room in its field, or a hash is not hex.
    """
    bits = sum(1 << bit for bit in set(features))
    fields: tuple[Field, ...] = (
        ("p", bech32.to_symbols(_hash(payment_hash))),
        ("d", bech32.to_symbols(description.encode())),
        ("c", bech32.from_int(min_final_cltv)),
        ("x", bech32.from_int(expiry)),
        ("s", bech32.to_symbols(_hash(payment_secret))),
        ("9", bech32.from_int(bits)),
    )
    return encode(f"ln{network}{shortest_amount(amount)}", timestamp, fields, key)


def encode(prefix: str, timestamp: int, fields: Iterable[Field], key: NodeKey) -> str:
    """The signed invoice of a human-readable part, Unix seconds and fields in the order to be written.

    Raises:
        ValueError: the time or a field has no room.
    """
    if not 0 <= timestamp < 1 << 35:
        raise ValueError("The time has no room in an invoice.")
    symbols = bech32.from_int(timestamp, 7)
    for letter, content in fields:
        if len(content) > _MOST_SYMBOLS:
            raise ValueError(f"The field {letter} has no room in an invoice.")
        symbols += [bech32.CHARSET.index(letter), *bech32.from_int(len(content), 2), *content]
    digest = sha256(prefix.encode() + bech32.to_bytes(symbols, fill=True)).digest()
    return bech32.encode(prefix, [*symbols, *bech32.to_symbols(key.sign(digest))])


def shortest_amount(sats: int) -> str:
    """An amount as the human-readable part has it, in the largest unit that keeps it whole: 3000 sats are "30u".

    Raises:
        ValueError: not 1 sat or more.
    """
    if sats < 1:
        raise ValueError("An amount is 1 sat or more.")
    for unit, letter in ((10**8, ""), (10**5, "m"), (10**2, "u")):
        if sats % unit == 0:
            return f"{sats // unit}{letter}"
    return f"{sats * 10}n"


def _hash(digits: str) -> bytes:
    raw = bytes.fromhex(digits)
    if len(raw) != 32:
        raise ValueError("A hash has 64 hex digits.")
    return raw
