"""What the stages of the pipeline made of a photograph: a record for each, written once, read by stage."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from engine.tables import Photo, PhotoRecord

if TYPE_CHECKING:
    from engine.vault import Vault

BODY = "photo_records.body"
CUTTING = ("locate", "rectify", "orient", "read")
"""The stages from the outline to the cut-out, in their order; reading turns it anew where the text lies otherwise."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Reading:
    """A field as it was read; `box` are its four corners in pixels of the cut-out.

    `checked`: its check digit or date rule holds. `sure`: it may stand in a form before anybody has looked at it.
    """

    value: str
    score: float
    box: tuple[Point, ...]
    checked: bool
    sure: bool

    def plain(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Text:
    """What was read last. `picture` that the boxes are of: crop | original; none where that one lies otherwise."""

    fields: Mapping[str, Reading]
    picture: str = ""


@dataclass(frozen=True)
class Run:
    """The newest way through the stages: its number, and the outline that it began with where a hand drew it."""

    number: int
    outline: tuple[Point, ...] | None = None
    by: str | None = None


@dataclass(frozen=True)
class Cut:
    """How a photograph was cut out once: in which run, when, by whose hand (None: the pipeline), and the picture."""

    run: int
    at: datetime
    by: str | None
    blob: str | None


def write(
    tx: Session,
    vault: Vault,
    photo: Photo,
    run: int,
    stage: str,
    body: Mapping[str, object],
    now: datetime,
    blob: str | None = None,
    by: str | None = None,
) -> None:
    """Keep what a stage made. A stage has one record in a run: a second one is an error of the database."""
    sealed = vault.seal_json(BODY, dict(body))
    tx.add(
        PhotoRecord(
            photo_id=photo.id, run=run, stage=stage, case_id=photo.case_id, body=sealed, blob=blob, by=by, at=now
        )
    )  # fmt: skip


def newest(tx: Session, vault: Vault, photo_id: str, stage: str) -> dict[str, Any] | None:
    """What the stage said last of this photograph."""
    row = _newest(tx, photo_id, stage)
    return None if row is None else _body(vault, row)


def readings(tx: Session, vault: Vault, photo_id: str) -> dict[str, Reading]:
    """The fields that were read last, by name; none while nothing was read."""
    return dict(text_of(tx, vault, photo_id).fields)


def text_of(tx: Session, vault: Vault, photo_id: str) -> Text:
    """The same, with the picture that it was read from."""
    body = newest(tx, vault, photo_id, "read") or {}
    fields = {name: _reading(told) for name, told in body.get("fields", {}).items()}
    lies_alike = body.get("turn") == body.get("turned")
    return Text(fields, body.get("picture", "") if lies_alike else "")


def run_of(tx: Session, vault: Vault, photo_id: str) -> Run:
    """The run that counts; 1 before anything was written."""
    number = tx.scalar(select(func.max(PhotoRecord.run)).where(PhotoRecord.photo_id == photo_id)) or 1
    row = tx.get(PhotoRecord, (photo_id, number, "locate"))
    if row is None or row.by is None:
        return Run(number)
    return Run(number, tuple((x, y) for x, y in _body(vault, row)["corners"]), row.by)


def earlier(tx: Session, case_id: str, slot: str) -> list[Photo]:
    """What was in this slot before its present photograph, the newest first."""
    mine = select(Photo).where(Photo.case_id == case_id, Photo.slot == slot)
    return list(tx.scalars(mine.order_by(Photo.at.desc(), Photo.id.desc()).offset(1)))


def cuts(tx: Session, photo_ids: Collection[str]) -> dict[str, list[Cut]]:
    """How each of these photographs was cut out, its newest run first; nothing sealed is opened."""
    mine = select(PhotoRecord).where(PhotoRecord.photo_id.in_(photo_ids), PhotoRecord.stage.in_(CUTTING))
    rows = tx.scalars(mine.order_by(PhotoRecord.photo_id, PhotoRecord.run.desc()).options(defer(PhotoRecord.body)))
    runs = groupby(rows, key=lambda row: (row.photo_id, row.run))
    found: dict[str, list[Cut]] = {}
    for (photo_id, run), stages in runs:
        found.setdefault(photo_id, []).append(_cut(run, {row.stage: row for row in stages}))
    return found


def _cut(run: int, stages: Mapping[str, PhotoRecord]) -> Cut:
    """Who drew the outline stands at the first stage, the picture at the last that made one."""
    first, *_more = made = [stages[stage] for stage in CUTTING if stage in stages]
    pictures = [row.blob for row in made if row.blob]
    return Cut(run, first.at, first.by, pictures[-1] if pictures else None)


def _newest(tx: Session, photo_id: str, stage: str) -> PhotoRecord | None:
    mine = select(PhotoRecord).where(PhotoRecord.photo_id == photo_id, PhotoRecord.stage == stage)
    return tx.scalar(mine.order_by(PhotoRecord.run.desc()).limit(1))


def _body(vault: Vault, row: PhotoRecord) -> dict[str, Any]:
    body = vault.open_json(BODY, row.body)
    assert isinstance(body, dict)
    return body


def _reading(told: Mapping[str, Any]) -> Reading:
    box = tuple((x, y) for x, y in told["box"])
    return Reading(told["value"], told["score"], box, told["checked"], told["sure"])
