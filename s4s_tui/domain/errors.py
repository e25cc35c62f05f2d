"""The one error family between this program and the server; `api` raises it, services and screens speak of it.

Every message is a sentence for people, already free of control characters. None of them holds a secret.
"""


class ApiError(Exception):
    """A request did not bring what was asked for.

    Attributes:
        retry_after: seconds the server asked to wait before the next request, or None.
    """

    def __init__(self, sentence: str, *, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Refused(ApiError):
    """The server answered and said no; the sentence is its reason, as it said it (cleaned).

    Attributes:
        http_status: the HTTP status code of the answer; 0 where nothing was sent, because it had to be refused.
    """

    def __init__(self, reason: str, *, http_status: int, retry_after: float | None = None) -> None:
        super().__init__(reason, retry_after=retry_after)
        self.http_status = http_status

    @property
    def answered(self) -> bool:
        """Whether the server was asked at all."""
        return self.http_status != 0


class Unreachable(ApiError):
    """No connection (refused, no such host, TLS not trusted): the request never arrived."""


class TimedOut(ApiError):
    """No answer in time to a request that changes nothing, or no connection in time."""


class Rubbish(ApiError):
    """An answer came that nothing can be read from (HTML of a proxy, cut-off JSON, too large, a redirect)."""


class OutcomeUnknown(ApiError):
    """A request that makes something was sent and its answer was lost: it may or may not have been carried out.

    Never sent again by itself (API docs: no idempotency key exists).
    """


class JournalError(Exception):
    """The journal on this machine's disk cannot be read or written; the sentence says why and where."""


class JournalReplaced(JournalError):
    """The journal was damaged, so it was set aside and a new one begun; the sentence says where it is now."""


class TooManyUnpaid(Exception):
    """So many orders wait for their payment that another one needs a word of the person.

    Attributes:
        unpaid: how many.
    """

    def __init__(self, unpaid: int) -> None:
        super().__init__(f"{unpaid} orders wait for their payment.")
        self.unpaid = unpaid


class NotFound(Exception):
    """No order was found; the sentence says why."""


class PaymentFailed(Exception):
    """The demo's wallet did not pay; the sentence says why."""


class ApiKeyError(Exception):
    """The API key cannot be had, kept or removed; the sentence says why.

    It holds neither the key nor what a command or a keyring wrote about it.
    """


class ExportError(Exception):
    """A history could not be written to a file of its own; the sentence says why and where."""


class SettingsError(Exception):
    """A setting could not be written to the config file; the sentence says why and where."""
