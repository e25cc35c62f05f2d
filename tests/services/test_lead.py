"""Which of several programs asks: one of them, and never none, whatever becomes of the others."""

import errno
import fcntl
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from s4s_tui.services.lead import BEAT, SILENT, FileLead

PROGRAM = """
import sys
from pathlib import Path
from s4s_tui.services.lead import FileLead
lead = FileLead(Path(sys.argv[1]))
for line in sys.stdin:
    print(lead.leads(float(line)), flush=True)
"""
PATIENCE = 30.0
"""Seconds after which the other program counts as hung, and the test has failed."""


class OtherProgram:
    """A second process with a `FileLead` of its own, which is told the time for each question."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )

    def leads(self, monotonic: float) -> bool:
        self.ask(monotonic)
        return self.answer()

    def ask(self, monotonic: float) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{monotonic}\n".encode())

    def answer(self) -> bool:
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], PATIENCE)[0], "the other program does not answer"
        return {b"True\n": True, b"False\n": False}[self.process.stdout.readline()]

    def stop(self) -> None:
        """As Ctrl+Z does, and returns when it is stopped."""
        self.process.send_signal(signal.SIGSTOP)
        os.waitpid(self.process.pid, os.WUNTRACED)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """As `kill -9` does, and returns when it has ended."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "journal.lead"


@pytest.fixture
def make(file: Path) -> Iterator[Callable[[], FileLead]]:
    """Makes programs on the same file; all are released in the end."""
    made: list[FileLead] = []

    def make() -> FileLead:
        made.append(FileLead(file))
        return made[-1]

    yield make
    for lead in made:
        lead.release()


@pytest.fixture
def other(file: Path) -> Iterator[OtherProgram]:
    program = OtherProgram(file)
    yield program
    program.kill()


Make = Callable[[], FileLead]


class TestTwoInOneProcess:
    def test_the_first_one_leads_and_goes_on_leading(self, make: Make) -> None:
        one, two = make(), make()
        asked = [(one.leads(now), two.leads(now)) for now in (0.0, 1.0, 5.0, 30.0, 31.0)]
        assert asked == [(True, False)] * 5

    def test_the_file_is_for_the_user_alone(self, file: Path, make: Make) -> None:
        make().leads(0)
        assert file.stat().st_mode & 0o777 == 0o600

    def test_released_it_goes_to_the_next_that_asks_and_can_be_had_back(self, make: Make) -> None:
        one, two = make(), make()
        one.leads(0)
        one.release()
        assert two.leads(0)
        assert not one.leads(1)
        two.release()
        assert one.leads(2)
        assert not two.leads(3)

    def test_releasing_twice_or_what_was_never_had_is_fine(self, make: Make) -> None:
        one, two = make(), make()
        two.release()
        assert one.leads(0)
        one.release()
        one.release()
        assert two.leads(0)

    def test_the_leader_shows_life_every_two_seconds_at_the_most(self, file: Path, make: Make) -> None:
        lead = make()
        signs = []
        for now in (0.0, 0.5, BEAT - 0.1, BEAT, BEAT + 1.9, 2 * BEAT):
            lead.leads(now)
            signs.append(file.stat().st_mtime_ns)
        assert signs[0] == signs[1] == signs[2] < signs[3] == signs[4] < signs[5]

    def test_another_stands_in_for_a_silent_leader_until_it_shows_life(self, make: Make) -> None:
        one, two = make(), make()
        one.leads(0)
        assert not two.leads(100)
        assert not two.leads(100 + SILENT - 0.1)
        assert two.leads(100 + SILENT)
        assert two.leads(100 + 5 * SILENT)
        assert one.leads(3)
        assert not two.leads(101 + 5 * SILENT)
        assert not two.leads(100 + 6 * SILENT)
        assert two.leads(101 + 6 * SILENT)

    def test_one_that_stands_in_leads_when_the_leader_is_gone(self, make: Make) -> None:
        one, two, three = make(), make(), make()
        one.leads(0)
        two.leads(0)
        assert two.leads(SILENT)
        one.release()
        assert two.leads(SILENT + 1)
        assert not three.leads(0), "two holds the lock now"

    def test_a_program_that_was_away_itself_does_not_take_the_leader_for_silent(self, make: Make) -> None:
        one, two = make(), make()
        one.leads(0)
        two.leads(0)
        one.leads(500)
        assert not two.leads(500)

    @pytest.mark.parametrize("jump", [-86400 * 365, -3600, 3600, 86400 * 365])
    def test_a_wall_clock_that_is_set_makes_no_difference(
        self, file: Path, make: Make, monkeypatch: pytest.MonkeyPatch, jump: int
    ) -> None:
        one, two = make(), make()
        one.leads(0)
        assert not two.leads(0)
        later = file.stat().st_mtime_ns + jump * 10**9
        monkeypatch.setattr("time.time_ns", lambda: later)
        one.leads(15)
        assert not two.leads(SILENT), "it has shown life"
        assert not two.leads(2 * SILENT - 0.1)
        assert two.leads(2 * SILENT), "and now it is silent"


