"""The twelve pairs that meet at one case, in both orders: one has all but committed when the other begins.

On SQLite the second waits where its unit begins (BEGIN IMMEDIATE), on PostgreSQL at the row of the case; whoever does
not write that row, or passes by what is locked, need not wait there. When it goes on it sees what the first has done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from engine import claims, outbox, photos, timers
from engine.bundles import published, release
from engine.cases import Completion, RejectionInput, abandon, complete, open_case
from engine.errors import Refused
from engine.store import Store
from engine.tables import Case, Job, Photo, Rejection, Task
from tests.crash.interleaving import PATIENCE, outcome, pausing
from tests.flow.editions import with_another_button
from tests.flow.wander.holds import check
from tests.flow.wander.once import check_once
from tests.house import CHANGE, SETTINGS, HandClock, count_rows, drawn, hire, staff
from tests.walk import Walk, new_submission
from webapp.errors import ENGINE

pytestmark = pytest.mark.crash
Move = Callable[[Store, Walk], object]
LI, HAN, ANA = staff("li"), staff("han"), staff("ana", "analyst")


class Late(Refused):
    """A result that does not count: its worker is told so, and nobody else."""


def submits(store: Store, walk: Walk) -> None:
    complete(store, Completion(_open(walk).id, walk.me, new_submission()))


def passes(store: Store, walk: Walk) -> None:
    complete(store, Completion(_open(walk).id, LI, new_submission(), facts={"review.decision": "pass"}))


def rejects(store: Store, walk: Walk) -> None:
    given, facts = (RejectionInput("id_of_another"),), {"review.decision": "reject"}
    complete(store, Completion(_open(walk).id, LI, new_submission(), facts=facts, rejections=given))


def gives_up(store: Store, walk: Walk) -> None:
    abandon(store, walk.id, walk.me, new_submission())


def li_claims(store: Store, walk: Walk) -> None:
    claims.claim(store, _open(walk).id, LI)


def han_claims(store: Store, walk: Walk) -> None:
    claims.claim(store, _open(walk).id, HAN, "he is away")


def li_gives_back(store: Store, walk: Walk) -> None:
    claims.release(store, _open(walk).id, LI)


def answers(store: Store, walk: Walk) -> None:
    """The first worker, whatever has become of its lease."""
    job = _job(walk)
    result = {"photos.verdict": "ok"} if job.task_id else {}
    if not outbox.finish(store, job.id, 1, result):
        raise Late


def sweeps_timers(store: Store, walk: Walk) -> None:
    timers.sweep(store)


def sweeps_jobs(store: Store, walk: Walk) -> None:
    outbox.due(store)


def uploads(store: Store, walk: Walk) -> None:
    photos.add(
        store, case_id=walk.id, slot="id_portrait", data=b"jpeg", by=walk.me.id, kind="id1", task_id=_asked(walk)
    )


def comes(store: Store, walk: Walk) -> None:
    open_case(store, business=CHANGE, customer_id="wang", branch_id="north", settings=SETTINGS)


def publishes(store: Store, walk: Walk) -> None:
    release(store, with_another_button(), "another", ANA, over=drawn(CHANGE).hash)


def asked(store: Store) -> Walk:
    return Walk(store)


def started(store: Store) -> Walk:
    """Past its first step: that one's guards are more, since it gives the case its number."""
    return Walk(store).photos()


def idle(store: Store) -> Walk:
    return _later(Walk(store), days=31)


def at_work(store: Store) -> Walk:
    walk = Walk(store)
    walk.do("upload_photos")
    walk.until("photo.check")
    outbox.due(store)
    return walk


def unanswered(store: Store) -> Walk:
    return _later(at_work(store), hours=1)


def at_the_desk(store: Store) -> Walk:
    return Walk(store).to_review()


def claimed(store: Store) -> Walk:
    return at_the_desk(store).hold("review", LI)


def lapsed(store: Store) -> Walk:
    return _later(claimed(store), minutes=31)


def with_a_picture(store: Store) -> Walk:
    walk = claimed(store)
    photos.add(store, case_id=walk.id, slot="id_portrait", data=b"jpeg", by=walk.me.id, kind="id1")
    outbox.due(store)
    return walk


def _later(walk: Walk, **time: float) -> Walk:
    assert isinstance(walk.store.clock, HandClock)
    walk.store.clock.moment += timedelta(**time)
    return walk


def _open(walk: Walk) -> Task:
    return walk.tasks[0]


def _asked(walk: Walk) -> str:
    return _open(walk).id


def _job(walk: Walk) -> Job:
    with walk.store.read() as tx:
        return tx.query(Job).filter_by(case_id=walk.id, status="sent").order_by(Job.created_at).all()[-1]


@dataclass(frozen=True)
class Meeting:
    """Both begin at `at`, and the first wins. The second is answered `second_is`; then the case stands as it `stands`.

    `passes_by`: on PostgreSQL the second need not wait.
    """

    first: Move
    second: Move
    at: Callable[[Store], Walk]
    second_is: str
    stands: str
    passes_by: bool = False

    def __str__(self) -> str:
        return f"{self.first.__name__}, {self.second.__name__}"


