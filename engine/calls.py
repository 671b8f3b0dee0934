"""Video calls: a row from the moment the customer's room is first opened, closed by the verifier's conclusion."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile

from sqlalchemy import ScalarSelect, Select, select
from sqlalchemy.orm import Session

from engine import appointments, audit, line_events
from engine.actors import SYSTEM, Actor
from engine.cases.holding import holding_task, must_be_open
from engine.cases.inbox import new_job
from engine.cases.status import is_claimed
from engine.errors import NotClaimed
from engine.store import Store
from engine.tables import Case, Task, VideoCall

PEER, JANUS, NO_MEDIUM = "peer", "janus", "none"
"""What carried a call: the two browsers themselves; a media server; nothing, which a demonstration alone lets pass."""

PASS, REJECT, INTERRUPTED, NO_SHOW, LEFT = "pass", "reject", "interrupted", "no_show", "left"
CONCLUDED = (PASS, REJECT, INTERRUPTED, NO_SHOW)
CAME_TO_NOTHING = (INTERRUPTED, NO_SHOW)
REMUX = "video.remux"
LATE = timedelta(minutes=1)
"""How long after its end the last pieces of a call may still arrive."""


def room(store: Store, task_id: str, actor: Actor, engine: str = PEER) -> VideoCall:
    """The call of this claim, made for this engine when its room is first opened. NotClaimed for all but its holder."""
    with store.read() as tx:
        there = of_task(tx, task_id)
        task = tx.get(Task, task_id)
        if there and task and _mine(task, actor, store.clock.now()) and _of_claim(there, task):
            return there

    def work(tx: Session) -> VideoCall:
        held, task = holding_task(store, tx, task_id)
        must_be_open(task)
        if not _mine(task, actor, held.now):
            raise NotClaimed
        call = of_task(tx, task_id)
        if call is not None and not _of_claim(call, task):
            _end(store, tx, call, LEFT, held.now)
            tx.flush()
            call = None
        return call or _begun(store, tx, task, engine)

    return store.unit(work)


def of_task(tx: Session, task_id: str) -> VideoCall | None:
    """The open call of a task, whoever holds the task now."""
    return tx.scalars(select(VideoCall).where(VideoCall.task_id == task_id, VideoCall.ended_at.is_(None))).first()


def of_case(tx: Session, case_id: str, now: datetime) -> VideoCall | None:
    """The call that goes on in this case: its verifier still holds the claim with which it began."""
    rows = tx.execute(_open().where(VideoCall.case_id == case_id))
    return next((call for call, task in rows if _lives(call, task, now)), None)


def held(
    tx: Session, task_id: str, actor: Actor, now: datetime, *, lock: bool = False, late: bool = False
) -> VideoCall:
    """The call that this verifier holds now; for what was recorded (`late`) also one that he held until a moment ago.

    NotClaimed without one.
    """
    mine = select(VideoCall).where(VideoCall.task_id == task_id, VideoCall.verifier == actor.id)
    newest = mine.order_by(VideoCall.began_at.desc(), VideoCall.id.desc()).limit(1)
    if lock:
        case_first(tx, Task, task_id)
    call = tx.scalars(newest.with_for_update() if lock else newest).first()
    task = tx.get(Task, task_id)
    if call is None or task is None or not (_lives(call, task, now) or (late and _just_ended(call, task, now))):
        raise NotClaimed
    return call


def case_first(tx: Session, of: type[Task] | type[VideoCall], key: str) -> None:
    """Take the case before its call, as a conclusion does, in the share that each new row of the case needs in the end.

    Pieces of one call do not wait for each other here; a conclusion that has the case is waited for, with no call held.
    """
    tx.execute(_shared(select(of.case_id).where(of.id == key).scalar_subquery()))


def of_whole_case(tx: Session, case_id: str) -> list[VideoCall]:
    """Every call of a case, the first one first."""
    return list(tx.scalars(select(VideoCall).where(VideoCall.case_id == case_id).order_by(VideoCall.began_at)))


def consent(store: Store, case_id: str, actor: Actor, *, simulated: bool = False) -> bool:
    """The customer agrees that the call is recorded; false when there is no call. Said once more it changes nothing."""

    def work(tx: Session) -> bool:
        now = store.clock.now()
        tx.execute(_shared(case_id))
        call = of_case(tx, case_id, now)
        if call is None:
            return False
        call.simulated = call.simulated or simulated
        if call.consented_at is None:
            call.consented_at = now
            store.vault.blobs.prepare(tx, case_id)
            write_down(store, tx, call, actor, "recording_consent", {"simulated": simulated}, now)
        return True

    return store.unit(work)


def connected(store: Store, task_id: str, actor: Actor, *, simulated: bool = False) -> None:
    """Picture and sound go between the two browsers; the verifier's page says so, once or again."""

    def work(tx: Session) -> None:
        now = holding_task(store, tx, task_id)[0].now
        call = held(tx, task_id, actor, now, lock=True)
        line_events.connected(tx, task_id, actor.id, now)
        call.medium, call.connected_at = call.engine, call.connected_at or now
        call.simulated = call.simulated or simulated

    store.unit(work)


