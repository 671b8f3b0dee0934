"""Migration: a case under way is put on another version of its business, tried on a copy before anything is written."""

from engine.migration.chosen import Order
from engine.migration.impact import Impact, impact
from engine.migration.migrating import Moved, migrate_case
from engine.migration.ordered import Progress, begin, go_on
from engine.migration.results import Result, migrations_of, results
from engine.migration.trying import Trial, Tried
from engine.migration.undoing import take_back
from engine.migration.verdict import BLOCKED, CLEAN, HELD, KINDS, NEEDS_MAPPING, UNTOUCHED, Cause, Verdict

__all__ = [
    "BLOCKED",
    "CLEAN",
    "HELD",
    "KINDS",
    "NEEDS_MAPPING",
    "UNTOUCHED",
    "Cause",
    "Impact",
    "Moved",
    "Order",
    "Progress",
    "Result",
    "Trial",
    "Tried",
    "Verdict",
    "begin",
    "go_on",
    "impact",
    "migrate_case",
    "migrations_of",
    "results",
    "take_back",
]
