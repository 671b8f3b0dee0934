"""The line under any order of events: each call goes to whom a plain model names, and nobody is lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from _pytest.outcomes import Failed
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import booleans, sampled_from
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import claims, line_events, line_order, video_queue
from engine.actors import Actor
from engine.errors import NotClaimed, Stale
from engine.store import Store
from engine.tables import Appointment, QueueEvent, QueuePlace
from tests.flow.line_model import LEASE, Customer, Line
from tests.flow.wander.ground import Ground
from tests.house import HandClock, customer, investor, staff
from tests.walk import Walk

NAMES = ("an", "bo", "cui", "ding", "er")
VERIFIERS = tuple(staff(name, "verifier") for name in ("li", "han", "xu"))
STEP = "video_verification"
PAUSES = (1, 12, 46, 100, 181, 301)
"""Seconds: nothing, a beat, a page that is away, the same in a call, a lease that lapses, a place that is lost."""
WANDERING: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


def at_the_video_page(store: Store) -> list[Walk]:
    with store.write() as tx:
        tx.add_all(customer(name) for name in NAMES)
    return [Walk(store, customer=name).to_video_page() for name in NAMES]


class LineMachine(RuleBasedStateMachine):
    ground: Ground

    def __init__(self) -> None:
        super().__init__()
        self.cases = dict(zip(NAMES, self.ground.again(), strict=True))
        self.store, self.model = self.ground.store, Line()
        self.halves: dict[str, tuple[object, object]] = {}

    @property
    def clock(self) -> HandClock:
        assert isinstance(self.store.clock, HandClock)
        return self.store.clock

    def name_of(self, case_id: str) -> str:
        return next(name for name, walk in self.cases.items() if walk.id == case_id)

    @rule(name=sampled_from(NAMES))
    def joins(self, name: str) -> None:
        if self.cases[name].steps != ["video_page"]:
            return
        self.clock.pass_by(seconds=1)
        self.cases[name].queues()
        self.model.people[name] = Customer(name, self.clock.now(), self.clock.now(), self.halves.get(name))  # type: ignore[arg-type]

    @rule(name=sampled_from(NAMES), ago=sampled_from((5, 50, 70)))
    def has_booked(self, name: str, ago: int) -> None:
        """Two hours, of which so many minutes are over."""
        if name in self.halves:
            return
        start = self.clock.now() - timedelta(minutes=ago)
        half = start, start + timedelta(hours=2)
        with self.store.write() as tx:
            tx.add(
                Appointment(
                    id=self.store.ids.new(), case_id=self.cases[name].id, branch_id="north", day=start.date(),
                    half="am", starts_at=half[0], ends_at=half[1], booked_at=start,
                )
            )  # fmt: skip
        self.halves[name] = half
        if name in self.model.people:
            self.model.people[name].half = half

    @rule(name=sampled_from(NAMES))
    def gives_a_sign(self, name: str) -> None:
        video_queue.beat(self.store, self.cases[name].id, investor(name))
        one = self.model.people.get(name)
        if one is not None and self.clock.now() - one.seen >= video_queue.BEAT_AT_MOST:
            one.seen = self.clock.now()

    @rule(seconds=sampled_from(PAUSES), swept=booleans())
    def time_passes(self, seconds: int, swept: bool) -> None:
        self.clock.pass_by(seconds=seconds)
        if swept:
            video_queue.drop_absent(self.store)
            claims.tell_lapsed(self.store)
            self.model.drop(self.clock.now())

    @rule(by=sampled_from(VERIFIERS))
    def calls(self, by: Actor) -> None:
        now = self.clock.now()
        mine = self.model.held_by(by.id, now)
        expected = mine or self.model.next(now)
        task = video_queue.call_next(self.store, by)
        assert (task and self.name_of(task.case_id)) == (expected and expected.name)
        if expected is not None and mine is None:
            expected.holder, expected.until = by.id, now + LEASE
            self.model.last_was_booked = expected.came_in_his_half(now)

    @rule(by=sampled_from(VERIFIERS))
    def looks_after_his_call(self, by: Actor) -> None:
        video_queue.keep_call(self.store, by)
        mine = self.model.held_by(by.id, self.clock.now())
        if mine is not None:
            mine.until = self.clock.now() + LEASE

    @rule(by=sampled_from(VERIFIERS), concluded=booleans())
    def gives_back_or_concludes(self, by: Actor, concluded: bool) -> None:
        mine = self.model.held_by(by.id, self.clock.now())
        if mine is None:
            return
        if concluded:
            self.concludes(mine, by)
        else:
            claims.release(self.store, self.cases[mine.name].task(STEP).id, by)
            mine.holder, mine.until = "", None

    def concludes(self, mine: Customer, by: Actor) -> None:
        walk = self.cases[mine.name]
        walk.submit(walk.task(STEP), by, {"video.decision": "interrupted"})
        del self.model.people[mine.name]

    @precondition(lambda self: any(one.until and one.until <= self.clock.now() for one in self.model.people.values()))
    @rule()
    def a_verifier_concludes_too_late(self) -> None:
        late = next(one for one in self.model.people.values() if one.until and one.until <= self.clock.now())
        walk = self.cases[late.name]
        with pytest.raises(NotClaimed):
            walk.submit(walk.task(STEP), staff(late.holder, "verifier"), {"video.decision": "pass"})

    @rule(name=sampled_from(NAMES))
    def leaves(self, name: str) -> None:
        one = self.model.people.get(name)
        if one is None or one.is_held(self.clock.now()):
            with pytest.raises(Stale):
                video_queue.leave(self.store, self.cases[name].id, investor(name))
            return
        video_queue.leave(self.store, self.cases[name].id, investor(name))
        del self.model.people[name]

    @invariant()
    def the_line_is_as_the_model_has_it(self) -> None:
        now = self.clock.now()
        with self.store.read() as tx:
            line = video_queue.line(tx, "north", now)
            stand = {name: video_queue.standing(tx, walk.id, now) for name, walk in self.cases.items()}
        waiting = [self.name_of(place.case_id) for place in line if not place.in_call]
        assert waiting == self.model.order(now)
        joined = {self.name_of(place.case_id): (place.joined_at, place.by) for place in line}
        held = {name: (one.joined, one.holder if one.is_held(now) else None) for name, one in self.model.people.items()}
        assert joined == held, "a place keeps its time, and has one verifier"
        calls = [place.by for place in line if place.in_call]
        assert len(calls) == len(set(calls)), "each verifier has one call"
        for name, its in stand.items():
            place = waiting.index(name) + 1 if name in waiting else 0
            assert (its.position, its.total) == (place, len(line)) if its else name not in joined

    def teardown(self) -> None:
        """Nobody starves: when all pages are open, each of those who wait is called; and the events tell one story."""
        for name in list(self.model.people):
            self.clock.pass_by(seconds=11)
            self.gives_a_sign(name)
        for _ in range(2 * len(NAMES)):
            everybody = not self.model.people
            for by in VERIFIERS:
                self.calls(by)
                self.gives_back_or_concludes(by, concluded=True)
            if everybody:  # and each verifier was told so
                break
        assert not self.model.people
        self.events_follow_each_other()

    def events_follow_each_other(self) -> None:
        state: dict[str, str] = {}
        with self.store.read() as tx:
            for row in tx.scalars(select(QueueEvent).order_by(QueueEvent.id)):
                assert row.was == state.get(row.task_id, ""), (row.what, row.was)
                state[row.task_id] = row.became
        assert set(state.values()) <= {"gone"}


class FullLine(LineMachine):
    """Everybody stands in it already, some with a booking: a wrong turn shows in a few walks, not after fifty."""

    @initialize()
    def all_have_joined(self) -> None:
        for name in NAMES:
            self.joins(name)
        for name in NAMES[:3]:
            self.has_booked(name, 5)


def wander(store: Store, examples: int, *phases: Phase, begin: type[LineMachine] = LineMachine) -> None:
    machine = type("Machine", (begin,), {"ground": Ground(store, at_the_video_page)})
    how = settings(max_examples=examples, stateful_step_count=30, phases=phases or tuple(Phase), **WANDERING)
    run_state_machine_as_test(machine, settings=how)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whatever_happens_the_line_keeps_its_promises(store: Store) -> None:
    wander(store, 25)


def to_the_end(tx: Session, task_id: str, by: str, now: datetime) -> None:
    tx.get_one(QueuePlace, task_id).joined_at = now


AN_HOUR = timedelta(hours=1)
WRONG = {
    "booked ones one after the other": (FullLine, line_order, "_last_was_booked", lambda *_: False),
    "who is away is called": (LineMachine, line_order, "AWAY", AN_HOUR),
    "a lease that never lapses": (FullLine, claims, "CALL_LEASE", AN_HOUR),
    "a returned place goes to the end": (LineMachine, line_events, "returned", to_the_end),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_control_a_line_that_breaks_a_promise_is_found(
    store: Store, monkeypatch: pytest.MonkeyPatch, wrong: tuple[type[LineMachine], object, str, object]
) -> None:
    begin, where, name, does = wrong
    monkeypatch.setattr(where, name, does)
    with pytest.raises((AssertionError, Failed)):
        wander(store, 200, Phase.generate, begin=begin)
