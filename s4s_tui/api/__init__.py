"""The way to the server: the only package that imports httpx."""

import sys

# Where click is installed (uvicorn brings it along) httpx imports its own command line: click, Pygments and a good
# part of Rich, 12 ms and 3 MiB for nothing. What stands as None there cannot be imported, and httpx does without.
if "click" not in sys.modules:
    sys.modules["click"] = None  # type: ignore[assignment]  # Python's own way to say so
    try:
        import httpx  # noqa: F401 -- for the modules below
    finally:
        del sys.modules["click"]
