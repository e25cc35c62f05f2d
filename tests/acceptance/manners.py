"""Whether a client was polite, from the server's own log."""

from collections.abc import Iterator, Sequence

from tests.acceptance.server import Request

GAP = 0.5
"""Seconds for each request on average: two a second."""
_JITTER = 0.25  # the server's clock reads when its thread has its turn


def too_fast(log: Sequence[Request]) -> list[str]:
    """The program's own questions that came before their time; empty for a polite client.

    What a person asks for goes at once, but counts: so before question number n of a run half a second has to have
    passed for each request before it.
    """
    return [
        f"request {number} ({request.path}) came {request.at - run[0].at:.2f} s after the first, due was {number * GAP}"
        for run in _runs(log)
        for number, request in enumerate(run)
        if request.path == "/orderstatus" and request.at - run[0].at < number * GAP - _JITTER
    ]


def _runs(log: Sequence[Request]) -> Iterator[list[Request]]:
    """The log cut at every start of the program, which begins with the countries."""
    run: list[Request] = []
    for request in log:
        if request.path == "/getCountries" and run:
            yield run
            run = []
        run.append(request)
    if run:
        yield run
