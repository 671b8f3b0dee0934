"""What comes after the end of a case: the notice that the diagram sends on the way to that end."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundles import Bundle
from engine.diagrams.model import Element
from engine.tables import Case
from webapp.house import bundle_of
from webapp.notices import notice

NOTICE, TEMPLATE = "notice.send", "template"


def told_at_end(case: Case) -> dict[str, str] | None:
    """The words of that notice, as the customer also got them by text; None when nothing is sent there."""
    bundle = bundle_of(case)
    name = next((one for one in _sent_before(bundle, case.end_id or "")), None)
    return notice(bundle, name) if name is not None and case.ended_at is not None else None


def _sent_before(bundle: Bundle, end: str) -> Iterator[str]:
    """The notices of service tasks from which only gateways lead to this end."""
    for task in bundle.drawing.of("serviceTask"):
        if task.operator and task.operator.id == NOTICE and any(one.id == end for one in _next(bundle, task, set())):
            given = {one.id: one.value.strip("\"'") for one in task.operator.parameters}
            if given.get(TEMPLATE) in bundle.notices:
                yield given[TEMPLATE]


def _next(bundle: Bundle, element: Element, seen: set[str]) -> Iterator[Element]:
    for target in bundle.drawing.targets(element):
        if target.id not in seen:
            seen.add(target.id)
            yield from _next(bundle, target, seen) if target.kind.endswith("Gateway") else (target,)
