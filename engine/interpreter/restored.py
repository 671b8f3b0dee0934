"""A task that was stored without what it foresaw, and foresees it again when it goes on."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.interpreter.compaction import OPEN


def is_foreseen(task: Any) -> bool:
    """What an open task will lead to, and what that may lead to. Instances of a repeated task are no such thing."""
    if not task.has_state(TaskState.FUTURE):
        return bool(task.has_state(TaskState.PREDICTED_MASK))
    return (
        task.parent.has_state(OPEN | TaskState.FUTURE)
        and task.task_spec in task.parent.task_spec.outputs
        and not task.triggered
    )


class RestoredTask(Task):  # type: ignore[misc]
    """SpiffWorkflow makes a task's successors when it is reached and looks for them when it is done.

    For each change of a task it also finds words for its own log, whether that says them or not. Nobody reads that
    log: what happened stands in the audit.
    """

    def _set_state(self, value: int) -> None:
        self._state = value

    def _add_child(self, task_spec: Any, state: int = TaskState.MAYBE) -> Task:
        """SpiffWorkflow's own, for a child of this kind."""
        assert not self.has_state(TaskState.PREDICTED_MASK) or state & TaskState.PREDICTED_MASK
        task = RestoredTask(self.workflow, task_spec, self, state=state)
        task.thread_id = self.thread_id
        if state == TaskState.READY:
            task._ready()
        return task

    def collect_log_extras(self, dct: dict[str, Any] | None = None) -> dict[str, Any]:
        return {}

    def run(self) -> Any:
        self._foresee()
        return super().run()

    def complete(self) -> None:
        self._foresee()
        super().complete()

    def _foresee(self) -> None:
        """Only where no successor is there: those of older states are stored, and a gateway has chosen its own."""
        outputs = self.task_spec.outputs
        if outputs and not any(child.task_spec in outputs for child in self.children):
            self.task_spec._predict_hook(self)  # theirs they foresee themselves
