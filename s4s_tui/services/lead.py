"""Which of several programs on one journal asks the server about orders.

Two programs that ask are a waste, none that asks is a danger to money: whatever is in doubt is decided for asking.
"""

import errno
import os
import time
from pathlib import Path
from typing import Final

SILENT: Final = 20.0
"""Seconds without a sign of life after which the leading program counts as stopped (Ctrl+Z) or frozen."""
BEAT: Final = 2.0
"""Seconds between two signs of life, at the least."""

_HELD: Final = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
"""What `flock` fails with where another program holds the lock; everything else means that it cannot be had here."""


class FileLead:
    """`ports.Lead` by a lock on a file (0600) beside the journal, which the system frees whichever way a program ends.

    The file's modification time is the sign of life. It is only compared with what it was before, so a wall clock that
    is set makes no difference. Not for several threads at once; on a network disk that hangs a call hangs with it.
    """

    def __init__(self, path: Path) -> None:
        """Args: `path` of the file; it is made by the first call, its folder is not."""
        self._path = path
        self._held: int | None = None  # the descriptor while this program leads: closing it gives the lead up
        self._beat_at = float("-inf")
        self._sign: tuple[int, int] | None = None  # the leading program's last sign of life, and when it was new
        self._sign_at = 0.0

    def leads(self, monotonic: float) -> bool:
        """Whether this program is to ask now; to be called more often than every `SILENT` seconds, about each `BEAT`.

        True where it holds the lock, where no lock can be had on this disk or system, and where it stands in for a
        program that holds the lock and gives no sign of life. Args: `monotonic` seconds of this program. Never raises.
        """
        if self._held is None:
            try:
                descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            except (OSError, ValueError):  # a read-only disk, a folder that is missing; a path that can be none
                return True
            try:
                locked = _lock(descriptor)
            except (ImportError, OSError):
                os.close(descriptor)
                return True
            if not locked:
                silent = self._silent(descriptor, monotonic)
                os.close(descriptor)
                return silent
            self._held, self._sign = descriptor, None
        self._show_life(self._held, monotonic)
        return True

    def release(self) -> None:
        """Leave the lead to another program; a later `leads` may take it again."""
        descriptor, self._held = self._held, None
        self._beat_at, self._sign = float("-inf"), None
        if descriptor is not None:
            os.close(descriptor)

    def _show_life(self, descriptor: int, monotonic: float) -> None:
        if monotonic - self._beat_at < BEAT:
            return
        self._beat_at = monotonic
        try:
            # The time is given, since the system's own may be the same for some milliseconds.
            now = time.time_ns()
            os.utime(descriptor, ns=(now, now))
        except OSError:  # then another program stands in, and both ask
            return

    def _silent(self, descriptor: int, monotonic: float) -> bool:
        try:
            status = os.fstat(descriptor)
        except OSError:
            return True
        sign = (status.st_ino, status.st_mtime_ns)
        if sign != self._sign:
            self._sign, self._sign_at = sign, monotonic
        return monotonic - self._sign_at >= SILENT


def _lock(descriptor: int) -> bool:
    """Lock the file where nobody has; OSError where files cannot be locked, ImportError where systems cannot."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True
