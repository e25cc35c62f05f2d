"""Everything that could be shown of an error: its chain of tracebacks with the variables of every frame."""

import traceback

MARK = "s3cr3t-mark-9f2c"
"""A key that no other text holds by accident."""


def told(error: BaseException) -> str:
    """The error as the most talkative traceback shows it, without the frames of the tests themselves."""
    chain: BaseException | None = error
    parts: list[str] = []
    while chain is not None:
        shown = traceback.TracebackException.from_exception(chain, capture_locals=True)
        parts += [repr(chain), str(chain)]
        for frame in shown.stack:
            if "/tests/" not in frame.filename:
                parts += [frame.name, repr(frame.locals)]
        chain = chain.__cause__ or chain.__context__
    return "\n".join(parts)
