"""The control of the faults, described."""

from typing import get_args

from s4s_tui.sandbox.control_faults import FAULTS
from s4s_tui.sandbox.description.parts import Json, operation, record
from s4s_tui.sandbox.description.schemas import OK
from s4s_tui.sandbox.fault_rules import fields
from s4s_tui.sandbox.faults import LONGEST, BodyStyle, FaultKind, When
from s4s_tui.sandbox.spoiling import Spoiling

_FIELDS: Json = {
    "endpoint": {"type": "string", "pattern": r"^(\*|/.*)$"},
    "when": {"enum": list(get_args(When))},
    "rate": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
    "count": {"type": "integer", "minimum": 1},
    "seconds": {"type": "number", "minimum": 0, "maximum": LONGEST},
    "status": {"type": "integer", "minimum": 400, "maximum": 599},
    "body": {"enum": list(get_args(BodyStyle))},
    "retry_after": {"type": "integer", "minimum": 0, "maximum": 86400},
    "to": {"type": "string", "pattern": "^[ -~]{1,2000}$"},
    "invoice": {"enum": [spoiling.value for spoiling in Spoiling]},
}


def paths() -> Json:
    """The paths with their operations."""
    number: Json = {"type": "integer", "minimum": 1}
    which = {"name": "number", "in": "path", "required": True, "schema": number}
    listed = {"type": "array", "items": {"type": "object"}}
    done = record({"status": OK})
    return {
        FAULTS: {
            "get": operation("faults", "The faults in force.", record({"status": OK, "faults": listed})),
            "post": operation(
                "inject", "Put a fault into force.", record({"status": OK, "number": number}), body=_fault()
            ),
            "delete": operation("clearFaults", "Take all faults out of force.", done),
        },
        f"{FAULTS}/{{number}}": {
            "delete": operation("removeFault", "Take one fault out of force.", done, parameters=[which], fails=["404"])
        },
    }


def _fault() -> Json:
    kinds = []
    for kind in FaultKind:
        known = {name: _FIELDS[name] for name in sorted(fields(kind) - {"kind"})}
        kinds.append(record({"kind": {"const": kind.value}}, known))
    return {"oneOf": kinds}
