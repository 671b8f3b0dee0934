"""A diagram in words: its steps, events and gateways as rows, in the order in which the flow comes to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.bundles.drawings import diagram_of
from engine.bundles.reading import form_path
from engine.diagrams.model import Diagram, Element, Flow
from engine.diagrams.words import KINDS
from webapp.language import language
from webapp.language import words as _
from webapp.studio.panel import role_names


@dataclass(frozen=True)
class Leads:
    """Where a flow leads, and when it is taken."""

    flow: str
    name: str
    to: str
    target: str
    condition: str
    default: bool


@dataclass(frozen=True)
class Row:
    """`role` is who does it, empty for what nobody does by hand; `what` is its form, service, table or time.

    `form` is the file of its form, empty where it has none or the draft has no such file.
    """

    id: str
    kind: str
    name: str
    role: str
    what: str
    form: str
    leads: tuple[Leads, ...]


@dataclass(frozen=True)
class Table:
    """The rows of one diagram, none where it can't be read; `title` is what its processes are called."""

    title: str
    rows: list[Row]


def table_of(files: Mapping[str, bytes], business: str, file: str) -> Table:
    diagram = diagram_of(files, business, file)
    if diagram is None:
        return Table(file, [])
    elements = {element.id: element for element in diagram.elements}
    title = _("、").join(process.name or process.id for process in diagram.processes)
    return Table(title or file, [_row(one, diagram, elements, files) for one in _in_order(diagram, elements)])


def _in_order(diagram: Diagram, elements: Mapping[str, Element]) -> list[Element]:
    """As the flow comes to them from each start; what nothing leads to comes last."""
    leads: dict[str, list[str]] = {}
    for flow in diagram.flows:
        leads.setdefault(flow.source, []).append(flow.target)
    for element in diagram.elements:
        if element.attached_to:
            leads.setdefault(element.attached_to, []).append(element.id)
    found: dict[str, None] = {}
    for start in [*(one.id for one in diagram.elements if one.kind == "startEvent"), *elements]:
        waiting = [start]
        while waiting:
            here = waiting.pop(0)
            if here in elements and here not in found:
                found[here] = None
                waiting = [*leads.get(here, []), *waiting]
    return [elements[one] for one in found]


def _row(element: Element, diagram: Diagram, elements: Mapping[str, Element], files: Mapping[str, bytes]) -> Row:
    kind = KINDS.get(element.kind)
    names = role_names()
    form = form_path(element.properties.get("form", ""))
    lanes = {lane.id: names.get(lane.id, lane.name or lane.id) for lane in diagram.lanes}
    return Row(
        id=element.id,
        kind=kind.to(language()) if kind else element.kind,
        name=element.name,
        role=lanes.get(element.lane or "", ""),
        what=_what(element),
        form=form if form in files else "",
        leads=tuple(_leads(flow, element, elements) for flow in diagram.flows if flow.source == element.id),
    )


def _what(element: Element) -> str:
    event = element.event.text if element.event else ""
    service = element.operator.id if element.operator else ""
    return element.properties.get("form", "") or service or element.decision or element.called or event


def _leads(flow: Flow, source: Element, elements: Mapping[str, Element]) -> Leads:
    target = elements.get(flow.target)
    name = (target.name or target.id) if target else flow.target
    return Leads(flow.id, flow.name, name, flow.target, flow.condition or "", source.default == flow.id)
