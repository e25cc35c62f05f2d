"""The table of the reliability figures: summed, sorted, with seed and outcome."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests import fuzzing, reliability
from tests.figures import FILE, record


def test_figures_are_summed_over_tests_and_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "figures"
    monkeypatch.setenv(FILE, str(file))
    for name, value in (("kills", 20), ("cells", 1_000), ("kills", 180)):
        record(name, value)
    said = reliability.table(reliability._read(file), 7, 0, 61)
    assert said.splitlines()[1:] == [
        "",
        "| What was tried | How many |",
        "|---|---:|",
        "| cells | 1,000 |",
        "| kills | 200 |",
    ]
    assert ", seed 7, 1 minutes: every test passed." in said
    assert "TESTS FAILED (exit status 1)" in reliability.table({}, 7, 1, 0)


def test_tried_examples_are_counted_and_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FILE, str(tmp_path / "figures"))
    monkeypatch.setattr(fuzzing, "_tried", Counter[str]())
    tried: list[int] = []
    for number in range(3):
        fuzzing.counted("replies")(tried.append)(number)
    assert tried == [0, 1, 2]
    fuzzing.record_tried()
    fuzzing.record_tried()
    assert [json.loads(line) for line in (tmp_path / "figures").read_text().splitlines()] == [
        {"name": "replies", "value": 3}
    ]
