"""Trials: the scenarios of a version are played before it is published, and what they came to is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine import trial_runs
from engine.actors import Actor
from engine.bundles import Bundle
from engine.errors import Refused
from engine.scenarios.reading import files_of
from engine.store import Store
from engine.tables import Trial


class Untried(Refused):
    """The scenarios of this version were not played, or one of them does not hold."""


def keep(store: Store, report: Mapping[str, Any], by: Actor) -> None:
    """Write down what a trial came to, in the place of an earlier one of the same version; it is over with that."""
    trial_runs.analysts_only(by)

    def work(tx: Session) -> None:
        row = tx.get(Trial, report["version"]) or Trial(bundle_hash=report["version"], business=report["business"])
        row.by, row.at, row.green = by.id, store.clock.now(), report["green"]
        row.report = json.dumps(report, ensure_ascii=False, separators=(",", ":"))
        tx.add(row)
        trial_runs.over(tx, report["version"])

    store.unit(work)


def must_hold(tx: Session, bundle: Bundle) -> None:
    """Untried unless every scenario of this very version holds; a business without any has nothing to try."""
    if not files_of(bundle):
        return
    row = tx.get(Trial, bundle.hash)
    if row is None or not row.green:
        raise Untried
