"""What two versions of a business differ in: data first, and its words in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundles.differences import asked, decided, drawn, told, written
from engine.bundles.differences.comparing import compare, reordered
from engine.bundles.differences.difference import SECTIONS, Difference
from engine.bundles.differences.rest import rest
from engine.bundles.model import Bundle

__all__ = ["SECTIONS", "Difference", "differences"]

_READERS = (
    told.business, told.milestones, drawn.elements, drawn.lanes, drawn.processes, drawn.notes, drawn.flows,
    asked.forms, asked.fields, told.reasons, decided.tables, decided.columns, decided.rules,
    told.notices, told.asking, told.questions,
)  # fmt: skip
_ORDERS = (told.orders, asked.orders, decided.orders)


def differences(before: Bundle, after: Bundle) -> list[Difference]:
    """Everything in which the versions differ, by section; no file differs without being spoken of."""
    found = list(_found(before, after))
    found += rest(before, after, {each.file for each in found})
    sections = list(SECTIONS)
    return sorted(found, key=lambda each: sections.index(each.section))


def _found(before: Bundle, after: Bundle) -> Iterator[Difference]:
    for read in _READERS:
        yield from compare(read(before), read(after))
    for order in _ORDERS:
        yield from reordered(order(before), order(after))
    yield from written.documents(before, after)
    yield from written.english(before, after)
