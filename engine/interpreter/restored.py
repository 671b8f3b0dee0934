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
    """SpiffWorkflow makes a task's successors when it is reached and looks for them when it is done."""

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
            self.task_spec._predict(self, mask=TaskState.NOT_FINISHED_MASK)
