"""What the doctor found, and how it reads: as text and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "warning", "failure"]
_SIGNS = {"ok": "✓", "warning": "!", "failure": "✗"}
_ENDS = {"ok": "All is well.", "warning": "It works; see the lines with !.", "failure": "Something fails: see ✗."}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: stable, for programs.
        verdict: how it stands.
        words: the same for people; holds no secret.
    """

    name: str
    verdict: Verdict
    words: str


def worst(findings: Sequence[Finding]) -> Verdict:
    """The verdict over all."""
    verdicts = {finding.verdict for finding in findings}
    return "failure" if "failure" in verdicts else "warning" if "warning" in verdicts else "ok"


def as_text(findings: Sequence[Finding]) -> str:
    """A line for each finding, aligned, and a last one over all; nothing in it that a terminal would obey."""
    width = max((len(finding.name) for finding in findings), default=0)
    lines = [f"{_SIGNS[each.verdict]} {each.name:{width}}  {_clean(each.words)}" for each in findings]
    return "\n".join([*lines, "", _ENDS[worst(findings)], ""])


def as_json(findings: Sequence[Finding]) -> str:
    """The same for programs."""
    listed = [{"name": each.name, "verdict": each.verdict, "words": each.words} for each in findings]
    return json.dumps({"verdict": worst(findings), "findings": listed}, indent=2) + "\n"


def skew(server: float | None, here: float) -> Finding:
    """How far this machine's clock is from the server's (Unix seconds)."""
    if server is None:
        return Finding("clock", "warning", "the server did not tell its time")
    away = round(here - server)
    if abs(away) <= 30:
        return Finding("clock", "ok", "within 30 s of the server's")
    return Finding("clock", "warning", f"{abs(away)} s {'ahead of' if away > 0 else 'behind'} the server's: set it")


def _clean(words: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in words)
