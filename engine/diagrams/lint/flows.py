"""Sequence flows: where a token starts, where it may go, and that it arrives."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams.cycles import reach
from engine.diagrams.lint.subject import Rule, Subject, at
from engine.diagrams.model import Key
from engine.diagrams.roads import scope_graph
from engine.diagrams.words import called
from engine.feel.findings import Finding


def one_start(subject: Subject) -> Iterator[Finding]:
    """A process or sub-process starts in one place; elements in an empty scope have none to report at."""
    for elements in subject.drawing.scopes.values():
        starts = [element for element in elements if element.kind == "startEvent"]
        if not starts:
            yield at("flow.start/none", elements[0], scope=elements[0].scope)
        for extra in starts[1:]:
            yield at("flow.start/many", extra, scope=extra.scope)


def dead_ends(subject: Subject) -> Iterator[Finding]:
    for element in subject.drawing.elements.values():
        if element.kind != "endEvent" and not subject.drawing.flows_of(element):
            yield at("flow.dead_end", element, element=called(element))


def after_the_end(subject: Subject) -> Iterator[Finding]:
    for element in subject.drawing.of("endEvent"):
        if subject.drawing.flows_of(element):
            yield at("flow.after_end", element)


def unreachable(subject: Subject) -> Iterator[Finding]:
    """Where a part begins that no start leads to; whatever follows it is mended with it."""
    for elements in subject.drawing.scopes.values():
        graph = scope_graph(subject.drawing, elements)
        starts = [element.key for element in elements if element.kind == "startEvent"]
        reached = set(reach(graph, starts))
        lost = [element for element in elements if starts and element.key not in reached]
        entered = {key for element in lost for key in graph[element.key]}
        for element in sorted(lost, key=lambda one: one.key in entered):  # a part that is a loop has no such beginning
            if element.key not in reached:
                yield at("flow.unreachable", element, element=called(element))
                reached |= reach(graph, [element.key])


def no_way_out(subject: Subject) -> Iterator[Finding]:
    """Each element leads to an end event of its scope; dead ends have a rule of their own."""
    for elements in subject.drawing.scopes.values():
        graph = scope_graph(subject.drawing, elements)
        arriving = reach(_reversed(graph), [element.key for element in elements if element.kind == "endEvent"])
        stuck = [element for element in elements if element.key not in arriving and graph[element.key]]
        if stuck:
            yield at("flow.no_end", stuck[0], element=called(stuck[0]))


def forks(subject: Subject) -> Iterator[Finding]:
    for element in subject.drawing.elements.values():
        if not element.kind.endswith("Gateway") and len(subject.drawing.flows_of(element)) > 1:
            count = str(len(subject.drawing.flows_of(element)))
            yield at("flow.fork", element, count=count, element=called(element))


def default_flow(subject: Subject) -> Iterator[Finding]:
    """Where a gateway chooses, one flow is the default and the others have conditions."""
    for gateway in subject.drawing.of("exclusiveGateway"):
        flows = subject.drawing.flows_of(gateway)
        if len(flows) > 1 and gateway.default not in {flow.id for flow in flows}:
            yield at("gateway.default", gateway, element=called(gateway))
        for flow in flows if len(flows) > 1 else ():
            if flow.id != gateway.default and not flow.condition:
                target = subject.drawing.elements[flow.process, flow.target]
                yield at("gateway.condition", flow, target=called(target))


def idle_conditions(subject: Subject) -> Iterator[Finding]:
    """A condition that nobody would ask: on a default flow, or where nothing is chosen."""
    for element in subject.drawing.elements.values():
        flows = subject.drawing.flows_of(element)
        for flow in flows:
            chosen = element.kind == "exclusiveGateway" and len(flows) > 1 and flow.id != element.default
            if flow.condition is not None and not chosen:
                yield at("flow.condition", flow)


def event_gateways(subject: Subject) -> Iterator[Finding]:
    """An event gateway waits for events only; of two timers with one text it would be chance which comes first."""
    for gateway in subject.drawing.of("eventBasedGateway"):
        targets = subject.drawing.targets(gateway)
        for target in targets:
            if target.kind != "intermediateCatchEvent":
                yield at("gateway.events", target, gateway=called(gateway), target=called(target))
        texts = [target.event.text for target in targets if target.event and target.event.timer]
        if len(texts) > len(set(texts)):
            yield at("gateway.timers", gateway, gateway=called(gateway))


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
