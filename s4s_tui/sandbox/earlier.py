"""What was told of each order so far, so that it can be told again. Pure values; used on one thread."""

from collections import OrderedDict

_ORDERS = 1000
"""Orders whose earlier states are kept."""
_STATES = 16
"""Different states kept of each, the first one in any case."""


class Earlier:
    """The different answers that were given to one question, oldest first, of many questions."""

    def __init__(self) -> None:
        self._told: OrderedDict[bytes, list[bytes]] = OrderedDict()

    def note(self, question: bytes, answer: bytes) -> None:
        """Keep an answer, unless it is the same as the one before."""
        told = self._told.setdefault(question, [])
        self._told.move_to_end(question)
        if not told or told[-1] != answer:
            told.append(answer)
            del told[1 : -(_STATES - 1)]
        if len(self._told) > _ORDERS:
            self._told.popitem(last=False)

    def before_last(self, question: bytes) -> bytes | None:
        """The answer before the last one; the last one where there is no other, None where there is none."""
        return next(iter(self._told.get(question, [])[-2:]), None)

    def first(self, question: bytes) -> bytes | None:
        """The answer that was given first, None where there is none."""
        return next(iter(self._told.get(question, [])), None)
