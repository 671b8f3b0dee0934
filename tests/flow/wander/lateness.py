"""What comes too late, twice, unasked or from somebody else: refused or without effect, and never an error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from hypothesis.stateful import precondition, rule
from hypothesis.strategies import DataObject, data

from engine import outbox
from engine.cases import Completion, abandon, complete, go_back, send_message
from engine.errors import Gone, NotYours, Reused, Stale
from tests.flow.wander.ground import PEOPLE
from tests.flow.wander.moves import Moves, one_of
from tests.flow.wander.sayings import answers
from tests.house import investor
from tests.walk import new_submission


class Lateness(Moves):
    @precondition(lambda self: bool(self.accepted))
    @rule(data=data())
    def a_form_comes_again(self, data: DataObject) -> None:
        done, came = one_of(data, self.accepted, "form")
        how = one_of(data, ["twice", "with other content", "from a page that is over"], "how")
        if how == "twice":
            assert self.counts_for_nothing(partial(complete, self.store, done)) == came
        elif how == "with other content":
            other = replace(done, answers={**done.answers, "more": True})
            self.does(partial(complete, self.store, other), unless=Reused)
        else:
            late = replace(done, submission_id=new_submission())
            self.does(partial(complete, self.store, late), unless=Stale)

    @precondition(lambda self: bool(self.unawaited))
    @rule(data=data())
    def a_service_answers_what_nobody_waits_for(self, data: DataObject) -> None:
        job = one_of(data, self.unawaited, "job")
        result = one_of(data, answers(job.service), "answers")

        def both() -> bool:
            outbox.fail(self.store, job.id, job.attempt, "late", permanent=True)
            return outbox.finish(self.store, job.id, job.attempt, result)

        assert self.counts_for_nothing(both) is False

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
        self.does(one_of(data, moves, "tries"), unless=Gone if who.kind == "investor" else NotYours)
        unawaited = partial(send_message, self.store, task.case_id, "no such message", self.walk_of(task.case_id).me)
        self.does(unawaited, unless=Stale)
