"""The examples of BOLT 11 (lightning/bolts, 11-payment-encoding.md) and the API documentation's sample invoice."""

import json
from pathlib import Path
from typing import Any

_DATA: dict[str, Any] = json.loads(Path(__file__).with_name("bolt11_vectors.json").read_text("utf-8"))

SECRET = 0xE126F68F7EAFCC8B74F54D269FE206BE715000F94DAC067D1C04A8CA3B2DB734
VALID: list[str] = [row["invoice"] for row in _DATA["valid"]]
INVALID: dict[str, str] = {row["why"]: row["invoice"] for row in _DATA["invalid"]}
SAMPLE = (
    "lnbc30u1p34yef6pp50hrwddsa332dla4c6m4zu0cgkqvw27trm7qafyaxl9egcnwgxvvqdp5wdkhxdrnv968xgrsv9uk6etwwssywetjd4sku7fqw3mk"
    "jar5v4eqcqzpgxqyz5vqsp5fnj032qs6fuht2p3r245h3u6r9x32fhdw5n4qyn7mqm95jt0ag5q9qyyssqlyeyhnqq4y6l5ynxatvnqg6zldnqmwxx7qe"
    "l0q79slfv7wvuk23zm2shczj4vxf39a4s8x36k9dxcgtnvwdv0j8uq4jcuq3yclw393sp8uywdc"
)
SAMPLE_HASH = "7dc6e6b61d8c54dff6b8d6ea2e3f08b018e57963df81d493a6f9728c4dc83318"
SAMPLE_TIME = 1666344250
"""2022-10-21 09:24:10 UTC."""
