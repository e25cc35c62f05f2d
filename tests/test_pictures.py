"""The pictures of the README are of the program as it is now."""

import asyncio
import runpy
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "screenshots"


def test_the_pictures_say_what_the_program_says_now(tmp_path: Path) -> None:
    made = runpy.run_path(str(FOLDER / "make.py"))
    asyncio.run(made["make"](tmp_path))
    fresh = {path.name: path for path in tmp_path.glob("*.svg")}
    assert sorted(fresh) == sorted(path.name for path in FOLDER.glob("*.svg"))
    for name, path in fresh.items():
        old, new = (made["structure"](one.read_text(encoding="utf-8")) for one in (FOLDER / name, path))
        assert old == new, f"{name} is stale: make the pictures again by screenshots/make.py"
        assert len(new) > 5, name
