"""An order to migrate: the cases are chosen when it is given, then go one by one, and on after a crash."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.audit import actor_chain, record
from engine.bundles import bundle_of
from engine.bundles.versions import ANALYST
from engine.cases.holding import known_to
from engine.errors import Gone, NotYours
from engine.migration.chosen import Order, is_chosen
from engine.migration.homes import checked
from engine.migration.migrating import Moved, migrate_case
from engine.store import Store
from engine.tables import BundleRow, Case, MigratedCase, Migration

BATCH = 50


@dataclass(frozen=True)
class Progress:
    """How far an order for the version `to` has come, and what became of the cases of this batch."""

    to: str
    done: int
    total: int
    batch: list[Moved]

    @property
    def ended(self) -> bool:
        return self.done == self.total


def begin(store: Store, order: Order, actor: Actor) -> str:
    """Write the order down with the cases it is for; none is changed yet. Its id.

    Raises NotYours for who is no analyst, Gone for a version that was never published, BadHomes; ValueError without
    a note.
    """
    analysts_only(actor)
    if not order.note.strip():
        raise ValueError("a migration needs a note")
    return store.unit(lambda tx: _begin(store, tx, order, actor))


def go_on(store: Store, migration_id: str, actor: Actor, limit: int = BATCH) -> Progress:
    """Migrate the next cases, each in its own transaction; what was killed on the way goes on here."""
    analysts_only(actor)
    with store.read() as tx:
        order = tx.get(Migration, migration_id)
        if order is None:
            raise Gone
        mine = select(MigratedCase.case_id).where(MigratedCase.migration_id == migration_id)
        ahead = tx.scalars(mine.where(MigratedCase.result.is_(None)).order_by(MigratedCase.case_id).limit(limit)).all()
    batch = [migrate_case(store, migration_id, case_id, actor) for case_id in ahead]
    with store.read() as tx:
        return Progress(order.to_hash, *_counted(tx, migration_id), batch)


def analysts_only(by: Actor) -> None:
    if by.kind != "system" and ANALYST not in by.roles:
        raise NotYours("only an analyst migrates")


def _begin(store: Store, tx: Session, order: Order, actor: Actor) -> str:
    target = tx.get(BundleRow, order.to)
    if target is None or target.business != order.business:
        raise Gone(f"no version {order.to!r} of {order.business!r}")
    checked(bundle_of(tx, order.to, known_to(store)), order.homes)
    row = Migration(
        id=store.ids.new(), business=order.business, to_hash=order.to, homes=dict(order.homes),
        note=order.note.strip(), by=actor.name if actor.kind == "system" else actor.key, at=store.clock.now(),
    )  # fmt: skip
    tx.add(row)
    tx.flush()
    cases = tx.scalars(select(Case).where(is_chosen(order)).order_by(Case.opened_at, Case.id)).all()
    tx.add_all(MigratedCase(migration_id=row.id, case_id=case.id, from_hash=case.bundle_hash) for case in cases)
    said = {"migration": row.id, "business": order.business, "bundle": order.to, "cases": len(cases)}
    record(tx, store.vault, actor_chain(actor.key), actor.key, "order_migration", said, store.clock.now())
    return row.id


def _counted(tx: Session, migration_id: str) -> tuple[int, int]:
    mine = select(func.count(), func.count(MigratedCase.result)).where(MigratedCase.migration_id == migration_id)
    total, done = tx.execute(mine).one()
    return done, total
