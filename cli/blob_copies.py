"""The blobs of an installation, copied: only what is not there yet, since a name always means the same content."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Set
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import call_traces
from engine.tables import CaseKey, FiledPhoto, Photo, PhotoRecord


def copy_missing(source: Path, target: Path) -> int:
    """Copy what the target lacks, each file whole or not at all; how many that were."""
    copied = 0
    for path in sorted(_paths(source)):
        place = target / path
        if not place.exists() and _copied(source / path, place):
            copied += 1
    return copied


def remove_gone(source: Path, target: Path) -> int:
    """Remove what the source has no more: what was shredded there is not kept in a copy."""
    gone = _paths(target) - _paths(source)
    for path in gone:
        (target / path).unlink()
    return len(gone)


def missing(tx: Session, folder: Path, shredded: Set[str]) -> list[str]:
    """The blobs that the database names and the folder lacks, left out those of owners without a key or `shredded`."""
    owners = set(tx.scalars(select(CaseKey.owner_id))) - shredded
    return sorted(path for path in _named(tx, owners) if not (folder / path).exists())


def _named(tx: Session, owners: set[str]) -> Iterator[str]:
    filed = select(FiledPhoto.customer_id, FiledPhoto.blob)
    of_cases = select(Photo.case_id, Photo.original, Photo.upright, Photo.crop)
    of_stages = select(PhotoRecord.case_id, PhotoRecord.blob)
    for owner, *names in (*tx.execute(filed), *tx.execute(of_cases), *tx.execute(of_stages), *call_traces.blobs(tx)):
        if owner in owners:
            yield from (f"{owner}/{name}" for name in names if name)


def _paths(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.glob("*/*") if path.is_file()}


def _copied(source: Path, place: Path) -> bool:
    """False when it has gone in the meantime: it was shredded."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = place.with_suffix(".part")
    try:
        shutil.copyfile(source, beside)
    except FileNotFoundError:
        return False
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(place)
    return True
