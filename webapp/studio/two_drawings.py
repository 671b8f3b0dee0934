"""Two versions beside one another: what differs in numbered sentences, and each number where it is on both drawings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.bundles import SECTIONS, Bundle, Difference, differences
from engine.bundles.differences.laid_out import LaidOut, laid_out
from engine.bundles.reading import form_path
from engine.diagrams.drawing import Drawing
from engine.diagrams.model import Key
from webapp.language import language
from webapp.language import words as _
from webapp.steps.flow_marks import Mark, Marks, anchor, grouped
from webapp.steps.flow_picture import Picture, pictures
from webapp.studio.marks import places_of

Kind = Literal["added", "removed", "changed", "moved"]
COLOURS: Mapping[Kind, str] = {"added": "#1d6b3a", "removed": "#b3261e", "changed": "#8a5a00", "moved": "#7b8791"}
OLD, NEW = "old", "new"
MOST_NUMBERS = 3


@dataclass(frozen=True)
class Line:
    """One sentence; `old` and `new` are the ids of what it speaks of on the drawings, empty where there is nothing."""

    number: int
    said: str
    kind: Kind
    old: str
    new: str


@dataclass(frozen=True)
class Section:
    """The sentences of one part of the business."""

    name: str
    lines: list[Line]


@dataclass(frozen=True)
class Pair:
    """One process as both versions draw it; a side is None where a version does not have it."""

    process: str
    title: str
    old: Picture | None
    new: Picture | None


@dataclass(frozen=True)
class Compared:
    """`layout` is what is only drawn at another place; `unmarked` are the pairs on which nothing is marked."""

    sections: list[Section]
    layout: list[Line]
    marked: list[Pair]
    unmarked: list[Pair]


@dataclass(frozen=True)
class _Found:
    """A difference with its number, and the keys of what it speaks of in both versions."""

    number: int
    kind: Kind
    said: str
    section: str
    old: list[Key]
    new: list[Key]


def compared(before: Bundle, after: Bundle) -> Compared:
    """What a page shows of two versions of one business."""
    found = list(_numbered(before, after))
    marks = {side: grouped(_marks(found, side)) for side in (OLD, NEW)}
    pairs = _pairs(before, after, marks)
    drawn = {OLD: _drawn(before.drawing), NEW: _drawn(after.drawing)}
    busy = {key[0] for side in marks.values() for key in side}
    lines = [(one.section, _line(one, drawn)) for one in found]
    every = [Section(name, [line for section, line in lines if section == name]) for name in SECTIONS]
    return Compared(
        sections=[Section(SECTIONS[one.name].to(language()), one.lines) for one in every if one.lines],
        layout=[line for section, line in lines if not section],
        marked=[one for one in pairs if one.process in busy],
        unmarked=[one for one in pairs if one.process not in busy],
    )


def _numbered(before: Bundle, after: Bundle) -> Iterator[_Found]:
    told = differences(before, after)
    places = {OLD: _places(before), NEW: _places(after)}
    for number, one in enumerate(told, start=1):
        kind: Kind = one.change if one.change in ("added", "removed") else "changed"  # type: ignore[assignment]
        old = places[OLD](one) if kind != "added" or _is_indirect(one) else []
        new = places[NEW](one) if kind != "removed" or _is_indirect(one) else []
        yield _Found(number, kind, one.said.to(language()), one.section, old, new)
    for number, moved in enumerate(laid_out(before, after), start=len(told) + 1):
        yield _Found(number, "moved", _moved(moved), "", [moved.key], [moved.key])


def _moved(moved: LaidOut) -> str:
    return _("%(what)s画在了别的位置", what=moved.what.to(language()))


def _is_indirect(one: Difference) -> bool:
    """Whether it speaks of what a step uses, and not of the step."""
    return one.subject not in ("step", "element", "flow")


def _places(bundle: Bundle) -> Callable[[Difference], list[Key]]:
    """Where a difference is seen on the drawing: at its element, or at the steps that use what it speaks of."""
    there, reasons = places_of(bundle.drawing), {one.code: one.step for one in bundle.reasons}
    users: dict[str, list[Key]] = defaultdict(list)
    for item in bundle.drawing.elements.values():
        table = bundle.decisions.get(item.decision or "")
        for file in (form_path(item.properties["form"]) if "form" in item.properties else "", table and table.file):
            if file:
                users[file].append(item.key)

    def places(one: Difference) -> list[Key]:
        if one.subject == "reason":
            step = reasons.get(one.element or "")
            return [item.key for item in bundle.drawing.steps if item.id == step]
        key = there.get((one.file, one.element or ""))
        return [key] if key and not _is_indirect(one) else users.get(one.file, [])

    return places


def _marks(found: Sequence[_Found], side: str) -> Iterator[Mark]:
    """One sign for each kind of change of a thing, with the numbers of its sentences; it leads to the first."""
    mine: dict[tuple[Key, Kind], list[_Found]] = defaultdict(list)
    for one in found:
        for key in one.old if side == OLD else one.new:
            kind = one.kind if one.section in ("steps", "elements", "flows", "") else "changed"
            mine[key, kind].append(one)
    for (key, kind), ones in mine.items():
        numbers = ",".join(str(one.number) for one in ones[:MOST_NUMBERS]) + ("…" if len(ones) > MOST_NUMBERS else "")
        words = "\n".join(one.said for one in ones)
        sign = f"{kind_words()[kind]} {numbers}"
        yield Mark(key, sign, COLOURS[kind], words, href=f"#said-{ones[0].number}", at=_at(side, key))


def kind_words() -> Mapping[Kind, str]:
    """What the signs say besides their colour."""
    return {"added": _("增"), "removed": _("删"), "changed": _("改"), "moved": _("移")}


def _at(side: str, key: Key) -> str:
    return f"{side}-{anchor(key)}"


def _line(one: _Found, drawn: Mapping[str, set[Key]]) -> Line:
    old, new = (_first(side, keys, drawn[side]) for side, keys in ((OLD, one.old), (NEW, one.new)))
    return Line(one.number, one.said, one.kind, old, new)


def _first(side: str, keys: Iterable[Key], drawn: set[Key]) -> str:
    return next((_at(side, key) for key in keys if key in drawn), "")


def _drawn(drawing: Drawing) -> set[Key]:
    elements = {item.key for item in drawing.elements.values() if item.drawn}
    return elements | {(flow.process, flow.id) for flow in drawing.flows if flow.waypoints}


def _pairs(before: Bundle, after: Bundle, marks: Mapping[str, Marks]) -> list[Pair]:
    old, new = ({one.process: one for one in _pictures(bundle, marks[side])} for bundle, side in
                ((before, OLD), (after, NEW)))  # fmt: skip
    order = dict.fromkeys([*new, *old])
    return [Pair(name, (new.get(name) or old[name]).title, old.get(name), new.get(name)) for name in order]


def _pictures(bundle: Bundle, marks: Marks) -> list[Picture]:
    return pictures(bundle.drawing, lambda text: bundle.say(text, language()), marks=marks)
