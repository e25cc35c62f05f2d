"""Job control: whether a shell can stop this program and continue it with `fg`."""

import os


def has_job_control() -> bool:
    """Whether a shell runs this program as a job of its own.

    Where it does not (a terminal's only program, a command given to ssh, a container), a stopped program would stay
    stopped: there is no prompt to type `fg` at. The group of a session's first process has nobody above it.
    """
    return os.getpgrp() != os.getsid(0)
