"""The key in the config file: written in one step, for one person, and nothing else in there is touched."""

import errno
import os
import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from s4s_tui.config import Options, load
from s4s_tui.config.edit import KeyInFile, SettingsInFile
from s4s_tui.domain.errors import ApiKeyError, SettingsError
from s4s_tui.domain.secret import Secret
from tests.config.traces import MARK, told

KEY = Secret(MARK)
LINE = f'api_key = "{MARK}"\n'


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refusal(file: Path, key: Secret | None = KEY) -> str:
    with pytest.raises(ApiKeyError) as caught:
        KeyInFile(file).put(key) if key else KeyInFile(file).remove()
    assert MARK not in told(caught.value)
    return str(caught.value)


def test_a_file_is_made_with_its_folders_for_this_user_alone(home: Path) -> None:
    before = os.umask(0)
    try:
        KeyInFile(home / ".config/s4s-tui/config.toml").put(KEY)
    finally:
        os.umask(before)
    file = home / ".config/s4s-tui/config.toml"
    assert (file.read_text(), mode(file), mode(file.parent)) == (LINE, 0o600, 0o700)
    assert load(Options(), {}).api_key == KEY
    assert [path.name for path in file.parent.iterdir()] == ["config.toml"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# mine\nkeep_days = 7  # a week\n", f"# mine\nkeep_days = 7  # a week\n{LINE}"),
        ("keep_days = 7", f"keep_days = 7\n{LINE}"),
        ('api_key = "old"\n# end\n', f"{LINE}# end\n"),
        ("api_key='old'#why\n", f'api_key="{MARK}"#why\n'),
        (' "api_key" = "o\\"ld"  # why\nref = ""\n', f' "api_key" = "{MARK}"  # why\nref = ""\n'),
        ('# a\napi_key = """\nold"""\n# b\n', f"# a\n{LINE}# b\n"),
        ('#api_key = "..."\n', f'#api_key = "..."\n{LINE}'),
        ("a = 1\n\n[other]\nb = 2\n", f"a = 1\n\n{LINE}[other]\nb = 2\n"),
        ("a = [\n  [1],\n]\n[other]\n", f"{LINE}a = [\n  [1],\n]\n[other]\n"),
        ("a = 1\r\n# b\r\n", f"a = 1\r\n# b\r\n{LINE.strip()}\r\n"),
        ('\ufeffapi_key = "old"\r\nkeep_days = 7\r\n', f"\ufeff{LINE.strip()}\r\nkeep_days = 7\r\n"),
    ],
)
def test_a_key_is_written_and_the_rest_is_left_as_it_is(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "c.toml"
    file.write_bytes(before.encode())
    file.chmod(0o644)
    KeyInFile(file).put(KEY)
    assert file.read_bytes().decode() == after
    assert mode(file) == 0o600


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"# a\n{LINE}# b\n", "# a\n# b\n"),
        (f"keep_days = 7\n{LINE}[other]\n", "keep_days = 7\n[other]\n"),
        ("api_key = '''\nx'''\r\nref = ''\r\n", "ref = ''\r\n"),
        (LINE, ""),
    ],
)
def test_a_key_is_taken_out_and_the_rest_is_left_as_it_is(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "c.toml"
    file.write_bytes(before.encode())
    KeyInFile(file).remove()
    assert (file.read_bytes().decode(), mode(file)) == (after, 0o600)


def test_a_file_without_a_key_is_not_written_by_a_removal(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    KeyInFile(file).remove()
    assert not file.exists()
    file.write_text("keep_days = 7\n")
    file.chmod(0o644)
    before = file.stat()
    KeyInFile(file).remove()
    assert (file.stat().st_ino, mode(file)) == (before.st_ino, 0o644)


def test_the_same_key_again_still_closes_the_file_to_others(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text(LINE)
    file.chmod(0o644)
    KeyInFile(file).put(KEY)
    assert (file.read_text(), mode(file)) == (LINE, 0o600)


def test_where_no_edit_of_the_text_will_do_it_is_written_anew_with_all_values(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text("api_key.a = 1\napi_key.b = 2\n# gone\nkeep_days = 7\n[other]\nx = [true, 1979-05-27]\n")
    KeyInFile(file).put(KEY)
    assert tomllib.loads(file.read_text()) == {
        "api_key": MARK, "keep_days": 7, "other": {"x": [True, tomllib.loads("d = 1979-05-27")["d"]]},
    }  # fmt: skip


VALUES = st.recursive(
    st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(["api_key", "ref", "x", "[y]", "a\nb"]), VALUES),
    st.lists(st.sampled_from(["# c\n", "\n", "[[t]]\n", "[u]\nv = '''\n[w]\n'''\n"]), max_size=3, unique=True),
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1),
)
def test_whatever_the_file_holds_a_key_goes_in_and_out_and_all_else_stays(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, Any], more: list[str], key: str
) -> None:
    file = tmp_path_factory.mktemp("any") / "c.toml"
    file.write_text(tomli_w.dumps(values) + "".join(more), encoding="utf-8", newline="")
    before = tomllib.loads(file.read_text(encoding="utf-8"))
    KeyInFile(file).put(Secret(key))
    assert tomllib.loads(file.read_bytes().decode()) == {**before, "api_key": key}
    KeyInFile(file).remove()
    before.pop("api_key", None)
    assert tomllib.loads(file.read_bytes().decode()) == before


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "link.toml"
    real.write_text("keep_days = 7\n")
    link.symlink_to(real)
    KeyInFile(link).put(KEY)
    assert link.is_symlink()
    assert (real.read_text(), mode(real)) == (f"keep_days = 7\n{LINE}", 0o600)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("api_key_command = 'pass'\n", "has api_key_command in it, which counts: take that line out first."),
        ("x = [\n", "is not valid TOML: mend it first."),
        (b"\xff\n", "is not in UTF-8."),
        ("#" * 65530, "would be larger than 64 KiB."),
    ],
)
def test_a_file_that_cannot_take_a_key_is_left_alone(tmp_path: Path, content: str | bytes, part: str) -> None:
    raw = content.encode() if isinstance(content, str) else content
    file = tmp_path / "c.toml"
    file.write_bytes(raw)
    assert refusal(file) == f"The config file '{file}' {part}"
    assert file.read_bytes() == raw


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    assert "is no ordinary file" in refusal(tmp_path)
    assert "is no ordinary file" in refusal(Path(os.devnull), None)
    (tmp_path / "file").touch()
    assert "not a directory" in refusal(tmp_path / "file" / "c.toml")
    (tmp_path / "loop").symlink_to("loop")
    assert "The config file " in refusal(tmp_path / "loop")


