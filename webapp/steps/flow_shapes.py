"""The shapes of a diagram as SVG, coloured by attributes alone: the page's policy allows no inline style."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from markupsafe import Markup, escape

from engine.diagrams.model import Element
from webapp.steps.flow_way import Way

INK, SOFT, LINE, TAKEN = "#1d2429", "#7b8791", "#c3cad0", "#0b5c7a"
DONE_FILL, NOW_FILL, FAILED_FILL, PLAIN_FILL = "#e8f1f5", "#0b5c7a", "#a3261c", "#ffffff"
MARKS = {"message": "✉", "timer": "⏱", "error": "ϟ", "terminate": "●"}


def tag(name: str, body: object = "", /, **attributes: object) -> Markup:
    """One SVG element; underscores in names are hyphens, apart from those that SVG writes in camel case."""
    said = "".join(f' {key.replace("_", "-")}="{escape(_number(value))}"' for key, value in attributes.items())
    return Markup(f"<{name}{said}>{escape(body)}</{name}>")  # noqa: S704  a page has hundreds; `format` takes four times as long


def figure(element: Element, say: Callable[[str], str], way: Way, *, on_top: bool = False) -> Markup:
    """The element as it is drawn: done, where the case stands, or neither; never by colour alone.

    An event `on_top` of an activity has its name beside it: below stands the name of the activity.
    """
    name = say(element.name)
    title = tag("title", escape(_spoken(element, name, way))) if name else Markup("")
    kind = element.kind
    if kind.endswith("Event"):
        body = _event(element, name, way, on_top)
    elif kind.endswith("Gateway"):
        body = _gateway(element, name, way)
    else:
        body = _task(element, name, way)
    return tag("g", title + body, data_element=element.id)


def label(text: str, x: float, y: float, width: float, colour: str, size: int, anchor: str = "middle") -> Markup:
    """A text in as many lines as the width asks for, centred on x, the first line at y."""
    lines = wrapped(text, width / size)
    halo = (
        {}
        if colour == PLAIN_FILL
        else {"paint_order": "stroke", "stroke": PLAIN_FILL, "stroke_width": 3 if size < 13 else 0}
    )
    spans = (tag("tspan", escape(line), x=x, y=y + number * (size + 3)) for number, line in enumerate(lines))
    return tag("text", Markup("").join(spans), text_anchor=anchor, font_size=size, fill=colour, **halo)


def width_of(text: str, width: float, size: int) -> float:
    """How wide its widest line is."""
    return max((_ems(line) * size for line in wrapped(text, width / size)), default=0.0)


def wrapped(text: str, width: float) -> list[str]:
    """Lines of at most `width` ems: Chinese breaks anywhere, English between words."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and _ems(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        joins = pieces and not _wide(character) and not pieces[-1].endswith(" ") and not _wide(pieces[-1][-1])
        if pieces and (joins or character in "，。？！、）”"):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _ems(text: str) -> float:
    return sum(1.0 if _wide(character) else 0.55 for character in text)


def _task(element: Element, name: str, way: Way) -> Markup:
    now, done = element.key in way.now, element.key in way.done
    called = element.kind == "callActivity"
    here = FAILED_FILL if element.key in way.failed else NOW_FILL
    box = tag("rect", x=element.x, y=element.y, width=element.w, height=element.h, rx=8,
              fill=here if now else DONE_FILL if done else PLAIN_FILL,
              stroke=TAKEN if now or done else INK if called else SOFT, stroke_width=3 if called else 1.5)  # fmt: skip
    lines = wrapped(name, (element.w - 12) / 13)
    top = element.y + element.h / 2 - (len(lines) - 1) * 8 + 4
    return (
        box
        + label(name, element.x + element.w / 2, top, element.w - 12, "#ffffff" if now else INK, 13)
        + _corner(element, way)
    )


def _corner(element: Element, way: Way) -> Markup:
    """✓ once done, with the number of times when a loop came back; ▶ where the case stands, ! where it is stuck."""
    mark = (_mark(element, way) + _times(element, way)).strip()
    colour = "#ffffff" if element.key in way.now else TAKEN
    return tag("text", mark, x=element.x + 7, y=element.y + 15, font_size=12, fill=colour) if mark else Markup("")


def _mark(element: Element, way: Way) -> str:
    if element.key in way.failed:
        return "!"
    return "▶" if element.key in way.now else "✓" if element.key in way.done else ""


def _times(element: Element, way: Way) -> str:
    visits = way.visits[element.key]
    return f" ×{visits}" if visits > 1 else ""


def _beside(element: Element, way: Way) -> Markup:
    """The number of times beside a small shape."""
    said = _times(element, way).strip()
    return label(said, element.x + element.w + 1, element.y + 2, 60, TAKEN, 11, "start") if said else Markup("")


def _gateway(element: Element, name: str, way: Way) -> Markup:
    x, y, w, h = element.x, element.y, element.w, element.h
    points = f"{x + w / 2:g},{y:g} {x + w:g},{y + h / 2:g} {x + w / 2:g},{y + h:g} {x:g},{y + h / 2:g}"
    diamond = tag("polygon", points=points, fill=PLAIN_FILL, stroke=SOFT, stroke_width=1.5)
    sign = "+" if element.kind == "parallelGateway" else "×"
    cross = tag("text", sign, x=x + w / 2, y=y + h / 2 + 7, text_anchor="middle", font_size=20, fill=SOFT)
    lines = len(wrapped(name, 110 / 11))
    said = label(name, x + w / 2, y - 6 - (lines - 1) * 14, 110, INK, 11) if name else Markup("")
    return diamond + cross + _beside(element, way) + said


def _event(element: Element, name: str, way: Way, on_top: bool) -> Markup:
    x, y, r = element.x + element.w / 2, element.y + element.h / 2, element.w / 2
    end, now = element.kind == "endEvent", element.key in way.now
    dashes = {} if element.interrupting else {"stroke_dasharray": "4 3"}
    ring = tag(
        "circle",
        cx=x,
        cy=y,
        r=r,
        fill=DONE_FILL if now else PLAIN_FILL,
        stroke=INK if end else TAKEN if now else SOFT,
        stroke_width=3 if end or now else 1.5,
        **dashes,
    )
    if element.kind == "boundaryEvent" or element.kind.startswith("intermediate"):
        ring += tag("circle", cx=x, cy=y, r=r - 3, fill="none", stroke=SOFT, **dashes)
    mark = MARKS.get(element.event.kind, "") if element.event else ""
    sign = tag("text", mark, x=x, y=y + 5, text_anchor="middle", font_size=14, fill=INK) if mark else Markup("")
    if on_top:
        return ring + sign + label(f"{name}{_times(element, way)}", x + r + 4, y - 6, 110, INK, 11, "start")
    return ring + sign + _beside(element, way) + (label(name, x, y + r + 14, 110, INK, 11) if name else Markup(""))


def _spoken(element: Element, name: str, way: Way) -> str:
    return f"{_mark(element, way)} {name}{_times(element, way)}".strip()


def _number(value: object) -> object:
    return f"{value:g}" if isinstance(value, float) else value
