"""What an impact came to is kept until it is tried again, since to try ten thousand cases takes its time."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine import trial_runs
from engine.actors import Actor
from engine.migration.chosen import Order
from engine.migration.impact import Impact, as_plain, of_plain
from engine.store import Store
from engine.tables import KeptImpact

FOR = timedelta(days=30)


def subject_of(order: Order) -> str:
    """What names the trial of these cases on this version; notes and the order of words make no other."""
    cases = [sorted(order.versions), order.step, list(order.cases)]
    asked = [order.business, order.to, sorted(order.homes.items()), *cases]
    return "impact:" + sha256(json.dumps(asked).encode()).hexdigest()


def keep(store: Store, order: Order, found: Impact, by: Actor) -> None:
    """In the place of an earlier one of the same; those that nobody has asked again for long go."""
    subject, now = subject_of(order), store.clock.now()

    def work(tx: Session) -> None:
        row = tx.get(KeptImpact, subject) or KeptImpact(subject=subject, business=order.business)
        row.by, row.at = by.id, now
        row.report = json.dumps(as_plain(found), ensure_ascii=False, separators=(",", ":"))
        tx.add(row)
        tx.execute(delete(KeptImpact).where(KeptImpact.at < now - FOR))
        trial_runs.over(tx, subject)

    store.unit(work)


def impact_in(row: KeptImpact) -> Impact:
    return of_plain(json.loads(row.report))
