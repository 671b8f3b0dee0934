"""What a customer can do at a moment: go on, go back, give up, wait in line and leave it, come anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hypothesis.stateful import precondition, rule
from hypothesis.strategies import DataObject, data
from sqlalchemy.orm import Session

from engine import appointments, company, drafts, photos, video_queue
from engine.cases import Completion, abandon, complete, go_back, waits_for, ways_back
from engine.cases.completing import Also
from engine.errors import NotYours, Stale
from engine.tables import Case, Task
from tests.flow.wander.acting import one_of
from tests.flow.wander.analysts import Analysts
from tests.flow.wander.editions import edition
from tests.flow.wander.ground import half_days
from tests.flow.wander.sayings import Saying, books, sayings
from tests.house import CHANGE, SUPPLEMENT
from tests.walk import Walk, new_submission

LATE = 8
"""A walk that ends with its first moves shows little: giving up is for the later ones."""


class Customers(Analysts):
    def asked(self) -> list[Task]:
        return [task for task in self.tasks if task.role == "investor"]

    @precondition(lambda self: bool(self.asked()))
    @rule(data=data())
    def he_submits_the_step(self, data: DataObject) -> None:
        task = one_of(data, self.asked(), "step")
        walk = self.walk_of(task.case_id)
        half = one_of(data, half_days(walk), "half day") if books(edition(walk), task.step) else None
        said = one_of(data, self.offered(walk, task, half.ends_at.isoformat() if half else None), "says")
        done = Completion(task.id, walk.me, new_submission(), answers={"round": task.round}, facts=said.facts)
        also = self.also(walk, said, half.id if half else "")
        self.accepted.append((done, self.acts(data, partial(complete, self.store, done, also))))

    @precondition(lambda self: bool(self.asked()))
    @rule(data=data())
    def he_goes_back(self, data: DataObject) -> None:
        task = one_of(data, self.asked(), "step")
        with self.store.read() as tx:
            roads = ways_back(self.store, tx, task)
        to = one_of(data, [None, *roads], "to")
        back = partial(go_back, self.store, task.id, self.walk_of(task.case_id).me, new_submission(), to)
        self.does(data, back, unless=None if roads else NotYours)

    @precondition(lambda self: self.moved >= LATE)
    @rule(data=data())
    def he_gives_up(self, data: DataObject) -> None:
        walk = one_of(data, self.walks, "case")
        with self.store.read() as tx:
            may = waits_for(self.store, tx, walk.case, "abandon")
        give_up = partial(abandon, self.store, walk.id, walk.me, new_submission())
        self.does(data, give_up, unless=None if may else Stale)

    @precondition(lambda self: bool(self.tasks))
    @rule(data=data())
    def he_leaves_the_line(self, data: DataObject) -> None:
        walk = self.walk_of(one_of(data, self.tasks, "task").case_id)
        with self.store.read() as tx:
            place = video_queue.standing(tx, walk.id, self.store.clock.now())
        may = place is not None and not place.in_call
        leave = partial(video_queue.leave, self.store, walk.id, walk.me)
        self.does(data, leave, unless=None if may else Stale, again=Stale)

    @precondition(lambda self: bool(self.tasks))
    @rule(data=data())
    def he_is_there(self, data: DataObject) -> None:
        """He types, uploads a picture, or his page gives a sign of life."""
        task = one_of(data, self.tasks, "task")
        case_id, me = task.case_id, self.walk_of(task.case_id).me.id
        signs: list[Callable[[], object]] = [
            partial(video_queue.beat, self.store, case_id, self.walk_of(case_id).me),
            partial(drafts.save, self.store, case_id, task.step, me, {"typed": self.moved}),
            partial(photos.add, self.store, case_id=case_id, slot="id_portrait", data=b"jpeg", by=me, kind="id1"),
        ]
        self.acts(data, one_of(data, signs, "sign"))

    @precondition(lambda self: all(walk.case.ended_at is not None for walk in self.walks))
    @rule(data=data())
    def he_comes_anew(self, data: DataObject) -> None:
        business = one_of(data, [CHANGE, SUPPLEMENT], "business")
        second = one_of(data, [False, True], "two reviews")
        self.begins(self.acts(data, partial(Walk, self.store, business, second_review=second)))

    def offered(self, walk: Walk, task: Task, half_day: str | None) -> list[Saying]:
        """What the page offers: one's booking is looked at only while there is one."""
        with self.store.read() as tx:
            booked = appointments.active(tx, walk.id, self.store.clock.now()) is not None
        said = sayings(edition(walk), task.step, half_day)
        return [one for one in said if booked or not one.says("video.choice", "booked")]

    def also(self, walk: Walk, said: Saying, half: str) -> Also:
        """The page writes a booking, or its end, with the step."""

        def write(tx: Session) -> None:
            now = self.store.clock.now()
            if half:
                appointments.book(tx, company.load(tx), tx.get_one(Case, walk.id), half, now, self.store.ids)
            if said.says("appointment.choice", "cancel"):
                appointments.close(tx, walk.id, "cancelled", now)

        return write
