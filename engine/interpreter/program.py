"""The specs of a bundle's diagrams, ready to run: parsed once a process hash, timers under the passed clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent

from engine.diagrams.engine import closed_engine
from engine.interpreter.timers import rule

if TYPE_CHECKING:
    from engine.bundles import Bundle

_programs: dict[str, tuple[Any, Mapping[str, Any], frozenset[str]]] = {}
_lock = Lock()


@dataclass(frozen=True)
class Program:
    """What a case of one bundle runs on. `engine` evaluates the closed condition language and nothing else.

    `side` are the elements of the root process that only a non-interrupting boundary event leads to.
    """

    hash: str
    spec: Any
    subprocesses: Mapping[str, Any]
    side: frozenset[str]
    engine: Any

    @classmethod
    def of(cls, bundle: Bundle) -> Program:
        return cls(bundle.process_hash, *_specs(bundle), closed_engine(bundle.declared))


class CaseWorkflow(BpmnWorkflow):  # type: ignore[misc]
    """A workflow that has a present moment, and knows which timers it was told to fire."""

    def __init__(self, spec: Any, subprocess_specs: Any, *, program: Program, now: datetime, **kwargs: Any) -> None:
        self.now, self.program = now, program
        self.firing: set[UUID] = set()
        super().__init__(spec, subprocess_specs, script_engine=program.engine, **kwargs)


def _specs(bundle: Bundle) -> tuple[Any, Mapping[str, Any], frozenset[str]]:
    with _lock:
        if bundle.process_hash not in _programs:
            spec, subprocesses = bundle.spec()
            for each in (spec, *subprocesses.values()):
                rule(each)
            side = frozenset(spec.task_specs) - _main(spec)
            _programs[bundle.process_hash] = spec, subprocesses, side
        return _programs[bundle.process_hash]


def _main(spec: Any) -> set[str]:
    """The elements that the start leads to without a non-interrupting boundary event."""
    seen: set[str] = set()
    ahead = [spec.start]
    while ahead:
        task_spec = ahead.pop()
        reminder = isinstance(task_spec, BoundaryEvent) and not task_spec.cancel_activity
        if task_spec.name not in seen and not reminder:
            seen.add(task_spec.name)
            ahead += task_spec.outputs
    return seen
