"""What became of the cases of a migration, as a page tells it: by their numbers, with no word of whose they are."""

from __future__ import annotations

from collections.abc import Mapping
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
    """One case. `before` and `after` are the versions from which it came and on which it was left."""

    case_id: str
    number: str
    before: str
    after: str
    result: str
    state: str
    why: str
    undone: bool
    may_undo: bool


def told_results(row: Migration, numbers: Mapping[str, int]) -> dict[str, object]:
    """The lines, and how far it has come. `numbers` are those of the versions, by hash."""
    found = migration.results(reading(), row.id)
    return {
        "lines": [_line(each, numbers) for each in found],
        "total": len(found),
        "done": sum(each.result is not None for each in found),
        "may_undo": sum(each.may_undo for each in found),
    }


def _line(each: Result, numbers: Mapping[str, int]) -> Line:
    if each.undone_at is not None:
        name, state = _("已撤回"), "warn"
    elif each.result is None:
        name, state = _("还没有试"), ""
    else:
        name, state = NAMES[each.result].to(language()), STATES.get(each.result, "good")
    why = "；".join(cause.said.to(language()) for cause in each.causes)
    number = each.number or _("还没有受理单号")
    before = _version(each.from_hash, numbers)
    after = _version(each.to_hash, numbers) if each.to_hash else ""
    return Line(each.case_id, number, before, after, name, state, why, each.undone_at is not None, each.may_undo)


def _version(bundle_hash: str, numbers: Mapping[str, int]) -> str:
    """As the page on which the migration was chosen calls it."""
    short = bundle_hash[:12]
    return f"{_('第 %(n)d 版', n=numbers[bundle_hash])} · {short}" if bundle_hash in numbers else short
