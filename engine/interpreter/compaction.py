"""Forget what is done. SpiffWorkflow's tree only grows: loops end in a RecursionError, or in tasks it no longer sees.

Kept are the open tasks, with what they foresee, the split above a task that still has boundary events, and each token
that waits at a parallel gateway, with the task it came from. All of them hang under the root, whose data is empty:
data flows from parent to child and must not overwrite anything.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit, _EndJoin
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from engine.diagrams.tokens import TokenGateway, waiting_tokens

OPEN = TaskState.READY | TaskState.WAITING | TaskState.STARTED


def compact(workflow: Any) -> None:
    """Drop every finished task and sub-process that nothing open needs."""
    _prune(workflow)
    _drop_subprocesses(workflow)
    for subprocess in workflow.subprocesses.values():
        _prune(subprocess)
    _drop_subprocesses(workflow)
    _forget_events(workflow)


def open_tasks(tree: Any) -> list[Any]:
    """The open tasks of one process, joins that merely wait for the others left out."""
    waiting = [task for task in tree.tasks.values() if task.has_state(OPEN)]
    real = [task for task in waiting if not isinstance(task.task_spec, BoundaryEventJoin | _EndJoin)]
    return real or waiting


def _prune(tree: Any) -> None:
    root, tokens = tree.task_tree, [] if tree.completed else waiting_tokens(tree)
    heads = [*_heads(tree, tokens), *_sources(tokens)]
    kept = _with_descendants(heads)
    for task in heads:
        task.parent = root
    root.data, root.children = {}, heads
    for task in kept.values():
        task._children = [child for child in task._children if child in kept]
    tree.tasks = {root.id: root, **kept}
    if tree.last_task is not None and tree.last_task.id not in tree.tasks:
        tree.last_task = None


def counts_tokens(tree: Any) -> bool:
    """Whether branches of this process wait for each other."""
    return any(isinstance(spec, TokenGateway) for spec in tree.spec.task_specs.values())


def _heads(tree: Any, tokens: list[Any]) -> list[Any]:
    """The tops of what is open beside the tokens that wait at a parallel gateway."""
    tops = [_top(task) for task in open_tasks(tree) if task not in tokens]
    return list({top.id: top for top in tops if top is not tree.task_tree}.values())


def _sources(tokens: list[Any]) -> list[Any]:
    """Where the tokens that wait at a parallel gateway came from, with nothing else that began there."""
    for task in tokens:
        task.parent.children = [other for other in tokens if other.parent is task.parent]
        task.children = []
    return list({task.parent.id: task.parent for task in tokens}.values())


def _top(task: Any) -> Any:
    """The task, or the open split it hangs on directly."""
    return task.parent if task.parent is not None and _is_open_split(task.parent) else task


def _is_open_split(task: Any) -> bool:
    """Whether the activity behind this split is still at work, so that its boundary events still count."""
    if not isinstance(task.task_spec, BoundaryEventSplit):
        return False
    main = [child for child in task.children if not isinstance(child.task_spec, BoundaryEvent)]
    return any(not child.has_state(TaskState.FINISHED_MASK) for child in main)


def _with_descendants(heads: list[Any]) -> dict[UUID, Any]:
    """Parents before children: a restored child needs its parent's data."""
    kept: dict[UUID, Any] = {}
    ahead = list(reversed(heads))
    while ahead:
        task = ahead.pop()
        if not _is_done_under_split(task):
            kept[task.id] = task
            ahead += reversed(task.children)
    return kept


def _is_done_under_split(task: Any) -> bool:
    """A fired reminder under an open split: its own road goes on as a head, the rest of it is done."""
    on_split = isinstance(task.task_spec, BoundaryEvent) and isinstance(task.parent.task_spec, BoundaryEventSplit)
    return on_split and task.has_state(TaskState.FINISHED_MASK)


def _drop_subprocesses(workflow: Any) -> None:
    """A sub-process lives as long as the task that called it is open."""
    trees = [workflow, *workflow.subprocesses.values()]
    calling = {task.id for tree in trees for task in tree.tasks.values() if task.has_state(OPEN)}
    gone = [caller for caller in workflow.subprocesses if caller not in calling]
    for caller in gone:
        del workflow.subprocesses[caller]
    if gone:
        _drop_subprocesses(workflow)


def _forget_events(workflow: Any) -> None:
    trees = [workflow, *workflow.subprocesses.values()]
    alive = {task_id for tree in trees for task_id in tree.tasks}
    waiting = workflow.event_manager.tasks
    workflow.event_manager.tasks = {task_id: waiting[task_id] for task_id in waiting if task_id in alive}
    workflow.bpmn_events = []