class TestTwoPrograms:
    def test_the_second_one_does_not_lead(self, make: Make, other: OtherProgram) -> None:
        assert other.leads(0)
        assert not make().leads(0)

    def test_after_kill_9_the_next_one_leads_at_once(self, make: Make, other: OtherProgram) -> None:
        lead = make()
        assert other.leads(0)
        assert not lead.leads(0)
        other.kill()
        assert lead.leads(0.1)

    def test_one_stopped_by_ctrl_z_is_stood_in_for_until_it_goes_on(self, make: Make, other: OtherProgram) -> None:
        lead = make()
        assert other.leads(0)
        assert not lead.leads(0)
        other.stop()
        other.ask(60)
        assert not lead.leads(SILENT - 1)
        assert lead.leads(SILENT)
        other.go_on()
        assert other.answer()
        assert not lead.leads(SILENT + 1)


class TestWhereNothingCanBeLocked:
    @pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EIO])
    def test_a_disk_without_locks_lets_every_program_ask(
        self, make: Make, monkeypatch: pytest.MonkeyPatch, number: int
    ) -> None:
        def refuse(descriptor: int, operation: int) -> None:  # noqa: ARG001 - as flock is called
            raise OSError(number, "no")

        before = open_files()
        with monkeypatch.context() as patch:
            patch.setattr(fcntl, "flock", refuse)
            assert [make().leads(0), make().leads(0)] == [True, True]
        assert open_files() == before
        one, two = make(), make()
        assert [one.leads(1), two.leads(1)] == [True, False], "a disk that has locks again is found"

    @pytest.mark.parametrize("number", [errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES])
    def test_every_way_to_say_locked_is_understood(
        self, make: Make, monkeypatch: pytest.MonkeyPatch, number: int
    ) -> None:
        def locked(descriptor: int, operation: int) -> None:  # noqa: ARG001 - as flock is called
            raise OSError(number, "locked")

        before = open_files()
        monkeypatch.setattr(fcntl, "flock", locked)
        assert not make().leads(0)
        assert open_files() == before

    def test_a_system_without_fcntl_lets_every_program_ask(self, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
        before = open_files()
        monkeypatch.setitem(sys.modules, "fcntl", None)
        assert [make().leads(0), make().leads(0)] == [True, True]
        assert open_files() == before

    def test_a_read_only_disk_lets_every_program_ask(self, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: object) -> int:
            raise OSError(errno.EROFS, "Read-only file system", args[0])

        with monkeypatch.context() as patch:
            patch.setattr(os, "open", refuse)
            asked = [make().leads(0), make().leads(0)]
        assert asked == [True, True]

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_read_only_folder_lets_every_program_ask(self, file: Path, make: Make) -> None:
        file.parent.chmod(0o500)
        try:
            assert [make().leads(0), make().leads(0)] == [True, True]
        finally:
            file.parent.chmod(0o700)

    @pytest.mark.parametrize("name", ["missing/journal.lead", ".", "file/journal.lead", "nul\0", "x" * 300])
    def test_a_path_that_can_be_no_file_lets_every_program_ask(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "file").touch()
        lead = FileLead(tmp_path / name)
        assert [lead.leads(0), lead.leads(100)] == [True, True]
        lead.release()

    def test_a_sign_of_life_that_cannot_be_given_keeps_the_lead_and_lets_others_stand_in(
        self, make: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*args: object, ns: object) -> None:
            raise OSError(errno.EROFS, "Read-only file system", args[0], ns)

        one, two = make(), make()
        one.leads(0)
        monkeypatch.setattr(os, "utime", refuse)
        assert [one.leads(10), two.leads(10)] == [True, False]
        assert [one.leads(10 + SILENT), two.leads(10 + SILENT)] == [True, True]

    def test_a_sign_of_life_that_cannot_be_read_lets_both_ask(
        self, make: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(descriptor: int) -> os.stat_result:
            raise OSError(errno.ESTALE, "Stale file handle", str(descriptor))

        one, two = make(), make()
        one.leads(0)
        with monkeypatch.context() as patch:
            patch.setattr(os, "fstat", refuse)
            asked = [one.leads(0), two.leads(0)]
        assert asked == [True, True]


def open_files() -> int:
    """How many descriptors this process has open, among the first 256."""
    return sum(_is_open(descriptor) for descriptor in range(256))


def _is_open(descriptor: int) -> bool:
    try:
        fcntl.fcntl(descriptor, fcntl.F_GETFD)
    except OSError:
        return False
    return True
