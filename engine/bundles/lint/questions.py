"""Knowledge questions: a form that asks them has a pool, and the pool is large enough."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundles.known import Known
from engine.bundles.lint.faults import FAULTS
from engine.bundles.lint.forms import at, components
from engine.bundles.model import Bundle
from engine.feel.findings import Finding

WIDGET = "knowledge_questions"


def there(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """A form that draws questions needs a pool to draw from."""
    for place, component in components(bundle):
        if component["properties"].get("widget") == WIDGET and bundle.questions is None:
            yield at(place, component, "widget", "questions.missing", business=bundle.business.id)


def codes(bundle: Bundle, known: Known) -> Iterator[Finding]:
    seen: set[str] = set()
    for one in bundle.questions.pool if bundle.questions else ():
        if one.code in seen:
            yield FAULTS.found("questions.duplicate", one.place.file, one.code, one.place.line("code"), code=one.code)
        seen.add(one.code)


def numbers(bundle: Bundle, known: Known) -> Iterator[Finding]:
    asked = bundle.questions
    if asked is None:
        return
    place, draw = asked.place, str(asked.draw)
    if not 1 <= asked.draw <= len(asked.pool):
        what = {"draw": draw, "count": str(len(asked.pool))}
        yield FAULTS.found("questions.number/draw", place.file, "draw", place.line("draw"), **what)
    if not 0 <= asked.needed <= asked.draw:
        what = {"needed": str(asked.needed), "draw": draw}
        yield FAULTS.found("questions.number/needed", place.file, "needed", place.line("needed"), **what)


RULES = (there, codes, numbers)
