"""What comes too late, twice, unasked or from somebody else: refused or without effect, and never an error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from hypothesis.stateful import precondition, rule
from hypothesis.strategies import DataObject, data, sampled_from

from engine import outbox
from engine.cases import Completion, abandon, complete, go_back, send_message
from engine.errors import Gone, NotYours, Reused, Stale
from engine.tables import Job
from tests.flow.wander.acting import one_of
from tests.flow.wander.ground import PEOPLE
from tests.flow.wander.sayings import answers
from tests.flow.wander.services import Services
from tests.house import investor
from tests.walk import new_submission


def _late(job: Job) -> str:
    """A draft's job has no task that could be over: its row alone says that it was answered."""
    return f"late results ({job.status})" if job.task_id else "late results (no task)"


class Lateness(Services):
    @precondition(lambda self: bool(self.accepted))
    @rule(data=data())
    def a_form_comes_again(self, data: DataObject) -> None:
        done, came = one_of(data, self.accepted, "form")
        how = one_of(data, ["twice", "with other content", "from a page that is over"], "how")
        if how == "twice":
            assert self.counts_for_nothing(partial(complete, self.store, done)) == came
            self.tally["forms twice"] += 1
        elif how == "with other content":
            other = replace(done, answers={**done.answers, "more": True})
            self.refused(partial(complete, self.store, other), Reused)
        else:
            late = replace(done, submission_id=new_submission())
            self.refused(partial(complete, self.store, late), Stale)

    @precondition(lambda self: bool(self.unawaited))
    @rule(data=data())
    def services_answer_what_nobody_waits_for(self, data: DataObject) -> None:
        """Everything of before comes once more: results that counted, and those of rounds that are over."""
        self.counts_for_nothing(partial(self.everything_comes_late, data.draw(sampled_from((0, -1)), "of its answers")))

    def everything_comes_late(self, which: int) -> None:
        for job in self.unawaited:
            outbox.fail(self.store, job.id, job.attempt, "late", permanent=True)
            came = outbox.finish(self.store, job.id, job.attempt, answers(job.service)[which], self.effect(job))
            assert not came, "a late result has counted"
            self.tally[_late(job)] += 1

    @precondition(lambda self: bool(self.tasks))
    @rule(data=data())
    def somebody_comes_to_what_is_not_his(self, data: DataObject) -> None:
        task = one_of(data, self.tasks, "task")
        who = one_of(data, [investor("nobody"), PEOPLE["sue"], PEOPLE["ana"]], "who")
        moves: list[Callable[[], object]] = [
            partial(complete, self.store, Completion(task.id, who, new_submission())),
            partial(go_back, self.store, task.id, who, new_submission()),
            partial(abandon, self.store, task.case_id, who, new_submission()),
        ]
        self.refused(one_of(data, moves, "tries"), Gone if who.kind == "investor" else NotYours)
        unawaited = partial(send_message, self.store, task.case_id, "no such message", self.walk_of(task.case_id).me)
        self.refused(unawaited, Stale)
