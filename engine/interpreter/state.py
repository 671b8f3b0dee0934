"""A case's state as text: the tasks alone. The specs are found again by the hash of the process files.

The text must not be re-ordered: a task's data is a difference to its parent, which must come first.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, WorkflowConverter
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG

from engine.interpreter.program import CaseWorkflow, Program


class _Slim(BpmnWorkflowConverter):  # type: ignore[misc]
    """SpiffWorkflow's converter without the specs."""

    def to_dict(self, workflow: CaseWorkflow) -> dict[str, Any]:
        tasks: dict[str, Any] = WorkflowConverter.to_dict(self, workflow)
        return tasks | {"subprocesses": self.mapping_to_dict(workflow.subprocesses)}

    def from_dict(self, dct: dict[str, Any], program: Program, now: datetime) -> CaseWorkflow:
        workflow = CaseWorkflow(program.spec, program.subprocesses, program=program, now=now, deserializing=True)
        workflow.tasks = self.mapping_from_dict(dct["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks[UUID(dct["root"])]
        self.set_default_attributes(workflow, dct)
        self.subprocesses_from_dict(dct["subprocesses"], workflow)
        return workflow


_CONFIG = {kind: converter for kind, converter in SPIFF_CONFIG.items() if kind is not BpmnWorkflow}
_SERIALIZER = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure({**_CONFIG, CaseWorkflow: _Slim}))


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
