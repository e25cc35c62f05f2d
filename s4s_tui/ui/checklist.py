"""The checks on an invoice as a list of lines: pure, no Textual."""

from s4s_tui.domain.checks import Check, Inspection, Verdict
from s4s_tui.ui.view import Invoice

_SYMBOLS_OF_TROUBLE = {Verdict.WARN: "!", Verdict.ASK: "!", Verdict.BLOCK: "✗"}
_ALWAYS = frozenset({"amount", "order", "payee", "description"})
"""The checks that are listed even when nothing is wrong."""
_KEPT = "your wallet's history keeps it"
"""What is to be known of a memo, for it names what is ordered."""


def worth_showing(
    inspection: Inspection, invoice: Invoice, *, brief: bool = False, kept: bool = False
) -> tuple[tuple[str, str, Verdict], ...]:
    """The checks to list: symbol, sentence, verdict; warnings first, the usual ones as a count.

    None once the invoice no longer matters. With `brief` (a low window) all that passed are a count. With `kept` the
    memo is there in any case, and that the wallet's history keeps it.
    """
    if invoice is Invoice.GONE:
        return ()
    shown = [
        check
        for check in inspection.checks
        if check.verdict in _SYMBOLS_OF_TROUBLE or (check.name in _ALWAYS and not brief) or (kept and _is_memo(check))
    ]
    shown.sort(key=lambda check: check.verdict not in _SYMBOLS_OF_TROUBLE)
    lines = [
        (
            _SYMBOLS_OF_TROUBLE.get(check.verdict, "✓" if check.verdict is Verdict.OK else "·"),
            f"{check.sentence}; {_KEPT}" if kept and _is_memo(check) else check.sentence,
            check.verdict,
        )
        for check in shown
    ]
    more = len(inspection.checks) - len(shown)
    if more and inspection.invoice is not None:
        also = "more " if shown else ""
        lines.append(("✓", f"{more} {also}checks passed" if more > 1 else f"1 {also}check passed", Verdict.OK))
    return tuple(lines)


def _is_memo(check: Check) -> bool:
    return check.name == "description" and check.verdict is Verdict.OK
