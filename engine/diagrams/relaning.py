"""A step given to another role: it is drawn in that role's lane, and the flows at its sides are drawn again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from engine.diagrams.model import Point
from engine.diagrams.names import BPMNDI, DC, DI, bpmn
from engine.diagrams.shapes import Bounds, Shapes, read_shapes

_STEP = 10.0
_BELOW = 20.0


def lanes_of(element: etree._Element) -> list[tuple[str, str]]:
    """Id and name of each lane of the process that the element stands in."""
    return [(lane.get("id", ""), lane.get("name", "")) for lane in _lanes(element)]


def lane_of(element: etree._Element) -> str:
    """The id of the lane that holds it, empty for none."""
    own = element.get("id")
    return next((lane.get("id", "") for lane in _lanes(element) if own in _members(lane)), "")


def move_to_lane(element: etree._Element, lane_id: str) -> None:
    """Into that lane of its process, with the events at its edge; a lane that is not there changes nothing."""
    lane = next((one for one in _lanes(element) if one.get("id") == lane_id), None)
    if lane is None:
        return
    moved = [element.get("id", ""), *_at_its_edge(element)]
    for one in _lanes(element):
        for reference in [item for item in one.iterfind(bpmn("flowNodeRef")) if (item.text or "").strip() in moved]:
            one.remove(reference)
    for own in moved:
        etree.SubElement(lane, bpmn("flowNodeRef")).text = own
    root = element.getroottree().getroot()
    shapes = read_shapes(root)
    if moved[0] in shapes.bounds and lane_id in shapes.bounds:
        _redraw(root, shapes, moved, _free_y(shapes, root, moved, lane_id) - shapes.bounds[moved[0]]["y"])


def _lanes(element: etree._Element) -> Iterator[etree._Element]:
    process = next(element.iterancestors(bpmn("process")), None)
    return process.iter(bpmn("lane")) if process is not None else iter(())


def _members(lane: etree._Element) -> set[str]:
    return {(item.text or "").strip() for item in lane.iterfind(bpmn("flowNodeRef"))}


def _at_its_edge(element: etree._Element) -> list[str]:
    events = element.getroottree().getroot().iter(bpmn("boundaryEvent"))
    return [event.get("id", "") for event in events if event.get("attachedToRef") == element.get("id")]


def _free_y(shapes: Shapes, root: etree._Element, moved: Sequence[str], lane_id: str) -> float:
    """The height nearest to the middle of the lane at which nothing is in its way; the middle where all is full."""
    lane, mine = shapes.bounds[lane_id], shapes.bounds[moved[0]]
    frames = {item.get("id") for kind in ("lane", "participant", "process") for item in root.iter(bpmn(kind))}
    others = [box for own, box in shapes.bounds.items() if own not in frames and own not in moved]
    middle = lane["y"] + (lane["h"] - mine["h"]) / 2
    reach = int(max(lane["h"] - mine["h"], 0) / 2 / _STEP)
    heights = [middle + sign * step * _STEP for step in range(reach + 1) for sign in (1, -1)]
    return next((y for y in heights if not any(_meet({**mine, "y": y}, box) for box in others)), middle)


def _meet(one: Bounds, other: Bounds) -> bool:
    across = one["x"] < other["x"] + other["w"] and other["x"] < one["x"] + one["w"]
    return across and one["y"] < other["y"] + other["h"] and other["y"] < one["y"] + one["h"]


def _redraw(root: etree._Element, shapes: Shapes, moved: Sequence[str], down: float) -> None:
    for shape in root.iter(f"{{{BPMNDI}}}BPMNShape"):
        if shape.get("bpmnElement") in moved:
            for box in shape.iter(f"{{{DC}}}Bounds"):
                box.set("y", _number(float(box.get("y", "0")) + down))
    now = {own: {**box, "y": box["y"] + (down if own in moved else 0)} for own, box in shapes.bounds.items()}
    ends = {flow.get("id"): (flow.get("sourceRef", ""), flow.get("targetRef", ""))
            for flow in root.iter(bpmn("sequenceFlow"))}  # fmt: skip
    for edge in root.iter(f"{{{BPMNDI}}}BPMNEdge"):
        source, target = ends.get(edge.get("bpmnElement"), ("", ""))
        if {source, target} & set(moved) and source in now and target in now:
            _draw(edge, _road(now[source], now[target]))  # type: ignore[arg-type]


def _road(source: Bounds, target: Bounds) -> list[Point]:
    """From the right side to the left one; to what lies behind, below both."""
    begin = source["x"] + source["w"], source["y"] + source["h"] / 2
    end = target["x"], target["y"] + target["h"] / 2
    if end[0] > begin[0]:
        half = (begin[0] + end[0]) / 2
        return [begin, end] if begin[1] == end[1] else [begin, (half, begin[1]), (half, end[1]), end]
    low = max(source["y"] + source["h"], target["y"] + target["h"]) + _BELOW
    xs = source["x"] + source["w"] / 2, target["x"] + target["w"] / 2
    return [(xs[0], source["y"] + source["h"]), (xs[0], low), (xs[1], low), (xs[1], target["y"] + target["h"])]


def _draw(edge: etree._Element, road: Sequence[Point]) -> None:
    """Its label finds its place by itself: the one that it had belongs to the road that it had."""
    for child in list(edge):
        if child.tag in (f"{{{DI}}}waypoint", f"{{{BPMNDI}}}BPMNLabel"):
            edge.remove(child)
    for at, (x, y) in enumerate(road):
        edge.insert(at, etree.Element(f"{{{DI}}}waypoint", x=_number(x), y=_number(y)))


def _number(value: float) -> str:
    """What draws nothing, such as INF, is drawn at the edge."""
    value = value if abs(value) < 1e6 else 0.0
    return f"{value:g}" if value != int(value) else str(int(value))
