"""What an API key can look like, and where it can come from.

No function in here raises: a traceback can show the variables of the frames that it names, and one would be the key.
"""

from enum import StrEnum

from s4s_tui.domain.secret import Secret

LONGEST = 200
"""Characters; the keys of the service are much shorter. API docs: the key is a header, `X-API-Key`."""


class KeyPlace(StrEnum):
    """Where the program itself can keep a key."""

    KEYRING = "keyring"
    FILE = "file"
    RUN = "run"
    """Nowhere: it is forgotten when the program ends."""


def trimmed(text: Secret) -> Secret:
    """The key without the blanks around it, which a copy or a command's output may bring."""
    return Secret(text.reveal().strip(" \t\r\n"))


def trouble(key: Secret) -> str:
    """What is wrong with a trimmed key, as the end of a sentence without its full stop; "" where nothing is."""
    text = key.reveal()
    if not text:
        return "it is empty"
    if len(text) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if not (text.isascii() and text.isprintable()):
        return "it holds characters that a key cannot have"
    return ""
