"""Everything that the page of the live figures shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from engine.bundles import Bundle
from engine.bundles.versions import Version
from engine.flow_figures import Figures, StepFigures, figures
from webapp.house import clock, reading, say
from webapp.language import words as _
from webapp.steps.flow_marks import Mark, Marks, anchor, grouped
from webapp.steps.flow_picture import SVG, Picture, pictures
from webapp.steps.flow_shapes import tag
from webapp.studio.live_measures import MEASURES, Value, said, warmth
from webapp.studio.live_wish import LiveWish

HEAT = "#8a3b00"


@dataclass(frozen=True)
class Line:
    """One step in words: `cells` by measure; `leads` to those who stand there, `at` to its place on the drawing."""

    step: str
    name: str
    cells: dict[str, str]
    leads: str
    at: str


@dataclass(frozen=True)
class ReasonLine:
    """How often a desk sent cases back for a reason."""

    desk: str
    reason: str
    given: int
    share: str


@dataclass(frozen=True)
class Live:
    """The page: its drawing, looked at first where it is warmest (`starts`), and the same in words."""

    bundle: Bundle
    wish: LiveWish
    versions: list[Version]
    cases: int
    cut: bool
    lines: list[Line]
    reasons: list[ReasonLine]
    drawn: list[Picture]
    starts: str


def live(bundle: Bundle, wish: LiveWish, known: list[Version]) -> Live:
    """The figures of a business, drawn on this version of it; steps that only other versions have are in the list."""
    found = figures(reading(), wish.figures_wish(bundle.business.id, clock().now()), clock().now())
    lines = [_line(bundle, wish, one) for one in _in_order(bundle, found)]
    shown = _marks(bundle, wish, found)
    warmest = max((mark for each in shown.values() for mark in each), key=lambda mark: mark.shade, default=None)
    starts = anchor(warmest.key) if warmest else ""
    drawn = pictures(bundle.drawing, lambda text: say(bundle, text), marks=shown)
    return Live(bundle, wish, known, found.cases, found.cut, lines, list(_reasons(bundle, found)), drawn, starts)


def _in_order(bundle: Bundle, found: Figures) -> list[StepFigures]:
    """All steps of the version in its order, then those that are no longer drawn."""
    drawn = [step.id for step in bundle.steps]
    gone = sorted(found.steps.keys() - set(drawn))
    return [found.steps.get(step, StepFigures(step)) for step in [*drawn, *gone]]


def _line(bundle: Bundle, wish: LiveWish, one: StepFigures) -> Line:
    keys = {step.id: step.key for step in bundle.drawing.steps}
    cells = {name: said(measure.value(one)) for name, measure in MEASURES.items()}
    at = anchor(keys[one.step]) if one.step in keys else ""
    return Line(one.step, _name(bundle, one.step), cells, _standing_at(bundle, wish, one), at)


def _name(bundle: Bundle, step: str) -> str:
    names = {each.id: each.name for each in bundle.steps}
    return say(bundle, names[step]) if step in names else _("%(step)s（现在的图上没有）", step=step)


def _standing_at(bundle: Bundle, wish: LiveWish, one: StepFigures) -> str:
    if not one.standing:
        return ""
    number = wish.version.number if wish.version else None
    return url_for("studio.standing_at", business_id=bundle.business.id, step=one.step, version=number)


def _marks(bundle: Bundle, wish: LiveWish, found: Figures) -> Marks:
    """A sign and a warmth at each step of which there is something to say."""
    value = MEASURES[wish.by].value
    of: dict[str, Value] = {step: known for step, one in found.steps.items() if (known := value(one)) is not None}
    name = MEASURES[wish.by].name()
    return grouped(
        Mark(
            step.key,
            said(of[step.id]),
            HEAT,
            f"{say(bundle, step.name)}{_('：')}{name} {said(of[step.id])}",
            outlined=False,
            shade=warmth(of[step.id], of.values()),
            href=_standing_at(bundle, wish, found.steps[step.id]),
        )
        for step in bundle.drawing.steps
        if step.id in of
    )


def _reasons(bundle: Bundle, found: Figures) -> Iterator[ReasonLine]:
    texts = {reason.code: reason.text for reason in bundle.reasons}
    for one in found.reasons:
        share = said(one.given / one.of if one.of else None)
        yield ReasonLine(_name(bundle, one.desk), say(bundle, texts.get(one.reason, one.reason)), one.given, share)


def one_picture(drawn: list[Picture]) -> Markup:
    """All diagrams below each other as one SVG that stands alone."""
    bands = [(band, *_size(band)) for picture in drawn for band in picture.bands]
    body, top = Markup(""), 0.0
    for band, _width, height in bands:
        body += tag("g", band, transform=f"translate(0 {top:g})")
        top += height
    widest = max((width for _band, width, _height in bands), default=0)
    return tag("svg", body, xmlns=SVG, viewBox=f"0 0 {widest:g} {top:g}", width=f"{widest:g}", height=f"{top:g}")


def _size(band: Markup) -> tuple[float, float]:
    width, height = (float(band.split(f' {side}="', 1)[1].split('"', 1)[0]) for side in ("width", "height"))
    return width, height
