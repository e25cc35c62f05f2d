"""A text that must not be seen: an API key, a preimage."""

_SHOWN = 4
_LONG = 12


class Secret:
    """Hides its text from `repr`, `str`, formatting, logs and tracebacks; only `reveal` gives it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one place that sends it."""
        return self._text

    @property
    def masked(self) -> str:
        """What a person may see of it: its last characters, where it is long enough for that to tell little."""
        return f"••••{self._text[-_SHOWN:]}" if len(self._text) >= _LONG else "••••"

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __format__(self, _spec: str) -> str:
        return "***"

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        from hmac import compare_digest  # brings OpenSSL's hashes along, 2 ms of a start

        return isinstance(other, Secret) and compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __reduce__(self) -> str:
        raise TypeError("A secret is not written anywhere.")
