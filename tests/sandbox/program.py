"""`s4s-tui sandbox` as a process of its own, and plain requests to it that know nothing of the project."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-m", "s4s_tui", "sandbox"]


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers but for the connection's, and the body as it came."""

    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)


class Program:
    """The running command."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stderr is not None
        self.said = ""
        while (found := re.search(r"http://127\.0\.0\.1:\d+", self.said)) is None:
            line = process.stderr.readline()
            assert line, f"it ended: {self.said}"
            self.said += line
        self.url = found.group()

    def ask(self, path: str, body: object = None, key: str | None = None) -> Answer:
        """GET, or POST of a JSON body where there is one."""
        return self.send(path, None if body is None else json.dumps(body).encode(), key)

    def send(self, path: str, data: bytes | None, key: str | None = None) -> Answer:
        """GET, or POST of these bytes where there are any."""
        headers = {"Content-Type": "application/json"} | ({} if key is None else {"X-API-Key": key})
        request = Request(self.url + path, data, headers)
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=10) as reply:
                return Answer(reply.status, dict(reply.headers), reply.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read())

    def end(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Send the signal; the exit status, all of stdout, and what stderr said beside its first lines."""
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err


@contextmanager
def serving(*words: str) -> Iterator[Program]:
    """The command with these options, on a free port."""
    process = subprocess.Popen(
        [*COMMAND, "--port", "0", *words],
        cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": ""}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with process:
        try:
            yield Program(process)
        finally:
            if process.poll() is None:
                process.kill()
