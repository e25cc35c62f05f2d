"""The README's section on the sandbox: its commands work as they stand there, and it names what there is."""

import re
import shlex
from pathlib import Path

import pytest

from s4s_tui.commands.sandbox import PORT
from s4s_tui.sandbox import SandboxOptions
from s4s_tui.sandbox.description import document
from s4s_tui.sandbox.scenario_file import read
from tests.sandbox.program import ROOT, Answer, Program, serving

SECTION = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## The sandbox\n")[2].partition("\n## ")[0]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", SECTION, re.DOTALL)


def run(program: Program, line: str, names: dict[str, str]) -> Answer | None:
    """What a shell would do with the line: name=value, or curl URL [-d BODY] [-H HEADER]."""
    if assigned := re.fullmatch(r"(\w+)=(\S+)", line):
        names[assigned[1]] = assigned[2].replace(f"http://127.0.0.1:{PORT}", program.url)
        return None
    command, url, *more = shlex.split(re.sub(r"\$(\w+)", lambda found: names[found[1]], line))
    assert command == "curl", line
    given = dict(zip(more[::2], more[1::2], strict=True))
    assert set(given) <= {"-d", "-H"}, line
    key = given["-H"].removeprefix("X-API-Key: ") if "-H" in given else None
    return program.send(url.removeprefix(program.url), given["-d"].encode() if "-d" in given else None, key)


def test_its_commands_do_what_it_says() -> None:
    start, story = blocks("sh")
    words = shlex.split(start)
    assert words[:2] == ["s4s-tui", "sandbox"]
    names: dict[str, str] = {}
    with serving(*words[2:]) as program:
        answers = [run(program, line, names) for line in story.splitlines()]
    assert [answer.status for answer in answers if answer is not None] == [200] * 8, answers
    bodies = [answer.body for answer in answers if answer is not None]
    assert bodies[1]["orderId"] == names["id"], "the README's id is not the seed's"
    assert bodies[4]["number"]
    assert bodies[4]["code"] is None
    assert bodies[6]["code"] == "048010"
    assert bodies[7]["balance"] == 50_000


def test_its_scenario_can_be_used(tmp_path: Path) -> None:
    (text,) = blocks("toml")
    file = tmp_path / "readme.toml"
    file.write_text(text)
    scenario = read(file)
    assert len(scenario.scripts) == text.count("[[orders]]") == 3
    assert len(scenario.settings) == 2
    assert len(scenario.faults) == 1


def test_it_names_every_request_of_the_control_api_and_no_other() -> None:
    told = {
        (method.lower(), path.replace("ID", "{orderId}").replace("NUMBER", "{number}"))
        for method, path in re.findall(r"`(GET|POST|DELETE) (/_sandbox/[^` ]+)`", SECTION)
    }
    paths = document(SandboxOptions())["paths"]
    served = {(method, path) for path in paths if path.startswith("/_sandbox/") for method in paths[path]}
    assert told == served


@pytest.mark.parametrize("option", ["--port", "--style", "--speed", "--seed", "--scenario", "--network"])
def test_it_names_every_option(option: str) -> None:
    assert f"{option} " in SECTION
