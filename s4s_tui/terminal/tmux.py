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

    async def load(self, text: str) -> str | None:
        """Put the text into a new buffer and, by `-w`, on to the terminal outside; its name, None where that failed.

        It goes through stdin: the arguments of a process are visible to everyone on the machine. tmux gives the name:
        `paste-buffer` takes the newest of the buffers that have such a one.
        """
        names = await self._run("load-buffer", "-w", "-", ";", "list-buffers", "-F", "#{buffer_name}", feed=text)
        return None if names is None else names.partition(b"\n")[0].decode(errors="replace")  # the newest comes first

    async def unload(self, buffer: str, text: str) -> bool:
        """Delete the buffer where it still holds this text; whether it did."""
        if await self._run("show-buffer", "-b", buffer) != text.encode():
            return False
        return await self._run("delete-buffer", "-b", buffer) is not None

    async def blank(self) -> None:
        """Put a blank on the clipboard of the terminal outside: tmux hands on no empty text, and none by OSC 52."""
        await self._run("load-buffer", "-w", "-", ";", "delete-buffer", feed=" ")

    async def _run(self, *arguments: str, feed: str = "") -> bytes | None:
        """What it wrote; None where there is no tmux, or it failed or took too long."""
        program = shutil.which("tmux", path=self._environ.get("PATH")) if self._environ.get("TMUX") else None
        if program is None:
            return None
        try:
            return await self._called(program, arguments, feed.encode())
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
