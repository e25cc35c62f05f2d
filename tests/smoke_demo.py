"""The installed program's demo on a real terminal: `python -m tests.smoke_demo PROGRAM` (CI runs it on the wheel)."""

import sys
import tempfile
from pathlib import Path

from tests.pty_driver import Terminal


def main(program: Path) -> None:
    """Type a country and a service blind, wait for the invoice, quit."""
    with tempfile.TemporaryDirectory() as home:
        folders = {"HOME": home, "PATH": "/usr/bin:/bin"}
        with Terminal([program, "--demo"], size=(100, 36), env=folders, cwd=Path(home)) as terminal:
            terminal.type("germ\rteleg\r")
            for word in ("Payable for", "Telegram · Germany", "Demo: no money moves"):
                terminal.wait(word, timeout=30)
            terminal.key("ctrl+q")
            status = terminal.wait_exit()
            assert status == 0, f"the demo ended with status {status}\n{terminal.text()}"


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
