"""The lanes of a pool changed in words: renamed, one more below the others, and one that holds nothing taken out."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from engine.diagrams.names import BPMNDI, DC, DI, bpmn

HEIGHT, FARTHEST = 200.0, 1e6


@dataclass(frozen=True)
class LaneSaid:
    """`holds`: how many elements stand in it."""

    id: str
    name: str
    holds: int


def lanes_in(root: etree._Element) -> list[LaneSaid]:
    """From the top to the bottom; none where lanes stand inside of lanes."""
    return [
        LaneSaid(lane.get("id", ""), lane.get("name", ""), len(lane.findall(bpmn("flowNodeRef"))))
        for lane in _lanes(root)
    ]


def rename_lane(root: etree._Element, own: str, name: str) -> None:
    """LookupError for one that is not there."""
    lane = _lane(root, own)
    if lane.get("name", "") != name:
        lane.set("name", name)


def add_lane(root: etree._Element, own: str, name: str) -> None:
    """Below the last one, in a pool that grows; what lies below the pool moves down as far.

    LookupError where there is no lane, or where something is called so.
    """
    last = _lanes(root)[-1:]
    if not last or any(one.get("id") == own for one in root.iter()):
        raise LookupError(own)
    lane = etree.Element(bpmn("lane"), {"id": own, "name": name})
    last[0].addnext(lane)
    shape = _shape(root, last[0].get("id", ""))
    if shape is not None:
        _draw_below(root, shape, own)


def remove_lane(root: etree._Element, own: str) -> None:
    """Its neighbour takes its place on the drawing. LookupError where it holds something, or is the only one."""
    lanes, lane = _lanes(root), _lane(root, own)
    if len(lanes) < 2 or lane.find(bpmn("flowNodeRef")) is not None:
        raise LookupError(own)
    at, shape = lanes.index(lane), _shape(root, own)
    neighbour = _shape(root, lanes[at - 1 if at else 1].get("id", ""))
    lane.getparent().remove(lane)  # type: ignore[union-attr]
    if shape is None:
        return
    if neighbour is not None:
        _take_over(_box(neighbour), _box(shape))
    shape.getparent().remove(shape)  # type: ignore[union-attr]


def _lanes(root: etree._Element) -> list[etree._Element]:
    """Those of the first pool that has any."""
    sets = [one for process in root.iterfind(bpmn("process")) for one in process.iterfind(bpmn("laneSet"))]
    nested = any(True for _ in root.iter(bpmn("childLaneSet")))
    return sets[0].findall(bpmn("lane")) if sets and not nested else []


def _lane(root: etree._Element, own: str) -> etree._Element:
    found = next((lane for lane in _lanes(root) if lane.get("id") == own), None)
    if found is None:
        raise LookupError(own)
    return found


def _shape(root: etree._Element, own: str) -> etree._Element | None:
    shapes = (one for one in root.iter(f"{{{BPMNDI}}}BPMNShape") if one.get("bpmnElement") == own)
    return next((one for one in shapes if one.find(f"{{{DC}}}Bounds") is not None), None)


def _box(shape: etree._Element) -> etree._Element:
    return next(shape.iter(f"{{{DC}}}Bounds"))


def _draw_below(root: etree._Element, last: etree._Element, own: str) -> None:
    box = _box(last)
    made = etree.Element(last.tag, {"id": f"{own}_di", "bpmnElement": own, "isHorizontal": "true"})
    low = _of(box, "y") + _of(box, "height")
    _move_down(last.getparent(), low)  # type: ignore[arg-type]
    place = {"x": box.get("x", "0"), "y": _said(low), "width": box.get("width", "0"), "height": _said(HEIGHT)}
    etree.SubElement(made, box.tag, place)
    last.addnext(made)
    pools = {one.get("id"): one for one in root.iter(bpmn("participant"))}
    process = next(one for one in root.iterfind(bpmn("process")) if one.find(bpmn("laneSet")) is not None)
    pool = next((own for own, one in pools.items() if one.get("processRef") == process.get("id")), None)
    around = _shape(root, pool or "")
    if around is not None:
        _box(around).set("height", _said(_of(_box(around), "height") + HEIGHT))


def _move_down(plane: etree._Element, low: float) -> None:
    """All that is drawn from this line on, a name with its shape; a line that crosses it grows longer."""
    for drawn in plane:
        box = drawn.find(f"{{{DC}}}Bounds")
        if box is not None:
            moved = list(drawn.iter(f"{{{DC}}}Bounds")) if _of(box, "y") >= low else []
        else:
            placed = [*drawn.iterfind(f"{{{DI}}}waypoint"), *drawn.iter(f"{{{DC}}}Bounds")]
            moved = [each for each in placed if _of(each, "y") >= low]
        for each in moved:
            each.set("y", _said(_of(each, "y") + HEIGHT))


def _take_over(mine: etree._Element, gone: etree._Element) -> None:
    top = min(_of(mine, "y"), _of(gone, "y"))
    mine.set("height", _said(_of(mine, "height") + _of(gone, "height")))
    mine.set("y", _said(top))


def _of(box: etree._Element, name: str) -> float:
    """As far as anything is drawn; the schema lets INF and NaN pass."""
    value = float(box.get(name, "0"))
    return value if abs(value) < FARTHEST else 0.0


def _said(value: float) -> str:
    return f"{value:g}" if value != int(value) else str(int(value))
