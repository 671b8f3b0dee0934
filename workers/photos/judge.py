"""From measures to verdicts and to an action. The limits are start values from measurements (docs/photos.md)."""

from __future__ import annotations

from typing import Literal

from workers.photos.locate import Found
from workers.photos.priors import Prior
from workers.photos.quality import Quality
from workers.photos.verdicts import Verdict, blocks, verdict

Action = Literal["crop", "review", "refuse"]

BLUR_BLOCK, BLUR_WARN = 0.60, 0.50
DARK, BRIGHT = 0.13, 0.985
FAR_BLOCK, FAR_WARN = 320.0, 420.0
SMALL = 480.0  # narrower cards look soft because they are enlarged: distance, not focus, is the cause
CONTRAST = 6.0


def action_of(found: Found | None, prior: Prior, verdicts: list[Verdict]) -> Action:
    """crop: the cut-out is safe to show first; review: keep the original first; refuse: another picture is needed."""
    if blocks(verdicts):
        return "refuse"
    return "crop" if found is not None and is_sure(found, prior) else "review"


def is_sure(found: Found, prior: Prior) -> bool:
    """All four sides lie on clear straight edges inside the picture."""
    return found.whole and found.support >= prior.least_support and found.inliers >= prior.least_inliers


def judge(found: Found | None, quality: Quality, prior: Prior) -> list[Verdict]:
    """All that is to be said of the picture, the gravest first."""
    said = _light(quality) + _distance(found, quality, prior) + _focus(found, quality) + _outline(found, quality, prior)
    return sorted(said, key=lambda one: ("block", "warn", "info").index(one["level"]))


def _light(quality: Quality) -> list[Verdict]:
    if quality.light < DARK:
        return [verdict("too_dark", quality.light, DARK)]
    return [verdict("too_bright", quality.light, BRIGHT)] if quality.light > BRIGHT else []


def _distance(found: Found | None, quality: Quality, prior: Prior) -> list[Verdict]:
    if found is None or quality.width is None or not is_sure(found, prior) or quality.width >= FAR_WARN:
        return []
    near = quality.width >= FAR_BLOCK
    return [verdict("too_far", quality.width, FAR_WARN if near else FAR_BLOCK, "warn" if near else "block")]


def _focus(found: Found | None, quality: Quality) -> list[Verdict]:
    """Blocks only where a card was found: a plain desk looks blurred to the measure."""
    if quality.blur <= BLUR_WARN or (quality.width is not None and quality.width < SMALL):
        return []
    grave = quality.blur > BLUR_BLOCK and found is not None
    return [verdict("blurred", quality.blur, BLUR_BLOCK if grave else BLUR_WARN, "block" if grave else "warn")]


def _outline(found: Found | None, quality: Quality, prior: Prior) -> list[Verdict]:
    if found is None:
        return [verdict("no_card")] if prior.aspect is not None else []
    close = quality.contrast is not None and quality.contrast < CONTRAST
    sure = is_sure(found, prior)
    said = [verdict("cut_off")] if not found.whole and prior.aspect is not None else []
    if close:
        said.append(verdict("low_contrast_edge", quality.contrast, CONTRAST, "info" if sure else "warn"))
    elif not sure and found.whole:
        said.append(verdict("uncertain_edge", round(found.support, 3), prior.least_support))
    return said
