"""Tokens on a drawing, as BPMN tells it, in forty lines: what the engine does by chance is compared with this.

It knows steps, exclusive and parallel gateways, and ends; all tokens share one set of facts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from engine.diagrams.drawing import Drawing, draw
from engine.diagrams.model import Element, Flow
from engine.diagrams.reading import read_diagram
from engine.feel.evaluator import evaluate
from tests.unit.sheets import Sheet


@dataclass
class Game:
    """`flows` holds the tokens on each flow that leads to a parallel gateway, `steps` those at each step."""

    sheet: Sheet
    facts: dict[str, object]
    flows: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        diagram = read_diagram("sheet", etree.fromstring(self.sheet.text.encode()))
        self.drawing: Drawing = draw([diagram], diagram.processes[0].id)
        [start] = self.drawing.of("startEvent")
        self._leave(start)

    @property
    def opened(self) -> str:
        return " ".join(sorted(self.steps.elements()))

    def do(self, step: str, **facts: object) -> None:
        self.facts |= facts
        self.steps[step] -= 1
        self._leave(next(each for each in self.drawing.steps if each.id == step))

    def _leave(self, element: Element) -> None:
        flows = self.drawing.flows_of(element)
        for flow in [self._chosen(element, flows)] if element.kind == "exclusiveGateway" else flows:
            self._arrive(flow)

    def _chosen(self, gateway: Element, flows: tuple[Flow, ...]) -> Flow:
        holding = [flow for flow in flows if flow.condition and self._holds(flow.condition)]
        return [*holding, *(flow for flow in flows if not flow.condition)][0]

    def _holds(self, condition: str) -> bool:
        return evaluate(condition, self.facts, self.sheet.declared) is True

    def _arrive(self, flow: Flow) -> None:
        target = self.drawing.elements[flow.process, flow.target]
        if target.kind == "userTask":
            self.steps[target.id] += 1
        elif target.kind == "parallelGateway":
            self.flows[flow.id] += 1
            incoming = [each.id for each in self.drawing.flows if each.target == target.id]
            if all(self.flows[each] for each in incoming):
                self.flows.subtract(incoming)
                self._leave(target)
        elif target.kind != "endEvent":
            self._leave(target)
