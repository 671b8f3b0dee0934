"""How a move is made: it counts, or is refused and leaves no trace; and whoever dies of it makes it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from hypothesis import note
from hypothesis.strategies import DataObject, sampled_from

from engine import audit, claims
from engine.errors import Refused
from engine.tables import (
    AppliedChange,
    Appointment,
    AuditRow,
    Case,
    Draft,
    Incident,
    Job,
    Publication,
    Published,
    QueuePlace,
    Rejection,
    Submission,
    Task,
    Timer,
)
from tests.flow.wander.deaths import FATES, Died, Mortal
from tests.flow.wander.holds import check

T = TypeVar("T")
Why = type[Refused] | None
Rows = list[tuple[object, ...]]
KEPT = tuple(
    table.__tablename__
    for table in (
        Case, Task, Job, Timer, Incident, Submission, Rejection, QueuePlace, Appointment, Draft, AuditRow,
        AppliedChange, Published, Publication,
    )
)  # fmt: skip


class Acting:
    """What moves are made with. `tally` counts over all walks of a ground, `anchors` are the audit's heads."""

    store: Mortal
    tally: Counter[str]
    anchors: dict[str, audit.Head]

    def acts(self, data: DataObject, move: Callable[[], T], again: Callable[[], T] | None = None) -> T:
        """He may die of it, then he does it again once there is a process again.

        What had not been committed has left no trace. `again` is how it goes when it had been: unless told, alike.
        """
        fate = one_of(data, FATES, "fate")
        if fate is None:
            return move()
        before = self.rows()
        self.store.meets(fate)
        try:
            return move()
        except Died:
            return self._after_death(before, move, again)
        finally:
            self.tally[fate.how] += self.store.fate is None
            self.store.meets(None)

    def _after_death(self, before: list[Rows], move: Callable[[], T], again: Callable[[], T] | None) -> T:
        counted = self.store.commits > 0
        self.store.comes_up_again()
        if not counted:
            assert self.rows() == before, "he died before he had committed, and something has changed"
        claims.tell_lapsed(self.store)  # he may have been the one to tell: until somebody does, a claim seems to hold
        check(self.store, self.anchors)
        return again() if again is not None and counted else move()

    def does(self, data: DataObject, move: Callable[[], T], unless: Why, again: Why = None) -> None:
        """The move counts; or it is refused for the reason that was told beforehand, and leaves no trace.

        `again` is why it is refused when it had counted already.
        """
        if unless is not None:
            self.refused(move, unless)
        else:
            self.acts(data, move, partial(self.refused, move, again) if again else None)

    def refused(self, move: Callable[[], object], why: type[Refused]) -> None:
        before = self.rows()
        try:
            came = move()
        except why:
            assert self.rows() == before, f"it was refused ({why.__name__}) and changed something"
            self.tally["refused"] += 1
        else:
            raise AssertionError(f"it should be refused ({why.__name__}), and came to {came}")

    def counts_for_nothing(self, move: Callable[[], T]) -> T:
        """The move is not refused, and changes nothing."""
        before = self.rows()
        came = move()
        assert self.rows() == before, "it changed something"
        return came

    def rows(self) -> list[Rows]:
        """Every row as the driver reads it: nothing of ours is asked what it means."""
        with self.store.read() as tx:
            here = tx.connection()
            return [[tuple(row) for row in here.exec_driver_sql(f"SELECT * FROM {name}")] for name in KEPT]


def one_of(data: DataObject, things: Sequence[T], label: str) -> T:
    """One of these, by chance, told in the story of a walk that fails."""
    thing = things[data.draw(sampled_from(range(len(things))))]
    note(f"  {label}: {_told(thing)}")
    return thing


def _told(thing: object) -> object:
    names = ("step", "service", "status", "__name__", "id")
    said = [str(getattr(thing, name)) for name in names if hasattr(thing, name)]
    return " ".join(said) if said else thing.func.__name__ if isinstance(thing, partial) else thing
