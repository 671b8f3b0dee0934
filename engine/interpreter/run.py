"""One case's process in memory: started or restored, moved by one thing that happened, then dumped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.mixins.events.end_event import EndEvent
from SpiffWorkflow.exceptions import TaskNotFoundException
from SpiffWorkflow.util.task import TaskState

from engine.diagrams.specs import WaitingServiceTask
from engine.diagrams.tokens import share
from engine.interpreter import events, state
from engine.interpreter.compaction import OPEN, compact, open_tasks
from engine.interpreter.facts import Facts, at_the_end, merged, nested
from engine.interpreter.moving import has_left, put_token
from engine.interpreter.placing import Homes, homeless, place
from engine.interpreter.program import CaseWorkflow, Program
from engine.interpreter.standing import Standing, standing
from engine.interpreter.timers import timers_of
from engine.interpreter.way import FlowTaken, all_tasks, flows_to, reached

if TYPE_CHECKING:
    from engine.bundles import Bundle

BUDGET = 1000
_END = "kaihu:end"


class NotOpen(Exception):
    """The task is not open, or not any more."""


class NotWaiting(Exception):
    """Nothing in the process waits for this message."""


class Runaway(Exception):
    """The process took more steps than the budget without coming to a wait state."""


@dataclass(frozen=True)
class OpenStep:
    """A user task that waits for a person."""

    id: str
    step: str
    process: str


@dataclass(frozen=True)
class OpenJob:
    """A service task that waits for its result."""

    id: str
    element: str
    service: str
    args: dict[str, object]


@dataclass(frozen=True)
class Due:
    """A waiting timer."""

    id: str
    element: str
    due_at: datetime
    idle: bool


class Run:
    """The process of one case. Nothing here knows tables; the caller stores what `dump` says, or nothing."""

    def __init__(self, workflow: CaseWorkflow) -> None:
        self._workflow = workflow
        self.flows: list[FlowTaken] = []

    @classmethod
    def start(cls, bundle: Bundle, facts: Facts, now: datetime) -> Run:
        """A new process, gone as far as it goes without anybody."""
        program = Program.of(bundle)
        run = cls(CaseWorkflow(program.spec, dict(program.subprocesses), program=program, now=now))
        run._workflow.task_tree.data = nested(facts)
        run._advance(reached(run._workflow))
        return run

    @classmethod
    def restore(cls, bundle: Bundle, text: str, now: datetime) -> Run:
        """The process that was dumped, at the present moment."""
        return cls(state.load(text, Program.of(bundle), now))

    def dump(self) -> str:
        """The state as text. Compacts: what is done is forgotten."""
        compact(self._workflow)
        return state.dump(self._workflow)

    # what it waits for

    @property
    def steps(self) -> list[OpenStep]:
        ready = [task for task in self._open(TaskState.READY) if task.task_spec.manual]
        return [OpenStep(str(task.id), task.task_spec.bpmn_id, task.workflow.spec.name) for task in ready]

    @property
    def jobs(self) -> list[OpenJob]:
        return [
            OpenJob(str(task.id), task.task_spec.bpmn_id, **_asked(task))
            for task in self._open(TaskState.STARTED)
            if isinstance(task.task_spec, WaitingServiceTask)
        ]

    @property
    def timers(self) -> list[Due]:
        waiting = ((task, timers_of(task.task_spec)) for task in self._open(TaskState.WAITING))
        return [
            Due(str(task.id), task.task_spec.bpmn_id, min(t.due(task) for t in timers), any(t.idle for t in timers))
            for task, timers in waiting
            if timers
        ]

    def waits_for(self, message: str) -> bool:
        """Whether something waits for this message."""
        return bool(events.message_takers(self._workflow, message))

    @property
    def facts(self) -> dict[str, Any]:
        """The facts as the foremost open task sees them; at the end, as the process left them."""
        return events.facts_within(self._workflow)

    @property
    def finished(self) -> bool:
        """The engine says completed, and nothing is ready, waiting or started anywhere."""
        return bool(self._workflow.completed) and not any(True for _ in self._open(OPEN))

    @property
    def end(self) -> str | None:
        """The end event of the root process that was reached, reminders' ends left out."""
        end: str | None = self._workflow.data.get(_END)
        return end

    # what happens to it

    def complete(self, task_id: str, facts: Facts) -> None:
        """A person has done this user task."""
        task = self._task(task_id, TaskState.READY)
        if not task.task_spec.manual:
            raise NotOpen(task_id)
        before = reached(self._workflow)
        self._write(task, facts)
        task.run()
        self._advance(before)

    def answer(self, task_id: str, facts: Facts) -> None:
        """A service has answered with these results."""
        task = self._task(task_id, TaskState.STARTED)
        before = reached(self._workflow)
        self._write(task, facts)
        task.complete()
        self._advance(before)

    def fail(self, task_id: str, code: str) -> bool:
        """A service has given up: take the error boundary event of this task, or of what called it; False if none."""
        task = self._task(task_id, TaskState.STARTED)
        taker = events.error_taker(self._workflow, task, code)
        return taker is not None and self._catch([taker], {})

    def send(self, message: str, facts: Facts) -> None:
        """A message has come; NotWaiting when nothing waits for it."""
        takers = events.message_takers(self._workflow, message)
        if not takers or not self._catch(takers, facts):
            raise NotWaiting(message)

    def fire(self, task_id: str) -> None:
        """A timer that is due by the passed clock has run out."""
        task = self._task(task_id, TaskState.WAITING)
        before = reached(self._workflow)
        self._workflow.firing.add(task.id)
        events.take(task)
        self._workflow.firing.discard(task.id)
        self._advance(before)

    def has_left(self, step: str) -> bool:
        """Whether the case has come out of the called process in which this step lies."""
        return has_left(self._workflow, step)

    def move(self, step: str, facts: Facts) -> None:
        """Open this step, whatever is open now; CannotMove where that cannot be. Only for an operator's repair."""
        before = reached(self._workflow)
        put_token(self._workflow, step, merged(self.facts, facts))
        self._advance(before)

    def homeless(self, bundle: Bundle, homes: Homes) -> list[Standing]:
        """What is open and has no place in this other version."""
        return homeless(self._workflow, Program.of(bundle), homes)

    def placed(self, bundle: Bundle, homes: Homes, facts: Facts) -> Run:
        """The same case on another version, gone on to what it waits for there; CannotMove where that cannot be.

        Ids and due times stay. `facts` are what the case does not know yet. This run is spent.
        """
        place(self._workflow, Program.of(bundle), homes, facts)
        run = Run.restore(bundle, self.dump(), self._workflow.now)
        run._advance(reached(run._workflow))
        return run

    @property
    def standing(self) -> list[Standing]:
        """Everything that is open or waited for, the outermost process first."""
        return standing(self._workflow)

    def restart_idle(self, since: datetime) -> None:
        """There was activity: reminders that were sent are set again, and idle timers count from this moment."""
        for task in all_tasks(self._workflow):
            events.set_reminders_again(task)
        for task in list(self._open(TaskState.WAITING)):
            events.restart_idle(task, since)

    def _open(self, mask: int) -> Iterator[Any]:
        return (task for task in all_tasks(self._workflow) if task.has_state(mask))

    def _task(self, task_id: str, state: int) -> Any:
        try:
            task = self._workflow.get_task_from_id(UUID(task_id))
        except TaskNotFoundException:
            task = None
        if task is None or task.state != state:
            raise NotOpen(task_id)
        return task

    def _write(self, task: Any, facts: Facts) -> None:
        task.data = merged(task.data, facts)
        share(task, facts)

    def _catch(self, takers: list[Any], facts: Facts) -> bool:
        before = reached(self._workflow)
        taken = [taker for taker in takers if taker.state == TaskState.WAITING and events.catch(taker, facts)]
        for taker in taken:
            share(taker, facts)
            events.wait_again(taker)
        self._advance(before)
        return bool(taken)

    def _advance(self, before: set[UUID]) -> None:
        """Go on until something is waited for, by at most BUDGET steps."""
        done: list[Any] = []
        self._workflow.do_engine_steps(will_complete_task=lambda _: _charge(done), did_complete_task=done.append)
        came = {task.id: task for task in (*done, *self._newly_open(before))}
        self.flows += flows_to(came.values(), before)
        self._note_end(done)

    def _newly_open(self, before: set[UUID]) -> list[Any]:
        return [task for task in self._open(OPEN) if task.id not in before]

    def _note_end(self, done: list[Any]) -> None:
        """Remember the end that was reached; a reminder still on its way does not hold the case open."""
        root, side = self._workflow, self._workflow.program.side
        for task in done:
            if task.workflow is root and isinstance(task.task_spec, EndEvent) and task.task_spec.name not in side:
                root.data = at_the_end(root.data | task.data) | {_END: task.task_spec.bpmn_id}
        if self.end is not None and all(task.task_spec.name in side for task in open_tasks(root)):
            root.cancel()


def _charge(done: list[Any]) -> None:
    if len(done) >= BUDGET:
        raise Runaway(f"more than {BUDGET} steps without a wait state")


def _asked(task: Any) -> dict[str, Any]:
    """What a service task asks for, with the values of its parameters."""
    asked = task.task_spec.evaluate_params(task)
    return {"service": task.task_spec.operation_name, "args": {name: each["value"] for name, each in asked.items()}}
