"""A walk by chance: what it knows of the house, and the promise that a refused move changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from hypothesis.strategies import DataObject, sampled_from
from sqlalchemy import select

from engine import audit
from engine.cases import Advanced, Completion
from engine.cases.inbox import LIVE
from engine.errors import Refused
from engine.store import Store
from engine.tables import (
    Appointment,
    AuditRow,
    Base,
    Case,
    Draft,
    Incident,
    Job,
    QueuePlace,
    Rejection,
    Submission,
    Task,
    Timer,
)
from tests.flow.wander.ground import Ground
from tests.flow.wander.holds import check
from tests.flow.wander.homeward import WAYS, home
from tests.walk import Walk

T = TypeVar("T")
Why = type[Refused] | None
Rows = list[tuple[object, ...]]
KEPT: tuple[type[Base], ...] = (
    Case, Task, Job, Timer, Incident, Submission, Rejection, QueuePlace, Appointment, Draft, AuditRow,
)  # fmt: skip


class Moves(RuleBasedStateMachine):
    """What all moves share. `accepted` are the submissions that counted, with the answers that they were given."""

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self.store: Store = ground.store
        self.walks = ground.again()
        self.accepted: list[tuple[Completion, Advanced]] = []
        self.anchors: dict[str, audit.Head] = {}
        self.moved, self.way = -1, WAYS[0]
        self.tasks: list[Task] = []
        self.jobs: list[Job] = []
        self.unawaited: list[Job] = []

    @initialize(way=sampled_from(WAYS))
    def it_is_decided_how_the_walk_will_end(self, way: str) -> None:
        self.way = way

    @invariant()
    def everything_holds(self) -> None:
        check(self.store, self.anchors)
        with self.store.read() as tx:
            self.tasks = list(
                tx.scalars(select(Task).where(Task.closed_at.is_(None)).order_by(Task.opened_at, Task.step))
            )
            jobs = list(tx.scalars(select(Job).order_by(Job.created_at, Job.id)))
        self.jobs = [job for job in jobs if job.status in LIVE]
        self.unawaited = [job for job in jobs if job.status not in LIVE]
        self.moved += 1

    def teardown(self) -> None:
        """Every case comes to its end, wherever the walk has led it."""
        if sys.exc_info()[0] is not None:
            return
        for walk in self.walks:
            home(walk, self.way)
        check(self.store, self.anchors)

    def walk_of(self, case_id: str) -> Walk:
        return next(walk for walk in self.walks if walk.id == case_id)

    def does(self, move: Callable[[], object], unless: Why) -> None:
        """The move counts; or it is refused for the reason that was told beforehand, and leaves no trace."""
        if unless is None:
            move()
            return
        before = self.rows()
        try:
            came = move()
        except unless:
            assert self.rows() == before, f"it was refused ({unless.__name__}) and changed something"
        else:
            raise AssertionError(f"it should be refused ({unless.__name__}), and came to {came}")

    def counts_for_nothing(self, move: Callable[[], T]) -> T:
        """The move is not refused, and changes nothing."""
        before = self.rows()
        came = move()
        assert self.rows() == before, "it changed something"
        return came

    def rows(self) -> list[Rows]:
        with self.store.read() as tx:
            return [[tuple(row) for row in tx.execute(select(table.__table__))] for table in KEPT]


def one_of(data: DataObject, things: Sequence[T], label: str) -> T:
    """One of these, by chance, told in the story of a walk that fails."""
    thing = things[data.draw(sampled_from(range(len(things))))]
    note(f"  {label}: {_told(thing)}")
    return thing


def _told(thing: object) -> object:
    names = ("step", "service", "status", "__name__", "id")
    said = [str(getattr(thing, name)) for name in names if hasattr(thing, name)]
    return " ".join(said) if said else thing.func.__name__ if isinstance(thing, partial) else thing
