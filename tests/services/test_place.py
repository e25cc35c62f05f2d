"""What is known of a disk: over a network or not, its room, whether it can be written."""

import os
from pathlib import Path, PurePath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from s4s_tui.services import place
from s4s_tui.services.place import LEAST_ROOM, network_mount, on_network, read_only, room

# A laptop: local disks, a share of the office in the home folder, and folders of a server under /srv.
LAPTOP = r"""
22 27 0:21 / /proc rw,relatime shared:5 - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
28 27 254:1 / /home rw,relatime shared:2 master:7 propagate_from:3 - btrfs /dev/vdb rw,subvol=/home
29 28 0:40 / /home/ada/office rw - cifs //office/ada rw,vers=3.1
30 28 0:41 / /home/ada/My\040Docs\134x rw,noatime - nfs4 nas:/docs rw
31 27 0:42 / /srv rw - autofs systemd-1 rw,direct
32 31 0:43 /exports/a /srv rw - nfs nas:/exports rw
33 27 0:42 /deep /bound rw - ext4 /dev/vda rw
34 33 0:43 /exports/a/b /bound/far rw - nfs nas:/exports rw
35 27 0:44 / /run rw - tmpfs tmpfs rw
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/", False),
        ("/home/ada/journal.db", False),
        ("/home/ada/office", True),
        ("/home/ada/office/s4s/journal.db", True),
        ("/home/ada/officers/journal.db", False),
        ("/home/ada/My Docs\\x/journal.db", True),
        ("/home/ada/My", False),
        ("/srv/journal.db", True),
        ("/bound/journal.db", False),
        ("/bound/far/journal.db", True),
        ("/run/user/1000", False),
        ("nowhere", False),
    ],
)
def test_the_disk_nearest_to_the_file_decides(path: str, network: bool) -> None:
    assert network_mount(PurePath(path), LAPTOP) is network


ROOT = "27 1 254:0 / / rw - ext4 /dev/vda rw\n"
DATA = "40 27 0:50 / /data rw - {} x rw\n"
SUB = "50 {parent} 0:51 / /data/sub rw - {kind} y rw\n"
BELOW = PurePath("/data/sub/journal.db")


def test_a_later_mount_at_the_same_place_lies_on_top() -> None:
    assert network_mount(BELOW, ROOT + DATA.format("nfs"))
    assert not network_mount(BELOW, ROOT + DATA.format("nfs") + "41 40 254:3 / /data rw - ext4 /dev/vdc rw\n")
    assert network_mount(BELOW, ROOT + DATA.format("ext4") + "41 40 0:53 / /data rw - nfs nas:/ rw\n")
    assert network_mount(BELOW, ROOT + DATA.format("ext4") + "41 27 0:53 / /data rw - nfs nas:/ rw\n")


def test_a_mount_covers_what_was_mounted_below_its_place_before() -> None:
    covered = SUB.format(parent=27, kind="nfs")
    assert network_mount(BELOW, ROOT + covered)
    assert not network_mount(BELOW, ROOT + covered + DATA.format("ext4"))
    assert network_mount(BELOW, ROOT + SUB.format(parent=27, kind="ext4") + DATA.format("cifs"))


def test_the_order_of_the_lines_does_not_matter_where_one_mount_stands_on_another() -> None:
    assert network_mount(BELOW, SUB.format(parent=40, kind="nfs") + DATA.format("ext4") + ROOT)
    assert not network_mount(BELOW, SUB.format(parent=40, kind="ext4") + DATA.format("nfs") + ROOT)


def test_a_root_that_is_no_mount_itself_is_walked_too() -> None:
    jail = "40 27 0:50 / /data rw - ext4 x rw\n50 40 0:51 / /data/sub rw - nfs y rw\n"
    assert network_mount(BELOW, jail)
    assert not network_mount(PurePath("/data/journal.db"), jail)
    assert not network_mount(PurePath("/etc"), jail)


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "vboxsf", "fuse.sshfs", "fuse.rclone", "ceph", "davfs"]
)
def test_disks_that_several_hosts_write_are_network_disks(kind: str) -> None:
    assert network_mount(BELOW, ROOT + DATA.format(kind))


@pytest.mark.parametrize(
    "kind", ["ext4", "btrfs", "xfs", "zfs", "tmpfs", "overlay", "f2fs", "fuseblk", "fuse.gocryptfs", "ecryptfs", "nfsd"]
)
def test_disks_of_this_host_alone_are_not(kind: str) -> None:
    assert not network_mount(BELOW, ROOT + DATA.format(kind))


@example("1 1 0:1 / / rw - nfs a rw\n1 1 0:1 / / rw - nfs a rw", "/")
@example("1 2 0:1 / / rw - nfs a rw\n2 1 0:1 / / rw - nfs a rw", "/a")
@given(st.text() | st.lists(st.text("0123 /\\-nfsab\0")).map("\n".join), st.text())
def test_no_text_makes_it_raise(text: str, path: str) -> None:
    assert network_mount(PurePath(path), text) in {True, False}


class TestOnNetwork:
    def test_links_are_followed_to_the_disk_that_they_lead_to(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tmp_path = tmp_path.resolve()
        (tmp_path / "a share").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "a share")
        escaped = f"{tmp_path}/a share".replace("\\", "\\134").replace(" ", "\\040")
        use_mounts(monkeypatch, tmp_path, f"{ROOT}40 27 0:50 / {escaped} rw - nfs nas:/ rw\n".encode())
        assert on_network(tmp_path / "link" / "not made yet" / "journal.db")
        assert on_network(tmp_path / "a share")
        assert not on_network(tmp_path / "a share" / ".." / "journal.db")

    def test_names_that_are_no_text_are_found(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        place_ = os.fsencode(tmp_path.resolve()) + b"/\xff\xfe"
        use_mounts(monkeypatch, tmp_path, ROOT.encode() + b"40 27 0:50 / " + place_ + b" rw - nfs nas:/ rw\n")
        assert on_network(Path(os.fsdecode(place_)) / "journal.db")

    def test_a_system_without_such_a_list_is_taken_for_local(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(place, "_MOUNTS", tmp_path / "missing")
        assert not on_network(tmp_path)

    def test_a_path_that_can_be_none_and_links_in_a_circle_are_taken_for_local(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use_mounts(monkeypatch, tmp_path, b"27 1 254:0 / / rw - ext4 /dev/vda rw\n")
        (tmp_path / "one").symlink_to(tmp_path / "two")
        (tmp_path / "two").symlink_to(tmp_path / "one")
        assert not on_network(tmp_path / "one" / "journal.db")
        assert not on_network(Path("nul\0"))

    @pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="Linux has the list")
    def test_the_list_of_this_system_is_understood(self) -> None:
        mounts = list(place._mounts(place._MOUNTS.read_text(errors="surrogateescape")))
        assert PurePath("/proc") in {mount.point for mount in mounts if mount.kind == "proc"}
        assert not on_network(Path("/proc/self"))


class TestRoom:
    def test_it_is_what_the_system_says_even_where_the_path_does_not_exist_yet(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[Path] = []

        def answer(path: Path) -> os.statvfs_result:
            asked.append(path)
            if path != tmp_path:
                raise FileNotFoundError(path)
            return disk(available=3, fragment=512)

        monkeypatch.setattr(os, "statvfs", answer)
        assert room(tmp_path / "a" / "journal.db") == 3 * 512
        assert asked == [tmp_path / "a" / "journal.db", tmp_path / "a", tmp_path]

    def test_a_real_disk_has_less_room_than_it_is_large(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        status = os.statvfs(tmp_path)
        for path in (tmp_path, tmp_path / "none" / "journal.db", tmp_path / "file" / "journal.db"):
            free = room(path)
            assert free is not None
            assert 0 <= free <= status.f_blocks * status.f_frsize

    def test_a_disk_that_does_not_say_how_large_it_is_tells_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "statvfs", lambda _: disk(available=0, blocks=0))
        assert room(tmp_path) is None
        monkeypatch.setattr(os, "statvfs", lambda _: disk(available=0))
        assert room(tmp_path) == 0
        monkeypatch.setattr(os, "statvfs", lambda _: disk(available=2, fragment=0))
        assert room(tmp_path) == 2 * 4096

    def test_where_nothing_can_be_asked_nothing_is_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(path: Path) -> os.statvfs_result:
            raise PermissionError(path)

        assert room(Path("nul\0")) is None
        with monkeypatch.context() as patch:
            patch.setattr(os, "statvfs", refuse)
            assert room(tmp_path) is None
            assert read_only(tmp_path) is False
        with monkeypatch.context() as patch:
            patch.delattr(os, "statvfs")
            assert room(tmp_path) is None
            assert read_only(tmp_path) is False

    def test_nothing_is_said_where_no_folder_above_exists(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(path: Path) -> os.statvfs_result:
            raise FileNotFoundError(path)

        monkeypatch.setattr(os, "statvfs", refuse)
        assert room(Path("a/b")) is None


class TestReadOnly:
    def test_a_disk_mounted_read_only_is_told_from_one_that_is_not(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert read_only(tmp_path / "none" / "journal.db") is False
        monkeypatch.setattr(os, "statvfs", lambda _: disk(flags=os.ST_RDONLY | os.ST_NOSUID))
        assert read_only(tmp_path / "none" / "journal.db") is True


async def test_the_room_asked_for_is_more_than_an_order_takes(path: Path) -> None:
    from s4s_tui.domain.history import Happening, Source
    from tests.services.disk import INTENT, opened
    from tests.services.fakes import START, an_order

    async with opened(path) as journal:
        await journal.load()
        before = sum(file.stat().st_size for file in path.parent.iterdir())
        await journal.intend(INTENT)
        for _ in range(20):
            await journal.record(an_order(), [Happening(START, Source.SERVER, "asked", "x" * 100)], INTENT.intent_id)
        taken = sum(file.stat().st_size for file in path.parent.iterdir()) - before
    assert 0 < taken < LEAST_ROOM, taken


def use_mounts(monkeypatch: pytest.MonkeyPatch, folder: Path, content: bytes) -> None:
    (folder / "mountinfo").write_bytes(content)
    monkeypatch.setattr(place, "_MOUNTS", folder / "mountinfo")


def disk(*, available: int = 10, blocks: int = 100, fragment: int = 4096, flags: int = 0) -> os.statvfs_result:
    """What a disk says of itself: sizes in fragments of so many bytes, free for root 20 more than for others."""
    return os.statvfs_result((4096, fragment, blocks, available + 20, available, 100, 50, 50, flags, 255))
