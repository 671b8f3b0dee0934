"""Sequence flows: where a token starts, where it may go, and that it arrives."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams.cycles import reach
from engine.diagrams.drawing import Drawing
from engine.diagrams.lint.subject import Rule, Subject, at, called
from engine.diagrams.model import Element, Flow, Key
from engine.diagrams.roads import scope_graph
from engine.feel.findings import Finding


def one_start(subject: Subject) -> Iterator[Finding]:
    """A process or sub-process starts in one place; elements in an empty scope have none to report at."""
    for elements in subject.drawing.scopes.values():
        starts = [element for element in elements if element.kind == "startEvent"]
        if not starts:
            yield at("flow.start", elements[0], f"{elements[0].scope} has no start event", "draw one start event")
        for extra in starts[1:]:
            yield at("flow.start", extra, f"{extra.scope} has more than one start event", "keep one start event")


def dead_ends(subject: Subject) -> Iterator[Finding]:
    for element in subject.drawing.elements.values():
        if element.kind != "endEvent" and not subject.drawing.flows_of(element):
            why = f"nothing follows {called(element)}: a case would stop there"
            yield at("flow.dead_end", element, why, "draw a flow to the next element or to an end event")


def after_the_end(subject: Subject) -> Iterator[Finding]:
    for element in subject.drawing.of("endEvent"):
        if subject.drawing.flows_of(element):
            yield at("flow.after_end", element, "a flow leaves an end event", "remove the flow or the end event")


def unreachable(subject: Subject) -> Iterator[Finding]:
    for elements in subject.drawing.scopes.values():
        starts = [element.key for element in elements if element.kind == "startEvent"]
        reached = reach(scope_graph(subject.drawing, elements), starts)
        for element in elements:
            if starts and element.key not in reached:
                yield at("flow.unreachable", element, f"no flow leads to {called(element)}", "connect or remove it")


def no_way_out(subject: Subject) -> Iterator[Finding]:
    """Each element leads to an end event of its scope; dead ends have a rule of their own."""
    for elements in subject.drawing.scopes.values():
        graph = scope_graph(subject.drawing, elements)
        arriving = reach(_reversed(graph), [element.key for element in elements if element.kind == "endEvent"])
        stuck = [element for element in elements if element.key not in arriving and graph[element.key]]
        if stuck:
            why = f"no road from {called(stuck[0])} to an end event"
            yield at("flow.no_end", stuck[0], why, "draw a way to an end event")


def forks(subject: Subject) -> Iterator[Finding]:
    for element in subject.drawing.elements.values():
        if not element.kind.endswith("Gateway") and len(subject.drawing.flows_of(element)) > 1:
            why = f"{len(subject.drawing.flows_of(element))} flows leave {called(element)}"
            yield at("flow.fork", element, why, "let one flow leave and split it with a gateway")


def default_flow(subject: Subject) -> Iterator[Finding]:
    """Where a gateway chooses, one flow is the default and the others have conditions."""
    for gateway in subject.drawing.of("exclusiveGateway"):
        flows = subject.drawing.flows_of(gateway)
        if len(flows) > 1 and gateway.default not in {flow.id for flow in flows}:
            why = f"{called(gateway)} has no default flow: a case would stop when no condition is true"
            yield at("gateway.default", gateway, why, "make one of its flows the default flow")
        for flow in flows if len(flows) > 1 else ():
            if flow.id != gateway.default and not flow.condition:
                yield at("gateway.condition", flow, _unconditioned(subject.drawing, flow), "give it a condition")


def _unconditioned(drawing: Drawing, flow: Flow) -> str:
    target: Element = drawing.elements[flow.process, flow.target]
    return f"the flow to {called(target)} has no condition and is not the default"


def idle_conditions(subject: Subject) -> Iterator[Finding]:
    """A condition that nobody would ask: on a default flow, or where nothing is chosen."""
    for element in subject.drawing.elements.values():
        flows = subject.drawing.flows_of(element)
        for flow in flows:
            chosen = element.kind == "exclusiveGateway" and len(flows) > 1 and flow.id != element.default
            if flow.condition is not None and not chosen:
                yield at("flow.condition", flow, "this condition is never asked", "remove it, or split with a gateway")


def event_gateways(subject: Subject) -> Iterator[Finding]:
    """An event gateway waits for events only, and for one timer at most: two would share one clock."""
    for gateway in subject.drawing.of("eventBasedGateway"):
        targets = subject.drawing.targets(gateway)
        for target in targets:
            if target.kind != "intermediateCatchEvent":
                why = f"{called(gateway)} leads to {called(target)}, which is no catching event"
                yield at("gateway.events", target, why, "put a message or timer event there")
        if sum(1 for target in targets if target.event and target.event.timer) > 1:
            yield at("gateway.timers", gateway, f"{called(gateway)} waits for two timers", "keep the earlier one")


def _reversed(graph: dict[Key, list[Key]]) -> dict[Key, list[Key]]:
    backwards: dict[Key, list[Key]] = {key: [] for key in graph}
    for key, targets in graph.items():
        for target in targets:
            backwards[target].append(key)
    return backwards


RULES: tuple[Rule, ...] = (
    one_start,
    dead_ends,
    after_the_end,
    unreachable,
    no_way_out,
    forks,
    default_flow,
    idle_conditions,
    event_gateways,
)
