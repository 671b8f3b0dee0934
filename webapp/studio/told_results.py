"""What became of the cases of a migration, as a page tells it: by their numbers, with no word of whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from engine import migration
from engine.migration import BLOCKED, HELD, NEEDS_MAPPING, Result
from engine.migration.words import NAMES
from engine.tables import Migration
from webapp.house import reading
from webapp.language import language
from webapp.language import words as _

STATES = {NEEDS_MAPPING: "warn", HELD: "warn", BLOCKED: "bad"}


@dataclass(frozen=True)
class Line:
    """One case."""

    case_id: str
    number: str
    result: str
    state: str
    why: str
    undone: bool
    may_undo: bool


def told_results(row: Migration) -> dict[str, object]:
    """The lines, and how far it has come."""
    found = migration.results(reading(), row.id)
    return {
        "lines": [_line(each) for each in found],
        "total": len(found),
        "done": sum(each.result is not None for each in found),
        "may_undo": sum(each.may_undo for each in found),
    }


def _line(each: Result) -> Line:
    if each.undone_at is not None:
        name, state = _("已撤回"), "warn"
    elif each.result is None:
        name, state = _("还没有试"), ""
    else:
        name, state = NAMES[each.result].to(language()), STATES.get(each.result, "good")
    why = "；".join(cause.said.to(language()) for cause in each.causes)
    number = each.number or _("还没有受理单号")
    return Line(each.case_id, number, name, state, why, each.undone_at is not None, each.may_undo)