def conclude(store: Store, tx: Session, task: Task, outcome: str) -> VideoCall:
    """Close the call with what its verifier decided, in the caller's write unit; a pass ends the booking.

    Where no room was ever opened the call is written down now.
    """
    now = store.clock.now()
    call = of_task(tx, task.id)
    if call is not None and not _of_claim(call, task):
        _end(store, tx, call, LEFT, now)
        tx.flush()
        call = None
    call = call or _begun(store, tx, task, PEER)
    _end(store, tx, call, outcome, now)
    if outcome == PASS:
        appointments.close(tx, task.case_id, appointments.PASSED, now)
    return call


def close_left(store: Store) -> int:
    """Close the calls whose claim has ended without a conclusion; how many."""
    with store.read() as tx:
        over = [call.id for call, task in tx.execute(_open()) if not _lives(call, task, store.clock.now())]
    return sum(store.unit(partial(_leave, store, each)) for each in over)


def interruptions(tx: Session, case_id: str) -> int:
    """How many calls came to nothing one after the other, up to now (G16)."""
    calls = select(VideoCall.outcome).where(VideoCall.case_id == case_id, VideoCall.outcome.in_(CONCLUDED))
    newest_first = tx.scalars(calls.order_by(VideoCall.ended_at.desc(), VideoCall.id.desc()))
    return sum(1 for _ in takewhile(CAME_TO_NOTHING.__contains__, newest_first))


def write_down(
    store: Store, tx: Session, call: VideoCall, actor: Actor, action: str, body: dict[str, object], now: datetime
) -> None:
    """Append to the case's audit what happened to this call."""
    chain = audit.case_chain(call.case_id)
    audit.record(tx, store.vault, chain, actor.key, action, {"call": call.id, **body}, now)


def _shared(case_id: str | ScalarSelect[str]) -> Select[str]:
    return select(Case.id).where(Case.id == case_id).with_for_update(read=True, key_share=True)


def _open() -> Select[VideoCall, Task]:
    return select(VideoCall, Task).join(Task, Task.id == VideoCall.task_id).where(VideoCall.ended_at.is_(None))


def _begun(store: Store, tx: Session, task: Task, engine: str) -> VideoCall:
    assert task.claimed_by is not None and task.claimed_at is not None
    call = VideoCall(
        id=store.ids.new(),
        case_id=task.case_id,
        task_id=task.id,
        verifier=task.claimed_by,
        medium=NO_MEDIUM,
        engine=engine,
        began_at=task.claimed_at,
        simulated=False,
        chunks=0,
        size=0,
        head="",
    )
    tx.add(call)
    tx.flush()
    return call


def _end(store: Store, tx: Session, call: VideoCall, outcome: str, now: datetime) -> None:
    """What was recorded is joined afterwards; how much it is and its last link stand in the audit from now on.

    What a media server has recorded is complete only once its files are closed: see `recorded_tracks.finish`.
    """
    call.ended_at, call.outcome = now, outcome
    if call.chunks and call.engine == PEER:
        write_down(store, tx, call, SYSTEM, "recording_ended", {"chunks": call.chunks, "head": call.head}, now)
        tx.add(new_job(store, call.case_id, REMUX, {"call_id": call.id}, now))


def _leave(store: Store, call_id: str, tx: Session) -> int:
    case_first(tx, VideoCall, call_id)
    call = tx.get_one(VideoCall, call_id, with_for_update=True)
    task, now = tx.get_one(Task, call.task_id), store.clock.now()
    if call.ended_at is not None or _lives(call, task, now):
        return 0
    _end(store, tx, call, LEFT, now)
    return 1


def _mine(task: Task, actor: Actor, now: datetime) -> bool:
    return task.claimed_by == actor.id and is_claimed(task, now)


def _of_claim(call: VideoCall, task: Task) -> bool:
    return call.verifier == task.claimed_by and call.began_at == task.claimed_at


def _lives(call: VideoCall, task: Task, now: datetime) -> bool:
    return call.ended_at is None and task.closed_at is None and is_claimed(task, now) and _of_claim(call, task)


def _just_ended(call: VideoCall, task: Task, now: datetime) -> bool:
    """Also where its claim has run out and nobody has closed it yet: the same is taken before and after that."""
    lapsed = task.lease_until if call.ended_at is None and task.closed_at is None and _of_claim(call, task) else None
    end = call.ended_at or lapsed
    return end is not None and now - end <= LATE
