"""Where a diagram draws things: the bounds of shapes and the waypoints of edges (BPMN DI)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from lxml import etree

from engine.diagrams.model import Point
from engine.diagrams.names import BPMNDI, DC, DI


class Bounds(TypedDict):
    x: float
    y: float
    w: float
    h: float


NOWHERE = Bounds(x=0.0, y=0.0, w=0.0, h=0.0)


@dataclass(frozen=True)
class Shapes:
    """Bounds and waypoints by the id of the element that they draw."""

    bounds: dict[str, Bounds]
    waypoints: dict[str, tuple[Point, ...]]


def read_shapes(root: etree._Element) -> Shapes:
    bounds = {shape.get("bpmnElement", ""): _bounds(shape) for shape in root.iter(f"{{{BPMNDI}}}BPMNShape")}
    edges = {edge.get("bpmnElement", ""): _waypoints(edge) for edge in root.iter(f"{{{BPMNDI}}}BPMNEdge")}
    return Shapes(bounds, edges)


def _bounds(shape: etree._Element) -> Bounds:
    box = shape.find(f"{{{DC}}}Bounds")
    if box is None:
        return NOWHERE
    return Bounds(x=_number(box, "x"), y=_number(box, "y"), w=_number(box, "width"), h=_number(box, "height"))


def _waypoints(edge: etree._Element) -> tuple[Point, ...]:
    return tuple((_number(point, "x"), _number(point, "y")) for point in edge.iterfind(f"{{{DI}}}waypoint"))


def _number(element: etree._Element, name: str) -> float:
    """The schema has checked that it is a number; it also lets INF and NaN pass, which draw nothing."""
    value = float(element.get(name, "0"))
    return value if abs(value) < 1e6 else 0.0
