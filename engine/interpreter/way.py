"""Which sequence flows a step has taken, read from the tasks before compaction forgets them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.util.task import TaskState

_REACHED = TaskState.READY | TaskState.WAITING | TaskState.STARTED | TaskState.COMPLETED


@dataclass(frozen=True)
class FlowTaken:
    """One sequence flow, by the process (or sub-process) that holds it and the elements it joins."""

    process: str
    source: str
    target: str


def all_tasks(workflow: Any) -> list[Any]:
    """The tasks of the root process and of every sub-process."""
    return [task for tree in (workflow, *workflow.subprocesses.values()) for task in tree.tasks.values()]


def reached(workflow: Any) -> set[UUID]:
    """The tasks that a token has come to."""
    return {task.id for task in all_tasks(workflow) if task.has_state(_REACHED)}


def flows_to(tasks: Iterable[Any], before: set[UUID]) -> list[FlowTaken]:
    """The flows by which tokens came to those tasks that no token had come to before."""
    return [flow for task in tasks if task.id not in before and (flow := _flow_to(task)) is not None]


def _flow_to(task: Any) -> FlowTaken | None:
    source = task.parent
    while source is not None and isinstance(source.task_spec, BoundaryEventSplit):
        source = source.parent
    ends = (getattr(source.task_spec, "bpmn_id", None) if source else None, getattr(task.task_spec, "bpmn_id", None))
    if ends[0] is None or ends[1] is None or _is_attached(task):
        return None
    return FlowTaken(task.workflow.spec.name, ends[0], ends[1])


def _is_attached(task: Any) -> bool:
    """A boundary event hangs on its activity; no flow leads to it."""
    return hasattr(task.task_spec, "cancel_activity")
