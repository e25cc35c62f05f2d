"""ECDSA on secp256k1, standard library only: what reading an invoice needs, and signing for the sandbox's keys.

Curve and encodings: SEC 1 and SEC 2. Nonces: RFC 6979 with HMAC-SHA256. Not constant-time, so never for keys that
guard money. Digests are 32 bytes; public keys 33 bytes (compressed); r and s integers in 1 … N-1.
"""

import hmac
from collections.abc import Iterator

P = 2**256 - 2**32 - 977
"""The field's prime."""
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
"""The group's order."""
HALF_N = N // 2
"""The largest s of a low-S signature."""

_Affine = tuple[int, int]
_Jacobian = tuple[int, int, int]  # (x / z², y / z³); z = 0 is the point at infinity

_G: _Affine = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
_INFINITY: _Jacobian = (0, 1, 0)
_WINDOW = 5


class CurveError(ValueError):
    """A number or an encoding that stands for no key, point or signature on the curve."""


def public_key(secret: int) -> bytes:
    """The compressed public key of a secret.

    Raises:
        CurveError: the secret is not in 1 … N-1.
    """
    if not 0 < secret < N:
        raise CurveError("The secret is out of range.")
    return _encode(_sum_of(((secret, _G),)))


def recover(digest: bytes, r: int, s: int, recovery_id: int) -> bytes:
    """The public key that made this signature (SEC 1, 4.1.6); high s is taken too.

    `recovery_id` is 0 … 3: bit 0 the parity of the nonce point's y, bit 1 whether its x was above N.

    Raises:
        CurveError: no key can have made it.
    """
    if not (0 < r < N and 0 < s < N and 0 <= recovery_id <= 3):
        raise CurveError("The signature is out of range.")
    nonce_point = _lift(r + (N if recovery_id & 2 else 0), odd=bool(recovery_id & 1))
    inverse = pow(r, -1, N)
    z = int.from_bytes(digest)
    return _encode(_sum_of(((-z * inverse % N, _G), (s * inverse % N, nonce_point))))


def verify(key: bytes, digest: bytes, r: int, s: int) -> bool:
    """Whether this key made this signature; only low-S ones count (BOLT 11, `n` field).

    Raises:
        CurveError: the key is no point of the curve.
    """
    point = decode_point(key)
    if not (0 < r < N and 0 < s <= HALF_N):
        return False
    inverse = pow(s, -1, N)
    z = int.from_bytes(digest)
    x, _, zz = _sum_of(((z * inverse % N, _G), (r * inverse % N, point)))
    return zz != 0 and x * pow(zz, -2, P) % P % N == r


def sign(digest: bytes, secret: int) -> tuple[int, int, int]:
    """The deterministic low-S signature (r, s, recovery id).

    Raises:
        CurveError: the secret is not in 1 … N-1.
    """
    if not 0 < secret < N:
        raise CurveError("The secret is out of range.")
    tries = (_signature(digest, secret, nonce) for nonce in _nonces(digest, secret))
    return next(found for found in tries if found[0] and found[1])


def decode_point(key: bytes) -> _Affine:
    """The point (x, y) of a compressed public key.

    Raises:
        CurveError: wrong length or prefix, or no such point.
    """
    if len(key) != 33 or key[0] not in (2, 3):
        raise CurveError("This is no compressed public key.")
    return _lift(int.from_bytes(key[1:]), odd=key[0] == 3)


def _signature(digest: bytes, secret: int, nonce: int) -> tuple[int, int, int]:
    """The low-S signature with this nonce; no signature where r or s is 0."""
    x, y = _affine(_sum_of(((nonce, _G),)))
    r = x % N
    s = pow(nonce, -1, N) * (int.from_bytes(digest) + r * secret) % N
    recovery_id = (2 if x >= N else 0) | (y & 1)
    return (r, s, recovery_id) if s <= HALF_N else (r, N - s, recovery_id ^ 1)


