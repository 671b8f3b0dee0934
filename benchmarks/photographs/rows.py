"""The rows of the table: a figure of the product, the same of the usual way, the goal, and whether it is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.photographs.scores import GOOD, RIGHT, Score
from benchmarks.photographs.truth import CARDS, CUT_OFF, LOW_CONTRAST

Test = Callable[[Score], bool]
HEAD = f"{'what':52} {'product':>9} {'contours':>9} {'goal':>10}        of"


@dataclass(frozen=True)
class Row:
    """`of` counts what the share is taken of, the product's and the other's; None where there was nothing."""

    what: str
    product: float | None
    other: float | None = None
    goal: float | None = None
    least: bool = True
    unit: str = "%"
    of: str = ""

    @property
    def told(self) -> str:
        if self.goal is None or self.product is None:
            return ""
        return "ok" if (self.product >= self.goal if self.least else self.product <= self.goal) else "MISS"

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"{'>=' if self.least else '<='} {self.goal:g} {self.unit}"
        mine, others = (self._with_unit(value) for value in (self.product, self.other))
        return f"{self.what:52} {mine:>9} {others:>9} {goal:>10}  {self.told:4}  {self.of}".rstrip()

    def _with_unit(self, value: float | None) -> str:
        return "-" if value is None else f"{value:.1f} {self.unit}"


@dataclass(frozen=True)
class Both:
    """The product's scores and the other's, of the same photographs until each is asked for its own."""

    mine: Sequence[Score]
    others: Sequence[Score]

    def where(self, is_so: Test) -> Both:
        return Both([one for one in self.mine if is_so(one)], [one for one in self.others if is_so(one)])

    def share(self, what: str, is_so: Test, goal: float | None = None, least: bool = True) -> Row:
        """The share of scores of which something is so."""
        mine, others = len(self.mine), len(self.others)
        of = str(mine) if mine == others else f"{mine}, {others}"
        return Row(what, _share(self.mine, is_so), _share(self.others, is_so), goal, least, of=of)


def _share(scores: Sequence[Score], is_so: Test) -> float | None:
    return 100 * sum(is_so(one) for one in scores) / len(scores) if scores else None


def of_cards(cards: Both) -> Iterator[Row]:
    """The goals of the photographs of cards, then each condition."""
    whole = cards.where(lambda one: one.photograph.is_whole)
    yield whole.share("whole cards: IoU >= 0.95", is_good, 97)
    yield whole.share("whole cards: IoU >= 0.90", is_right, 99)
    yield whole.share("whole cards: IoU >= 0.95 without the margin", lambda one: one.bare >= GOOD)
    low = whole.where(lambda one: one.photograph.condition == LOW_CONTRAST)
    yield low.share("low contrast: IoU >= 0.95", is_good, 85)
    yield from _of_crops(cards)
    yield whole.share("whole cards: cropped", is_cropped)
    yield whole.share("whole cards: another picture asked for", lambda one: one.answer.action == "refuse")
    yield from _of_turns(whole.where(is_right))
    yield from _of_conditions(whole)


def _of_crops(cards: Both) -> Iterator[Row]:
    crops = cards.where(lambda one: one.cropped and one.photograph.corners is not None)
    yield crops.share("crops of a card: over-cut (> 1 % lost)", lambda one: one.over_cut, 0.3, False)
    whole = crops.where(lambda one: one.photograph.is_whole)
    yield whole.share("crops of whole cards: wrong (IoU < 0.90)", is_wrong, 0.5, False)
    cut_off = cards.where(lambda one: one.photograph.condition == CUT_OFF)
    yield cut_off.share("cut-off cards: cropped", is_cropped, 5, False)
    negatives = cards.where(lambda one: one.photograph.corners is None)
    yield negatives.share("negatives: cropped", is_cropped, 2, False)


def _of_turns(located: Both) -> Iterator[Row]:
    """A signature has no side that is up to who cannot read."""
    cards = located.where(lambda one: one.photograph.kind in CARDS)
    yield cards.share("located cards: the right way up", lambda one: one.upright, 99.5)
    sides = cards.where(lambda one: one.photograph.kind != "bank_card")
    yield sides.share("located ID sides: the right way up", lambda one: one.upright)


def _of_conditions(whole: Both) -> Iterator[Row]:
    for condition in sorted({one.photograph.condition for one in whole.mine}):
        group = whole.where(partial(_is_of, condition))
        yield group.share(f"  {condition}: IoU >= 0.95", is_good)
        yield group.share(f"  {condition}: IoU >= 0.90", is_right)


def of_papers(papers: Both) -> Iterator[Row]:
    """Real photographs of paper, looked for without the card's proportion."""
    yield papers.share("real, no card prior: IoU >= 0.90", is_right, 75)
    yield papers.share("real, no card prior: IoU >= 0.95", is_good)
    crops = papers.where(is_cropped)
    yield crops.share("real, crops: wrong (IoU < 0.90)", is_wrong)
    yield crops.share("real, crops: over-cut (> 1 % lost)", lambda one: one.over_cut)


def _is_of(condition: str, one: Score) -> bool:
    return one.photograph.condition == condition


def is_good(one: Score) -> bool:
    return one.iou >= GOOD


def is_right(one: Score) -> bool:
    return one.iou >= RIGHT


def is_wrong(one: Score) -> bool:
    return one.iou < RIGHT


def is_cropped(one: Score) -> bool:
    return one.cropped
