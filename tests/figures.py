"""Figures that long tests find (cases tried, faults, replies fuzzed), for whoever sums them up."""

import json
import os
from pathlib import Path

FILE = "S4S_FIGURES"
"""Environment variable with the path of the file that figures are added to; without it nothing is written."""


def record(name: str, value: float) -> None:
    """Add one figure as a line of JSON, `{"name": …, "value": …}`; also where several processes add at once."""
    path = os.environ.get(FILE)
    if not path:
        return
    line = json.dumps({"name": name, "value": value}) + "\n"
    with Path(path).open("ab", buffering=0) as file:  # one short write in append mode is never torn
        file.write(line.encode())