def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    file = tmp_path / "c.toml"
    file.write_text(f"# {MARK}\nkeep_days = 7\n")
    monkeypatch.setattr(os, "fsync", full)
    assert refusal(file) == f"The config file '{file}' cannot be written: no space left on device."
    assert file.read_text() == f"# {MARK}\nkeep_days = 7\n"
    assert [path.name for path in tmp_path.iterdir()] == ["c.toml"]


def test_the_new_file_is_never_readable_by_others_on_its_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        seen.append(mode(self))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    before = os.umask(0)
    try:
        KeyInFile(tmp_path / "c.toml").put(KEY)
    finally:
        os.umask(before)
    assert seen == [0o600]


@pytest.mark.parametrize(
    ("name", "value", "before", "after"),
    [
        ("bell", False, "# loud\nbell = true  # for now\nmine = 1\n", "# loud\nbell = false  # for now\nmine = 1\n"),
        ("keep_days", 7, "keep_days=1_000#why\r\n", "keep_days=7#why\r\n"),
        ("theme", "nord", "[mine]\ntheme = 'x'\n", "theme = \"nord\"\n[mine]\ntheme = 'x'\n"),
        ("max_price", None, "# a\nmax_price = 5\n# b\n", "# a\n# b\n"),
        ("max_price", None, "# a\n", "# a\n"),
        ("ref", 'a"b\\', "ref = ''\n", 'ref = "a\\"b\\\\"\n'),
    ],
)
def test_a_setting_is_written_and_the_rest_of_the_file_and_its_rights_stay(
    tmp_path: Path, name: str, value: object, before: str, after: str
) -> None:
    file = tmp_path / "c.toml"
    file.write_bytes(before.encode())
    file.chmod(0o640)
    SettingsInFile(file).put(name, value)
    assert (file.read_bytes().decode(), mode(file)) == (after, 0o640)


def test_a_setting_makes_the_file_where_there_is_none_and_says_why_it_cannot(tmp_path: Path) -> None:
    SettingsInFile(tmp_path / "new" / "c.toml").put("mask", value=True)
    file = tmp_path / "new" / "c.toml"
    assert (file.read_text(), mode(file)) == ("mask = true\n", 0o600)
    file.write_text("mask = [\n")
    with pytest.raises(SettingsError, match="is not valid TOML: mend it first"):
        SettingsInFile(file).put("mask", value=False)
    assert file.read_text() == "mask = [\n"
