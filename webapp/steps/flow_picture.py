"""A business drawn from its BPMN: one SVG for each diagram, in the reader's language, with a case's way on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from engine.diagrams.drawing import Drawing
from engine.diagrams.model import Diagram, Element, Flow, Lane, Pool
from webapp.steps.flow_bands import bands
from webapp.steps.flow_marks import NO_MARKS, Marks, on_elements, on_flows
from webapp.steps.flow_names import flow_name
from webapp.steps.flow_shapes import INK, LINE, SOFT, TAKEN, figure, tag
from webapp.steps.flow_way import NOWHERE_YET, Way

Say = Callable[[str], str]
MARGIN, SIDE = 12, 28
SVG = "http://www.w3.org/2000/svg"
FONTS = "system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"


@dataclass(frozen=True)
class Picture:
    """One diagram of the business: the process it shows, its title, the drawing in one band or several."""

    process: str
    title: str
    bands: tuple[Markup, ...]


def pictures(drawing: Drawing, say: Say, way: Way = NOWHERE_YET, marks: Marks = NO_MARKS) -> list[Picture]:
    """The business as it is drawn: its own diagram first, then those that are called from it."""
    found = []
    for process in _in_call_order(drawing):
        diagram = next(item for item in drawing.diagrams if process in {part.id for part in item.processes})
        title = say(drawing.processes[process].name)
        found.append(Picture(process, title, _bands(diagram, process, title, say, way, marks)))
    return found


def _in_call_order(drawing: Drawing) -> list[str]:
    order, waiting = [], [drawing.root]
    while waiting:
        process = waiting.pop(0)
        if process in drawing.processes and process not in order:
            order.append(process)
            waiting = [item.called or "" for item in drawing.of("callActivity") if item.process == process] + waiting
    return order


def _bands(diagram: Diagram, process: str, title: str, say: Say, way: Way, marks: Marks) -> tuple[Markup, ...]:
    elements = [item for item in diagram.elements if item.process == process and item.drawn]
    flows = [item for item in diagram.flows if item.process == process and item.waypoints]
    frames: list[Pool | Lane] = [item for item in diagram.pools if item.process == process and item.w]
    frames += [item for item in diagram.lanes if item.process == process and item.w]
    x, y, w, h = _bounds(elements, flows, frames)
    names = [flow_name(said, item).span for item in flows if (said := _said(item, way, say))]
    spans = bands(x, w, [(item.x, item.x + item.w) for item in elements], names)
    role = "group" if any(mark.href for mine in marks.values() for mark in mine) else "img"  # no link is in an image
    drawn = []
    for number, (left, right) in enumerate(spans):
        within = [item for item in elements if left <= item.x + item.w / 2 < right]
        crossing = [item for item in flows if _crosses(item, left, right)]
        body = _frames(frames, say, named=number == 0) + _flows(crossing, say, way) + _figures(within, say, way)
        body += on_flows([item for item in crossing if _starts_in(item, left, right)], marks) + on_elements(
            within, marks
        )
        name = f"{title} {number + 1}/{len(spans)}" if len(spans) > 1 else title
        beside = _names(frames, y, say) if number else Markup("")
        drawn.append(_svg(body, (left, y, right - left, h), name, beside, role))
    return tuple(drawn)


def _svg(body: Markup, box: tuple[float, float, float, float], title: str, names: Markup, role: str) -> Markup:
    """One band. A later one has the names of the lanes at its side, where the first has them in the drawing."""
    x, y, w, h = box
    look = {"role": role, "aria_label": title, "xmlns": SVG, "font_family": FONTS}
    if not names:
        return tag("svg", body, viewBox=f"{x:g} {y:g} {w:g} {h:g}", width=f"{w:g}", height=f"{h:g}", **look)
    inner = tag("svg", body, x=SIDE, y=0, width=f"{w:g}", height=f"{h:g}", viewBox=f"{x:g} {y:g} {w:g} {h:g}")
    size = {"viewBox": f"0 0 {w + SIDE:g} {h:g}", "width": f"{w + SIDE:g}", "height": f"{h:g}"}
    return tag("svg", names + inner, **size, **look)


def _names(frames: Iterable[Pool | Lane], top: float, say: Say) -> Markup:
    lanes = (item for item in frames if isinstance(item, Lane))
    return Markup("").join(_upright(say(item.name), SIDE / 2 + 4, item.y + item.h / 2 - top) for item in lanes)


def _frames(frames: Iterable[Pool | Lane], say: Say, named: bool) -> Markup:
    return Markup("").join(_frame(item, say if named else lambda text: "") for item in frames)


def _flows(flows: Iterable[Flow], say: Say, way: Way) -> Markup:
    """What was taken lies on top."""
    in_order = sorted(flows, key=lambda flow: _is_taken(flow, way))
    return Markup("").join(_flow(item, way, say) for item in in_order)


def _figures(elements: list[Element], say: Say, way: Way) -> Markup:
    tops = {item.id: item.y for item in elements}
    return Markup("").join(
        figure(item, say, way, on_top=tops.get(item.attached_to or "") == item.y + item.h / 2)
        for item in _boundaries_last(elements)
    )


def _crosses(flow: Flow, left: float, right: float) -> bool:
    places = [x for x, _ in flow.waypoints]
    return min(places) <= right and max(places) >= left


def _starts_in(flow: Flow, left: float, right: float) -> bool:
    return left <= flow.waypoints[0][0] < right


def _bounds(
    elements: Iterable[Element], flows: Iterable[Flow], frames: Iterable[Pool | Lane]
) -> tuple[float, float, float, float]:
    boxes = [(item.x, item.y, item.x + item.w, item.y + item.h) for item in (*elements, *frames)]
    boxes += [(px, py, px, py) for flow in flows for px, py in flow.waypoints]
    if not boxes:
        return 0, 0, 1, 1
    left, top = min(box[0] for box in boxes) - MARGIN, min(box[1] for box in boxes) - MARGIN
    return left, top, max(box[2] for box in boxes) + MARGIN - left, max(box[3] for box in boxes) + MARGIN - top


def _frame(item: Pool | Lane, say: Say) -> Markup:
    """A pool or lane: its border, and its name read from below."""
    frame = tag("rect", x=item.x, y=item.y, width=item.w, height=item.h, fill="none", stroke=LINE)
    return frame + _upright(say(item.name), item.x + 18, item.y + item.h / 2)


def _upright(name: str, x: float, y: float) -> Markup:
    turned = f"translate({x:g} {y:g}) rotate(-90)"
    return tag("text", escape(name), transform=turned, text_anchor="middle", font_size="13", fill=SOFT)


def _flow(flow: Flow, way: Way, say: Say) -> Markup:
    taken = _is_taken(flow, way)
    colour = TAKEN if taken else SOFT
    path = "M" + " L".join(f"{x:g} {y:g}" for x, y in flow.waypoints)
    line = tag(
        "path", d=path, fill="none", stroke=colour, stroke_width="2.5" if taken else "1.2", stroke_linejoin="round"
    )
    said = _said(flow, way, say)
    name = flow_name(said, flow).drawn(INK if taken else SOFT) if said else Markup("")
    return line + _arrow(flow, colour) + name


def _said(flow: Flow, way: Way, say: Say) -> str:
    """Its name, and how often it was taken where that is more than once."""
    times = way.times[flow.process, flow.source, flow.target]
    return " ".join(part for part in (say(flow.name) if flow.name else "", f"×{times}" if times > 1 else "") if part)


def _arrow(flow: Flow, colour: str) -> Markup:
    """The head as a triangle of its own: markers would need ids, which several pictures on one page would share."""
    (px, py), (x, y) = flow.waypoints[-2], flow.waypoints[-1]
    length = max(((x - px) ** 2 + (y - py) ** 2) ** 0.5, 0.001)
    ux, uy = (x - px) / length, (y - py) / length
    left = f"{x - 9 * ux - 4 * uy:g} {y - 9 * uy + 4 * ux:g}"
    right = f"{x - 9 * ux + 4 * uy:g} {y - 9 * uy - 4 * ux:g}"
    return tag("path", d=f"M{x:g} {y:g} L{left} L{right} Z", fill=colour)


def _is_taken(flow: Flow, way: Way) -> bool:
    return (flow.process, flow.source, flow.target) in way.taken


def _boundaries_last(elements: list[Element]) -> list[Element]:
    return sorted(elements, key=lambda item: item.attached_to is not None)
