"""`python -m s4s_tui` is `s4s-tui`."""

import sys

from s4s_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
