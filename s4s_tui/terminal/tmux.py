"""tmux's own buffers, by its program; every call ends within its limit and leaves no process behind."""

import asyncio
import shutil
from collections.abc import Mapping


class Tmux:
    """The tmux that this program runs in, if it does."""

    def __init__(self, environ: Mapping[str, str], limit: float) -> None:
        """Args: `environ` is also what tmux is called with; `limit` are the seconds that a call may take."""
        self._environ = environ
        self._limit = limit

    async def load(self, text: str) -> bool:
        """Whether tmux took the text: into a buffer of its own and, by `-w`, on to the terminal outside.

        It goes through stdin: the arguments of a process are visible to everyone on the machine.
        """
        return await self._run("load-buffer", "-w", "-", feed=text.encode()) is not None

    async def unload(self, text: str) -> None:
        """Delete the newest buffer where it still holds this text."""
        if await self._run("show-buffer") == text.encode():
            await self._run("delete-buffer")

    async def _run(self, *arguments: str, feed: bytes = b"") -> bytes | None:
        """What it wrote; None where there is no tmux, or it failed or took too long."""
        program = shutil.which("tmux", path=self._environ.get("PATH")) if self._environ.get("TMUX") else None
        if program is None:
            return None
        try:
            return await self._called(program, arguments, feed)
        except (OSError, TimeoutError):
            return None

    async def _called(self, program: str, arguments: tuple[str, ...], feed: bytes) -> bytes | None:
        process = await asyncio.create_subprocess_exec(
            program,
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=dict(self._environ),
        )
        try:
            written, _ = await asyncio.wait_for(process.communicate(feed), self._limit)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return written if process.returncode == 0 else None