def _lift(x: int, *, odd: bool) -> _Affine:
    """The point with this x."""
    square = (x * x % P * x + 7) % P
    y = pow(square, (P + 1) // 4, P)
    if x >= P or y * y % P != square:
        raise CurveError("No point of the curve has this x.")
    return (x, y if bool(y & 1) == odd else P - y)


def _encode(point: _Jacobian) -> bytes:
    x, y = _affine(point)
    return bytes((2 | (y & 1),)) + x.to_bytes(32)


def _affine(point: _Jacobian) -> _Affine:
    x, y, z = point
    if z == 0:
        raise CurveError("The point at infinity is no key.")
    inverse = pow(z, -1, P)
    return (x * inverse * inverse % P, y * inverse * inverse * inverse % P)


def _nonces(digest: bytes, secret: int) -> Iterator[int]:
    """RFC 6979, 3.2: the nonces to try in turn, each in 1 … N-1."""
    seed = secret.to_bytes(32) + (int.from_bytes(digest) % N).to_bytes(32)
    k, v = bytes(32), b"\1" * 32
    for step in (b"\0", b"\1"):
        k = hmac.digest(k, v + step + seed, "sha256")
        v = hmac.digest(k, v, "sha256")
    while True:
        v = hmac.digest(k, v, "sha256")
        nonce = int.from_bytes(v)
        if 0 < nonce < N:
            yield nonce
        k = hmac.digest(k, v + b"\0", "sha256")
        v = hmac.digest(k, v, "sha256")


def _sum_of(terms: tuple[tuple[int, _Affine], ...]) -> _Jacobian:
    """The sum of factor times point: signed windows of all factors over one run of doublings."""
    rows = [(_digits(factor), _odd_multiples(point)) for factor, point in terms]
    total = _INFINITY
    for index in reversed(range(max(len(digits) for digits, _ in rows))):
        total = _double(total)
        for digits, multiples in rows:
            digit = digits[index] if index < len(digits) else 0
            if digit > 0:
                total = _add(total, multiples[digit >> 1])
            elif digit < 0:
                x, y, z = multiples[-digit >> 1]
                total = _add(total, (x, P - y, z))
    return total


def _digits(factor: int) -> list[int]:
    """The factor in non-adjacent form, lowest first: zeros and odd digits between ±2^(window-1)."""
    full, half = 1 << _WINDOW, 1 << (_WINDOW - 1)
    digits: list[int] = []
    while factor:
        digit = 0
        if factor & 1:
            digit = factor & (full - 1)
            if digit >= half:
                digit -= full
            factor -= digit
        digits.append(digit)
        factor >>= 1
    return digits


def _odd_multiples(point: _Affine) -> list[_Jacobian]:
    """1, 3, 5 … times the point, as many as a digit can ask for."""
    multiples: list[_Jacobian] = [(*point, 1)]
    twice = _double(multiples[0])
    for _ in range((1 << (_WINDOW - 2)) - 1):
        multiples.append(_add(multiples[-1], twice))
    return multiples


def _double(point: _Jacobian) -> _Jacobian:
    x, y, z = point
    yy = y * y % P
    s = 4 * x * yy % P
    m = 3 * x * x % P
    x3 = (m * m - 2 * s) % P
    return (x3, (m * (s - x3) - 8 * yy * yy) % P, 2 * y * z % P)


def _add(a: _Jacobian, b: _Jacobian) -> _Jacobian:
    """The sum; `b` is never the point at infinity, being a small multiple of a point of prime order."""
    x1, y1, z1 = a
    x2, y2, z2 = b
    if z1 == 0:
        return b
    zz1, zz2 = z1 * z1 % P, z2 * z2 % P
    u1, s1 = x1 * zz2 % P, y1 * zz2 * z2 % P
    h = (x2 * zz1 - u1) % P
    r = (y2 * zz1 * z1 - s1) % P
    if h == 0:
        return _double(a) if r == 0 else _INFINITY
    hh = h * h % P
    hhh = h * hh % P
    v = u1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return (x3, (r * (v - x3) - s1 * hhh) % P, h * z1 * z2 % P)
