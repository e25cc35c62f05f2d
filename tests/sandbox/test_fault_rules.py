"""Which request a fault hits; reading one from a file or a request; the control over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from s4s_tui.sandbox import Sandbox, SandboxOptions
from s4s_tui.sandbox.control_faults import FAULTS
from s4s_tui.sandbox.fault_rules import FaultError, read_fault, written
from s4s_tui.sandbox.faults import MOST_FAULTS, Fault, FaultBox, FaultKind, TooManyFaults
from s4s_tui.sandbox.spoiling import Spoiling


def hit(box: FaultBox, times: int, path: str = "/price") -> list[bool]:
    return [box.decide(path) is not None for _ in range(times)]


def test_a_rate_is_kept_and_a_seed_repeats_it() -> None:
    boxes = [FaultBox(seed=seed) for seed in (1, 1, 2)]
    for box in boxes:
        box.add(Fault(kind=FaultKind.RESET, rate=0.1))
    first, again, other = [hit(box, 2000) for box in boxes]
    assert first == again != other
    assert 150 < sum(first) < 250


def test_a_rate_with_a_count_ends() -> None:
    box = FaultBox(seed=1)
    box.add(Fault(kind=FaultKind.RESET, rate=0.5, count=3))
    assert sum(hit(box, 100)) == 3


def test_the_oldest_fault_that_hits_wins() -> None:
    box = FaultBox()
    box.add(Fault(kind=FaultKind.RESET, endpoint="/balance"))
    box.add(Fault(kind=FaultKind.SLOW, count=1))
    box.add(Fault(kind=FaultKind.BIG))
    kinds = [fault.kind for fault in map(box.decide, ("/price", "/price", "/balance")) if fault is not None]
    assert kinds == [FaultKind.SLOW, FaultKind.BIG, FaultKind.RESET]


def test_a_fault_can_be_taken_out_of_force() -> None:
    box = FaultBox()
    first, second = (box.add(Fault(kind=kind)) for kind in (FaultKind.RESET, FaultKind.BIG))
    assert box.remove(first)
    assert not box.remove(first)
    assert [injected.number for injected in box.injected()] == [second]
    box.clear()
    assert hit(box, 1) == [False]


def test_there_is_an_end_to_faults() -> None:
    box = FaultBox()
    for _ in range(MOST_FAULTS):
        box.add(Fault(kind=FaultKind.BIG))
    with pytest.raises(TooManyFaults, match="100 faults already"):
        box.add(Fault(kind=FaultKind.BIG))


def test_a_fault_is_read_as_it_is_written() -> None:
    said = {"kind": "status", "endpoint": "/fund", "when": "after", "rate": 0.5, "count": 2, "status": 429,
            "body": "html", "retry_after": 9}  # fmt: skip
    box = FaultBox()
    box.add(read_fault(said))
    assert written(box.injected()[0]) == {"number": 1, "hit": 0, **said}


@pytest.mark.parametrize("kind", FaultKind)
def test_every_kind_can_be_named_alone(kind: FaultKind) -> None:
    assert read_fault({"kind": kind.value}).kind is kind


def test_the_wrong_of_an_invoice_can_be_named() -> None:
    assert read_fault({"kind": "invoice", "invoice": "other-payee"}).invoice is Spoiling.PAYEE


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "The kind of a fault is one of: slow, time-out, "),
        ({"kind": "fire"}, "The kind of a fault is one of: "),
        ({"kind": ["slow"]}, "The kind of a fault is one of: "),
        ({"kind": "slow", "status": 500}, 'A fault of the kind "slow" has no "status"; it takes count, endpoint, '),
        ({"kind": "cut-off", "when": "before"}, 'A fault of the kind "cut-off" has no "when"'),
        ({"kind": "slow", "when": "later"}, "The when of a fault is one of: before, after."),
        ({"kind": "slow", "rate": 0}, "The rate of a fault is above 0 and at most 1."),
        ({"kind": "slow", "rate": float("nan")}, "The rate of a fault is above 0 and at most 1."),
        ({"kind": "slow", "rate": "often"}, "The rate of a fault is a number."),
        ({"kind": "slow", "count": 0}, "The count of a fault is 1 or more."),
        ({"kind": "slow", "count": True}, "The count of a fault is a whole number."),
        ({"kind": "slow", "seconds": -1}, "The seconds of a fault are 0 to 600."),
        ({"kind": "slow", "endpoint": "price"}, "The endpoint of a fault is a path"),
        ({"kind": "slow", "endpoint": 5}, "The endpoint of a fault is a text."),
        ({"kind": "status", "status": 200}, "The status of a fault is 400 to 599."),
        ({"kind": "status", "body": "xml"}, "The body of a fault is one of: json, text, html, empty."),
        ({"kind": "status", "retry_after": -1}, "The retry_after of a fault is 0 to 86400 seconds."),
        ({"kind": "redirect", "to": "a\nb"}, "Where a redirect leads is a printable address."),
        ({"kind": "invoice", "invoice": "odd"}, "The invoice of a fault is one of: expired, "),
    ],
)
def test_what_is_no_fault_is_a_sentence(said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(FaultError) as caught:
        read_fault(said)
    assert str(caught.value).startswith(sentence)
    assert str(caught.value).endswith(".")


@pytest.fixture
async def control() -> AsyncIterator[httpx.AsyncClient]:
    with Sandbox(SandboxOptions(control=True)) as sandbox:
        async with httpx.AsyncClient(base_url=sandbox.url) as client:
            yield client


async def test_faults_are_controlled_over_http(control: httpx.AsyncClient) -> None:
    first = await control.post(FAULTS, json={"kind": "reset", "endpoint": "/createorder", "count": 2})
    second = await control.post(FAULTS, json={"kind": "big-body"})
    assert [first.json(), second.json()] == [{"status": "OK", "number": 1}, {"status": "OK", "number": 2}]
    listed = (await control.get(FAULTS)).json()["faults"]
    assert listed[0] == {
        "number": 1, "hit": 0, "kind": "reset", "endpoint": "/createorder", "when": "before", "rate": 1.0, "count": 2,
    }  # fmt: skip
    assert (await control.delete(f"{FAULTS}/1")).status_code == 200
    assert [fault["number"] for fault in (await control.get(FAULTS)).json()["faults"]] == [2]
    assert (await control.delete(FAULTS)).status_code == 200
    assert (await control.get(FAULTS)).json() == {"status": "OK", "faults": []}


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"{", 400, "The request is not JSON."),
        (b"[]", 400, "The request is not a JSON object."),
        (b'{"kind": "fire"}', 400, "The kind of a fault is one of: "),
        (b" " * 20_000, 413, "The request is too large."),
    ],
)
async def test_what_is_no_fault_is_refused(control: httpx.AsyncClient, body: bytes, status: int, reason: str) -> None:
    reply = await control.post(FAULTS, content=body)
    assert reply.status_code == status
    assert reply.json()["reason"].startswith(reason)


async def test_one_too_many_is_not_possible_now(control: httpx.AsyncClient) -> None:
    for _ in range(MOST_FAULTS):
        await control.post(FAULTS, json={"kind": "reset"})
    reply = await control.post(FAULTS, json={"kind": "reset"})
    assert (reply.status_code, reply.json()["reason"]) == (409, "There are 100 faults already.")


@pytest.mark.parametrize("number", ["7", "x", "9" * 5000])
async def test_a_fault_that_is_not_there_cannot_be_removed(control: httpx.AsyncClient, number: str) -> None:
    reply = await control.delete(f"{FAULTS}/{number}")
    assert (reply.status_code, reply.json()["reason"]) == (404, "There is no fault of this number.")
