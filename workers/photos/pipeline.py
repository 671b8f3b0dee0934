"""The whole way of one photograph: intake, locate, rectify, orient, measure, judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from PIL import Image

from workers.photos import apart, intake, quality
from workers.photos.geometry import quarter_turn
from workers.photos.judge import action_of, is_sure, judge
from workers.photos.locate import Found, Pixels, drawn, locate
from workers.photos.orient import SETTLED, WayUp, way_up
from workers.photos.priors import PRIORS, Prior
from workers.photos.rectify import rectify
from workers.photos.verdicts import Verdict, verdict

ENGINE = "lines-4"  # the finder's version, kept with each record
Outline = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Processed:
    """`record` is plain JSON, and so is what each stage says of itself in `stages`.

    `upright` is None when the file could not be read, `crop` when nothing was found. `to_read`: text comes next.
    """

    record: dict[str, object]
    upright: bytes | None
    crop: bytes | None
    stages: Mapping[str, Mapping[str, object]]
    to_read: bool


def process(data: bytes, slot: str, kind: str, outline: Outline | None = None) -> Processed:
    """The record and pictures of an uploaded file; a bad file is a result, never an exception.

    `outline`, in pixels of the upright picture, is what a hand has drawn: nothing is searched then.
    """
    try:
        taken = apart.read(data)
    except intake.Unreadable as refused:
        return unreadable(refused.code)
    prior, pixels = PRIORS[kind], taken.pixels
    found = locate(pixels, prior) if outline is None else drawn(outline)
    crop, way = _crop(pixels, found, prior, slot)
    measured = quality.measure(pixels, crop, None if found is None else found.tight)
    verdicts = judge(found, measured, prior, way)
    outline_holds = 0.0 if found is None else found.confidence
    record = _record(_corners(found, way.turn), outline_holds, action_of(found, prior, verdicts), verdicts, taken)
    record |= {"located": outline_holds, "confidence": outline_holds * way.confidence, "turn_margin": way.margin}
    record["measures"] = asdict(measured)
    record["sure"] = found is not None and is_sure(found, prior)
    pictures = intake.as_jpeg(taken.picture), None if crop is None else intake.as_jpeg(Image.fromarray(crop), 92)
    return Processed(record, *pictures, _stages(record), to_read=True)


def unreadable(code: str) -> Processed:
    """What there is to say of a file that is no picture."""
    record = _record(None, 0.0, "refuse", [verdict(code)], None)
    return Processed(record, None, None, {"ingest": _of(record, "verdicts", "action")}, to_read=False)


def _stages(record: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """What is kept of each stage. Whoever reads the text has the last word, else it is said here already."""
    return {
        "ingest": _of(record, "format", "full_size", "size"),
        "locate": {**_of(record, "engine", "corners", "sure"), "confidence": record.get("located")},
        "rectify": _of(record, "engine", "corners"),
        "orient": {**_of(record, "rotation"), "margin": record.get("turn_margin")},
        "quality": _of(record, "measures", "verdicts"),
    }


def _of(record: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: record.get(name) for name in names}


def rehearse() -> None:
    """Go the whole way once with a drawn card, so that all that Pillow and scikit-image load late is loaded."""
    scene = Image.new("RGB", (320, 240), (90, 70, 50))
    scene.paste((230, 235, 240), (60, 60, 260, 186))
    for slot in ("id_portrait", "id_emblem"):
        process(intake.as_jpeg(scene), slot, "id1")


def _crop(picture: Pixels, found: Found | None, prior: Prior, slot: str) -> tuple[Pixels | None, WayUp]:
    if found is None:
        return None, SETTLED
    flat = rectify(picture, found.corners, prior)
    way = way_up(flat, slot)
    return (np.ascontiguousarray(flat[::-1, ::-1]) if way.turn else flat), way


def _corners(found: Found | None, turn: int) -> list[list[float]] | None:
    """In content order as far as it is known: the first is the top left of the crop."""
    if found is None:
        return None
    ordered = np.roll(found.corners, -2, axis=0) if turn == 180 else found.corners
    rounded: list[list[float]] = ordered.round(1).tolist()
    return rounded


def _record(
    corners: list[list[float]] | None,
    confidence: float,
    action: str,
    verdicts: list[Verdict],
    taken: apart.Upright | None,
) -> dict[str, object]:
    return {
        "engine": ENGINE,
        "corners": corners,
        "rotation": 0 if corners is None else quarter_turn(corners),
        "confidence": confidence,
        "action": action,
        "verdicts": list(verdicts),
        "size": None if taken is None else list(taken.size),
        "full_size": None if taken is None else list(taken.full_size),
        "format": None if taken is None else taken.format,
    }
