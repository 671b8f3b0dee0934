"""A token is put on a step from outside the drawn flow: an operator's repair. Nothing else leaves the drawn roads."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import CallActivity
from SpiffWorkflow.util.task import TaskState

from engine.interpreter.compaction import counts_tokens

if TYPE_CHECKING:
    from engine.interpreter.program import CaseWorkflow, Program

_SPLIT = ".BoundaryEventSplit"  # how SpiffWorkflow names what stands before an activity with boundary events


class CannotMove(Exception):
    """No token can be put on this step; the message says why."""


def put_token(workflow: CaseWorkflow, step: str, data: Mapping[str, Any]) -> None:
    """Open the step; what is open beside the road to it is cancelled, and what it runs in is begun where it is not."""
    tree: Any = workflow
    *calls, last = road_to(workflow.program, workflow.spec, step)
    for element in calls:
        call = _open_call(tree, element) or _replace(tree, element, data)
        tree = workflow.subprocesses[call.id]
    _replace(tree, last, data)


def has_left(workflow: CaseWorkflow, step: str) -> bool:
    """Whether the case has gone through, and out of, the part of the root process in which the step lies."""
    first, *further = road_to(workflow.program, workflow.spec, step)
    return bool(further) and _open_call(workflow, first) is None


def road_to(program: Program, spec: Any, step: str) -> list[str]:
    """The call activities that lead from the root process to the step, and the step."""
    if step in spec.task_specs:
        return [step]
    for name, element in spec.task_specs.items():
        if isinstance(element, CallActivity):
            try:
                return [name, *road_to(program, program.subprocesses[element.spec], step)]
            except CannotMove:
                continue
    raise CannotMove(f"{step} is no step of this business")


def _open_call(tree: Any, element: str) -> Any | None:
    return next((task for task in tree.tasks.values() if _is_open(task, element)), None)


def _is_open(task: Any, element: str) -> bool:
    return bool(task.task_spec.name == element and task.has_state(TaskState.STARTED))


def _replace(tree: Any, element: str, data: Mapping[str, Any]) -> Any:
    """Cancel everything of this process, and put the one token before the element."""
    if counts_tokens(tree):
        raise CannotMove(f"{tree.spec.name} has branches that wait for each other")
    root, specs = tree.task_tree, tree.spec.task_specs
    for child in root.children:
        child.cancel()
    spec = specs.get(element + _SPLIT, specs[element])
    token = root._add_child(spec, TaskState.FUTURE)
    token.data = deepcopy(dict(data))
    spec._predict(token, mask=TaskState.NOT_FINISHED_MASK)
    spec._update(token)
    if spec.name == element:
        return token
    token.run()
    return next(child for child in token.children if child.task_spec.name == element)
