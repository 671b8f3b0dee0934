"""Photographs of a case as its pages show them: state, verdicts, original and crop, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from engine import photos
from engine.tables import Photo
from webapp.house import reading
from webapp.language import language


@dataclass(frozen=True)
class Said:
    """One verdict: `block` asks for another picture, `warn` lets the customer choose, `info` is for the eye."""

    level: str
    cause: str
    cure: str


@dataclass(frozen=True)
class Picture:
    """One photograph for a page; addresses are empty where there is no such picture."""

    id: str
    slot: str
    status: str
    chosen: str
    original: str
    crop: str
    verdicts: tuple[Said, ...]
    refused: bool

    @property
    def shown(self) -> str:
        """The picture that counts."""
        return self.crop if self.crop and self.chosen == "crop" else self.original


def held(case_id: str) -> dict[str, Photo]:
    """Slot -> the photograph that it holds now."""
    return photos.slots(reading(), case_id)


def picture(photo: Photo, endpoint: str = "steps.photo") -> Picture:
    record = photo.record or {}
    found = record.get("verdicts")
    said = tuple(_said(one) for one in found) if isinstance(found, list) else ()
    return Picture(
        id=photo.id,
        slot=photo.slot,
        status=photo.status,
        chosen=photo.chosen,
        original=url_for(endpoint, photo_id=photo.id, which="original") if photo.upright else "",
        crop=url_for(endpoint, photo_id=photo.id, which="crop") if photo.crop else "",
        verdicts=said,
        refused=photo.status == "unreadable" or any(one.level == "block" for one in said),
    )


def _said(verdict: Mapping[str, Any]) -> Said:
    tail = "_en" if language() == "en" else ""
    return Said(verdict["level"], verdict.get(f"cause{tail}", ""), verdict.get(f"cure{tail}", ""))
