"""Who uses a file of a business: what others name must not be taken away beneath them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.bundles.reading import Parts, read_parts

REMOVABLE = (".bpmn", ".dmn")


def users_of(files: Mapping[str, bytes], business: str, path: str) -> list[str]:
    """The other files that name a process or a decision of this one, sorted; the record of the business is one."""
    parts, _ = read_parts(files, business)
    return sorted(set(_users(parts, business, path)) - {path})


def names_taken(files: Mapping[str, bytes], business: str) -> set[str]:
    """The ids of processes, elements, flows and decisions: each stands once in a business."""
    parts, _ = read_parts(files, business)
    drawn = (item.id for diagram in parts.diagrams for some in (diagram.processes, diagram.elements, diagram.flows)
             for item in some)  # fmt: skip
    return {*drawn, *parts.decisions}


def _users(parts: Parts, business: str, path: str) -> Iterator[str]:
    record = f"processes/{business}/business.json"
    processes = {one.id for diagram in parts.diagrams if diagram.file == path for one in diagram.processes}
    decisions = {name for name, table in parts.decisions.items() if table.file == path}
    if parts.business.process in processes or {parts.business.eligibility, parts.business.repeats} & decisions:
        yield record
    for element in (element for diagram in parts.diagrams for element in diagram.elements):
        if element.called in processes or element.decision in decisions:
            yield element.file
