"""The engine's script engine: values by our condition language, and no way to run anything."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment

from engine.diagrams.durations import literal
from engine.feel.evaluator import evaluate
from engine.feel.parser import parse
from engine.feel.temporal import Months, duration_text
from engine.feel.values import Value, to_plain

Plain = bool | int | float | str | list[Any] | None


class ScriptRefused(Exception):
    """A diagram asked the engine to run a script, or to call a service by itself."""


class FeelEnvironment(BasePythonScriptEngineEnvironment):  # type: ignore[misc]
    """Evaluates over a case's facts; a name outside `declared` is an error, a declared one without a fact is null."""

    def __init__(self, declared: Collection[str]) -> None:
        super().__init__()
        self.declared = frozenset(declared)

    def evaluate(self, expression: str, context: Mapping[str, object], external_context: object = None) -> Plain:
        """The value as plain JSON; a time said outright stays the text that a timer reads."""
        time = literal(expression)
        return time if time is not None else plain(evaluate(expression.strip(), context, self.declared))

    def execute(self, script: str, context: object, external_context: object = None) -> bool:
        raise ScriptRefused("scripts are not run")

    def call_service(self, context: object, **kwargs: object) -> str:
        raise ScriptRefused("services are performed by workers")


class FeelScriptEngine(PythonScriptEngine):  # type: ignore[misc]
    """The only script engine of Kaihu; it cannot be built without its environment."""

    def __init__(self, declared: Collection[str]) -> None:
        super().__init__(FeelEnvironment(declared))

    def validate(self, expression: str) -> None:
        parse(expression)


def closed_engine(declared: Collection[str]) -> FeelScriptEngine:
    """The script engine for cases of a bundle that declares these facts."""
    return FeelScriptEngine(declared)


def plain(value: Value) -> Plain:
    """Times as ISO text, numbers as int or float: what JSON holds."""
    if isinstance(value, timedelta | Months):
        return duration_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        whole = to_plain(value)
        return whole if isinstance(whole, int) else float(value)
    return value
