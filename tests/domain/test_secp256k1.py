from hashlib import sha256
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s4s_tui.domain import secp256k1
from s4s_tui.domain.secp256k1 import HALF_N, CurveError, N, P, public_key, recover, sign, verify
from tests.fuzzing import examples

SECRETS = st.integers(1, N - 1)
DIGESTS = st.binary(min_size=32, max_size=32)
DIGEST = sha256(b"a message").digest()


@pytest.mark.parametrize(
    ("secret", "key"),
    [
        (1, "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
        (2, "02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5"),
        (3, "02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9"),
        (N - 1, "0379be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
    ],
)
def test_known_secrets_have_the_known_public_keys(secret: int, key: str) -> None:
    assert public_key(secret).hex() == key


def test_the_nonce_follows_rfc_6979() -> None:
    # a widely used example: secret 1, SHA-256 of "Satoshi Nakamoto"
    r, s, _ = sign(sha256(b"Satoshi Nakamoto").digest(), 1)
    assert f"{r:064x}" == "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
    assert f"{s:064x}" == "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5"


def test_a_nonce_that_does_not_serve_is_followed_by_another() -> None:
    first, second, third = islice(secp256k1._nonces(DIGEST, 7), 3)
    assert len({first, second, third}) == 3
    assert all(0 < nonce < N for nonce in (first, second, third))


@settings(deadline=None, max_examples=examples(40))
@given(SECRETS, DIGESTS)
def test_a_signature_is_low_s_recovers_its_key_and_verifies(secret: int, digest: bytes) -> None:
    r, s, recovery_id = sign(digest, secret)
    key = public_key(secret)
    assert s <= HALF_N
    assert recover(digest, r, s, recovery_id) == key
    assert verify(key, digest, r, s)


def test_the_high_s_twin_recovers_with_the_other_parity_but_does_not_verify() -> None:
    r, s, recovery_id = sign(DIGEST, 7)
    assert recover(DIGEST, r, N - s, recovery_id ^ 1) == public_key(7)
    assert not verify(public_key(7), DIGEST, r, N - s)


def test_a_signature_of_another_message_does_not_verify() -> None:
    r, s, _ = sign(DIGEST, 7)
    assert not verify(public_key(7), sha256(b"another").digest(), r, s)
    assert not verify(public_key(8), DIGEST, r, s)


@pytest.mark.parametrize(("r", "s"), [(0, 1), (1, 0), (N, 1), (1, N)])
def test_numbers_out_of_range_are_no_signature(r: int, s: int) -> None:
    assert not verify(public_key(7), DIGEST, r, s)
    with pytest.raises(CurveError):
        recover(DIGEST, r, s, 0)


def test_a_recovery_id_has_two_bits() -> None:
    r, s, _ = sign(DIGEST, 7)
    with pytest.raises(CurveError):
        recover(DIGEST, r, s, 4)


def test_an_x_above_the_field_is_no_point() -> None:
    # recovery id 2 says that x is r + N, which leaves the field for all but the smallest r
    with pytest.raises(CurveError):
        recover(DIGEST, P - N, 1, 2)


def test_an_overflown_x_is_recovered_where_it_is_a_point() -> None:
    keys = []
    for r in range(1, 20):
        try:
            keys.append((r, recover(DIGEST, r, 5, 2)))
        except CurveError:
            continue
    assert keys
    assert all(verify(key, DIGEST, r, 5) for r, key in keys)


def test_a_signature_whose_key_is_the_point_at_infinity_is_refused() -> None:
    # s R = z G: R = G (r = its x), s = z gives r⁻¹ (z G - z G)
    r = int.from_bytes(public_key(1)[1:])
    with pytest.raises(CurveError):
        recover((5).to_bytes(32), r, 5, 0)


def test_the_nonce_point_equal_to_a_summand_is_doubled_rightly() -> None:
    # R = G and z = -s: both summands are the same point
    r = int.from_bytes(public_key(1)[1:])
    key = recover((N - 5).to_bytes(32), r, 5, 0)
    assert key == public_key(10 * pow(r, -1, N) % N)


@pytest.mark.parametrize("secret", [0, -1, N, N + 1])
def test_a_secret_out_of_range_is_refused(secret: int) -> None:
    with pytest.raises(CurveError):
        public_key(secret)
    with pytest.raises(CurveError):
        sign(DIGEST, secret)


@pytest.mark.parametrize("key", [b"", b"\x02" * 32, b"\x04" + bytes(32), b"\x02" + bytes(32), b"\x02" + b"\xff" * 32])
def test_an_encoding_of_no_point_is_refused(key: bytes) -> None:
    with pytest.raises(CurveError):
        verify(key, DIGEST, 1, 1)


@pytest.mark.parametrize("secret", [1, 12, 345])
def test_a_decoded_point_lies_on_the_curve(secret: int) -> None:
    x, y = secp256k1.decode_point(public_key(secret))
    assert (y * y - x**3 - 7) % P == 0
