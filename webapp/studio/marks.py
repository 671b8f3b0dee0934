"""What the lists beside a proposal say, as marks on its drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.bundles.differences import Difference
from engine.diagrams.drawing import Drawing
from engine.diagrams.model import Key
from webapp.language import language
from webapp.language import words as _
from webapp.steps.flow_marks import CHANGE, COUNT, FAULT, Mark, Marks, grouped
from webapp.studio.faults import Fault

DRAWN = ("step", "element", "flow")


def marks(
    drawing: Drawing,
    faults: Sequence[Fault],
    differences: Sequence[Difference],
    cases: Mapping[str, int],
    missed: Sequence[Mark] = (),
) -> Marks:
    """Faults by their number in the list, changes by a word, steps by the number of their running cases.

    `missed` is what no scenario passes.
    """
    places = places_of(drawing)
    return grouped([*_faults(faults, places), *_changes(differences, places), *_cases(drawing, cases), *missed])


def places_of(drawing: Drawing) -> dict[tuple[str, str], Key]:
    """Where an id of a file is in the drawing."""
    elements = {(item.file, item.id): item.key for item in drawing.elements.values()}
    return elements | {(flow.file, flow.id): (flow.process, flow.id) for flow in drawing.flows}


def _faults(faults: Sequence[Fault], places: Mapping[tuple[str, str], Key]) -> Iterator[Mark]:
    for fault in faults:
        keys = {places.get((one.file, one.element or "")) for one in fault.places} - {None}
        yield from (Mark(key, f"!{fault.number}", FAULT, fault.why) for key in keys if key)


def _changes(differences: Sequence[Difference], places: Mapping[tuple[str, str], Key]) -> Iterator[Mark]:
    """One mark for each thing, however much of it changed."""
    seen: set[Key] = set()
    for one in differences:
        key = places.get((one.file, one.element or "")) if one.subject in DRAWN else None
        if key and key not in seen:
            seen.add(key)
            yield Mark(key, _("增") if one.change == "added" else _("改"), CHANGE, one.said.to(language()))


def _cases(drawing: Drawing, cases: Mapping[str, int]) -> Iterator[Mark]:
    for step in drawing.steps:
        if count := cases.get(step.id):
            yield Mark(step.key, _("在办 %(n)d", n=count), COUNT, _("%(n)d 件在办停在这一步", n=count), outlined=False)
