"""Compaction watched: what a process waits for is the same after it has forgotten what is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from engine.interpreter import Run, run
from engine.interpreter.way import all_tasks


@contextmanager
def watched() -> Iterator[None]:
    """Within it each state that is about to be stored is compared with what it was before it was compacted."""
    compact = run.compact

    def watched_compact(workflow: Any) -> None:
        before = awaited(workflow)
        compact(workflow)
        lost = before - awaited(workflow)
        assert not lost, f"compaction has dropped {sorted(name for name, _ in lost)}, which the case waits for"

    with patch.object(run, "compact", watched_compact):
        yield


def awaited(workflow: Any) -> set[tuple[str, str]]:
    """Steps, jobs and timers, and the events that an activity at work has on its boundary."""
    here = Run(workflow)
    opened = {(step.step, step.id) for step in here.steps} | {(job.element, job.id) for job in here.jobs}
    waiting = (task for task in all_tasks(workflow) if task.state == TaskState.WAITING)
    events = {(task.task_spec.bpmn_id, str(task.id)) for task in waiting if isinstance(task.task_spec, BoundaryEvent)}
    return opened | events | {(timer.element, timer.id) for timer in here.timers}
