"""The naive peer's process: SpiffWorkflow as its own documentation uses it, the whole instance as one JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

LOOP = ("bank", "notice", "sign", "review")
_SERIALIZER = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())


def start() -> BpmnWorkflow:
    """A new instance, at its first task."""
    parser = BpmnParser()
    parser.add_bpmn_file(str(Path(__file__).with_name("naive.bpmn")))
    workflow = BpmnWorkflow(parser.get_spec("reference"), parser.get_subprocess_specs("reference"))
    workflow.do_engine_steps()
    return workflow


def at_bank(loops: int) -> BpmnWorkflow:
    """An instance that waits at the bank data, after so many rejections."""
    workflow = start()
    for step in ("photos", "basic", *(LOOP * loops)):
        do(workflow, step, {"decision": "reject"} if step == "review" else {"has_certificate": True})
    return workflow


def do(workflow: BpmnWorkflow, step: str, data: dict[str, Any]) -> None:
    """Complete the open task."""
    task = workflow.get_next_task(state=TaskState.READY, manual=True)
    assert task is not None and task.task_spec.bpmn_id == step
    task.data.update(data)
    task.run()
    workflow.do_engine_steps()


def dump(workflow: BpmnWorkflow) -> str:
    return str(_SERIALIZER.serialize_json(workflow))


def load(text: str) -> BpmnWorkflow:
    return _SERIALIZER.deserialize_json(text)
