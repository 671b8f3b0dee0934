"""From checked diagrams to SpiffWorkflow's specs: service tasks wait, only `true` is true, decisions are our tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from lxml import etree
from SpiffWorkflow.bpmn.parser.task_parsers import ConditionalGatewayParser, GatewayParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import _BpmnCondition
from SpiffWorkflow.bpmn.specs.defaults import ExclusiveGateway
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.parser.task_spec import ServiceTaskParser
from SpiffWorkflow.spiff.specs.defaults import ServiceTask

from engine.diagrams.engine import plain
from engine.diagrams.tokens import TokenGateway, put, share

Spec = Any
"""A BpmnProcessSpec; the library has no types."""
Specs = tuple[Spec, dict[str, Spec]]


class Decides(Protocol):
    """A decision table, as far as a business rule task knows it."""

    @property
    def outputs(self) -> tuple[str, ...]: ...

    def decide(self, facts: Mapping[str, object], declared: Collection[str] | None = None) -> object: ...


class BadDiagram(Exception):
    """The engine's own parser refuses the diagram."""

    def __init__(self, why: str, file: str | None, element: str | None, line: int | None) -> None:
        super().__init__(why)
        self.file, self.element, self.line = file, element, line


class WaitingServiceTask(ServiceTask):  # type: ignore[misc]
    """A service task that stays STARTED until its host, which performs the service elsewhere, completes it."""

    def _execute(self, task: Any) -> None:
        return None


class TrueGateway(ExclusiveGateway):  # type: ignore[misc]
    """An exclusive gateway that follows a flow only when its condition is true, not when it merely says something."""

    def connect_outgoing_if(self, condition: str, taskspec: Any) -> None:
        self.connect_if(_IsTrue(condition), taskspec)


class _IsTrue(_BpmnCondition):  # type: ignore[misc]
    def _matches(self, task: Any) -> bool:
        return super()._matches(task) is True


class _TableEngine:
    """Lets a business rule task ask one of our decision tables; its outputs become facts."""

    def __init__(self, table: Decides) -> None:
        self.table = table

    def result(self, task: Any) -> dict[str, object]:
        """All outputs, so that a fact of an earlier round does not outlive a table without a hit."""
        decided = self.table.decide(task.data, task.workflow.script_engine.environment.declared)
        said = decided if isinstance(decided, Mapping) else {}
        outputs = {name: plain(said.get(name)) for name in self.table.outputs}
        share(task, outputs)
        facts: dict[str, object] = {}
        for name, value in outputs.items():
            put(facts, name, value)
        return facts


class _Parser(SpiffBpmnParser):  # type: ignore[misc]
    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012 (the library's own shape)
        **SpiffBpmnParser.OVERRIDE_PARSER_CLASSES,
        full_tag("serviceTask"): (ServiceTaskParser, WaitingServiceTask),
        full_tag("exclusiveGateway"): (ConditionalGatewayParser, TrueGateway),
        full_tag("parallelGateway"): (GatewayParser, TokenGateway),
    }

    def __init__(self, decisions: Mapping[str, Decides]) -> None:
        super().__init__()
        self.decisions = decisions

    def get_engine(self, decision_ref: str, node: Any) -> _TableEngine:
        return _TableEngine(self.decisions[decision_ref])


def build_specs(documents: Mapping[str, etree._Element], process: str, decisions: Mapping[str, Decides]) -> Specs:
    """The spec of the root process and those of everything it calls; raises BadDiagram, never anything else."""
    parser = _Parser(decisions)
    try:
        for file, root in documents.items():
            parser.add_bpmn_xml(root, file)
        return parser.get_spec(process), parser.get_subprocess_specs(process)
    except ValidationException as wrong:
        raise BadDiagram(str(wrong), wrong.file_name or None, wrong.id or None, None) from wrong
    except Exception as wrong:
        raise BadDiagram(f"{type(wrong).__name__}: {wrong}", None, None, None) from wrong
