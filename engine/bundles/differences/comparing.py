"""Comparing what two versions hold: things under the same key, aspect by aspect."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.bundles.differences.difference import Difference
from engine.feel.said import Said, listed

Key = Hashable


@dataclass(frozen=True)
class Aspect:
    """One thing that may change: what it is called, and what it is in this version (None: nothing is said).

    `change` is the word for its change; `told` whether it is mentioned when the thing is new. `key` is compared where
    the value's words may change without it, such as the name of a lane.
    """

    called: Said
    value: Said | None
    change: str = "changed"
    told: bool = False
    key: str | None = None

    @property
    def compared(self) -> str | None:
        """Chinese is what is authored; a translation that changed is a difference of its own."""
        return self.key or (self.value.zh if self.value else None)


@dataclass(frozen=True)
class Thing:
    """Something of a version that analysts speak of."""

    subject: str
    file: str
    element: str | None
    what: Said
    aspects: Mapping[str, Aspect] = field(default_factory=dict)


@dataclass(frozen=True)
class Order:
    """The order of the parts of a thing; parts that only one version has do not count."""

    thing: Thing
    parts: Mapping[str, Said]


def compare(before: Mapping[Key, Thing], after: Mapping[Key, Thing]) -> Iterator[Difference]:
    """What was added, removed and changed."""
    for key, thing in after.items():
        if key not in before:
            yield _difference("added", thing, new=_details(thing))
    for key, thing in before.items():
        if key not in after:
            yield _difference("removed", thing)
        else:
            yield from _changes(thing, after[key])


def reordered(before: Mapping[str, Order], after: Mapping[str, Order]) -> Iterator[Difference]:
    for key in before.keys() & after.keys():
        old = [part for part in before[key].parts if part in after[key].parts]
        new = [part for part in after[key].parts if part in before[key].parts]
        if old != new:
            yield _difference("reordered", after[key].thing, new=listed(after[key].parts[part] for part in new))


def _changes(before: Thing, after: Thing) -> Iterator[Difference]:
    for name in dict.fromkeys((*before.aspects, *after.aspects)):
        old, new = before.aspects.get(name), after.aspects.get(name)
        if (old and old.compared) != (new and new.compared):
            yield _change(before, after, old, new)


def _change(before: Thing, after: Thing, old: Aspect | None, new: Aspect | None) -> Difference:
    """A renamed thing is spoken of by its old name."""
    aspect = new or old
    assert aspect is not None
    was, now = (old.value if old else None), (new.value if new else None)
    change = "set" if was is None else "cleared" if now is None else aspect.change
    return Difference(after.subject, change, after.file, after.element, before.what, aspect.called, was, now)


def _details(thing: Thing) -> Said | None:
    """What is told of a new thing."""
    told = [(aspect.called, aspect.value) for aspect in thing.aspects.values() if aspect.told and aspect.value]
    if not told:
        return None
    chinese = "；".join(f"{called.zh}：{value.zh.strip()}" for called, value in told)
    return Said(chinese, "; ".join(f"{called.en}: {value.en}" for called, value in told))


def _difference(change: str, thing: Thing, new: Said | None = None) -> Difference:
    return Difference(thing.subject, change, thing.file, thing.element, thing.what, new=new)
