"""How the parts of a version are called when people speak of their differences."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from engine.bundles.model import Bundle
from engine.diagrams.model import Element
from engine.diagrams.words import KINDS
from engine.feel.said import Said, Words, listed

LONGEST = 120


def name(bundle: Bundle, text: str) -> Said:
    """A text of the bundle in quotes."""
    return quoted(_cut(text), _cut(bundle.say(text, "en")))


def quoted(zh: str, en: str | None = None) -> Said:
    return Said(f"“{zh}”", f'"{zh if en is None else en}"')


def called(kind: Said, id: str, label: Said | None = None) -> Said:
    """A thing with its kind, its name if it has one, and its id."""
    if label is None:
        return Said("{kind}“{id}”", "{kind} {id}").filled(kind=kind, id=id)
    return Said("{kind}{label}（{id}）", "{kind} {label} ({id})").filled(kind=kind, label=label, id=id)


def kind_of(element: Element) -> Said:
    return KINDS.get(element.kind, Said(element.kind, element.kind))


def element(bundle: Bundle, item: Element) -> Said:
    """An element as a person finds it on the picture."""
    return called(kind_of(item), item.id, name(bundle, item.name) if item.name.strip() else None)


def end(bundle: Bundle, process: str, id: str) -> Said:
    """The element at one end of a flow."""
    found = bundle.drawing.elements.get((process, id))
    return element(bundle, found) if found else Said(id, id)


def lane(bundle: Bundle, process: str, id: str) -> Said:
    lanes = (lane for diagram in bundle.diagrams for lane in diagram.lanes)
    found = next((lane for lane in lanes if (lane.process, lane.id) == (process, id)), None)
    return called(Said("泳道", "lane"), id, name(bundle, found.name) if found and found.name else None)


def value(bundle: Bundle, said: Any) -> Said | None:
    """A value of a form or a record; None where nothing is said."""
    if said is None or said == "" or said == [] or said == {}:
        return None
    if isinstance(said, bool):
        return Said("是", "yes") if said else Said("否", "no")
    if isinstance(said, str):
        return name(bundle, said)
    if isinstance(said, list | tuple) and all(isinstance(item, str) for item in said):
        return listed(name(bundle, item) for item in said)
    text = _cut(json.dumps(said, ensure_ascii=False))
    return Said(text, text)


def code(text: str | None) -> Said | None:
    """A text of the condition language, or an id; None where nothing is said."""
    return Said(f" {_cut(text)} ", _cut(text)) if text else None


def counted(count: int, zh: str, en: str) -> Said:
    return Said(zh.format(count), en.format(count))


def ids(items: Iterable[Words]) -> Said | None:
    found = listed(items)
    return Said(f" {found.zh} ", found.en) if found.zh else None


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"
