"""The interpreter: BPMN as drawn, run by SpiffWorkflow, ruled by the passed clock.

Only this package and `engine.diagrams` know SpiffWorkflow.
"""

from engine.interpreter.moving import CannotMove
from engine.interpreter.run import Due, NotOpen, NotWaiting, OpenJob, OpenStep, Run, Runaway
from engine.interpreter.timers import is_idle
from engine.interpreter.way import FlowTaken

__all__ = [
    "CannotMove",
    "Due",
    "FlowTaken",
    "NotOpen",
    "NotWaiting",
    "OpenJob",
    "OpenStep",
    "Run",
    "Runaway",
    "is_idle",
]
