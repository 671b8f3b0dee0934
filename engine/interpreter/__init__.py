"""The interpreter: BPMN as drawn, run by SpiffWorkflow, ruled by the passed clock.

Only this package and `engine.diagrams` know SpiffWorkflow.
"""

from engine.interpreter.moving import CannotMove
from engine.interpreter.placing import LET_GO, Homes
from engine.interpreter.run import Due, NotOpen, NotWaiting, OpenJob, OpenStep, Run, Runaway
from engine.interpreter.standing import Standing
from engine.interpreter.timers import is_idle
from engine.interpreter.way import FlowTaken

__all__ = [
    "LET_GO",
    "CannotMove",
    "Due",
    "FlowTaken",
    "Homes",
    "NotOpen",
    "NotWaiting",
    "OpenJob",
    "OpenStep",
    "Run",
    "Runaway",
    "Standing",
    "is_idle",
]
