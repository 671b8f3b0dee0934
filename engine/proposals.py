"""Proposals: what an analyst hands in, kept until it is published or discarded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine import audit, trials
from engine.actors import Actor
from engine.bundles import BadBundle, Bundle, Known, load_files
from engine.bundles.choosing import in_use
from engine.bundles.drawings import readable
from engine.bundles.lint.ids import check_ids
from engine.bundles.manifest import bundle_hash, pack, unpack
from engine.bundles.plans import AT_ONCE, Plan
from engine.bundles.releasing import Proposed, release
from engine.bundles.versions import ANALYST
from engine.diagrams.drawing import Drawing
from engine.errors import Gone, NotYours
from engine.feel.findings import Finding
from engine.store import Store
from engine.tables import Proposal

PUBLISHED, DISCARDED = "published", "discarded"
KEPT = timedelta(days=30)
LONGEST_NOTE = 500


@dataclass(frozen=True)
class Checked:
    """What the rules say of a proposal. `bundle` is there when nothing is wrong, `drawing` when it can be drawn."""

    bundle: Bundle | None
    findings: tuple[Finding, ...]
    drawing: Drawing | None


def propose(
    store: Store, business: str, files: Mapping[str, bytes], by: Actor, note: str = "", *, instead_of: str | None = None
) -> str:
    """Keep these files as a proposal against the version in use; its id.

    The proposal that it takes the place of is put away in the same unit. NotYours for who is no analyst, Gone when
    that one is closed already.
    """

    def work(tx: Session) -> str:
        if instead_of is not None:
            _put_away(store, tx, instead_of, by)
        return keep(store, tx, business, files, by, note, over=in_use(tx, business, store.clock.now()))

    _analysts_only(by)
    return store.unit(work)


def keep(
    store: Store, tx: Session, business: str, files: Mapping[str, bytes], by: Actor, note: str = "", *, over: str | None
) -> str:
    """Write a proposal against the version `over` in the caller's unit; its id."""
    row = Proposal(
        id=store.ids.new(),
        business=business,
        bundle_hash=bundle_hash(files),
        files=pack(files),
        base_hash=over,
        note=note[:LONGEST_NOTE],
        by=by.id,
        at=store.clock.now(),
    )
    tx.add(row)
    tx.flush()
    _record(store, tx, by, "propose", row)
    return row.id


def waiting(tx: Session, business: str | None = None) -> list[Proposal]:
    """The proposals that are neither published nor discarded, the latest first."""
    mine = select(Proposal).where(Proposal.closed_at.is_(None))
    mine = mine.where(Proposal.business == business) if business else mine
    return list(tx.scalars(mine.order_by(Proposal.at.desc(), Proposal.id)))


def files_of(row: Proposal) -> dict[str, bytes]:
    """What was handed in."""
    return unpack(row.files, row.bundle_hash)


def check(files: Mapping[str, bytes], business: str, known: Known, before: Bundle | None = None) -> Checked:
    """Every rule over these files, and what can be drawn of them whatever is wrong.

    `before` is the version that they were made of, whose ids keep their meaning.
    """
    try:
        bundle = load_files(files, business, known)
    except BadBundle as wrong:
        return Checked(None, wrong.findings, readable(files, business))
    changed = check_ids(before, bundle) if before else []
    return Checked(None if changed else bundle, tuple(changed), bundle.drawing)


def publish(store: Store, proposal_id: str, bundle: Bundle, note: str, by: Actor, plan: Plan = AT_ONCE) -> None:
    """Let new cases take the proposal, as planned, and close it, in one write unit.

    Raises Gone when it is closed already, Untried while not every scenario of it holds, and what `release` raises.
    """

    def close(tx: Session) -> None:
        row = _open(tx, proposal_id)
        trials.must_hold(tx, bundle)
        row.closed_at, row.closed_how, row.closed_by = store.clock.now(), PUBLISHED, by.id

    with store.read() as tx:
        row = _still_open(tx.get(Proposal, proposal_id), proposal_id)
    made = Proposed(f"staff:{row.by}", row.at)
    release(store, bundle, note, by, over=row.base_hash, plan=plan, proposed=made, also=close)


def discard(store: Store, proposal_id: str, by: Actor) -> None:
    """Put a proposal away; what was handed in stays on record. Gone when it is closed already."""

    _analysts_only(by)
    store.unit(lambda tx: _put_away(store, tx, proposal_id, by))


def compare_anew(store: Store, proposal_id: str, by: Actor) -> None:
    """Compare with the version that is in use now: another one was published since."""

    def work(tx: Session) -> None:
        row = _open(tx, proposal_id)
        row.base_hash = in_use(tx, row.business, store.clock.now())
        _record(store, tx, by, "compare", row)

    _analysts_only(by)
    store.unit(work)


def discard_old(store: Store) -> int:
    """Put away what nobody published for a month; how many."""
    now = store.clock.now()
    old = Proposal.closed_at.is_(None) & (Proposal.at < now - KEPT)
    closing = update(Proposal).where(old).values(closed_at=now, closed_how=DISCARDED)
    return store.unit(lambda tx: int(getattr(tx.execute(closing), "rowcount", 0)))


def _put_away(store: Store, tx: Session, proposal_id: str, by: Actor) -> None:
    row = _open(tx, proposal_id)
    row.closed_at, row.closed_how, row.closed_by = store.clock.now(), DISCARDED, by.id
    _record(store, tx, by, "discard", row)


def _open(tx: Session, proposal_id: str) -> Proposal:
    return _still_open(tx.get(Proposal, proposal_id, with_for_update=True), proposal_id)


def _still_open(row: Proposal | None, proposal_id: str) -> Proposal:
    if row is None or row.closed_at is not None:
        raise Gone(f"no open proposal {proposal_id!r}")
    return row


def _record(store: Store, tx: Session, by: Actor, action: str, row: Proposal) -> None:
    said = {"business": row.business, "proposal": row.id, "over": row.base_hash}
    audit.record(tx, store.vault, audit.actor_chain(by.key), by.key, action, said, store.clock.now())


def _analysts_only(by: Actor) -> None:
    if ANALYST not in by.roles:
        raise NotYours("only an analyst proposes")
