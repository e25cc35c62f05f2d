"""Every deed under every fault in every state of an order, on real HTTP, with a real journal on disk.

The README's test command tries a sample (seed: S4S_MATRIX_SEED), `-m long` a larger one in both styles of answers,
and with S4S_MATRIX=full all of them.
"""

import asyncio
import os
import socket
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.figures import record
from tests.matrix.cells import Matrix, chosen
from tests.matrix.deeds import ACTS
from tests.matrix.faults import FAULTS, OF_INVOICES, OF_STATES
from tests.matrix.ground import Ground, Switch
from tests.matrix.states import STATES, Stations

FEW, MANY = 1, 4
"""States in which each deed is tried under each fault: in the README's test command, and in the long run (twice)."""
FULL = os.environ.get("S4S_MATRIX") == "full"


@pytest.fixture(scope="module")
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    ground = Ground(getattr(request, "param", "docs"))
    yield ground
    ground.sandbox.stop()


@pytest.fixture(scope="module")
def stations(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Stations:
    return Stations(ground, tmp_path_factory.mktemp("stations"))


@pytest.fixture
def elsewhere() -> Iterator[socket.socket]:
    """A server on this machine where nobody has anything to ask."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


@pytest.fixture
async def matrix(ground: Ground, stations: Stations, tmp_path: Path, elsewhere: socket.socket) -> AsyncIterator[Matrix]:
    api = Switch(ground.sandbox.url)
    yield Matrix(ground, stations, api, tmp_path, elsewhere.getsockname()[1])
    await api.close()
    with pytest.raises(BlockingIOError):  # nobody followed a redirect there
        elsewhere.accept()


async def _run(act: str, states: int | None, matrix: Matrix) -> None:
    before = asyncio.all_tasks()
    cells = chosen(act, await matrix.states(act), states)
    hit: Counter[str] = Counter()
    findings: list[str] = []
    for cell in cells:
        met, wrong = await matrix.run(cell)
        hit[cell.fault] += met
        findings += wrong
    findings += [f"[{act}] goes on: {task}" for task in asyncio.all_tasks() - before]
    record("matrix cells", len(cells))
    record("matrix cells whose fault met a request", hit.total())
    missed = [fault for fault in hit if not hit[fault]]
    assert cells
    assert not missed, f"faults that met no request: {missed}"
    assert not findings, f"{len(findings)} findings:\n" + "\n".join(findings[:60])


@pytest.mark.skipif(FULL, reason="all of them are tried")
@pytest.mark.parametrize("act", ACTS)
async def test_a_sample(act: str, matrix: Matrix) -> None:
    await _run(act, FEW, matrix)


@pytest.mark.long
@pytest.mark.parametrize("ground", ["docs", "live"], indirect=True)
@pytest.mark.parametrize("act", ACTS)
async def test_a_larger_sample(act: str, matrix: Matrix) -> None:
    await _run(act, None if FULL else MANY, matrix)


def test_the_size_of_the_matrix_is_told() -> None:
    faults = len(FAULTS) + len(OF_STATES) + len(OF_INVOICES)
    record("matrix faults", faults)
    record("matrix states", len(STATES))
    readme = " ".join((Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8").split())
    assert f"fails in one of {faults} ways" in readme
    assert f"in {len(STATES)} states of an order" in readme
