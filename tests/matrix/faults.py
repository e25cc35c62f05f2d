"""Every fault of the matrix, as it hits one endpoint."""

from dataclasses import replace

from s4s_tui.sandbox.faults import Fault, FaultKind
from s4s_tui.sandbox.spoiling import Spoiling
from tests.matrix.ground import MAKING

STATUS = "/orderstatus"
NOWHERE = "http://127.0.0.1:{port}/elsewhere"
"""Where a redirect on this machine leads: a server that must never be asked."""
_WAITED_FOR = (FaultKind.TIMEOUT, FaultKind.DRIP)
_HARMLESS = (FaultKind.SLOW, FaultKind.REPEATED, FaultKind.REORDERED, FaultKind.INVOICE)


def _statuses() -> dict[str, Fault]:
    return {
        f"{status} {body}": Fault(kind=FaultKind.STATUS, status=status, body=body, retry_after=7)
        for status in (400, 401, 403, 404, 429, 500, 502)
        for body in ("json", "text", "html", "empty")
    }


FAULTS: dict[str, Fault] = {
    "slow": Fault(kind=FaultKind.SLOW, seconds=0.02),
    "time-out": Fault(kind=FaultKind.TIMEOUT),
    "time-out, carried out": Fault(kind=FaultKind.TIMEOUT, when="after"),
    "reset": Fault(kind=FaultKind.RESET),
    "reset, carried out": Fault(kind=FaultKind.RESET, when="after"),
    **_statuses(),
    "500 html, carried out": Fault(kind=FaultKind.STATUS, status=500, body="html", when="after"),
    "502 empty, carried out": Fault(kind=FaultKind.STATUS, status=502, body="empty", when="after"),
    "cut-off": Fault(kind=FaultKind.CUT),
    "broken-off": Fault(kind=FaultKind.BROKEN),
    "wrong-types": Fault(kind=FaultKind.TYPES),
    "wrong-shape": Fault(kind=FaultKind.SHAPE),
    "wrong-encoding": Fault(kind=FaultKind.ENCODING),
    "gzip-bomb": Fault(kind=FaultKind.GZIP),
    "gzip-bomb, carried out": Fault(kind=FaultKind.GZIP, when="after"),
    "big-body": Fault(kind=FaultKind.BIG),
    "big-body, carried out": Fault(kind=FaultKind.BIG, when="after"),
    "endless-drip": Fault(kind=FaultKind.DRIP, seconds=0.01),
    "endless-drip, carried out": Fault(kind=FaultKind.DRIP, seconds=0.01, when="after"),
    "redirect": Fault(kind=FaultKind.REDIRECT),
    "redirect on this machine": Fault(kind=FaultKind.REDIRECT, to=NOWHERE),
}
"""The faults that can hit any endpoint."""
OF_STATES: dict[str, Fault] = {
    "repeated": Fault(kind=FaultKind.REPEATED),
    "reordered": Fault(kind=FaultKind.REORDERED),
}
"""Those that hit the states of an order."""
OF_INVOICES: dict[str, Fault] = {f"invoice, {how}": Fault(kind=FaultKind.INVOICE, invoice=how) for how in Spoiling}
"""Those that hit an answer with an invoice."""


def faults_of(endpoint: str) -> dict[str, Fault]:
    """The faults that can hit this endpoint, by name."""
    fitting = {**FAULTS, **(OF_STATES if endpoint == STATUS else {}), **(OF_INVOICES if endpoint in MAKING else {})}
    return {name: replace(fault, endpoint=endpoint) for name, fault in fitting.items()}


def is_waited_for(fault: Fault) -> bool:
    """Whether only a time-out ends it."""
    return fault.kind in _WAITED_FOR


def is_failure(fault: Fault) -> bool:
    """Whether what was asked for certainly does not come; wrong types may leave an answer without facts."""
    return fault.kind not in (*_HARMLESS, FaultKind.TYPES)


def is_refusal(fault: Fault) -> bool:
    """Whether the server says no: by its status, or by a reason that it gives."""
    return fault.kind is FaultKind.STATUS and (fault.status < 500 or fault.body == "json")


def is_vague(fault: Fault) -> bool:
    """Whether what makes something cannot know by the answer that nothing was made."""
    return is_failure(fault) and not is_refusal(fault) and fault.kind is not FaultKind.REDIRECT
