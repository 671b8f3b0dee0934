"""Facts: nobody writes the engine's own, and no fact is the folder of another."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundles.facts import Declared, engine_facts, given_facts
from engine.bundles.known import Known
from engine.bundles.lint.faults import FAULTS
from engine.bundles.lint.forms import components
from engine.bundles.model import Bundle
from engine.feel.findings import Finding

RESERVED = ("todo", "again", "settings", "back", "rejection", "step", "reason")
_UNREADABLE = "typename"  # SpiffWorkflow takes a dictionary with this key for one of its own objects


def reserved(bundle: Bundle, known: Known) -> Iterator[Finding]:
    for fact in _given(bundle, known):
        first, *_ = parts = fact.name.split(".")
        if first in RESERVED or _UNREADABLE in parts or not all(parts):
            yield _finding(bundle, "fact.reserved", fact, fact=fact.name)


def collisions(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """`video` cannot be true while `video.choice` is a text: facts are kept nested."""
    names = {fact.name for fact in _given(bundle, known)} | engine_facts(bundle.drawing, known)
    for fact in _given(bundle, known):
        inner = sorted(name for name in names if name.startswith(f"{fact.name}."))
        if inner:
            yield _finding(bundle, "fact.collision", fact, fact=fact.name, inner=inner[0])


def _given(bundle: Bundle, known: Known) -> list[Declared]:
    return list(given_facts(bundle.drawing, bundle.forms, bundle.decisions, known))


def _finding(bundle: Bundle, fault: str, where: Declared, /, **what: str) -> Finding:
    """A form's fact is found at the field that declares it."""
    for place, component in components(bundle):
        if place.file == where.file and component["properties"].get("fact") == where.name:
            name = str(component.get("key") or component.get("id") or "") or None
            return FAULTS.found(fault, where.file, name, place.line("properties", "fact"), **what)
    return FAULTS.found(fault, where.file, where.element, where.line, **what)


RULES = (reserved, collisions)
