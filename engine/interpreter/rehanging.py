"""What hangs on an activity in one version and not in another: its boundary events, and the split that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from engine.interpreter.compaction import OPEN
from engine.interpreter.events import set_boundary_event

_NEW = "events.new"


def split_name(activity: str) -> str:
    """How SpiffWorkflow names what stands before an activity with boundary events."""
    return f"{activity}.BoundaryEventSplit"


def activity_beside(event: Any) -> Any:
    """The activity that a boundary event's task hangs on."""
    return next(child for child in event.parent.children if not isinstance(child.task_spec, BoundaryEvent))


def rehang(tree: Any, spec: Any, homes: Mapping[str, str]) -> None:
    """Give each open activity the split that it has in the other version, or none; new events are noted there."""
    for task in list(tree.tasks.values()):
        if task is tree.task_tree or not task.has_state(OPEN) or isinstance(task.task_spec, BoundaryEvent):
            continue
        name = homes.get(task.task_spec.name, task.task_spec.name)
        there = spec.task_specs.get(split_name(name))
        split = task.parent if isinstance(task.parent.task_spec, BoundaryEventSplit) else None
        if split is None and there is not None:
            _hang(tree, task, there)
        elif split is not None and there is None:
            _unhang(tree, task, split)
        elif split is not None:
            _exchange(tree, split, there, homes)


def set_new_events(tree: Any) -> None:
    """Let the case wait for the boundary events that its open activities did not have before."""
    for split in list(tree.tasks.values()):
        for name in split.internal_data.pop(_NEW, ()):
            set_boundary_event(split, tree.spec.task_specs[name])


def rename(task: Any, task_id: Any) -> None:
    """Give a task another id."""
    tree, parent = task.workflow, task.parent
    tree.tasks = {task_id if key == task.id else key: each for key, each in tree.tasks.items()}
    parent._children = [task_id if key == task.id else key for key in parent._children]
    for child in task.children:
        child._parent = task_id
    task.id = task_id


def _hang(tree: Any, task: Any, there: Any) -> None:
    root = task.parent
    split = root._add_child(there, TaskState.COMPLETED)
    rename(split, uuid5(NAMESPACE_OID, f"{task.id}.split"))
    split.data = dict(task.data)
    root._children = [key for key in root._children if key != task.id]
    task._parent = split.id
    split._children = [task.id]
    split.internal_data[_NEW] = [each.name for each in there.outputs if isinstance(each, BoundaryEvent)]
    tree.tasks = _parents_first(tree)


def _unhang(tree: Any, task: Any, split: Any) -> None:
    root = split.parent
    root._children = [task.id if key == split.id else key for key in root._children]
    task._parent = root.id
    tree.tasks = _parents_first(tree)


def _exchange(tree: Any, split: Any, there: Any, homes: Mapping[str, str]) -> None:
    known = {homes.get(each.name, each.name) for each in split.task_spec.outputs}
    split.task_spec = there
    names = {each.name for each in there.outputs if isinstance(each, BoundaryEvent)}
    kept = [child for child in split.children if _stays(child, names, homes)]
    split._children = [child.id for child in kept]
    split.internal_data[_NEW] = sorted(names - known)
    tree.tasks = _parents_first(tree)


def _stays(child: Any, names: set[str], homes: Mapping[str, str]) -> bool:
    return (
        not isinstance(child.task_spec, BoundaryEvent) or homes.get(child.task_spec.name, child.task_spec.name) in names
    )


def _parents_first(tree: Any) -> dict[Any, Any]:
    """What still hangs in the tree, in the order in which a state is read."""
    kept: dict[Any, Any] = {}
    ahead = [tree.task_tree]
    while ahead:
        task = ahead.pop()
        kept[task.id] = task
        ahead += [tree.tasks[key] for key in reversed(task._children)]
    return kept
