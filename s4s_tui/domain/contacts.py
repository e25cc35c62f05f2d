"""Addresses that a person types: e-mail, webhook, Lightning address. Each check gives a sentence, "" where all is well.

Pragmatic on purpose: what is refused can not be right, what is allowed may still not exist. Phone numbers need tables
that are not of the standard library: `services.phones`.
"""

import re
from urllib.parse import urlsplit

from s4s_tui.domain.net import is_host, is_loopback

LONGEST_EMAIL = 254
"""Characters; RFC 5321 4.5.3.1.3 with the angle brackets left out (RFC 3696 erratum 1690)."""
LONGEST_WEBHOOK = 2000
_LONGEST_LOCAL = 64  # RFC 5321 4.5.3.1.1
_LABEL = re.compile(r"[^\W_]([\w-]*[^\W_])?")
_LIGHTNING_NAME = re.compile(r"[a-z0-9._+-]+")  # LUD-16, and its + for tags


def check_email(text: str) -> str:
    """Whether mail can be sent there, as far as the address alone tells."""
    local, _, domain = text.rpartition("@")
    if not text:
        return "The address is empty."
    if not text.isprintable() or any(char.isspace() for char in text):
        return "The address holds a blank or a hidden character."
    if text.count("@") != 1:
        return "The address needs one @, as in name@example.com."
    if not local:
        return "The name before the @ is missing."
    if not _is_domain(domain):
        return "What follows the @ is no domain, as in name@example.com."
    if len(text) > LONGEST_EMAIL or len(local) > _LONGEST_LOCAL:
        return f"The address is too long: {LONGEST_EMAIL} characters are possible, {_LONGEST_LOCAL} before the @."
    if local.startswith(".") or local.endswith(".") or ".." in local or set(local) & set('<>()[],;:\\"'):
        return "The name before the @ is not one that mail can be sent to."
    return ""


def check_lightning_address(text: str) -> str:
    """Whether it can be a Lightning address (LUD-16), in lower case."""
    name, _, domain = text.rpartition("@")
    if len(text) > LONGEST_EMAIL or not (text.isascii() and _LIGHTNING_NAME.fullmatch(name) and _is_domain(domain)):
        return "A Lightning address looks like name@example.com, in lower case."
    return ""


def check_webhook(text: str) -> str:
    """Whether the server can be asked to post there: https, or http on this machine.

    A query is allowed: what is posted holds no order id, so the receiver needs one of its own (API docs).
    """
    if len(text) > LONGEST_WEBHOOK:
        return f"The webhook's address is too long: {LONGEST_WEBHOOK} characters are possible."
    if not (text.isascii() and text.isprintable()) or set(text) & set(' \\<>"'):
        return "The webhook's address holds characters that an address cannot have."
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return "The webhook's address has no valid host or port."
    if parts.scheme not in ("https", "http") or not parts.netloc:
        return "The webhook's address must begin with https:// and a host."
    if "@" in parts.netloc:
        return "The webhook's address must not hold a user name or password."
    if not is_host(host) or port == 0:
        return "The webhook's address has no valid host or port."
    if parts.scheme == "http" and not is_loopback(host):
        return "The webhook's address must begin with https:// (http:// is allowed to this machine only)."
    if "#" in text:
        return "The webhook's address must end before the #."
    return ""


def _is_domain(text: str) -> bool:
    labels = text.split(".")
    return len(labels) > 1 and all(len(label) < 64 and _LABEL.fullmatch(label) for label in labels)
