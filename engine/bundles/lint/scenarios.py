"""Scenarios: they can be read, and every step, reason, fact and event that they name is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from engine.bundles.closed_yaml import BadYaml, Node, read_yaml
from engine.bundles.files import SHARED
from engine.bundles.known import Known
from engine.bundles.lengths import length_of
from engine.bundles.lint.faults import FAULTS
from engine.bundles.lint.forms import field_keys
from engine.bundles.model import Bundle
from engine.diagrams.lint.subject import nearest
from engine.feel.findings import Finding
from engine.feel.said import Words

MAX_FINDINGS = 20


def scenarios(bundle: Bundle, known: Known) -> Iterator[Finding]:
    for path, data in sorted(bundle.files.items()):
        if "/scenarios/" in path:
            yield from islice(_Scenario(bundle, known, path).check(data), MAX_FINDINGS)


@dataclass(frozen=True)
class _Scenario:
    """One file, against the business that it is a way through."""

    bundle: Bundle
    known: Known
    file: str

    def check(self, data: bytes) -> Iterator[Finding]:
        try:
            root = read_yaml(data.decode("utf-8-sig"))
        except UnicodeDecodeError:  # text.encoding says it
            return
        except BadYaml as wrong:
            yield FAULTS.found(f"scenario.unreadable/{wrong.fault}", self.file, None, wrong.line, **wrong.what)
            return
        yield from self.keys(root, ("name", "given", "when", "then"), needed=True)
        if not self.file.startswith(f"processes/{SHARED}/"):
            yield from self.given(root.items.get("given", Node({}, 1)))
            yield from self.when(root.items.get("when", Node([], 1)))
            yield from self.then(root.items.get("then"))

    def given(self, given: Node) -> Iterator[Finding]:
        yield from self.keys(given, ("settings", "services"))
        for name, node in given.items.get("settings", Node({}, 1)).items.items():
            yield from self.named("scenario.setting", node, name, self.known.settings)
        for name, node in given.items.get("services", Node({}, 1)).items.items():
            yield from self.named("scenario.service", node, name, self.known.services)
            yield from self.answers(name, node)

    def answers(self, service: str, node: Node) -> Iterator[Finding]:
        """One after the other, each of facts that the service gives."""
        if not node.parts:
            yield self.found("scenario.shape/list", node, service)
        spec = self.known.services.get(service)
        for answer in node.parts if spec else ():
            for fact, value in answer.items.items():
                yield from self.named("scenario.fact/service", value, fact, spec.results if spec else (), of=service)

    def when(self, when: Node) -> Iterator[Finding]:
        if not when.parts:
            yield self.found("scenario.shape/list", when, "when")
        for line in when.parts:
            words = [word for word in line.items if word != "reasons"]
            if len(words) == 1:
                yield from self.line(words[0], line)
            else:
                yield self.found("scenario.shape/word", line)

    def line(self, word: str, line: Node) -> Iterator[Finding]:
        """One thing that happens: an event, or a step with its facts and the reasons of its desk."""
        drawing, said = self.bundle.drawing, line.items[word]
        elements = list(drawing.elements.values())
        events: dict[str, Collection[str]] = {
            "back": {step.id for step in self.bundle.steps if step.back},
            "message": {one.event.text for one in elements if one.event and one.event.kind == "message"},
            "timer": {one.id for one in elements if one.event and one.event.timer},
            "fails": {one.id for one in drawing.of("serviceTask")},
        }
        if word == "advance":
            yield from (
                () if length_of(str(said.value)) else [self.found("scenario.event/advance", said, str(said.value))]
            )
        elif word in events:
            yield from self.named(f"scenario.event/{word}", said, str(said.value), events[word])
        else:
            yield from self.named("scenario.step", said, word, {*self.steps, *events, "advance"})
            yield from self.facts(word, said)
        if "reasons" in line.items:
            yield from self.reasons(word, line.items["reasons"])

    def facts(self, step: str, said: Node) -> Iterator[Finding]:
        form = next((one.form for one in self.bundle.steps if one.id == step), None)
        if form is None:
            return
        for fact, value in said.items.items():
            document = self.bundle.forms.get(form, {})
            given = {*self.known.form_facts(document), *field_keys(document)}
            yield from self.named("scenario.fact/step", value, fact, given, of=step)

    def reasons(self, step: str, reasons: Node) -> Iterator[Finding]:
        offered = {reason.code for reason in self.bundle.reasons if step in reason.desks}
        if not reasons.parts:
            yield self.found("scenario.shape/list", reasons, "reasons")
        for reason in reasons.parts:
            yield from self.named("scenario.reason", reason, str(reason.value), offered, of=step)

    def then(self, then: Node | None) -> Iterator[Finding]:
        if then is None:
            return
        yield from self.keys(then, ("end", "status", "open", "path", "facts", "texts"))
        if isinstance(then.value, dict) and not {"end", "open"} & then.items.keys():
            yield self.found("scenario.shape/neither", then)
        for key in ("open", "facts"):
            if key in then.items and not isinstance(then.items[key].value, dict):
                yield self.found("scenario.shape/pairs", then.items[key], key)
        yield from self.end(then)
        yield from self.open(then)
        yield from self.each("path", then, {one.id for one in self.bundle.drawing.elements.values()})
        yield from self.each("texts", then, self.bundle.notices)
        for name, value in self.mapping("facts", then).items():
            yield from self.named("scenario.then/fact", value, name, self.bundle.declared)

    def end(self, then: Node) -> Iterator[Finding]:
        ends = {one.id: one for one in self.bundle.drawing.scopes.get(self.bundle.drawing.root, ())
                if one.kind == "endEvent"}  # fmt: skip
        if "end" in then.items:
            end = then.items["end"]
            yield from self.named("scenario.end/unknown", end, str(end.value), ends)
        reached, status = ends.get(str(then.items.get("end", then).value)), then.items.get("status")
        if reached and status and status.value != reached.name:
            yield self.found("scenario.end/status", status, str(status.value), end=reached.id, status=reached.name)

    def open(self, then: Node) -> Iterator[Finding]:
        for step, role in self.mapping("open", then).items():
            yield from self.named("scenario.step", role, step, self.steps)
            if role.value is not None:
                yield from self.named("scenario.then/role", role, str(role.value), self.known.roles)

    def each(self, key: str, then: Node, known: Collection[str]) -> Iterator[Finding]:
        """A list of names; one of notices may be empty."""
        node = then.items.get(key)
        if node is not None and not isinstance(node.value, list):
            yield self.found("scenario.shape/list", node, key)
        for part in node.parts if node else ():
            yield from self.named(f"scenario.then/{key}", part, str(part.value), known)

    def mapping(self, key: str, then: Node) -> dict[str, Node]:
        return then.items[key].items if key in then.items else {}

    @property
    def steps(self) -> set[str]:
        return {step.id for step in self.bundle.steps}

    def keys(self, node: Node, known: tuple[str, ...], needed: bool = False) -> Iterator[Finding]:
        if not isinstance(node.value, dict):
            yield self.found("scenario.shape/mapping", node, mend=", ".join(known))
        for name, inner in node.items.items():
            yield from self.named("scenario.shape/key", inner, name, known)
        for name in known if needed and isinstance(node.value, dict) else ():
            if name not in node.items:
                yield self.found("scenario.shape/missing", node, name)

    def named(self, fault: str, node: Node, name: str, known: Collection[str], **what: Words) -> Iterator[Finding]:
        if name not in known:
            yield self.found(fault, node, name, mend=nearest(name, known), **what)

    def found(self, fault: str, node: Node, name: str = "", /, **what: Words) -> Finding:
        return FAULTS.found(fault, self.file, name[:80] or None, node.line, name=name[:80], **what)


RULES = (scenarios,)
