"""The OpenAPI description: complete, and true by the word of a program that was written to find out."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from s4s_tui.sandbox import Sandbox, SandboxOptions, webhooks
from s4s_tui.sandbox.description import document
from s4s_tui.sandbox.options import CONTROL
from s4s_tui.sandbox.routes import application
from tests.sandbox.conftest import KEY, running

EXAMPLES = 25
"""Requests that are made up for each operation, beside those that are derived from its schema."""
SECONDS = 150
"""The time it may take (usually 30 s)."""
REFUSALS = """\
[checks]
negative_data_rejection.expected-statuses = ["400", "401", "404", "409", "413", "5xx"]
positive_data_acceptance.expected-statuses = ["2xx", "401", "404", "409", "413", "5xx"]
"""
"""What counts as a refusal; left to itself schemathesis takes 413, which is for its longest requests, for none."""


@pytest.mark.parametrize("email", [True, False])
def test_it_is_served_and_describes_every_route_with_its_methods(email: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Starlette] = []

    def noted(*given: Any, **named: Any) -> Starlette:
        made.append(application(*given, **named))
        return made[-1]

    monkeypatch.setattr("s4s_tui.sandbox.routes.application", noted)
    options = SandboxOptions(control=True, email=email)
    for rig in running(options):
        assert rig.get(f"{CONTROL}/openapi.json") == document(options)
    told = document(options)
    routes = [route for route in made[0].routes if isinstance(route, Route)]
    served = {
        (re.sub(r":\w+}", "}", route.path), method.lower())
        for route in routes
        for method in (route.methods or ())
        if method != "HEAD"
    }
    assert {(path, method) for path, methods in told["paths"].items() for method in methods} == served
    assert ("/createemailsendorder" in told["paths"]) is email
    assert told["openapi"] == "3.1.0"
    assert told["components"]["securitySchemes"]["ApiKey"] == {"type": "apiKey", "in": "header", "name": "X-API-Key"}


def test_every_name_that_is_referred_to_is_there() -> None:
    told = document(SandboxOptions())
    text = repr(told)
    names = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert names <= set(told["components"]["schemas"])
    operations = [each for methods in told["paths"].values() for each in methods.values()]
    ids = [each["operationId"] for each in operations]
    assert len(set(ids)) == len(ids)
    linked = {link["operationId"] for each in operations for link in each["responses"]["200"].get("links", {}).values()}
    assert linked
    assert linked <= set(ids)


@pytest.mark.long
@pytest.mark.parametrize("style", ["docs", "live"])
def test_schemathesis_finds_nothing_that_is_not_as_described(
    style: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "schemathesis.toml").write_text(REFUSALS)
    # Webhooks that it makes up are addresses of others: nothing is posted there.
    monkeypatch.setattr(webhooks, "_post", lambda *_: None)
    with Sandbox(SandboxOptions(style=style, control=True, keys={KEY: 1e12})) as sandbox:
        done = subprocess.run(
            [
                sys.executable, "-m", "schemathesis.cli", "run", f"{sandbox.url}{CONTROL}/openapi.json",
                "--header", f"X-API-Key: {KEY}", "--max-examples", str(EXAMPLES), "--seed", "1", "--warnings", "off",
                "--continue-on-failure", "--no-color",
                # Whoever injects faults breaks what is checked.
                "--exclude-path-regex", f"^{CONTROL}/faults",
                # The API refuses by 500 and without a key by 400, as documented: both stand in the description, with
                # the reasons that are allowed, and that answers are as described is checked.
                "--exclude-checks", "not_a_server_error,ignored_auth",
            ],
            cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    cases = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert cases is not None, done.stdout
    assert int(cases[1]) > 5000
