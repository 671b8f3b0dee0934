"""The texts of diagrams that people read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.diagrams.model import Diagram

_SHOWN = ("status", "statusClaimed", "statusRejected")


@dataclass(frozen=True)
class ShownText:
    """A text with the place it stands at."""

    text: str
    file: str
    element: str | None
    line: int | None


def shown_texts(diagram: Diagram) -> Iterator[ShownText]:
    """Names, notes and statuses; documentation is for analysts and is left out."""
    for element in diagram.elements:
        yield ShownText(element.name, diagram.file, element.id, element.line)
        for name in _SHOWN:
            line = element.property_lines.get(name, element.line)
            yield ShownText(element.properties.get(name, ""), diagram.file, element.id, line)
    for flow in diagram.flows:
        yield ShownText(flow.name, diagram.file, flow.id, flow.line)
    for lane in diagram.lanes:
        yield ShownText(lane.name, diagram.file, lane.id, lane.line)
    for process in diagram.processes:
        yield ShownText(process.name, diagram.file, process.id, process.line)
    for pool in diagram.pools:
        yield ShownText(pool.name, diagram.file, pool.id, None)
    for note in diagram.notes:
        yield ShownText(note.text, diagram.file, note.id, note.line)
