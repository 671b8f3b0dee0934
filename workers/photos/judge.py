"""From measures to verdicts and to an action. The limits are start values from measurements (docs/photos.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from workers.photos.judge_quality import judge_quality
from workers.photos.locate import Found
from workers.photos.orient import CLEAR, SETTLED, WayUp
from workers.photos.priors import Prior
from workers.photos.quality import Quality
from workers.photos.verdicts import Verdict, blocks, gravest_first, verdict

Action = Literal["crop", "review", "refuse"]

CONTRAST = 6.0
DOUBTS = frozenset({"uncertain_turn", "over_cropped", "not_a_card", "wrong_document", "number_mismatch"})
"""With one of these the original stands first, however sure the outline is."""


def action_of(found: Found | None, prior: Prior, verdicts: list[Verdict]) -> Action:
    """crop: the cut-out is safe to show first; review: keep the original first; refuse: another picture is needed."""
    return action_with(found is not None and is_sure(found, prior), verdicts)


def action_with(sure: bool, verdicts: Sequence[Verdict]) -> Action:
    """The same where it is known already whether the outline is sure: a text may make it doubtful."""
    if blocks(verdicts):
        return "refuse"
    return "crop" if sure and not any(one["code"] in DOUBTS for one in verdicts) else "review"


def is_sure(found: Found, prior: Prior) -> bool:
    """The outline lies inside the picture, is right often enough, and has something printed or written in it.

    Whether that is a card's text is for the reading to say (judge_reading).
    """
    return found.whole and found.printed and found.confidence >= prior.least_confidence


def judge(found: Found | None, quality: Quality, prior: Prior, way: WayUp = SETTLED) -> list[Verdict]:
    """All that is to be said of the picture, the gravest first."""
    sure = found is not None and is_sure(found, prior)
    turned = [verdict("uncertain_turn", way.margin, CLEAR)] if way.is_doubtful else []
    return gravest_first([*judge_quality(quality, found, sure), *_outline(found, quality, prior), *turned])


def _outline(found: Found | None, quality: Quality, prior: Prior) -> list[Verdict]:
    if found is None:
        return [verdict("no_card")] if prior.aspect is not None else []
    said = _framing(found) if prior.aspect is not None else []
    sure = is_sure(found, prior)
    if quality.contrast is not None and quality.contrast < CONTRAST:
        said.append(verdict("low_contrast_edge", quality.contrast, CONTRAST, "info" if sure else "warn"))
    elif found.whole and found.confidence < prior.least_confidence:
        said.append(verdict("uncertain_edge", found.confidence, prior.least_confidence))
    return said


def _framing(found: Found) -> list[Verdict]:
    said = [] if found.whole else [verdict("cut_off")]
    return said if found.printed else [*said, verdict("not_a_card")]
