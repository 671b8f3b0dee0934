"""Deciding which version new cases take: publish, try with a part, let all take it, take back, go back.

Each is one write unit under the business's row: of two people who decide at once one wins, the other is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import company
from engine.actors import Actor
from engine.audit import actor_chain, record
from engine.bundles.choosing import in_use, standing, under_way, waits
from engine.bundles.model import Bundle
from engine.bundles.plans import AT_ONCE, Plan, must_fit
from engine.bundles.publishing import publish
from engine.bundles.versions import ANALYST
from engine.errors import Gone, NeedsAnother, NotYours, NoVersionBefore, Overtaken, Unchanged, UnderWay
from engine.store import Store
from engine.tables import Branch, Publication, Published

Also = Callable[[Session], None]


@dataclass(frozen=True)
class Proposed:
    """Who made a version, by an actor's key or by name, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Seen:
    """What somebody has looked at who decides: the version in use, and the one that is under way."""

    current: str | None
    under_way: str | None


def look(tx: Session, business: str, at: datetime) -> Seen:
    """What there is to be decided about."""
    row = under_way(tx, business, at)
    return Seen(in_use(tx, business, at), row.bundle_hash if row else None)


def release(
    store: Store,
    bundle: Bundle,
    note: str,
    by: Actor,
    *,
    over: str | None,
    plan: Plan = AT_ONCE,
    proposed: Proposed | None = None,
    also: Also = lambda tx: None,
) -> None:
    """Let new cases take this checked bundle, as planned, instead of the version `over`, with which it was compared.

    `also` is written in the same unit. Raises what `may_release` raises.
    """

    def work(tx: Session) -> None:
        _hold(tx, bundle.business.id)
        may_release(store, tx, bundle, by, over=over, plan=plan, proposed=proposed)
        made = (proposed.by, proposed.at) if proposed else None
        publish(tx, bundle, note, _author(by), store.clock.now(), plan=plan, proposed=made)
        also(tx)
        said = {"business": bundle.business.id, "bundle": bundle.hash, "before": over, "note": note}
        _record(store, tx, by, "publish", **said, **_planned(plan), proposed_by=proposed.by if proposed else None)

    _analysts_only(by)
    store.unit(work)


def may_release(
    store: Store,
    tx: Session,
    bundle: Bundle,
    by: Actor,
    *,
    over: str | None,
    plan: Plan = AT_ONCE,
    proposed: Proposed | None = None,
) -> None:
    """Refuse what cannot be published now; nothing is written.

    Raises NotYours for who is no analyst, Unchanged for the version in use, Overtaken when another one came between,
    UnderWay while one waits or is tried, NeedsAnother where a second person is asked for, BadPlan.
    """
    _analysts_only(by)
    now = store.clock.now()
    _expect(tx, bundle.business.id, over, now)
    if bundle.hash == over:
        raise Unchanged
    must_fit(plan, now, set(tx.scalars(select(Branch.id))), first=over is None)
    _ask_another(tx, _author(by), proposed)


def withdraw(store: Store, business: str, note: str, by: Actor, *, version: str) -> str:
    """Take back the version in use: new cases take the one before, whose hash is returned; running ones stay.

    Raises NotYours, Overtaken when `version` is not the one in use, UnderWay, NoVersionBefore when there is no other.
    """

    def work(tx: Session) -> str:
        _hold(tx, business)
        now = store.clock.now()
        _expect(tx, business, version, now)
        rows = standing(tx, business, now)
        if len(rows) < 2:
            raise NoVersionBefore
        _take_back(rows[0], by, now, note)
        _record(store, tx, by, "withdraw", business=business, bundle=version, now=rows[1].bundle_hash, note=note)
        return rows[1].bundle_hash

    _analysts_only(by)
    return store.unit(work)


def stop(store: Store, business: str, by: Actor, *, version: str, note: str = "") -> None:
    """Take back what waits for its time or is tried with a part; cases that began on it stay with it.

    Raises NotYours, Overtaken when `version` is not under way any more.
    """

    def work(tx: Session) -> None:
        row = _under_way(tx, business, version, store.clock.now())
        _take_back(row, by, store.clock.now(), note)
        _record(store, tx, by, "stop", business=business, bundle=version, note=note)

    _analysts_only(by)
    store.unit(work)


