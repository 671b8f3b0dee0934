"""One case is migrated: judged anew under its lock and put on the other version, with its rows, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.orm import Session

from engine import company
from engine.actors import Actor
from engine.bundles import Bundle, bundle_of
from engine.cases.holding import Held, hold, known_to
from engine.interpreter import Homes
from engine.migration.at_work import is_at_work
from engine.migration.carrying import carry
from engine.migration.circumstances import circumstances, renamings
from engine.migration.trying import Trial, Tried, place_of
from engine.migration.verdict import BLOCKED, CLEAN, HELD, NEEDS_MAPPING, UNTOUCHED, Cause, Verdict
from engine.store import Store
from engine.tables import Case, MigratedCase, Migration

MOVED = "moved"
MIGRATE = "migrate"
RESULTS = (MOVED, UNTOUCHED, NEEDS_MAPPING, BLOCKED, HELD)


@dataclass(frozen=True)
class Moved:
    """What became of one case."""

    case_id: str
    result: str
    causes: tuple[Cause, ...]


def migrate_case(store: Store, migration_id: str, case_id: str, actor: Actor) -> Moved:
    """Migrate one case that was chosen, and write down what became of it; what is done is not done again."""

    def work(tx: Session) -> Moved:
        row = tx.get_one(MigratedCase, (migration_id, case_id), with_for_update=True, populate_existing=True)
        if row.result is not None:
            return Moved(case_id, row.result, tuple(Cause.of(each) for each in row.causes or ()))
        held = hold(store, tx, case_id, skip_locked=True)
        verdict = Verdict(HELD, (), (Cause("busy"),)) if held is None else _migrate(held, row, actor)
        row.result = MOVED if verdict.kind == CLEAN else verdict.kind
        row.causes, row.at = [each.plain() for each in (*verdict.causes, *verdict.notes)], store.clock.now()
        return Moved(case_id, row.result, (*verdict.causes, *verdict.notes))

    return store.unit(work)


def foreseen(held: Held, target: Bundle, homes: Homes) -> Tried:
    """What migrating a held case would come to."""
    case, source = held.case, held.bundle
    if case.ended_at is not None or case.business != target.business.id:
        why = "ended" if case.ended_at is not None else "elsewhere"
        return Tried(Verdict(BLOCKED, (), (Cause(why),)))
    trial = Trial(source, target, homes, company.load(held.tx).settings)
    tried = trial.attempt(case.state, held.now)
    around = circumstances(held.tx, Case.id == case.id, source, target)
    verdict = around.judged(case.id, tried.verdict, source, target, homes)
    if verdict.moves and is_at_work(held):
        verdict = Verdict(HELD, verdict.place, (Cause("typing"),))
    return Tried(verdict, tried.run)


def _migrate(held: Held, row: MigratedCase, actor: Actor) -> Verdict:
    order = held.tx.get_one(Migration, row.migration_id)
    target = bundle_of(held.tx, order.to_hash, known_to(held.store))
    row.from_hash = held.case.bundle_hash  # another migration may have moved it since it was chosen
    if held.case.bundle_hash == target.hash:
        return Verdict(UNTOUCHED, place_of(held.run.standing))
    tried = foreseen(held, target, order.homes)
    if not tried.verdict.moves or tried.run is None:
        return tried.verdict
    row.before, source = held.case.state, held.bundle
    held.run, held.bundle = tried.run, target
    names = renamings(source, target, order.homes)
    row.carried = carry(held, source, target, names)
    put(held, target.hash, actor, MIGRATE, {"migration": order.id, "note": order.note, **_between(row, target)})
    row.before_digest, row.after_digest = digest(row.before), digest(held.case.state)
    row.version = held.case.version
    return tried.verdict


def put(held: Held, bundle_hash: str, actor: Actor, action: str, body: Mapping[str, object]) -> None:
    """Store a case on its new version; its rows follow, and its audit says so."""
    held.case.bundle_hash = bundle_hash
    held.tx.flush()
    held.settle(actor, action, body)
    held.tx.flush()


def digest(state: str) -> str:
    return sha256(state.encode()).hexdigest()


def _between(row: MigratedCase, target: Bundle) -> dict[str, object]:
    return {"from": row.from_hash, "bundle": target.hash, "carried": row.carried or {}}
