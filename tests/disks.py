"""Disks as the tests wish them, for whatever asks statvfs."""

from __future__ import annotations

import os
from pathlib import Path

from engine.room import Statvfs

BLOCK = 4096


def disk_with(free: int, files: int = 10**6) -> Statvfs:
    """Every folder lies on a disk with so many bytes and files left."""

    def statvfs(folder: Path) -> os.statvfs_result:
        return os.statvfs_result((BLOCK, BLOCK, 10**9, free // BLOCK, free // BLOCK, 10**7, files, files, 0, 255))

    return statvfs
