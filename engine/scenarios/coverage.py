"""What of a business's diagrams its scenarios have passed: every node and every sequence flow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.diagrams.drawing import Drawing
from engine.diagrams.model import Element, Flow
from engine.interpreter import FlowTaken


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    passed: int
    total: int

    @property
    def percent(self) -> int:
        """Rounded down: 100 only where all of them were passed."""
        return 100 * self.passed // self.total if self.total else 100


@dataclass(frozen=True)
class Coverage:
    """The shares of nodes and flows, and what no scenario has passed."""

    nodes: Share
    flows: Share
    missed_nodes: tuple[Element, ...]
    missed_flows: tuple[Flow, ...]

    @property
    def whole(self) -> bool:
        return not self.missed_flows and not self.missed_nodes


def coverage(drawing: Drawing, ways: Iterable[Iterable[FlowTaken]]) -> Coverage:
    """What these ways have passed together."""
    taken = {flow for way in ways for flow in way}
    places = {(flow.process, end) for flow in taken for end in (flow.source, flow.target)}
    nodes = [one for one in drawing.elements.values() if _has_flow(drawing, one)]
    missed_nodes = tuple(one for one in nodes if one.key not in places)
    missed = tuple(one for one in drawing.flows if FlowTaken(one.process, one.source, one.target) not in taken)
    return Coverage(
        nodes=Share(len(nodes) - len(missed_nodes), len(nodes)),
        flows=Share(len(drawing.flows) - len(missed), len(drawing.flows)),
        missed_nodes=missed_nodes,
        missed_flows=missed,
    )


def _has_flow(drawing: Drawing, element: Element) -> bool:
    """What no flow leads to or from is no place on a way."""
    return any(element.id in (flow.source, flow.target) for flow in drawing.flows if flow.process == element.process)
