"""A name is given on every way to where it is asked for: else a choice would take another way without a word."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams.certain import BACK, Certain
from engine.diagrams.lint.subject import Rule, Subject, at
from engine.diagrams.model import Element, Flow
from engine.diagrams.words import called
from engine.feel.certainty import NONE, Names, Refused, implied, unsure
from engine.feel.checker import check
from engine.feel.findings import Finding
from engine.feel.parser import parse


def given_on_every_way(subject: Subject) -> Iterator[Finding]:
    """Conditions, `backWhen` and parameters; what another rule has against is passed over.

    Not timers: one that names nothing is an incident that says so, it takes no other way in silence.
    """
    asks = _Asks(subject)
    for element in subject.drawing.elements.values():
        yield from asks.flows(element)
        yield from asks.texts(element)


class _Asks:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.certain = Certain(subject.drawing, subject.given)
        self.always = subject.declared - frozenset().union(*subject.given.values())

    def flows(self, gateway: Element) -> Iterator[Finding]:
        """A condition is asked when those above it were not true."""
        asked: Names = NONE
        for flow in self.subject.drawing.flows_of(gateway):
            if flow.condition and self._sound(flow.condition):
                yield from self._flow(gateway, flow, asked)
                asked |= implied(parse(flow.condition).root, False, self._refused(gateway))

    def _flow(self, gateway: Element, flow: Flow, asked: Names) -> Iterator[Finding]:
        condition = flow.condition or ""
        sure = self.certain.before(gateway)
        by_back = BACK in implied(parse(condition).root, True, self._refused(gateway))
        yield from self._unsure(flow, gateway, condition, flow.condition_line, sure[by_back] | asked)

    def texts(self, element: Element) -> Iterator[Finding]:
        for text, line in _texts(element):
            if self._sound(text):
                yield from self._unsure(element, element, text, line, self.certain.before(element).answered)

    def _sound(self, text: str) -> bool:
        return not check(text, self.subject.declared)

    def _refused(self, place: Element) -> Refused:
        return lambda name: self.certain.once_done(name, place)

    def _unsure(
        self, where: Element | Flow, place: Element, text: str, line: int | None, sure: Names
    ) -> Iterator[Finding]:
        for name in unsure(text, self.always | sure, self._refused(place)):
            givers = [key for key, names in self.subject.given.items() if name.path in names]
            giver = called(self.subject.drawing.elements[givers[0]]) if givers else ""
            yield at("fact.path", where, line, name=name.path, giver=giver, place=called(place))


def _texts(element: Element) -> Iterator[tuple[str, int | None]]:
    if "backWhen" in element.properties:
        yield element.properties["backWhen"], element.property_lines.get("backWhen")
    for parameter in element.operator.parameters if element.operator else ():
        yield parameter.value, parameter.line


RULES: tuple[Rule, ...] = (given_on_every_way,)