def widen(store: Store, business: str, by: Actor, *, version: str) -> None:
    """Let every new case take what is tried with a part.

    Raises NotYours, Overtaken when `version` is not tried any more, or its time has not come.
    """

    def work(tx: Session) -> None:
        now = store.clock.now()
        row = _under_way(tx, business, version, now)
        if waits(row, now):
            raise Overtaken(row.bundle_hash)
        row.widened_at, row.widened_by = now, _author(by)
        _record(store, tx, by, "widen", business=business, bundle=version)

    _analysts_only(by)
    store.unit(work)


def go_back(store: Store, business: str, to: str, note: str, by: Actor, *, seen: Seen) -> None:
    """Let new cases take an earlier version again, from now on; what is under way is taken back with it.

    A row of its own says so, running cases stay where they are, nothing is deleted. Raises NotYours, Gone for what
    was never published, Unchanged for the version in use, Overtaken when something else than what was seen is there.
    """

    def work(tx: Session) -> None:
        _hold(tx, business)
        now = store.clock.now()
        _unless_changed(tx, business, seen, now)
        before = tx.scalars(select(Publication.bundle_hash).where(Publication.business == business)).all()
        if to not in before:
            raise Gone(f"{business!r} has no version {to!r}")
        row = under_way(tx, business, now)
        if to == seen.current and row is None:
            raise Unchanged
        if row is not None:
            _take_back(row, by, now, note)
        if to != seen.current:
            tx.add(Publication(business=business, bundle_hash=to, note=note, author=_author(by), at=now))
        _record(store, tx, by, "go_back", business=business, bundle=to, before=seen.current, note=note)

    _analysts_only(by)
    store.unit(work)


def _hold(tx: Session, business: str) -> None:
    """Nobody else decides about this business until the unit ends."""
    tx.get(Published, business, with_for_update=True)


def _expect(tx: Session, business: str, hash: str | None, now: datetime) -> None:
    """The version in use is the one that the person looked at, and nothing is under way."""
    if hash is not None and tx.get(Published, business) is None:
        raise Gone(f"no published version of {business!r}")
    _unless_changed(tx, business, Seen(hash, look(tx, business, now).under_way), now)
    if under_way(tx, business, now) is not None:
        raise UnderWay


def _unless_changed(tx: Session, business: str, seen: Seen, now: datetime) -> None:
    there = look(tx, business, now)
    if there != seen:
        raise Overtaken(there.under_way or there.current or "")


def _under_way(tx: Session, business: str, version: str, now: datetime) -> Publication:
    _hold(tx, business)
    row = under_way(tx, business, now)
    if row is None or row.bundle_hash != version:
        raise Overtaken(in_use(tx, business, now) or "")
    return row


def _take_back(row: Publication, by: Actor, now: datetime, note: str) -> None:
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_note = now, _author(by), note


def _ask_another(tx: Session, author: str, proposed: Proposed | None) -> None:
    if company.load(tx).publishing.second_person and (proposed is None or proposed.by == author):
        raise NeedsAnother


def _planned(plan: Plan) -> dict[str, str | None]:
    """For the audit: what is not said is left out of it as null."""
    return {
        "from": plan.starts_at.isoformat() if plan.starts_at else None,
        "share": str(plan.share) if plan.share else None,
        "branches": ",".join(plan.branches) or None,
    }


def _author(by: Actor) -> str:
    """A member of staff by his key, since names change; an operator by the name that he gave."""
    return by.name if by.kind == "system" else by.key


def _record(store: Store, tx: Session, by: Actor, action: str, **said: str | None) -> None:
    record(tx, store.vault, actor_chain(by.key), by.key, action, said, store.clock.now())


def _analysts_only(by: Actor) -> None:
    if by.kind != "system" and ANALYST not in by.roles:
        raise NotYours("only an analyst publishes")
