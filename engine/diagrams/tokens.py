"""Tokens as BPMN counts them: a parallel gateway takes one from each incoming flow, and all of a case see its facts.

SpiffWorkflow's own gateway counts by which tasks were ever done, and so meets in its second round the tokens of its
first; and each of its branches has a copy of the facts, of which the last to arrive overwrites what the others wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.specs.Join import Join
from SpiffWorkflow.util.task import TaskState

_SPENT = "spent"
_BUSY = TaskState.READY | TaskState.WAITING | TaskState.STARTED


class TokenGateway(ParallelGateway):  # type: ignore[misc]
    """A parallel gateway that goes on when a token waits on each of its incoming flows, and spends just those."""

    def _check_threshold_unstructured(self, my_task: Any) -> bool:
        return {task.parent.task_spec.name for task in waiting_tokens(my_task.workflow, self)} >= set(self._inputs)

    def _run_hook(self, my_task: Any) -> bool:
        for task in waiting_tokens(my_task.workflow, self):
            task.internal_data[_SPENT] = True
        return True


def waiting_tokens(tree: Any, gateway: Any = None) -> list[Any]:
    """The tokens that have come to this parallel gateway, or to any, and that none has taken along yet."""
    return [task for task in tree.tasks.values() if _is_waiting(task, gateway)]


def _is_waiting(task: Any, gateway: Any) -> bool:
    spec = task.task_spec
    here = isinstance(spec, TokenGateway) if gateway is None else spec is gateway
    return here and task.parent.state == TaskState.COMPLETED and _SPENT not in task.internal_data


def share(source: Any, facts: Mapping[str, object]) -> None:
    """What has been written in one branch is so for the whole case: the tokens of the others see it too."""
    top = source.workflow.top_workflow
    for tree in (top, *top.subprocesses.values()):
        for task in tree.tasks.values():
            if task is not source and _holds_facts(task):
                task.data = deepcopy(task.data)
                for name, value in facts.items():
                    put(task.data, name, value)


def _holds_facts(task: Any) -> bool:
    """A token that goes on by itself: no boundary event and no call, which take theirs from within, and no join."""
    beside = isinstance(task.task_spec, BoundaryEvent | SubWorkflowTask | Join)
    return bool(task.has_state(_BUSY)) and not beside


def put(facts: dict[str, object], name: str, value: object) -> None:
    """Set a dotted fact in nested facts."""
    *path, last = name.split(".")
    for part in path:
        inner = facts.setdefault(part, {})
        assert isinstance(inner, dict)
        facts = inner
    facts[last] = value
