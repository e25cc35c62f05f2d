"""What kind of disk a path is on: over a network or not, how much room it has, whether it can be written."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

LEAST_ROOM: Final = 1_000_000
"""Bytes that must be free before an order is made.

An order, its invoice and its history are some 5 kB. But each write of its life puts whole pages of 4 kB into SQLite's
write-ahead log first: 350 kB for the twenty writes of a long one, and 32 kB for the log's index. A disk that is full
in the middle would lose what the server answers, so it is said before there is an order.
"""

NETWORK_TYPES: Final = frozenset({
    "9p", "acfs", "afs", "beegfs", "beegfs_nodev", "ceph", "cifs", "coda", "davfs", "drvfs", "gfs2", "glusterfs",
    "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "prl_fs", "pvfs2", "smb3", "smbfs", "vboxsf",
    "virtiofs", "vmhgfs", "fuse.beegfs", "fuse.ceph-fuse", "fuse.curlftpfs", "fuse.davfs", "fuse.gcsfuse",
    "fuse.glusterfs", "fuse.goofys", "fuse.grpcfuse", "fuse.gvfsd-fuse", "fuse.juicefs", "fuse.mfs", "fuse.osxfs",
    "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse",
})  # fmt: skip
"""Linux' names of file systems that several hosts, or a host and its virtual machines, may write at the same time.

SQLite's write-ahead log needs memory that all its programs share, so all must be on one host ("Write-Ahead Logging",
www.sqlite.org/wal.html: "WAL does not work over a network filesystem").
"""

_MOUNTS: Final = Path("/proc/self/mountinfo")
_ESCAPE: Final = re.compile(r"\\([01][0-7]{2})")


@dataclass(frozen=True, slots=True)
class _Mount:
    """One line of mountinfo."""

    number: str
    parent: str
    point: PurePath
    kind: str


def on_network(path: Path) -> bool:
    """Whether the path is on a network disk; False where that cannot be told (macOS, BSD). Never raises."""
    try:
        # Bytes that are no text are names of files here, and come out as `Path` has them.
        text = os.fsdecode(_MOUNTS.read_bytes())
        return network_mount(path.resolve(), text)
    except (OSError, RuntimeError, ValueError):  # no such file; links in a circle; a path that can be none
        return False


def network_mount(path: PurePath, mountinfo: str) -> bool:
    """Whether the path, absolute and without links, is on a network disk by Linux' list of mounts. Never raises.

    Walks from the root to the path as the system does: at each disk the first mount point on the way leads on to
    another disk, and so a mount covers what was mounted there or below before (proc(5), "/proc/pid/mountinfo").
    """
    ways = [mount for mount in _mounts(mountinfo) if path.is_relative_to(mount.point)]
    listed = {mount.number for mount in ways}
    reached = [mount for mount in ways if mount.parent not in listed or mount.parent == mount.number]
    kind = ""
    while reached:
        # The nearest to the root; of several there the last one, which lies on top.
        mount = min(reversed(reached), key=lambda mount: len(mount.point.parts))
        kind = mount.kind
        ways = [way for way in ways if way.number != mount.number]  # a list with a circle in it must end, too
        reached = [way for way in ways if way.parent == mount.number]
    return kind in NETWORK_TYPES


def room(path: Path) -> int | None:
    """Bytes that this user may still write on the disk of the path, which need not exist; None where unknown.

    A quota of the user is seen only where the file system counts it in (NFS and SMB servers mostly do).
    """
    status = _status(path)
    if status is None or status.f_blocks == 0:  # some virtual file systems answer with zeros
        return None
    return status.f_bavail * (status.f_frsize or status.f_bsize)


def read_only(path: Path) -> bool:
    """Whether the disk of the path, which need not exist, is mounted read-only; False where that cannot be told."""
    status = _status(path)
    return status is not None and bool(status.f_flag & os.ST_RDONLY)


def _status(path: Path) -> os.statvfs_result | None:
    """What the system says of the disk of the path or of the nearest folder above that exists."""
    if not hasattr(os, "statvfs"):
        return None
    for place in (path, *path.parents):
        try:
            return os.statvfs(place)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError):
            return None
    return None


def _mounts(mountinfo: str) -> Iterator[_Mount]:
    for line in mountinfo.split("\n"):  # not splitlines: a mount point may hold its other line ends
        before, _, after = line.partition(" - ")
        fields, kind = before.split(" "), after.partition(" ")[0]
        if len(fields) >= 6:
            yield _Mount(fields[0], fields[1], PurePath(_ESCAPE.sub(_unescaped, fields[4])), kind)


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 8))
