"""Facts: nobody writes the engine's own, and no fact is the folder of another."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundles.facts import Declared, engine_facts, given_facts
from engine.bundles.known import Known
from engine.bundles.model import Bundle
from engine.feel.findings import Finding

RESERVED = ("todo", "again", "settings", "back", "rejection", "step", "reason")
_UNREADABLE = "typename"  # SpiffWorkflow takes a dictionary with this key for one of its own objects


def reserved(bundle: Bundle, known: Known) -> Iterator[Finding]:
    for fact in _given(bundle, known):
        first, *_ = parts = fact.name.split(".")
        if first in RESERVED or _UNREADABLE in parts or not all(parts):
            yield _finding(fact, "fact.reserved", f"{fact.name!r} may not be declared", "give the fact another name")


def collisions(bundle: Bundle, known: Known) -> Iterator[Finding]:
    """`video` cannot be true while `video.choice` is a text: facts are kept nested."""
    names = {fact.name for fact in _given(bundle, known)} | engine_facts(bundle.drawing, known)
    for fact in _given(bundle, known):
        inner = sorted(name for name in names if name.startswith(f"{fact.name}."))
        if inner:
            yield _finding(fact, "fact.collision", f"{fact.name} is also the folder of {inner[0]}", "rename one")


def _given(bundle: Bundle, known: Known) -> list[Declared]:
    return list(given_facts(bundle.drawing, bundle.forms, bundle.decisions, known))


def _finding(fact: Declared, rule: str, why: str, mend: str) -> Finding:
    return Finding(rule, fact.file, fact.element, None, why, mend)


RULES = (reserved, collisions)
