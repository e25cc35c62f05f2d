"""What is wrong with a TLS certificate that was not trusted, in words."""

import ssl

_EXPIRED = "has expired, or this machine's clock is wrong"
_EARLY = "is not valid yet, or this machine's clock is wrong"
_ITSELF = "is signed by nobody but itself"
_NOBODY = "comes from an authority that is not trusted here"
_OTHER = "is for another host"
_WRONG = {
    9: _EARLY,
    10: _EXPIRED,
    18: _ITSELF,
    2: _NOBODY,
    19: _NOBODY,
    20: _NOBODY,
    21: _NOBODY,
    62: _OTHER,
    64: _OTHER,
}
"""By OpenSSL's numbers (X509_V_ERR_… in its x509_vfy.h)."""


def refused_certificate(error: BaseException, *, through_tls_proxy: bool) -> str | None:
    """The sentence for a certificate that was not trusted; None where that is not why the connection failed.

    Args:
        error: how connecting failed, with its causes.
        through_tls_proxy: TLS is spoken with a proxy too, so that it may be the proxy's.
    """
    cause = caused_by(error, ssl.SSLCertVerificationError)
    if cause is None:
        return None
    whose = "The TLS certificate of the server or its proxy" if through_tls_proxy else "The server's TLS certificate"
    wrong = _WRONG.get(getattr(cause, "verify_code", 0), "could not be verified")
    return f"{whose} {wrong}; nothing was sent."


def caused_by(error: BaseException, kind: type[BaseException]) -> BaseException | None:
    """The nearest of an error and its causes that is of a kind."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, kind):
        cause = cause.__cause__ or cause.__context__
    return cause
