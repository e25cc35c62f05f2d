"""Reading a fault from what a file or a request says, and writing it down again."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, get_args

from s4s_tui.sandbox.faults import CARRIED_OUT, BodyStyle, Fault, FaultKind, Injected, When
from s4s_tui.sandbox.spoiling import Spoiling

_Word = TypeVar("_Word", bound=str)

_EVERY = frozenset({"kind", "endpoint", "rate", "count"})
_EITHER = _EVERY | {"when"}
_FIELDS = {
    FaultKind.SLOW: _EITHER | {"seconds"},
    FaultKind.TIMEOUT: _EITHER | {"seconds"},
    FaultKind.DRIP: _EITHER | {"seconds"},
    FaultKind.STATUS: _EITHER | {"status", "body", "retry_after"},
    FaultKind.REDIRECT: _EITHER | {"to"},
    FaultKind.INVOICE: _EVERY | {"invoice"},
}


class FaultError(ValueError):
    """What was said is no fault; the message is a sentence."""


def read_fault(said: Mapping[str, Any]) -> Fault:
    """The fault of a table of a TOML file, or of a JSON object.

    Raises:
        FaultError: a name or a value that is none.
    """
    kind = _one_of(FaultKind, said.get("kind"), "kind")
    known = fields(kind)
    for name in said:
        if name not in known:
            raise FaultError(f'A fault of the kind "{kind}" has no "{name}"; it takes {", ".join(sorted(known))}.')
    facts = {name: _READERS[name](value, name) for name, value in said.items() if name != "kind"}
    try:
        return Fault(kind=kind, **facts)
    except ValueError as error:
        raise FaultError(str(error)) from error


def written(injected: Injected) -> dict[str, object]:
    """A fault in force as JSON values: its number, how many requests it has hit, and what `read_fault` reads."""
    fault = injected.fault
    told = {name: getattr(fault, name) for name in sorted(fields(fault.kind)) if getattr(fault, name) is not None}
    return {"number": injected.number, "hit": injected.hit, **told}


def fields(kind: FaultKind) -> frozenset[str]:
    """What can be said of a fault of this kind."""
    return _FIELDS.get(kind, _EVERY if kind in CARRIED_OUT else _EITHER)


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise FaultError(f"The {name} of a fault is a text.")
    return value


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FaultError(f"The {name} of a fault is a number.")
    return value


def _whole(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise FaultError(f"The {name} of a fault is a whole number.")
    return value


def _one_of(choices: Iterable[_Word], value: object, name: str) -> _Word:
    known = {str(choice): choice for choice in choices}
    if not isinstance(value, str) or value not in known:
        raise FaultError(f"The {name} of a fault is one of: {', '.join(known)}.")
    return known[value]


_READERS: Mapping[str, Callable[[object, str], Any]] = {
    "endpoint": _text,
    "when": lambda value, name: _one_of(get_args(When), value, name),
    "rate": _number,
    "count": _whole,
    "seconds": _number,
    "status": _whole,
    "body": lambda value, name: _one_of(get_args(BodyStyle), value, name),
    "retry_after": _whole,
    "to": _text,
    "invoice": lambda value, name: _one_of(Spoiling, value, name),
}
