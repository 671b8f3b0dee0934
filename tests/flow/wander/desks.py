"""What the staff can do at a moment: claim, keep, give back, call, decide, hand over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from hypothesis.stateful import precondition, rule
from hypothesis.strategies import DataObject, SearchStrategy, data, lists, sampled_from

from engine import claims, reassigning, video_queue
from engine.actors import Actor
from engine.cases import Completion, RejectionInput, complete
from engine.cases.status import is_claimed
from engine.errors import Claimed, NeedsReason, NotClaimed, NotYours, Refused
from engine.tables import Task
from tests.flow.wander.acting import Why, one_of
from tests.flow.wander.editions import edition
from tests.flow.wander.ground import EVERYBODY, FRESH, PEOPLE
from tests.flow.wander.holds import may_do
from tests.flow.wander.moves import Moves
from tests.flow.wander.sayings import sayings
from tests.walk import new_submission

STAFF = [person for person in PEOPLE.values() if person.roles & {"reviewer", "verifier"}]
VERIFIERS = [person for person in STAFF if "verifier" in person.roles]
REASONS = ("", "it is my turn")


class Desks(Moves):
    def at_desks(self) -> list[Task]:
        return [task for task in self.tasks if task.role != "investor"]

    @precondition(lambda self: bool(self.at_desks()))
    @rule(data=data())
    def one_of_the_staff_claims(self, data: DataObject) -> None:
        task, person = one_of(data, self.tasks, "task"), one_of(data, STAFF, "who")
        reason = one_of(data, REASONS, "reason")
        why = self.why_not_claim(task, person, reason)
        self.does(data, partial(claims.claim, self.store, task.id, person, reason), unless=why)

    @precondition(lambda self: bool(self.at_desks()))
    @rule(data=data())
    def one_of_the_staff_gives_it_back_or_keeps_it(self, data: DataObject) -> None:
        task, person = one_of(data, self.at_desks(), "task"), one_of(data, STAFF, "who")
        what = one_of(data, [claims.release, claims.extend], "what")
        again = NotClaimed if what is claims.release else None
        why = self.why_not_hold(task, person, NotClaimed)
        self.does(data, partial(what, self.store, task.id, person), unless=why, again=again)

    @precondition(lambda self: bool(self.at_desks()))
    @rule(data=data())
    def a_desk_decides(self, data: DataObject) -> None:
        task = one_of(data, self.at_desks(), "task")
        holder = EVERYBODY[task.claimed_by] if task.claimed_by and self.is_held(task) else None
        person = holder or one_of(data, [*self.who_may(task), FRESH[task.step]], "who")
        claims.claim(self.store, task.id, person, "it is my turn")
        done = self.decision(data, task, person)
        self.accepted.append((done, self.acts(data, partial(complete, self.store, done))))

    @precondition(lambda self: bool(self.at_desks()))
    @rule(data=data())
    def somebody_decides_who_may_not_have_claimed(self, data: DataObject) -> None:
        task, person = one_of(data, self.at_desks(), "task"), one_of(data, STAFF, "who")
        done = self.decision(data, task, person)
        self.does(data, partial(complete, self.store, done), unless=self.why_not_hold(task, person, Claimed))

    @precondition(lambda self: any(task.role == "verifier" for task in self.tasks))
    @rule(data=data())
    def a_verifier_calls_whoever_is_next(self, data: DataObject) -> None:
        person = one_of(data, VERIFIERS, "who")
        with self.store.read() as tx:
            busy = video_queue.call_of(tx, person, self.store.clock.now())
        task = self.acts(data, partial(video_queue.call_next, self.store, person))
        assert task is None or (task.claimed_by == person.id and task.closed_at is None)
        assert busy is None or (task is not None and task.id == busy.id), "he has one call at a time"

    @precondition(lambda self: bool(self.at_desks()))
    @rule(data=data())
    def the_supervisor_hands_it_over(self, data: DataObject) -> None:
        task, person = one_of(data, self.at_desks(), "task"), one_of(data, STAFF, "to")
        hand = partial(reassigning.reassign, self.store, task.id, person.id, PEOPLE["chief"], "please")
        self.does(data, hand, unless=None if person in self.who_may(task) else NotYours)

    def decision(self, data: DataObject, task: Task, person: Actor) -> Completion:
        """Any decision that the form lets through, with any of the reasons that go with it."""
        said = one_of(data, sayings(edition(self.walk_of(task.case_id)), task.step), "decides")
        codes = data.draw(some_of(said.reasons), "reasons") if said.reasons else []
        given = tuple(RejectionInput(code) for code in codes)
        return Completion(task.id, person, new_submission(), facts=said.facts, rejections=given)

    def is_held(self, task: Task) -> bool:
        return is_claimed(task, self.store.clock.now())

    def who_may(self, task: Task) -> list[Actor]:
        with self.store.read() as tx:
            return [person for person in STAFF if may_do(tx, task, person.id)]

    def why_not_claim(self, task: Task, person: Actor, reason: str) -> Why:
        """Told from the rows alone, by the rules for desks."""
        if task.role == "investor" or person not in self.who_may(task):
            return NotYours
        if self.is_held(task):
            return None if task.claimed_by == person.id else Claimed
        now = self.store.clock.now()
        kept = task.preferred_by if task.preferred_until and now < task.preferred_until else None
        return NeedsReason if {task.claimed_by, kept} - {None, person.id} and not reason else None

    def why_not_hold(self, task: Task, person: Actor, others: type[Refused]) -> Why:
        """Why somebody does not hold the claim of a task; `others` where a colleague does."""
        if person not in self.who_may(task):
            return NotYours
        if self.is_held(task):
            return None if task.claimed_by == person.id else others
        return NotClaimed


def some_of(reasons: Sequence[str]) -> SearchStrategy[list[str]]:
    return lists(sampled_from(reasons), min_size=1, max_size=3, unique=True)
