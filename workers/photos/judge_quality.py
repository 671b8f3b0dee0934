"""What light, distance and focus are worth before anything is read. The limits were measured (docs/photos.md)."""

from __future__ import annotations

from workers.photos.locate import Found
from workers.photos.quality import Quality
from workers.photos.verdicts import Verdict, verdict

BLUR_BLOCK, BLUR_WARN = 0.60, 0.50
DARK, BRIGHT = 0.13, 0.985
FAR_BLOCK, FAR_WARN = 320.0, 420.0
SMALL = 480.0  # narrower cards look soft because they are enlarged: distance, not focus, is the cause
GLARE = 0.03
COVERED = (0.08, 0.60)  # a shorter run is chance, a longer one a card of that colour


def judge_quality(quality: Quality, found: Found | None, sure: bool) -> list[Verdict]:
    """What is to be said of the pixels; `sure`: the outline is beyond doubt, so its width is the card's."""
    said = [*_light(quality), *_focus(quality, found is not None)]
    return [*said, *_distance(quality), *_covered(quality)] if sure else said


def _light(quality: Quality) -> list[Verdict]:
    said = [verdict("glare", quality.glare, GLARE)] if quality.glare > GLARE else []
    if quality.light < DARK:
        return [*said, verdict("too_dark", quality.light, DARK)]
    return [*said, verdict("too_bright", quality.light, BRIGHT)] if quality.light > BRIGHT else said


def _distance(quality: Quality) -> list[Verdict]:
    if quality.width is None or quality.width >= FAR_WARN:
        return []
    near = quality.width >= FAR_BLOCK
    return [verdict("too_far", quality.width, FAR_WARN if near else FAR_BLOCK, "warn" if near else "block")]


def _focus(quality: Quality, found: bool) -> list[Verdict]:
    """Blocks only where a card was found: a plain desk looks blurred to the measure."""
    if quality.blur <= BLUR_WARN or (quality.width is not None and quality.width < SMALL):
        return []
    grave = quality.blur > BLUR_BLOCK and found
    return [verdict("blurred", quality.blur, BLUR_BLOCK if grave else BLUR_WARN, "block" if grave else "warn")]


def _covered(quality: Quality) -> list[Verdict]:
    least, most = COVERED
    return [verdict("covered", quality.covered, least)] if least < quality.covered < most else []
