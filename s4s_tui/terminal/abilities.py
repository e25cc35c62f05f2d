"""What a terminal can do, as far as the environment's names tell."""

from collections.abc import Mapping


def colours(environ: Mapping[str, str]) -> str:
    """How many colours there are, in words."""
    term = environ.get("TERM", "")
    if "NO_COLOR" in environ:
        return "no colours (NO_COLOR)"
    if environ.get("COLORTERM", "") in ("truecolor", "24bit") or term.endswith("-direct"):
        return "16 million colours"
    return "256 colours" if "256" in term else "16 colours"


_NOTIFYING = {"iTerm.app": "OSC 9", "WezTerm": "OSC 777", "ghostty": "OSC 777"}


def by_name(environ: Mapping[str, str]) -> tuple[str, ...]:
    """What the names of the terminal promise; nothing was asked of it."""
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    kitty = term == "xterm-kitty" or "KITTY_WINDOW_ID" in environ
    notices = "OSC 99" if kitty else _NOTIFYING.get(program, "not known")
    drawn = kitty or "VTE_VERSION" in environ or "KONSOLE_VERSION" in environ
    return (
        f"desktop notices: {notices} (by its name)",
        f"sextants for small QR codes: {'yes' if drawn else 'not known'} (by its name)",
    )


def around(environ: Mapping[str, str]) -> tuple[str, ...]:
    """What stands between the program and the person's terminal, and what that means for copies."""
    found = []
    if any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")):
        found.append("over SSH: copies go through the terminal (OSC 52)")
    if environ.get("TMUX"):
        found.append("in tmux: copies go to its buffer, too")
    elif environ.get("STY"):
        found.append("in GNU screen: it may keep OSC 52 from the terminal")
    return tuple(found)
