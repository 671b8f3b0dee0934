"""The names that a diagram may use: what an editor offers, of files that may be wrong here and there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.bundles.facts import OWN
from engine.bundles.known import Known
from engine.bundles.lint.decisions import read_by
from engine.bundles.model import Business
from engine.bundles.reading import Parts, read_parts
from engine.diagrams.model import Element
from engine.services import ServiceSpec

_KINDS = {bool: "boolean", int: "number", float: "number", str: "text"}
UNTOLD = ""
"""The kind of a fact whose values nothing says."""


@dataclass(frozen=True)
class Vocabulary:
    """`steps` and `processes` are ids with their names; `facts` are names with boolean, number, text or nothing."""

    roles: tuple[str, ...]
    forms: tuple[str, ...]
    notices: tuple[str, ...]
    decisions: tuple[str, ...]
    services: tuple[ServiceSpec, ...]
    steps: Mapping[str, str]
    processes: Mapping[str, str]
    facts: Mapping[str, str]
    business: Business

    def read_by(self, decision: str, known: Known) -> frozenset[str]:
        """The facts that the cells of a decision may read."""
        return read_by(decision, self.business, self.facts, known)


def vocabulary(files: Mapping[str, bytes], business: str, known: Known) -> Vocabulary:
    """What the files of a business let its diagrams name; a file that cannot be read adds nothing."""
    parts, _ = read_parts(files, business)
    elements = [element for diagram in parts.diagrams for element in diagram.elements]
    steps = {element.id: element.name for element in elements if element.kind == "userTask"}
    return Vocabulary(
        roles=tuple(sorted(known.roles)),
        forms=tuple(sorted(parts.forms)),
        notices=tuple(sorted(parts.notices)),
        decisions=tuple(sorted(parts.decisions)),
        services=tuple(spec for _name, spec in sorted(known.services.items()) if spec.task),
        steps=steps,
        processes={process.id: process.name for diagram in parts.diagrams for process in diagram.processes},
        facts=dict(sorted({**_own_facts(steps, known), **dict(_given_facts(parts, elements, known))}.items())),
        business=parts.business,
    )


def _own_facts(steps: Mapping[str, str], known: Known) -> dict[str, str]:
    """Those that the engine keeps."""
    asked = [f"{prefix}.{step}" for step in steps for prefix in ("todo", "again")]
    settings = [f"settings.{name}" for name in known.settings]
    return {**dict.fromkeys([*OWN, *asked], "boolean"), **dict.fromkeys(settings, UNTOLD)}


def _given_facts(parts: Parts, elements: list[Element], known: Known) -> Iterator[tuple[str, str]]:
    """Those that forms, services and decisions give; unlike in a bundle, also where no diagram uses them yet."""
    for document in parts.forms.values():
        yield from known.form_facts(document).items()
    asked = {element.operator.id for element in elements if element.operator}
    for name in sorted(asked & known.services.keys()):
        yield from ((fact, _KINDS.get(kind, UNTOLD)) for fact, kind in known.services[name].results.items())
    for table in parts.decisions.values():
        yield from ((column.name, UNTOLD) for column in table.output_columns)
