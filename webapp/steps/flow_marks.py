"""Marks on a picture of the flow: what a list beside it says in words is found here by its sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from engine.diagrams.model import Element, Flow, Key
from webapp.steps.flow_shapes import tag

FAULT, CHANGE, COUNT, MISSED = "#b3261e", "#8a5a00", "#0b5c7a", "#5b4a8a"
HEIGHT, SIZE, GAP = 18, 11, 5
DARKEST = 0.5
"""Of a shade of 1: the name of the element stays legible below it."""


@dataclass(frozen=True)
class Mark:
    """A sign at an element or a flow. `outlined` draws a frame around it, so that it is seen from afar.

    `shade` (0 to 1) lays its colour over the element; `href` makes the element a link. `at` is the id by which it is
    found where the usual one (`anchor`) would stand twice on the page.
    """

    key: Key
    sign: str
    colour: str
    words: str
    outlined: bool = True
    shade: float = 0.0
    href: str = ""
    at: str = ""


Marks = Mapping[Key, Sequence[Mark]]
NO_MARKS: Marks = {}


def anchor(key: Key) -> str:
    """The id of what is marked, for links from the list that says the same in words."""
    return f"at-{key[0]}-{key[1]}"


def grouped(marks: Iterable[Mark]) -> Marks:
    """The marks of each element and flow, in their order."""
    found: dict[Key, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.key].append(mark)
    return found


def on_elements(elements: Iterable[Element], marks: Marks) -> Markup:
    """Frames and signs over the figures."""
    return Markup("").join(_on_element(item, marks[item.key]) for item in elements if marks.get(item.key))


def on_flows(flows: Iterable[Flow], marks: Marks) -> Markup:
    """Signs in the middle of the lines."""
    marked = (flow for flow in flows if marks.get((flow.process, flow.id)))
    return Markup("").join(_on_flow(flow, marks[flow.process, flow.id]) for flow in marked)


def _on_element(element: Element, mine: Sequence[Mark]) -> Markup:
    outlined = next((mark for mark in mine if mark.outlined), None)
    frame = Markup("")
    if outlined:
        frame = tag("rect", x=element.x - GAP, y=element.y - GAP, width=element.w + 2 * GAP,
                    height=element.h + 2 * GAP, rx=10, fill="none", stroke=outlined.colour, stroke_width=2.5,
                    stroke_dasharray="6 4")  # fmt: skip
    drawn = _laid_over(element, mine) + frame + _signs(element.x + element.w + GAP, element.y - GAP, mine)
    return _found_by(drawn, element.key, mine)


def _found_by(drawn: Markup, key: Key, mine: Sequence[Mark]) -> Markup:
    """With its id, and as a link where one of its marks leads somewhere."""
    leads = next((mark for mark in mine if mark.href), None)
    linked = tag("a", drawn, href=leads.href, aria_label=leads.words) if leads else drawn
    return tag("g", linked, id=next((mark.at for mark in mine if mark.at), anchor(key)))


def _laid_over(element: Element, mine: Sequence[Mark]) -> Markup:
    """The colour of a heat, and the whole figure as a target for a link, even where it is pale."""
    mark = next((mark for mark in mine if mark.shade or mark.href), None)
    if mark is None:
        return Markup("")
    place = {"x": element.x, "y": element.y, "width": element.w, "height": element.h, "rx": 10}
    return tag("rect", fill=mark.colour, fill_opacity=round(mark.shade * DARKEST, 2), **place)


def _on_flow(flow: Flow, mine: Sequence[Mark]) -> Markup:
    at = (len(flow.waypoints) - 1) // 2
    (ax, ay), (bx, by) = flow.waypoints[at], flow.waypoints[at + 1]
    outlined = next((mark for mark in mine if mark.outlined), None)
    line = Markup("")
    if outlined:
        way = "M" + " L".join(f"{x:g} {y:g}" for x, y in flow.waypoints)
        line = tag("path", d=way, fill="none", stroke=outlined.colour, stroke_width=2.5, stroke_dasharray="6 4")
    return _found_by(line + _signs((ax + bx) / 2, (ay + by) / 2, mine), (flow.process, flow.id), mine)


def _signs(right: float, middle: float, marks: Sequence[Mark]) -> Markup:
    """From right to left, so that many stay at their element."""
    drawn = Markup("")
    for mark in marks:
        width = max(HEIGHT, 8 + SIZE * sum(1.0 if ord(one) > 255 else 0.6 for one in mark.sign))
        drawn += _sign(mark, right - width / 2, middle, width)
        right -= width + 3
    return drawn


def _sign(mark: Mark, x: float, y: float, width: float) -> Markup:
    box = tag("rect", x=x - width / 2, y=y - HEIGHT / 2, width=width, height=HEIGHT, rx=4, fill=mark.colour)
    sign = tag("text", escape(mark.sign), x=x, y=y + 4, text_anchor="middle", font_size=SIZE, fill="#ffffff")
    return tag("g", tag("title", escape(mark.words)) + box + sign)
