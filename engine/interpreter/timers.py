"""Timers that obey the passed clock. SpiffWorkflow's own ask the machine's and fire in the midst of other steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    DurationTimerEventDefinition,
    TimeDateEventDefinition,
    TimerEventDefinition,
)

from engine.feel.timers import timer_text
from engine.spans import after

DUE = "due"
_IDLE = "settings.idle_"  # a timer that runs on one of these settings counts the time since the last activity


class ClockTimer(TimerEventDefinition):  # type: ignore[misc]
    """Notes its due time by the workflow's `now`, and fires only when the workflow is told to fire it."""

    KINDS: ClassVar = {DurationTimerEventDefinition: True, TimeDateEventDefinition: False}

    def __init__(self, name: str, expression: str, duration: bool, **kwargs: Any) -> None:
        super().__init__(name, expression, **kwargs)
        self.duration = duration

    @classmethod
    def of(cls, timer: TimerEventDefinition) -> ClockTimer:
        """The same timer under the passed clock; a kind without a meaning here is refused."""
        if isinstance(timer, cls):
            return timer
        if type(timer) not in cls.KINDS:
            raise ValueError(f"timer {timer.name}: only a duration or a date can be run")
        return cls(timer.name, timer.expression, cls.KINDS[type(timer)], description=timer.description)

    @property
    def idle(self) -> bool:
        return is_idle(self.expression)

    def has_fired(self, my_task: Any) -> bool:
        """Of two that an event gateway waits for, the earlier: after a downtime both may be due."""
        due, workflow = self.due(my_task), my_task.workflow.top_workflow  # to ask for it sets it
        is_due = my_task.id in workflow.firing and due <= workflow.now
        return is_due and self is min(timers_of(my_task.task_spec), key=lambda timer: timer.due(my_task))

    def due(self, my_task: Any) -> datetime:
        """When this timer of this task is due; worked out once, kept in the task."""
        if self.expression not in my_task.internal_data.setdefault(DUE, {}):
            self.count_from(my_task, my_task.workflow.top_workflow.now)
        return datetime.fromisoformat(my_task.internal_data[DUE][self.expression])

    def count_from(self, my_task: Any, since: datetime) -> None:
        """Work out when it is due, were it set at that moment."""
        my_task.internal_data.setdefault(DUE, {})[self.expression] = self._after(my_task, since).isoformat()

    def reset(self, my_task: Any) -> None:
        my_task.internal_data.pop(DUE, None)

    def _after(self, my_task: Any, since: datetime) -> datetime:
        declared = my_task.workflow.top_workflow.script_engine.environment.declared
        text = timer_text(self.expression, my_task.data, declared)
        return after(since, text) if self.duration else datetime.fromisoformat(text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ClockTimer) and (self.name, self.expression) == (other.name, other.expression)

    __hash__ = None  # type: ignore[assignment]


def is_idle(expression: str) -> bool:
    """Whether a timer with this text counts the time since its customer was last active."""
    return _IDLE in expression


def rule(spec: Any) -> None:
    """Put the timers of one process under the passed clock, once."""
    for task_spec in spec.task_specs.values():
        definition = getattr(task_spec, "event_definition", None)
        if isinstance(definition, TimerEventDefinition):
            task_spec.event_definition = ClockTimer.of(definition)
        elif isinstance(definition, MultipleEventDefinition):
            definition.event_definitions[:] = [_ruled(each) for each in definition.event_definitions]


def timers_of(task_spec: Any) -> list[ClockTimer]:
    """The timers that a waiting element waits for: its own, or those of an event gateway."""
    definition = getattr(task_spec, "event_definition", None)
    several = getattr(definition, "event_definitions", [definition])
    return [each for each in several if isinstance(each, ClockTimer)]


def _ruled(definition: Any) -> Any:
    return ClockTimer.of(definition) if isinstance(definition, TimerEventDefinition) else definition
