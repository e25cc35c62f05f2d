"""The exported history: what is in it, what never is, and that no file is harmed by it."""

import csv
import errno
import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.domain.account import Deposit, Deposits
from s4s_tui.domain.errors import ExportError
from s4s_tui.domain.secret import Secret
from s4s_tui.services.export import COLUMNS, Format, write

HASH = "7dc6e6b61d8c54dff6b8d6ea2e3f08b018e57963df81d493a6f9728c4dc83318"
PREIMAGE = "9f" * 32
AT = 1666613406.969
ROWS = (
    Deposit(3000, "3000", AT, "fund, and “more”", HASH, Secret(PREIMAGE)),
    Deposit(None, "", None, "", ""),
)


def now() -> float:
    return AT


def table(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_a_csv_has_every_line_in_its_order_with_dates_in_utc(tmp_path: Path) -> None:
    path = write(Deposits(ROWS, 3000), tmp_path, Format.CSV, now=now)
    assert path == tmp_path / "export" / "history-20221024-121006.csv"
    assert table(path) == [
        list(COLUMNS),
        ["2022-10-24T12:10:06Z", "3000", "3000", "fund, and “more”", HASH],
        ["", "", "", "", ""],
    ]


def test_a_json_has_the_total_too_and_null_for_what_is_unknown(tmp_path: Path) -> None:
    path = write(Deposits(ROWS, 3000), tmp_path, Format.JSON, now=now)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["total"] == 3000
    assert [list(row) for row in content["deposits"]] == [list(COLUMNS)] * 2
    assert content["deposits"][0]["date"] == "2022-10-24T12:10:06Z"
    assert content["deposits"][1] == {
        "date": None, "amount": None, "price": "", "description": "", "payment_hash": "",
    }  # fmt: skip


@pytest.mark.parametrize("kind", Format)
def test_no_preimage_leaves_and_the_file_is_this_users_alone(tmp_path: Path, kind: Format) -> None:
    before = os.umask(0)
    try:
        path = write(Deposits(ROWS), tmp_path, kind, now=now)
    finally:
        os.umask(before)
    assert PREIMAGE not in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    paths = [write(Deposits(ROWS), tmp_path, Format.CSV, now=now) for _ in range(3)]
    assert [path.name for path in paths] == [f"history-20221024-121006{part}.csv" for part in ("", "-2", "-3")]
    assert sorted(path.name for path in paths) == sorted(path.name for path in (tmp_path / "export").iterdir())


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1+1", "＝1+1"])
def test_no_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    row = Deposit(1, text, None, text, text)
    cells = table(write(Deposits((row,)), tmp_path, Format.CSV, now=now))[1]
    assert cells[2:] == [f"'{text}"] * 3
    as_json = json.loads(write(Deposits((row,)), tmp_path, Format.JSON, now=now).read_text())
    assert as_json["deposits"][0]["description"] == text, "a program gets it as it came"


@given(
    st.lists(
        st.builds(
            Deposit, amount=st.none() | st.integers(0, 10**15), price=st.text(), at=st.none() | st.floats(),
            description=st.text(), payment_hash=st.text(),
        ),
        max_size=5,
    )
)  # fmt: skip
def test_any_history_is_a_table_of_the_same_lines(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Deposit]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    lines = table(write(Deposits(tuple(rows)), folder, Format.CSV, now=now))
    assert [len(line) for line in lines] == [len(COLUMNS)] * (len(rows) + 1)
    for row, line in zip(rows, lines[1:], strict=True):
        assert line[3].removeprefix("'") == row.description.removeprefix("'")
        assert not line[3].strip().startswith(("=", "+", "-", "@"))
    assert len(json.loads(write(Deposits(tuple(rows)), folder, Format.JSON, now=now).read_text())["deposits"]) == len(
        rows
    )


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "export").touch()
    with pytest.raises(ExportError, match=r"^The history cannot be written to .*/export: file exists\.$"):
        write(Deposits(ROWS), tmp_path, Format.CSV, now=now)


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="no space left on device"):
        write(Deposits(ROWS), tmp_path, Format.CSV, now=now)
    assert list((tmp_path / "export").iterdir()) == []
