"""Decision tables (DMN 1.3), read closed and decided by Kaihu's own condition language."""

from __future__ import annotations

from engine.decisions.checker import check
from engine.decisions.errors import BadDecisions, DecisionError
from engine.decisions.reader import load_decisions
from engine.decisions.table import DecisionTable, InputColumn, OutputColumn, Rule

__all__ = [
    "BadDecisions",
    "DecisionError",
    "DecisionTable",
    "InputColumn",
    "OutputColumn",
    "Rule",
    "check",
    "load_decisions",
]
