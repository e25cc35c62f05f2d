"""Where node keys, preimages and payment secrets come from."""

import secrets
from hashlib import sha256

TOKEN = 32
"""Bytes of one secret."""


class Entropy:
    """Secrets out of the system's randomness; with a seed the same ones in the same order, which anybody can work out.

    Not safe to use from several threads at once.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._seed = seed
        self._drawn = 0

    def token(self) -> bytes:
        """The next 32 bytes."""
        if self._seed is None:
            return secrets.token_bytes(TOKEN)
        self._drawn += 1
        return sha256(f"s4s-tui sandbox {self._seed} {self._drawn}".encode()).digest()
