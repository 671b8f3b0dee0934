"""What the text that was read says of a photograph: it may overrule what was thought of the pixels, and add to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from workers.photos.judge_quality import GLARE
from workers.photos.reading.checks import region_known
from workers.photos.reading.emblem import validity_end
from workers.photos.reading.model import Line, Reading
from workers.photos.verdicts import Level, Verdict, gravest_first, verdict

PROOF = {"id_portrait": "id_number", "id_emblem": "validity", "bank_card": "number"}
"""The field of a slot that a check can prove."""
SIDES = frozenset({"id_portrait", "id_emblem"})
PIXELS = frozenset({"blurred", "too_dark", "too_bright", "glare"})
"""What the eye need not mind where the text reads."""
CAUSES = PIXELS | {"too_far", "cut_off", "covered"}
"""What may be why a text cannot be read."""
HIDDEN = {"glare": (0.04, 1.0), "covered": (0.03, 0.6)}
"""From how much to how much of a number's place: what lies all over it is the card itself."""
BORDER = 0.015  # text nearer the edge of the cut-out, as a share of that side, may go on outside it
FRAME = 0.005  # the same of the whole picture
LEGIBLE = 0.8
CLEAR, LINES = 0.85, 3  # half of so many lines read worse than this: the text is not clear


@dataclass(frozen=True)
class Thought:
    """What was thought of the photograph before it was read: the verdicts so far, and how much of it glares.

    `outlined`: a card was found in it; `cut`: it was read in its cut-out, not in the whole picture.
    """

    verdicts: Sequence[Verdict]
    glare: float
    outlined: bool
    cut: bool


def judge_reading(reading: Reading, thought: Thought, slot: str, today: date) -> list[Verdict]:
    """All that is to be said now, in place of the verdicts so far, the gravest first."""
    verdicts = thought.verdicts
    kind = slot.partition(":")[0]
    if kind not in PROOF:
        return gravest_first([*verdicts, *_another(reading, kind)])
    proven = is_proven(reading, kind)
    weighed = [_lighter(one) if proven else _graver(one, thought.outlined) for one in verdicts]
    if reading.document == kind:
        weighed = [_with(one, "info") if one["code"] == "no_card" else one for one in weighed]
    said = [*_another(reading, kind), *_number(reading, kind, proven), *_expiry(reading, today)]
    said += _border(reading, thought.cut, proven)
    if not said and not proven and reading.document != kind and not _has(weighed, "no_card"):
        said = [verdict("not_a_card")]
    said += [] if proven else [*_hidden(reading, thought), *_unclear(reading)]
    return gravest_first([*(one for one in weighed if not _has(said, one["code"])), *said])


def is_proven(reading: Reading, kind: str) -> bool:
    """What a check can prove on this side is read and proven."""
    field = reading.fields.get(PROOF.get(kind, ""))
    return field is not None and field.checked


def _lighter(one: Verdict) -> Verdict:
    """The text reads all the same."""
    if one["code"] in PIXELS:
        return _with(one, "info")
    return _with(one, "warn") if one["code"] == "too_far" else one


def _graver(one: Verdict, outlined: bool) -> Verdict:
    """The text does not read, and where a card was found this may be why."""
    return _with(one, "block") if one["code"] in CAUSES and one["level"] == "warn" and outlined else one


def _with(one: Verdict, level: Level) -> Verdict:
    return Verdict(**{**one, "level": level})


def _has(verdicts: Sequence[Verdict], code: str) -> bool:
    return any(one["code"] == code for one in verdicts)


def _another(reading: Reading, kind: str) -> Iterator[Verdict]:
    """Another document than was asked for; much text without any of its words is a doubt, not a wall."""
    document = reading.document
    if document == kind or document == "none" or is_proven(reading, kind):
        return
    if {document, kind} <= SIDES:
        yield verdict("wrong_side")
    elif document != "other":
        yield verdict("wrong_document", level="block" if kind in PROOF else "warn")


def _number(reading: Reading, kind: str, proven: bool) -> Iterator[Verdict]:
    if kind == "id_emblem" or reading.document not in (kind, "other"):
        return
    if not proven:
        yield verdict("unreadable_number")
    elif kind == "id_portrait" and not region_known(reading.fields["id_number"].value):
        yield verdict("unknown_region")


def _expiry(reading: Reading, today: date) -> Iterator[Verdict]:
    validity = reading.fields.get("validity")
    if validity is None or not validity.checked:
        return
    end = validity_end(validity.value)
    if end is not None and end < today:
        yield verdict("expired", level="block" if validity.sure else "warn")


def _hidden(reading: Reading, thought: Thought) -> Iterator[Verdict]:
    """What lies over what could not be read."""
    if thought.glare > GLARE:
        yield verdict("glare", thought.glare, GLARE, "block")
    for code, (least, most) in HIDDEN.items():
        share = reading.hidden.get(code, 0.0)
        if least < share < most and (code != "glare" or thought.glare <= GLARE):
            yield verdict(code, share, least, "block")


def _unclear(reading: Reading) -> Iterator[Verdict]:
    """Lines that are there and are hardly to be read: a blur along one direction is none to the measure of pixels."""
    scores = [line.score for line in reading.lines]
    if len(scores) >= LINES and median(scores) < CLEAR:
        yield verdict("blurred", round(median(scores), 3), CLEAR, "block")


def _border(reading: Reading, cut: bool, proven: bool) -> Iterator[Verdict]:
    """Text at the edge: of a cut-out, which may have gone through it; of the picture, which may not hold all of it."""
    nearest = min((_gap(line, reading.size) for line in reading.lines if _is_legible(line)), default=1.0)
    if cut and nearest < BORDER:
        yield verdict("over_cropped", round(nearest, 4), BORDER)
    elif not cut and not proven and nearest < FRAME:
        yield verdict("cut_off", round(nearest, 4), FRAME, "block")


def _is_legible(line: Line) -> bool:
    return line.score >= LEGIBLE and len(line.text) > 1


def _gap(line: Line, size: tuple[int, int]) -> float:
    width, height = size
    return min(line.left / width, 1 - line.right / width, line.top / height, 1 - line.bottom / height)
