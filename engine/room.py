"""Is there room on the disks that people's papers lie on? Asked by /healthz and `kaihu doctor`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

Statvfs = Callable[[Path], os.statvfs_result]
MIB = 1024**2
FLOOR = 256 * MIB
"""Below this nobody should begin anything: a dozen photographs of 20 MB, a database that grows, and its log."""
FEWEST_FILES = 1000


def no_room(folders: Iterable[Path], statvfs: Statvfs = os.statvfs) -> str | None:
    """Why these folders cannot take what is given to them; None while they can.

    The figures come before the disk is full. The probe sees what they don't tell: a file system that went read-only,
    a quota. It is one unnamed page that is never flushed, so that anybody may ask often.
    """
    return next((wrong for folder in folders if (wrong := _wrong(folder, statvfs))), None)


def free(folder: Path, statvfs: Statvfs = os.statvfs) -> int:
    """The bytes that this user may still write there."""
    told = statvfs(_there(folder))
    return told.f_bavail * told.f_frsize


def _wrong(folder: Path, statvfs: Statvfs) -> str | None:
    try:
        told = statvfs(_there(folder))
        left = told.f_bavail * told.f_frsize
        if left < FLOOR:
            return f"{folder.name}: {left // MIB} MiB free, {FLOOR // MIB} MiB are needed"
        if told.f_files and told.f_favail < FEWEST_FILES:
            return f"{folder.name}: no more files can be made ({told.f_favail} left)"
        _probe(_there(folder))
    except OSError as wrong:
        return f"{folder.name}: {wrong.strerror}"
    return None


def _probe(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(bytes(4096))


def _there(folder: Path) -> Path:
    """The blobs' folder is made with the first photograph; before that it will lie where its parent lies."""
    return folder if folder.exists() else folder.parent
