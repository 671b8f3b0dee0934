"""What the form-js editor hands back, brought into the document that it opened: what was done there, nothing else.

The editor writes its keys in another order, invents options where they come from data, and lays each part into a row of
columns. So two documents of its own are compared, the one it makes of the file untouched and the one that is handed
in; what differs between them was done by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

from forms.editing import Raw, rows
from forms.telling import put

ITS_OWN = frozenset({"components", "layout", "schemaVersion", "exporter"})
"""What the editor writes for itself; what stands in a part is looked at part by part."""

Pairs = Mapping[str, tuple[Raw, Raw]]


class NotRejoined(Exception):
    """The editor opened another document than this one, or two of its parts have one id."""


def rejoined(original: Raw, before: Raw, after: Raw) -> Raw:
    """The document with what was done between `before` and `after`, both of which the editor wrote. NotRejoined."""
    ids = [_id(part) for _, part in rows(after)]
    if len(set(ids)) < len(ids):
        raise NotRejoined
    made = _changed(original, before, after)
    return {**made, "components": _inside(after, _pairs(original, before))}


def _pairs(original: Raw, before: Raw) -> Pairs:
    """Each part as the file has it and as the editor wrote it untouched, by the id that the editor knows it by."""
    found: dict[str, tuple[Raw, Raw]] = {}
    ours, theirs = list(rows(original)), list(rows(before))
    if [_kept(*one) for one in ours] != [_kept(place, part) for place, part in theirs]:
        raise NotRejoined
    for (_, part), (_, written) in zip(ours, theirs, strict=True):
        if part.get("id", written.get("id")) != written.get("id"):
            raise NotRejoined
        found[_id(written)] = part, written
    return found


def _kept(place: tuple[int, ...], part: Raw) -> tuple[object, ...]:
    return place, part.get("type"), part.get("key")


def _inside(around: Raw, pairs: Pairs) -> list[Raw]:
    return [_part(part, pairs) for part in around.get("components") or ()]


def _part(part: Raw, pairs: Pairs) -> Raw:
    ours, before = pairs.get(_id(part), ({}, {}))
    made = _changed(ours, before, part) if ours else {name: part[name] for name in part if name not in ITS_OWN}
    if "components" in part and ("components" in ours or not ours or part["components"]):
        made["components"] = _inside(part, pairs)
    return made


def _changed(ours: Raw, before: Raw, after: Raw) -> Raw:
    """What differs between the two is put into ours, in its place among the rest."""
    made = dict(ours)
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if name in ITS_OWN or old == new:
            continue
        if isinstance(new, dict) and isinstance(ours.get(name, {}), dict) and isinstance(old or {}, dict):
            new = _changed(ours.get(name, {}), old or {}, new) or None
        put(made, (name,), new)
    return made


def _id(part: Raw) -> str:
    return str(part.get("id"))
