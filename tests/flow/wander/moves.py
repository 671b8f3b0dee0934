"""A walk by chance: what it knows of the house, what holds after each move, and how it ends."""

from __future__ import annotations

import sys

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import select

from engine import audit
from engine.cases import Advanced, Completion
from engine.cases.inbox import LIVE
from engine.tables import Case, Job, Task
from tests.flow.wander.acting import Acting
from tests.flow.wander.editions import standing
from tests.flow.wander.ground import Ground
from tests.flow.wander.holds import check
from tests.flow.wander.homeward import WAYS, home
from tests.flow.wander.once import check_once
from tests.walk import Walk


class Moves(Acting, RuleBasedStateMachine):
    """What all moves share. `accepted` are the submissions that counted, with the answers that they were given."""

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self.store, self.tally = ground.store, ground.tally
        self.walks = ground.again()
        self.accepted: list[tuple[Completion, Advanced]] = []
        self.anchors: dict[str, audit.Head] = {}
        self.moved = -1
        self.published = standing(self.store)
        self.pinned = {walk.id: walk.case.bundle_hash for walk in self.walks}
        self.cases: dict[str, Case] = {}
        self.earlier: dict[str, Case] = {}
        self.tasks: list[Task] = []
        self.jobs: list[Job] = []
        self.unawaited: list[Job] = []
        self.tally["walks"] += 1

    @invariant()
    def everything_holds(self) -> None:
        check(self.store, self.anchors)
        with self.store.read() as tx:
            self.tasks = list(
                tx.scalars(
                    select(Task).where(Task.closed_at.is_(None)).order_by(Task.opened_at, Task.step, Task.case_id)
                )
            )
            jobs = list(tx.scalars(select(Job).order_by(Job.created_at, Job.id)))
            cases = {case.id: case for case in tx.scalars(select(Case).order_by(Case.id))}
        self.jobs = [job for job in jobs if job.status in LIVE]
        self.unawaited = [job for job in jobs if job.status not in LIVE]
        self.earlier |= {one: case for one, case in self.cases.items() if case.state != cases[one].state}
        self.cases = cases
        assert self.pinned == {case.id: case.bundle_hash for case in cases.values()}, "a case left its version"
        self.moved += 1
        self.tally["moves"] += self.moved > 0

    def teardown(self) -> None:
        """Every case comes to its end, wherever the walk has led it."""
        if sys.exc_info()[0] is not None:
            return
        way = (len(self.accepted) + len(self.jobs)) % len(WAYS)  # any of them, and the same one in a repeated walk
        for walk in self.walks:
            home(walk, WAYS[way])
        check(self.store, self.anchors)
        check_once(self.store, self.accepted)
        self.tally["walks that came home"] += 1
        self.tally["moves in them"] += self.moved

    def walk_of(self, case_id: str) -> Walk:
        return next(walk for walk in self.walks if walk.id == case_id)
