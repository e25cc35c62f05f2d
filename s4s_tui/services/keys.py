"""The API key: found when it is first needed, known for the run, kept where the person wants it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol, TypeVar

from s4s_tui.domain.apikey import KeyPlace, trimmed, trouble
from s4s_tui.domain.errors import ApiKeyError
from s4s_tui.domain.secret import Secret
from s4s_tui.services.key_command import LIMIT, HandOver, KeyCommand

T = TypeVar("T")

NONE: Final = "none"
"""What `ApiKeys.origin` says where there is no key."""
_IN_ENVIRONMENT: Final = "from S4S_API_KEY"
_IN_FILE: Final = "from the config file"
_IN_RING: Final = "from the keyring"
_TYPED: Final = "typed in, for this run"
_NOT_THERE: Final[Mapping[KeyPlace, str]] = {
    KeyPlace.KEYRING: "The key cannot be kept in a keyring here.",
    KeyPlace.FILE: "The key cannot be kept in the config file: what is set elsewhere counts before it.",
}


class Keeper(Protocol):
    """A place that keeps a key. Its methods block and raise ApiKeyError and nothing else."""

    def put(self, key: Secret) -> None:
        """Keep the key in the place of the one before."""
        ...

    def remove(self) -> None:
        """Take the key out; nothing where there is none."""
        ...


class Ring(Keeper, Protocol):
    """The keyring."""

    @property
    def usable(self) -> bool:
        """Whether keys can be kept there, as far as is known without asking it."""
        ...

    def get(self) -> Secret | None:
        """The key; None where there is none, or no keyring."""
        ...


class ApiKeys:
    """Where the API key comes from and is kept. Every method that fails raises ApiKeyError."""

    def __init__(
        self,
        *,
        key: Secret | None = None,
        in_environment: bool = False,
        command: Sequence[str] = (),
        file: Keeper | None = None,
        ring: Ring | None = None,
        hand_over: HandOver | None = None,
        limit: float = LIMIT,
    ) -> None:
        """What the settings say, and the places that a key can be kept in.

        Args:
            key: of the environment or the config file, as `in_environment` says.
            in_environment: whether `key` is from S4S_API_KEY.
            command: the program that writes the key, and its arguments; () where it does not count.
            file: the config file; None where nothing is to be kept there (the demo).
            ring: the keyring; likewise.
            hand_over: gives the terminal away while a command runs.
            limit: seconds that a command or the keyring may take.
        """
        self._in_environment = in_environment and key is not None
        self._command = KeyCommand(command, hand_over=hand_over, limit=limit) if command else None
        self._file = file
        self._ring = ring
        self._limit = limit
        self._typed: Secret | None = None
        self._known = key
        self._origin = NONE if key is None else _IN_ENVIRONMENT if in_environment else _IN_FILE
        self._looked = key is not None
        self._search: asyncio.Task[None] | None = None
        self._waiting = 0
        self._looking = asyncio.Lock()
        self._changing = asyncio.Lock()

    async def get(self) -> Secret | None:
        """The key, None where there is none. The command runs on the first call; callers at one time share one run.

        A command that failed runs again on the next call, so call it when a person asks for something, not on a timer.
        """
        while self._typed is None and not self._looked:
            if self._search is None:
                self._search = asyncio.create_task(self._look(), name="api key")
                self._search.add_done_callback(self._searched)
            await self._wait_for(self._search)
        return self._typed or self._known

    def origin(self) -> str:
        """Where the key comes from, for a person: "from the keyring"; for a command also before it has run."""
        if self._typed is not None:
            return _TYPED
        return self._origin if self._command is None else f"from the command {self._command.program}"

    def choices(self) -> tuple[KeyPlace, ...]:
        """Where a key that is typed in can be kept, the best first.

        For the run alone where S4S_API_KEY or a command is set: those count at the next start.
        """
        if self._in_environment or self._command is not None:
            return (KeyPlace.RUN,)
        ring = (KeyPlace.KEYRING,) if self._ring is not None and self._ring.usable else ()
        file = (KeyPlace.FILE,) if self._file is not None else ()
        return (*ring, *file, KeyPlace.RUN)

    async def put(self, key: Secret, where: KeyPlace) -> None:
        """Keep a key that a person typed in; it is the key from now on.

        A key in another place is removed there, so that the one that was typed in counts at the next start as well.
        """
        key = trimmed(key)
        wrong = trouble(key)
        if wrong:
            raise ApiKeyError(f"This is no API key: {wrong}.")
        async with self._changing:
            if where not in self.choices():
                raise ApiKeyError(_NOT_THERE[where])
            if where is KeyPlace.FILE and self._file is not None:
                await asyncio.to_thread(self._file.put, key)
                was_in_ring = self._origin == _IN_RING
                self._keep(key, _IN_FILE)
                if was_in_ring:  # else it is not asked: it may be locked
                    await self._clear_ring("The key is in the config file, which counts")
            elif where is KeyPlace.KEYRING and self._ring is not None:
                await self._ask_ring(lambda ring: ring.put(key))
                self._keep(key, _IN_RING)
                await self._clear_file("The key is in the keyring")
            else:
                self._typed = key

    async def remove(self) -> None:
        """Take the key out of wherever this program kept it; of one for this run alone, go back to what is kept."""
        async with self._changing:
            if self._typed is not None:
                self._typed = None
                return
            if self._in_environment or self._command is not None:
                raise ApiKeyError(f"The API key comes {self.origin()}: take it away there.")
            await self._clear_file("Nothing was removed")
            self._known, self._origin, self._looked = None, NONE, False
            await self._clear_ring("No key is in the config file")
            self._looked = True

    async def close(self) -> None:
        """End a command that is still running."""
        if self._search is not None:
            self._search.cancel()
            await asyncio.wait({self._search})

    async def _wait_for(self, search: "asyncio.Task[None]") -> None:
        self._waiting += 1
        try:
            await asyncio.shield(search)
        finally:
            self._waiting -= 1
            if self._waiting == 0 and not search.done():  # nobody wants it any more
                search.cancel()
                self._search = None

    def _searched(self, search: "asyncio.Task[None]") -> None:
        if self._search is search:
            self._search = None
        if not search.cancelled():
            search.exception()  # whoever waited has it; nobody may be left to

    async def _look(self) -> None:
        async with self._looking:  # one that was given up may still be ending its command
            key = await self._found()
        if not self._looked:  # nothing was kept meanwhile
            self._known, self._origin, self._looked = key, NONE if key is None else _IN_RING, True

    async def _found(self) -> Secret | None:
        if self._command is not None:
            return await self._command.run()
        if self._ring is None:
            return None
        return await self._ask_ring(_key_in)

    def _keep(self, key: Secret, origin: str) -> None:
        self._typed = None
        self._known, self._origin, self._looked = key, origin, True

    async def _ask_ring(self, job: Callable[[Ring], T]) -> T:
        assert self._ring is not None
        try:
            return await asyncio.wait_for(asyncio.to_thread(job, self._ring), self._limit)
        except TimeoutError:
            raise ApiKeyError(f"The keyring did not answer within {self._limit:g} seconds.") from None

    async def _clear_ring(self, so_far: str) -> None:
        if self._ring is None or not self._ring.usable:
            return
        try:
            await self._ask_ring(lambda ring: ring.remove())
        except ApiKeyError as error:
            raise ApiKeyError(f"{so_far}; one in the keyring may still be there. {error}") from error

    async def _clear_file(self, so_far: str) -> None:
        if self._file is None:
            return
        try:
            await asyncio.to_thread(self._file.remove)
        except ApiKeyError as error:
            raise ApiKeyError(f"{so_far}; one in the config file may still be there, and counts. {error}") from error


def _key_in(ring: Ring) -> Secret | None:
    return ring.get()
