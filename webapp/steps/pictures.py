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
from webapp.steps.asked import Asked

WORKING = (photos.WAITING, photos.READING)
"""A photograph that is being looked at; while its text is read, its verdicts and its crop are there already."""


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
    mark: str
    corners: list[list[float]] | None

    @property
    def shown(self) -> str:
        """The picture that counts."""
        return self.crop if self.crop and self.chosen == "crop" else self.original


@dataclass(frozen=True)
class Progress:
    """Of the photographs that a step asks for: how many have been looked at, read and all."""

    done: int
    asked: int


def held(case_id: str) -> dict[str, Photo]:
    """Slot -> the photograph that it holds now."""
    return photos.slots(reading(), case_id)


def picture(photo: Photo, endpoint: str = "steps.photo") -> Picture:
    record = photo.record or {}
    found, corners = record.get("verdicts"), record.get("corners")
    said = tuple(_said(one) for one in found if _stands(photo, one)) if isinstance(found, list) else ()
    return Picture(
        id=photo.id,
        slot=photo.slot,
        status=photo.status,
        chosen=photo.chosen,
        original=url_for(endpoint, photo_id=photo.id, which="original") if photo.upright else "",
        # A crop by another outline is another picture: its address says so, or the browser would show the old one.
        crop=url_for(endpoint, photo_id=photo.id, which="crop", of=photo.crop[:8]) if photo.crop else "",
        verdicts=said,
        refused=photo.status == "unreadable" or any(one.level == "block" for one in said),
        mark=mark(photo),
        corners=corners if isinstance(corners, list) else None,
    )


def _stands(photo: Photo, verdict: Mapping[str, Any]) -> bool:
    """While the text is read nothing is refused yet: a blurred photograph that reads all the same will do."""
    return photo.status != photos.READING or verdict["level"] != "block"


def mark(photo: Photo) -> str:
    """What a page that shows this photograph tells when it asks whether there is anything new."""
    return f"{photo.id}.{photo.status}"


def progress(here: Asked) -> Progress | None:
    """None where the step asks for a single photograph, which speaks for itself, or for none."""
    slots = [part.properties.get("slot", part.key) for part in here.form.fields if part.widget == "photo"]
    photos_held = held(here.case.id) if len(slots) > 1 else {}
    mine = [photos_held[slot] for slot in slots if slot in photos_held]
    return Progress(sum(photo.status not in WORKING for photo in mine), len(slots)) if mine else None


def _said(verdict: Mapping[str, Any]) -> Said:
    tail = "_en" if language() == "en" else ""
    return Said(verdict["level"], verdict.get(f"cause{tail}", ""), verdict.get(f"cure{tail}", ""))
