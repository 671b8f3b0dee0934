"""Where a case stands: each element of its version that is open or waited at, by its name and kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask

from engine.interpreter.compaction import open_tasks

STEP, CALL, SERVICE, EVENT, BOUNDARY, OTHER = "step", "call", "service", "event", "boundary", "other"


@dataclass(frozen=True)
class Standing:
    """One open task: `element` of `process`, what `kind` it is of, and of a boundary event the activity it hangs on."""

    id: str
    process: str
    element: str
    kind: str
    on: str | None = None


def standing(workflow: Any) -> list[Standing]:
    """Everything that is open, the outermost process first."""
    trees = [workflow, *workflow.subprocesses.values()]
    return [told(task) for tree in trees for task in open_tasks(tree)]


def kind_of(spec: Any) -> str:
    """What sort of thing an element is, as far as a case that stands there can tell."""
    if isinstance(spec, BoundaryEvent):
        return BOUNDARY
    if isinstance(spec, SubWorkflowTask):
        return CALL
    if getattr(spec, "manual", False):
        return STEP
    if hasattr(spec, "operation_name"):
        return SERVICE
    return EVENT if hasattr(spec, "event_definition") else OTHER


def alike(old: Any, new: Any) -> bool:
    """Whether a task that was opened as the one can go on as the other: of one kind, with events of one kind."""
    events = [type(getattr(spec, "event_definition", None)) for spec in (old, new)]
    same = [getattr(spec, "cancel_activity", None) for spec in (old, new)]
    return type(old) is type(new) and events[0] is events[1] and same[0] == same[1]


def activity_of(task: Any) -> Any | None:
    """The activity that a boundary event hangs on."""
    split = task.parent
    if split is None or not isinstance(split.task_spec, BoundaryEventSplit):
        return None
    return next((child for child in split.children if not isinstance(child.task_spec, BoundaryEvent)), None)


def told(task: Any) -> Standing:
    """One of them."""
    spec = task.task_spec
    on = activity_of(task) if isinstance(spec, BoundaryEvent) else None
    name = spec.bpmn_id or spec.name
    return Standing(
        str(task.id), task.workflow.spec.name, name, kind_of(spec), on.task_spec.bpmn_id if on is not None else None
    )
