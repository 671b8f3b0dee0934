"""The whole way of one photograph: intake, locate, rectify, orient, measure, judge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from workers.photos import apart, intake, quality
from workers.photos.judge import action_of, judge
from workers.photos.locate import Found, locate
from workers.photos.orient import rotation_of
from workers.photos.priors import PRIORS, Prior
from workers.photos.rectify import rectify
from workers.photos.verdicts import Verdict, verdict

ENGINE = "lines-1"  # the finder's version, kept with each record


@dataclass(frozen=True)
class Processed:
    """`record` is plain JSON. `upright` is None when the file could not be read, `crop` when nothing was found."""

    record: dict[str, object]
    upright: bytes | None
    crop: bytes | None


def process(data: bytes, slot: str, kind: str) -> Processed:
    """The record and pictures of an uploaded file; a bad file is a result, never an exception."""
    try:
        taken = apart.read(data)
    except intake.Unreadable as refused:
        return unreadable(refused.code)
    prior = PRIORS[kind]
    found = locate(taken.picture, prior)
    crop, turn = _crop(taken.picture, found, prior, slot)
    measured = quality.measure(taken.picture, crop, None if found is None else found.tight)
    verdicts = judge(found, measured, prior)
    record = _record(
        _corners(found, turn), turn, 0.0 if found is None else found.confidence,
        action_of(found, prior, verdicts), verdicts, taken,
    )  # fmt: skip
    record["measures"] = {"blur": measured.blur, "light": measured.light, "contrast": measured.contrast}
    return Processed(record, intake.as_jpeg(taken.picture), None if crop is None else intake.as_jpeg(crop, 92))


def unreadable(code: str) -> Processed:
    """What there is to say of a file that is no picture."""
    return Processed(_record(None, 0, 0.0, "refuse", [verdict(code)], None), None, None)


def rehearse() -> None:
    """Go the whole way once with a drawn card, so that all that Pillow and scikit-image load late is loaded."""
    scene = Image.new("RGB", (320, 240), (90, 70, 50))
    scene.paste((230, 235, 240), (60, 60, 260, 186))
    for slot in ("id_portrait", "id_emblem"):
        process(intake.as_jpeg(scene), slot, "id1")


def _crop(picture: Image.Image, found: Found | None, prior: Prior, slot: str) -> tuple[Image.Image | None, int]:
    if found is None:
        return None, 0
    flat = rectify(picture, found.corners, prior)
    turn = rotation_of(flat, slot)
    return (flat.rotate(180) if turn else flat), turn


def _corners(found: Found | None, turn: int) -> list[list[float]] | None:
    """In content order as far as it is known: the first is the top left of the crop."""
    if found is None:
        return None
    ordered = np.roll(found.corners, -2, axis=0) if turn == 180 else found.corners
    rounded: list[list[float]] = ordered.round(1).tolist()
    return rounded


def _record(
    corners: list[list[float]] | None,
    rotation: int,
    confidence: float,
    action: str,
    verdicts: list[Verdict],
    taken: intake.Intake | None,
) -> dict[str, object]:
    return {
        "engine": ENGINE,
        "corners": corners,
        "rotation": rotation,
        "confidence": confidence,
        "action": action,
        "verdicts": list(verdicts),
        "size": None if taken is None else list(taken.picture.size),
        "full_size": None if taken is None else list(taken.full_size),
        "format": None if taken is None else taken.format,
    }
