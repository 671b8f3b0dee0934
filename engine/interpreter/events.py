"""Events reach the one boundary event they are meant for, and the facts of what they interrupt are not lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import ErrorEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from engine.interpreter.facts import Facts, copied, merged
from engine.interpreter.timers import DUE, timers_of
from engine.interpreter.way import all_tasks

_BUSY = TaskState.READY | TaskState.STARTED


def message_takers(workflow: Any, message: str) -> list[Any]:
    """Everything that waits for this message now."""
    waiting = (task for task in all_tasks(workflow) if task.state == TaskState.WAITING)
    return [task for task in waiting if _message(task, message) is not None]


def error_taker(workflow: Any, task: Any, code: str) -> Any | None:
    """The error boundary event on this task, or on the nearest call that it runs in."""
    for event in _boundary_events(task):
        definition = event.task_spec.event_definition
        if isinstance(definition, ErrorEventDefinition) and definition.code in (None, code):
            return event
    caller = task.workflow.parent_task_id
    return error_taker(workflow, workflow.get_task_from_id(caller), code) if caller is not None else None


def catch(task: Any, facts: Facts) -> bool:
    """Give the waiting task the event it waits for."""
    definition = task.task_spec.event_definition
    wanted = definition.event_definitions[0] if isinstance(definition, MultipleEventDefinition) else definition
    task.task_spec.catch(task, BpmnEvent(wanted, payload={}))
    return take(task, facts)


def take(task: Any, facts: Facts | None = None) -> bool:
    """Let a task whose event has come go on, with the facts of the activity that it hangs on."""
    inside = _facts_of_activity(task)
    task.task_spec._update(task)
    if task.state != TaskState.READY:
        return False
    task.data = merged(task.data if inside is None else inside, facts or {})
    return True


def wait_again(taker: Any) -> None:
    """An event that interrupts nothing may come again, as often as its activity is open; SpiffWorkflow takes one."""
    if isinstance(taker.task_spec, BoundaryEvent) and not taker.task_spec.cancel_activity:
        set_boundary_event(taker.parent, taker.task_spec)


def restart_idle(task: Any, since: datetime) -> None:
    """Let an idle timer count from this moment."""
    idle = [timer for timer in timers_of(task.task_spec) if timer.idle]
    if idle:
        task.internal_data.pop(DUE, None)
        for timer in idle:
            timer.count_from(task, since)
        task.task_spec._update(task)


def set_reminders_again(split: Any) -> None:
    """A reminder fires once; after activity it has to be there again."""
    if not isinstance(split.task_spec, BoundaryEventSplit) or split.state != TaskState.COMPLETED:
        return
    main = next((child for child in split.children if not isinstance(child.task_spec, BoundaryEvent)), None)
    if main is None or main.has_state(TaskState.FINISHED_MASK):
        return
    waiting = {child.task_spec.name for child in split.children if child.state == TaskState.WAITING}
    for spec in split.task_spec.outputs:
        if spec.name not in waiting and any(timer.idle for timer in timers_of(spec)):
            set_boundary_event(split, spec)


def facts_within(workflow: Any) -> dict[str, Any]:
    """The facts as the foremost open task sees them."""
    busy = [task for task in all_tasks(workflow) if task.has_state(_BUSY) and not _calls(task)]
    if busy:
        return copied(_foremost(busy).data)
    data = workflow.last_task.data if workflow.last_task is not None else workflow.data
    return {name: value for name, value in copied(data).items() if ":" not in name}


def _foremost(busy: list[Any]) -> Any:
    """A person's task before a service's: a reminder's job on its way sees old facts."""
    return next((task for task in busy if task.task_spec.manual), busy[-1])


def _facts_of_activity(event: Any) -> dict[str, Any] | None:
    """The facts inside the activity that a boundary event hangs on; SpiffWorkflow would lose them."""
    if not isinstance(event.task_spec, BoundaryEvent):
        return None
    main = next(task for task in event.parent.children if not isinstance(task.task_spec, BoundaryEvent))
    inside = [task for task in _tasks_under(main) if task.has_state(_BUSY) and not _calls(task)]
    return dict(_foremost(inside).data) if inside else dict(main.data)


def _tasks_under(task: Any) -> list[Any]:
    """The task and, when it calls a process, the tasks in there."""
    called = task.workflow.top_workflow.subprocesses.get(task.id)
    inner = list(called.tasks.values()) if called is not None else []
    return [task, *(deep for each in inner for deep in _tasks_under(each))]


def _calls(task: Any) -> bool:
    return task.id in task.workflow.top_workflow.subprocesses


def _boundary_events(task: Any) -> list[Any]:
    if task.parent is None or not isinstance(task.parent.task_spec, BoundaryEventSplit):
        return []
    siblings = task.parent.children
    return [each for each in siblings if isinstance(each.task_spec, BoundaryEvent) and each.state == TaskState.WAITING]


def _message(task: Any, name: str) -> MessageEventDefinition | None:
    definition = getattr(task.task_spec, "event_definition", None)
    several = getattr(definition, "event_definitions", [definition])
    return next((each for each in several if isinstance(each, MessageEventDefinition) and each.name == name), None)


def set_boundary_event(split: Any, spec: Any) -> None:
    """Wait for this boundary event, on the activity behind this split, from now on."""
    task = split._add_child(spec, TaskState.FUTURE)
    spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
    spec._update(task)
