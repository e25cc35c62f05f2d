"""The way to the server: the only package that imports httpx."""

import sys
from importlib.util import find_spec

# Where click is installed (uvicorn brings it along) httpx imports its own command line: click, Pygments and a good
# part of Rich, 12 ms and 3 MiB for nothing. What stands as None there cannot be imported, and httpx does without.
if "click" not in sys.modules:
    sys.modules["click"] = None  # type: ignore[assignment]  # Python's own way to say so
    try:
        import httpx  # noqa: F401 -- for the modules below
    finally:
        del sys.modules["click"]
# httpcore looks for sniffio several times in each request. Where it is not installed, each look goes through all places
# that Python imports from, half a millisecond a request; where it stands as None, that is known at once.
if "sniffio" not in sys.modules and find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # likewise
