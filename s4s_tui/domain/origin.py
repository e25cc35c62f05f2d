"""Where the value of a setting comes from."""

from dataclasses import dataclass
from enum import Enum, auto


class Source(Enum):
    """The places of settings; one that is named earlier counts before those named later."""

    OPTION = auto()
    VARIABLE = auto()
    FILE = auto()
    DEFAULT = auto()
    RUN = auto()  # chosen while the program runs, and written nowhere


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from.

    Attributes:
        source: the kind of place.
        name: the option or the variable; "" of the others.
        line: in the config file, from 1; None where it is not from there or not known.
    """

    source: Source
    name: str = ""
    line: int | None = None

    @property
    def words(self) -> str:
        """The place in words, for the end of a line."""
        match self.source:
            case Source.OPTION | Source.VARIABLE:
                return self.name
            case Source.FILE:
                return "config file" if self.line is None else f"config file, line {self.line}"
            case Source.DEFAULT:
                return "default"
            case Source.RUN:
                return "this run only"

    @property
    def outranks_file(self) -> bool:
        """Whether it counts before the config file at the next start, too."""
        return self.source in (Source.OPTION, Source.VARIABLE)