MEETINGS = (
    Meeting(submits, submits, started, "Stale", "bank_cards"),
    Meeting(passes, rejects, claimed, "Stale", "account.apply"),
    Meeting(rejects, passes, claimed, "Stale", "upload_photos, 1 rejections"),
    Meeting(submits, gives_up, asked, "won", "abandoned"),  # he gives up what he has just submitted
    Meeting(gives_up, submits, asked, "Stale", "abandoned"),
    Meeting(li_claims, han_claims, at_the_desk, "Claimed", "review of li"),
    Meeting(li_gives_back, han_claims, claimed, "won", "review of han"),  # it is free by then
    Meeting(han_claims, li_gives_back, lapsed, "NotClaimed", "review of han"),
    Meeting(
        answers, rejects, with_a_picture, "won", "upload_photos, 1 photos, 1 rejections"
    ),  # a picture is looked at, whatever the desk decides
    Meeting(rejects, answers, with_a_picture, "won", "upload_photos, 1 photos, 1 rejections"),
    Meeting(answers, gives_up, at_work, "won", "abandoned"),
    Meeting(gives_up, answers, at_work, "Late", "abandoned"),
    Meeting(sweeps_timers, submits, idle, "Stale", "expired"),
    Meeting(submits, sweeps_timers, idle, "won", "photo.look", passes_by=True),  # it fires nothing: he was active
    Meeting(sweeps_timers, gives_up, idle, "Stale", "expired"),
    Meeting(gives_up, sweeps_timers, idle, "won", "abandoned", passes_by=True),
    Meeting(uploads, submits, asked, "won", "photo.look, 1 photos"),  # a picture more, before the step is closed
    Meeting(submits, uploads, asked, "Stale", "photo.look"),
    Meeting(comes, comes, asked, "won", "upload_photos"),  # both are shown the one case
    Meeting(publishes, submits, asked, "won", "photo.look", passes_by=True),  # the case keeps its version
    Meeting(submits, publishes, asked, "won", "photo.look", passes_by=True),
    Meeting(sweeps_jobs, answers, unanswered, "won", "check_photos"),  # whatever the attempt, the first result counts
    Meeting(
        answers, sweeps_jobs, unanswered, "won", "check_photos", passes_by=True
    ),  # what is held need not be sent again
)


def met(store: Store, walk: Walk, meeting: Meeting) -> list[str]:
    """What the second was answered while the first had not committed, and in the end."""
    paused = pausing(store)
    one: list[str] = []
    two: list[str] = []
    leading = outcome(lambda: meeting.first(paused, walk), one)
    assert paused.reached.wait(PATIENCE)
    following = outcome(lambda: meeting.second(store, walk), two)
    following.join(PATIENCE if meeting.passes_by and store.db.dialect.name == "postgresql" else 0.3)
    meanwhile = list(two)
    paused.go_on.set()
    leading.join(PATIENCE)
    following.join(PATIENCE)
    assert one == ["won"]
    return [*(meanwhile or ["waits"]), *two]


@pytest.mark.parametrize("meeting", MEETINGS, ids=str)
def test_the_second_waits_and_sees_what_the_first_has_done(store: Store, meeting: Meeting) -> None:
    hire(store, LI, HAN, ANA)
    walk = meeting.at(store)
    free = meeting.passes_by and store.db.dialect.name == "postgresql"
    assert met(store, walk, meeting) == [meeting.second_is if free else "waits", meeting.second_is]
    check(store, {})
    check_once(store, [])
    _nothing_is_mixed(store, walk, {meeting.first, meeting.second})
    assert _stands(store, walk) == meeting.stands


def _stands(store: Store, walk: Walk) -> str:
    """Where the case stands: its end, or what is open and who holds it, or which service is awaited; what was kept."""
    asked = [f"{task.step} of {task.claimed_by}" if task.claimed_by else task.step for task in walk.tasks]
    where = walk.case.end_id or ", ".join([*asked, *(job.service for job in walk.jobs)])
    with store.read() as tx:
        counts = {kind: count_rows(tx, kind, case_id=walk.id) for kind in (Photo, Rejection)}
    return ", ".join([where, *(f"{count} {kind.__tablename__}" for kind, count in counts.items() if count)])


def _nothing_is_mixed(store: Store, walk: Walk, moves: set[Move]) -> None:
    """Where both may succeed each has its effect, once."""
    with store.read() as tx:
        assert tx.get_one(Case, walk.id).bundle_hash == drawn(CHANGE).hash, "a case stays with its version"
        if publishes in moves:
            assert published(tx, CHANGE, store.clock.now()) == with_another_button().hash
        if comes in moves:
            assert count_rows(tx, Case, customer_id="wang") == 1
        if answers in moves:
            assert {job.status for job in tx.query(Job).filter_by(case_id=walk.id)} <= {"done", "discarded", "due"}


def test_every_loser_has_its_sentence() -> None:
    sentences = {kind.__name__ for kind, _, _ in ENGINE}
    assert {meeting.second_is for meeting in MEETINGS} - {"won", "Late"} <= sentences
