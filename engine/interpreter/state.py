"""A case's state as text: the tasks alone. The specs are found again by the hash of the process files.

The text must not be re-ordered: a task's data is a difference to its parent, which must come first. What most tasks
have alike, or what follows from the rest, is left out and filled in again; older states say it, and are read alike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.workflow import (
    BpmnSubWorkflowConverter,
    BpmnWorkflowConverter,
    WorkflowConverter,
)
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.deep_merge import DeepMerge
from SpiffWorkflow.util.task import TaskState

from engine.interpreter.program import CaseWorkflow, Program
from engine.interpreter.restored import RestoredTask, is_foreseen

_OF_A_TREE: Mapping[str, Any] = MappingProxyType(
    {"data": {}, "correlations": {}, "last_task": None, "success": True, "completed": False, "subprocesses": {}}
)
_OF_A_TASK: Mapping[str, Any] = MappingProxyType({"children": [], "triggered": False, "internal_data": {}, "data": {}})
"""What is meant where nothing is said."""
_OF_THE_CASE, _INSIDE = "CaseWorkflow", "BpmnSubWorkflow"
_FOLLOWS = ("root", "typename")
"""The root comes first."""


class _Tasks(WorkflowConverter):  # type: ignore[misc]
    """The tasks of one process. SpiffWorkflow asks its registry how to say each of them, and each fact of them."""

    def mapping_to_dict(self, tasks: Mapping[UUID, Task]) -> dict[str, Any]:
        """What is foreseen is nothing; a task that comes back foresees anew."""
        kept = {key: task for key, task in tasks.items() if not is_foreseen(task)}
        return {str(key): _unlike(self._said(task, kept), _OF_A_TASK) for key, task in kept.items()}

    def mapping_from_dict(self, said: Mapping[str, Any], _: type[UUID], *, workflow: Any) -> dict[UUID, Task]:
        ids = {key: UUID(key) for key in said}
        parents = {child: key for key, task in said.items() for child in task.get("children", ())}
        for key, task in said.items():
            parent = ids.get(parents.get(key, task.get("parent")))
            self._restored(workflow, ids[key], parent, [ids[child] for child in task.get("children", ())], task)
        tasks: dict[UUID, Task] = workflow.tasks  # a task enters itself there
        return tasks

    def _said(self, task: Task, kept: Mapping[UUID, Task]) -> dict[str, Any]:
        said = {
            "children": [str(child) for child in task._children if child in kept],
            "state": task.state,
            "task_spec": task.task_spec.name,
            "triggered": task.triggered,
            "internal_data": self.registry.convert(task.internal_data) if task.internal_data else {},
        }
        return said | (_delta(task.parent, task) if task.parent is not None else {"data": task.data})

    def _restored(
        self, workflow: Any, key: UUID, parent: UUID | None, children: list[UUID], said: Mapping[str, Any]
    ) -> None:
        task = RestoredTask(workflow, workflow.spec.task_specs.get(said["task_spec"]), state=said["state"], id=key)
        task._parent, task._children = parent, children
        task.triggered = said.get("triggered", False)
        task.internal_data = self.registry.restore(said.get("internal_data", {}))
        task.data = said.get("data", {}) if parent is None else _with_delta(task.parent.data, said.get("delta", {}))
        if isinstance(task.task_spec, CatchingEvent) and task.has_state(TaskState.WAITING):
            workflow.top_workflow.event_manager.add_task(task)


class _Slim(_Tasks, BpmnWorkflowConverter):  # type: ignore[misc]
    """The process of a case, without the specs."""

    def to_dict(self, workflow: CaseWorkflow) -> dict[str, Any]:
        called = {str(caller): self.registry.convert(tree) for caller, tree in workflow.subprocesses.items()}
        inner = {caller: _unlike(tree, _OF_A_TREE) for caller, tree in called.items()}
        tree: dict[str, Any] = WorkflowConverter.to_dict(self, workflow)
        return tree | {"subprocesses": inner}

    def from_dict(self, dct: dict[str, Any], program: Program, now: datetime) -> CaseWorkflow:
        workflow = CaseWorkflow(program.spec, program.subprocesses, program=program, now=now, deserializing=True)
        whole = _filled_in(dct, _OF_THE_CASE)
        workflow.tasks = self.mapping_from_dict(whole["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks[UUID(whole["root"])]
        self.set_default_attributes(workflow, whole)
        inner = {caller: _filled_in(tree, _INSIDE) for caller, tree in whole["subprocesses"].items()}
        self.subprocesses_from_dict(inner, workflow)
        return workflow


class _Inside(_Tasks, BpmnSubWorkflowConverter):  # type: ignore[misc]
    """A process that it called."""


def _delta(parent: Task, task: Task) -> dict[str, Any]:
    """Facts are plain: what changed against the parent is said, and what is gone."""
    updates = DeepMerge.get_updated_keys(parent.data, task.data)
    deletions = DeepMerge.get_deleted_keys(parent.data, task.data)
    if not updates and not deletions:
        return {}
    return {"delta": {"updates": updates} | ({"deletions": deletions} if deletions else {})}


def _with_delta(data: Mapping[str, Any], delta: Mapping[str, Any]) -> dict[str, Any]:
    gone = delta.get("deletions", {})
    merged: dict[str, Any] = DeepMerge.merge({}, data) | delta.get("updates", {})
    return {name: value for name, value in merged.items() if name not in gone}


def _unlike(said: Mapping[str, Any], usual: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in said.items()
        if name not in _FOLLOWS and (name not in usual or value != usual[name])
    }


def _filled_in(tree: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The same with all that was left out."""
    said = {
        "typename": kind,
        "root": next(iter(tree["tasks"])),
        "correlations": {},
    }  # SpiffWorkflow writes into this one
    return {**_OF_A_TREE, **said, **tree}


_CONFIG = {kind: converter for kind, converter in SPIFF_CONFIG.items() if kind is not BpmnWorkflow}
_SERIALIZER = BpmnWorkflowSerializer(
    BpmnWorkflowSerializer.configure({**_CONFIG, CaseWorkflow: _Slim, BpmnSubWorkflow: _Inside})
)


def dump(workflow: CaseWorkflow) -> str:
    """The state of a compacted workflow."""
    run = _unlike(_SERIALIZER.to_dict(workflow), _OF_A_TREE)
    return json.dumps({"process": workflow.program.hash, "run": run}, ensure_ascii=False, separators=(",", ":"))


def load(text: str, program: Program, now: datetime) -> CaseWorkflow:
    """The workflow of a stored state, with the closed script engine and no other."""
    stored = json.loads(text)
    if stored["process"] != program.hash:
        raise ValueError("the state belongs to other process files than those given")
    run = {"typename": _OF_THE_CASE, **stored["run"]}
    workflow: CaseWorkflow = _SERIALIZER.from_dict(run, program=program, now=now)
    assert workflow.script_engine is program.engine
    return workflow
