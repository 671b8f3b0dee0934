"""What services, operators and the clock can do at a moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from hypothesis.stateful import precondition, rule
from hypothesis.strategies import DataObject, booleans, data
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import bookings, claims, incidents, outbox, timers, video_queue
from engine.errors import Stale
from engine.tables import AppliedChange, Job, Timer
from engine.tries import tries_of
from tests.flow.trouble import OPERATOR
from tests.flow.wander.acting import one_of
from tests.flow.wander.customers import LATE
from tests.flow.wander.editions import edition
from tests.flow.wander.moves import Moves
from tests.flow.wander.sayings import answers
from tests.house import HandClock

PAUSES = (
    timedelta(seconds=20),
    timedelta(minutes=6),
    timedelta(minutes=31),
    timedelta(days=1),
)
"""A page that is away, a place that is lost, a lease that lapses, a day."""
GIVEN_UP = ("incident", "discarded")
"""An operator is called, or the error road is taken and nobody waits for the job."""


class Services(Moves):
    @precondition(lambda self: bool(self.jobs))
    @rule(data=data())
    def a_service_answers(self, data: DataObject) -> None:
        job = one_of(data, self.jobs, "job")
        result = one_of(data, answers(job.service), "answers")
        finish = partial(outbox.finish, self.store, job.id, job.attempt, result, self.effect(job))
        counted = self.acts(data, finish, again=partial(self.counts_no_more, finish))
        assert counted, "the result does not count"

    @precondition(lambda self: any(job.status != "incident" for job in self.jobs))
    @rule(data=data(), permanent=booleans())
    def a_service_fails(self, data: DataObject, permanent: bool) -> None:
        job = one_of(data, [job for job in self.jobs if job.status != "incident"], "job")
        outbox.due(self.store)
        sent = self.job(job.id)
        if sent.status == "sent":
            outbox.take(self.store, job.id, sent.attempt)
            fail = partial(outbox.fail, self.store, job.id, sent.attempt, "it does not answer", permanent)
            self.acts(data, fail)
            spared = self.nobody_came(sent) and not self.has_road_past(sent)
            again = not permanent and (sent.attempt < sent.max_attempts or spared)
            assert self.job(job.id).status in (("due",) if again else GIVEN_UP), "the outbox awaits it still"

    def has_road_past(self, job: Job) -> bool:
        """Whether an error event is drawn on its service task: the case goes on there, however the tries were lost."""
        drawing = edition(self.walk_of(job.case_id)).drawing
        tasks = [task for task in drawing.of("serviceTask") if task.id == job.element]
        return any(
            one.event is not None and one.event.kind == "error" for task in tasks for one in drawing.boundaries_of(task)
        )

    def nobody_came(self, job: Job) -> bool:
        """Whether one of the attempts that were granted last lapsed without a worker: it is granted once more."""
        granted = job.max_attempts - self.store.services[job.service].max_attempts
        with self.store.read() as tx:
            return any(not each.taken for each in tries_of(tx, job.id) if granted < each.attempt < job.attempt)

    @precondition(lambda self: any(job.status == "incident" for job in self.jobs))
    @rule(data=data())
    def an_operator_settles_an_incident(self, data: DataObject) -> None:
        job = one_of(data, [job for job in self.jobs if job.status == "incident"], "job")
        with self.store.read() as tx:
            here = [each.id for each in incidents.of_case(tx, job.case_id) if each.job_id == job.id][-1]
        results = [each.name for each in self.store.services[job.service].by_hand]
        result = one_of(data, ["try again", *results, *([] if job.task_id else ["leave it"])], "settles it so")
        settle: dict[str, Callable[[], object]] = {
            "try again": partial(incidents.retry, self.store, here, OPERATOR, "mended"),
            "leave it": partial(incidents.leave, self.store, here, OPERATOR, "nobody waits"),
            **{each: partial(incidents.resolve, self.store, here, OPERATOR, each, "looked at it") for each in results},
        }
        self.does(data, settle[result], unless=None, again=Stale)

    @rule(data=data())
    def time_passes(self, data: DataObject) -> None:
        clock = self.store.clock
        assert isinstance(clock, HandClock)
        clock.moment += one_of(data, [*PAUSES, *self.until_timers()], "time")
        self.acts(data, self.sweep)
        with self.store.read() as tx:
            assert tx.scalar(select(Timer.element).where(Timer.due_at <= clock.now()).limit(1)) is None

    def sweep(self) -> None:
        """What the relay's loops do."""
        outbox.due(self.store)
        timers.sweep(self.store)
        video_queue.drop_absent(self.store)
        claims.tell_lapsed(self.store)
        bookings.close_missed(self.store)

    def until_timers(self) -> list[timedelta]:
        """Until each timer is due; the one that closes a case that is left alone is for the later moves."""
        now = self.store.clock.now()
        with self.store.read() as tx:
            rows = list(tx.scalars(select(Timer).order_by(Timer.due_at, Timer.element)))
        return [row.due_at - now for row in rows if self.moved >= LATE or row.element != "idle_limit"]

    def counts_no_more(self, finish: Callable[[], bool]) -> bool:
        """The same answer once more: its worker died after the commit."""
        return not self.counts_for_nothing(finish)

    def effect(self, job: Job) -> Callable[[Session], None]:
        """What the service does to the world, in the transaction of its result."""
        done = partial(AppliedChange, result="", code=job.id, at=self.store.clock.now())
        return lambda tx: tx.add(done(key=self.store.ids.new()))

    def job(self, job_id: str) -> Job:
        with self.store.read() as tx:
            return tx.get_one(Job, job_id)
