"""Threads that never keep the program from ending: for a slow disk, a name that is not resolved, a server that hangs.

The standard pool's threads are waited for at the end of the interpreter, without limit.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from queue import SimpleQueue
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


class Helpers(ThreadPoolExecutor):
    """An executor on daemon threads, made as they are needed; one worker does one job after the other.

    A subclass of the standard pool because an event loop takes no other; it uses none of its threads.
    """

    def __init__(self, max_workers: int, name: str) -> None:
        super().__init__(max_workers)
        self._most = max_workers
        self._name = name
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._workers: list[threading.Thread] = []
        self._guard = threading.Lock()  # of the two below
        self._undone = 0
        self._over = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a job done.

        Raises:
            RuntimeError: after `shutdown`.
        """
        future: Future[T] = Future()
        with self._guard:
            if self._over:
                raise RuntimeError("These threads take no more jobs.")
            self._undone += 1
            if len(self._workers) < min(self._undone, self._most):
                name = f"{self._name}-{len(self._workers)}"
                self._workers.append(threading.Thread(target=self._work, name=name, daemon=True))
                self._workers[-1].start()
            self._jobs.put(lambda: self._do(future, lambda: fn(*args, **kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 -- the pool's own
        """Take no more jobs. Those not done yet are gone on with, but nobody is told of them, or waits for them.

        With `wait` and nothing left to do the threads have ended when this returns.
        """
        with self._guard:
            idle = self._undone == 0
            if not self._over:
                self._over = True
                for _ in self._workers:
                    self._jobs.put(None)
        if wait and idle:
            for worker in self._workers:
                worker.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            del job  # what it holds is not kept until the next one

    def _do(self, future: Future[T], job: Callable[[], T]) -> None:
        done: Future[T] = Future()
        wanted = future.set_running_or_notify_cancel()
        if wanted:
            with _Carrying(done):
                done.set_result(job())
        with self._guard:
            self._undone -= 1
            if not wanted or self._over:  # over: the loop that waited may be closed, and would complain
                return
            error = done.exception()
            if error is None:
                future.set_result(done.result())
            else:
                future.set_exception(error)


class _Carrying(AbstractContextManager[None]):
    """Carries whatever is raised over to the thread that waits for the future."""

    def __init__(self, future: Future[Any]) -> None:
        self._future = future

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None:
            self._future.set_exception(error)
        return True
