"""Trials: the scenarios of a version are played, and it is on record what they came to. Publishing asks for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.bundles import Bundle
from engine.bundles.versions import ANALYST
from engine.errors import NotYours, Refused
from engine.scenarios.reading import files_of
from engine.store import Store
from engine.tables import Trial, TrialRun

QUIET = timedelta(seconds=60)
"""A trial that has said nothing for so long has ended with its process: one scenario plays half of that at most."""


class Untried(Refused):
    """The scenarios of this version were not played, or one of them does not hold."""


class UnderWay(Refused):
    """This version is being tried already."""


def begin(store: Store, bundle_hash: str, by: Actor) -> str:
    """A trial of this version begins; the id of this run. UnderWay, NotYours."""
    _analysts_only(by)

    def work(tx: Session) -> str:
        row, now = tx.get(TrialRun, bundle_hash, with_for_update=True), store.clock.now()
        if row is not None and is_alive(row, now):
            raise UnderWay
        row = row or TrialRun(bundle_hash=bundle_hash)
        row.id, row.by, row.at, row.beat_at = store.ids.new(), by.id, now, now
        row.done, row.total, row.broken_at = 0, 0, None
        tx.add(row)
        return row.id

    return store.unit(work)


def beat(store: Store, run_id: str, bundle_hash: str, done: int, total: int) -> None:
    """So many of so many are played. A run that another one took the place of says nothing any more."""

    def work(tx: Session) -> None:
        row = tx.get(TrialRun, bundle_hash)
        if row is not None and row.id == run_id:
            row.done, row.total, row.beat_at = done, total, store.clock.now()

    store.unit(work)


def broke(store: Store, run_id: str, bundle_hash: str) -> None:
    """It has ended without a report."""

    def work(tx: Session) -> None:
        row = tx.get(TrialRun, bundle_hash)
        if row is not None and row.id == run_id:
            row.broken_at = store.clock.now()

    store.unit(work)


def run_of(tx: Session, bundle_hash: str) -> TrialRun | None:
    """The trial of this version that is on its way, or that broke off."""
    return tx.get(TrialRun, bundle_hash)


def is_alive(row: TrialRun, now: datetime) -> bool:
    return row.broken_at is None and now - row.beat_at < QUIET


def keep(store: Store, report: Mapping[str, Any], by: Actor) -> None:
    """Write down what a trial came to, in the place of an earlier one of the same version; it is over with that."""
    _analysts_only(by)

    def work(tx: Session) -> None:
        row = tx.get(Trial, report["version"]) or Trial(bundle_hash=report["version"], business=report["business"])
        row.by, row.at, row.green = by.id, store.clock.now(), report["green"]
        row.report = json.dumps(report, ensure_ascii=False, separators=(",", ":"))
        tx.add(row)
        tx.execute(delete(TrialRun).where(TrialRun.bundle_hash == report["version"]))

    store.unit(work)


def must_hold(tx: Session, bundle: Bundle) -> None:
    """Untried unless every scenario of this very version holds; a business without any has nothing to try."""
    if not files_of(bundle):
        return
    row = tx.get(Trial, bundle.hash)
    if row is None or not row.green:
        raise Untried


def _analysts_only(by: Actor) -> None:
    if ANALYST not in by.roles:
        raise NotYours("only an analyst tries a version")
