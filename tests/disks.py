"""Disks as the tests wish them: for whatever asks statvfs, and for a database that may grow no further."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from engine.room import Statvfs
from engine.store import Store
from engine.tables import Submission

BLOCK = 4096


def disk_with(free: int, files: int = 10**6) -> Statvfs:
    """Every folder lies on a disk with so many bytes and files left."""

    def statvfs(folder: Path) -> os.statvfs_result:
        return os.statvfs_result((BLOCK, BLOCK, 10**9, free // BLOCK, free // BLOCK, 10**7, files, files, 0, 255))

    return statvfs


def fill(store: Store) -> None:
    """Take the pages that are free inside the file, and the room that is left where a submission would go."""
    with store.write() as tx:
        _crowd(tx)
        tx.execute(text("CREATE TABLE IF NOT EXISTS filler (data BLOB)"))
        while (tx.scalar(text("PRAGMA freelist_count")) or 0) > 0:
            tx.execute(text("INSERT INTO filler VALUES (zeroblob(20000))"))


def _crowd(tx: Session) -> None:
    """Submissions of a step that no page asks for, until one more would not find room in the file as it is."""
    columns = {column.name: column.name for column in Submission.__table__.columns}
    columns |= {"id": "lower(hex(randomblob(18)))", "step": "'filler'", "answers": "zeroblob(60)"}
    names, values = ", ".join(columns), ", ".join(columns.values())
    pages, there = tx.scalar(text("PRAGMA page_count")), 1
    while there and tx.scalar(text("PRAGMA page_count")) == pages:
        tx.execute(text("SAVEPOINT one_more"))
        copied = text(f"INSERT INTO submissions ({names}) SELECT {values} FROM submissions LIMIT 1")
        there = tx.execute(copied).rowcount  # type: ignore[attr-defined]
    tx.execute(text("ROLLBACK TO one_more"))
