"""Kaihu's condition language: a linted subset of FEEL (OMG DMN 1.4, chapter 10).

Parsed to a frozen tree and walked by an allow-list; text never reaches Python's own compiler. Three-valued as FEEL
says: a comparison of different types is null, and a condition that is null does not hold.
"""

from __future__ import annotations

from engine.feel.checker import check, check_tests, names
from engine.feel.errors import FeelError, Problem
from engine.feel.evaluator import evaluate, holds, passes
from engine.feel.findings import Finding
from engine.feel.parser import parse, parse_tests
from engine.feel.possible import possible
from engine.feel.syntax import Expression, UnaryTests
from engine.feel.timers import check_timer, timer_text
from engine.feel.values import Value, to_plain

__all__ = [
    "Expression",
    "FeelError",
    "Finding",
    "Problem",
    "UnaryTests",
    "Value",
    "check",
    "check_tests",
    "check_timer",
    "evaluate",
    "holds",
    "names",
    "parse",
    "parse_tests",
    "passes",
    "possible",
    "timer_text",
    "to_plain",
]
