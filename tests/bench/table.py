"""The table that the bench prints: what was measured, beside the bare app where that is the measure, and the target."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line.

    Attributes:
        what: what was measured.
        value: what came of it, with its unit.
        least: the number that is compared: `value`, or its ratio to the bare app's.
        most: the target, in the same unit.
        target: the target in words.
        bare: the bare app's value, "" where it is no measure.
    """

    what: str
    value: str
    least: float
    most: float
    target: str
    bare: str = ""

    @property
    def kept(self) -> bool:
        return self.least <= self.most


def ratio(what: str, value: float, bare: float, most: float, unit: str, *, of: float | None = None) -> Row:
    """A row that is compared with the bare app; `of` is the ratio where it is a median of its own."""
    times = value / bare if of is None else of
    return Row(what, f"{value:.0f} {unit}", times, most, f"{most:g} ×", f"{bare:.0f} {unit}")


def markdown(rows: list[Row]) -> str:
    """The rows as a table."""
    lines = [("What", "Value", "Bare", "Ratio", "At most", "")]
    lines.append(("---", "---:", "---:", "---:", "---:", "---"))
    for row in rows:
        times = f"{row.least:.2f}" if row.bare else ""
        lines.append((row.what, row.value, row.bare, times, row.target, "ok" if row.kept else "**over**"))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
