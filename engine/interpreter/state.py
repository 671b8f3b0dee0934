"""A case's state as text: the tasks alone. The specs are found again by the hash of the process files.

The text must not be re-ordered: a task's data is a difference to its parent, which must come first.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, TaskConverter, WorkflowConverter
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.task import Task

from engine.interpreter.program import CaseWorkflow, Program
from engine.interpreter.restored import RestoredTask, is_foreseen


class _Slim(BpmnWorkflowConverter):  # type: ignore[misc]
    """SpiffWorkflow's converter without the specs."""

    def to_dict(self, workflow: CaseWorkflow) -> dict[str, Any]:
        tasks: dict[str, Any] = WorkflowConverter.to_dict(self, workflow)
        subprocesses = self.mapping_to_dict(workflow.subprocesses)
        for tree in (tasks, *subprocesses.values()):
            _leave_out(tree)
        return tasks | {"subprocesses": subprocesses}

    def from_dict(self, dct: dict[str, Any], program: Program, now: datetime) -> CaseWorkflow:
        workflow = CaseWorkflow(program.spec, program.subprocesses, program=program, now=now, deserializing=True)
        workflow.tasks = self.mapping_from_dict(dct["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks[UUID(dct["root"])]
        self.set_default_attributes(workflow, dct)
        self.subprocesses_from_dict(dct["subprocesses"], workflow)
        return workflow


class _Tasks(TaskConverter):  # type: ignore[misc]
    """SpiffWorkflow's converter, for which a foreseen task is nothing; those that come back foresee anew."""

    def __init__(self, target: type[Task], registry: Any, typename: str | None = None) -> None:
        super().__init__(target, registry, typename)
        registry.register(RestoredTask, self.to_dict, self.from_dict, self.typename)
        self.target_class = RestoredTask

    def to_dict(self, task: Task) -> dict[str, Any]:
        return {} if is_foreseen(task) else super().to_dict(task)


def _leave_out(tree: dict[str, Any]) -> None:
    """The tasks of a process without those that are nothing; the process itself goes on with them."""
    kept = {name: task for name, task in tree["tasks"].items() if "state" in task}
    for task in kept.values():
        task["children"] = [child for child in task["children"] if child in kept]
    tree["tasks"] = kept


_CONFIG = {kind: converter for kind, converter in SPIFF_CONFIG.items() if kind is not BpmnWorkflow}
_SERIALIZER = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure({**_CONFIG, CaseWorkflow: _Slim, Task: _Tasks}))


def dump(workflow: CaseWorkflow) -> str:
    """The state of a compacted workflow."""
    tasks = _SERIALIZER.to_dict(workflow)
    return json.dumps({"process": workflow.program.hash, "run": tasks}, ensure_ascii=False, separators=(",", ":"))


def load(text: str, program: Program, now: datetime) -> CaseWorkflow:
    """The workflow of a stored state, with the closed script engine and no other."""
    stored = json.loads(text)
    if stored["process"] != program.hash:
        raise ValueError("the state belongs to other process files than those given")
    workflow: CaseWorkflow = _SERIALIZER.from_dict(stored["run"], program=program, now=now)
    assert workflow.script_engine is program.engine
    return workflow
