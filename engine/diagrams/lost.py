"""What an edit of a diagram must not lose: what the editor does not show, and so nobody can have meant to remove."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lxml import etree

from engine.diagrams.names import BPMN, BPMNDI, DC, DI, bpmn, local, space, spiff

_KNOWN = frozenset({BPMN, BPMNDI, DC, DI})
_SHOWN = frozenset(spiff(name) for name in ("properties", "property", "serviceTaskOperator", "calledDecisionId"))


@dataclass(frozen=True, order=True)
class Lost:
    """`what` hung under the element of this id, and hangs there no more."""

    element: str
    what: str


def lost(before: etree._Element, after: etree._Element, shown: Collection[str]) -> list[Lost]:
    """What elements that are still there have lost. `shown` are the properties that the editor can edit."""
    kept = _hung(after, shown)
    there = {element.get("id") for element in after.iter() if element.get("id")}
    return sorted(one for one in _hung(before, shown) - kept if one.element in there)


def _hung(root: etree._Element, shown: Collection[str]) -> set[Lost]:
    return {Lost(owner, what) for element in root.iter() if (owner := _owner(element)) for what in _on(element, shown)}


def _on(element: etree._Element, shown: Collection[str]) -> Iterator[str]:
    if element.tag == spiff("property"):
        name = element.get("name", "")
        yield from () if name in shown else (f"property {name}",)
    elif _is_hung(element):
        yield f"<{element.prefix}:{local(element)}>"
    for key in map(str, element.attrib):
        owner = etree.QName(key).namespace
        if owner and not owner.startswith("http://www.w3.org/"):
            yield etree.QName(key).localname


def _is_hung(element: etree._Element) -> bool:
    """An extension element, or one inside of it, that the editor knows nothing of."""
    if space(element) in _KNOWN or element.tag in _SHOWN:
        return False
    return not any(parent.tag == spiff("serviceTaskOperator") for parent in element.iterancestors())


def _owner(element: etree._Element) -> str:
    """The id of the BPMN element, or of its shape, that it belongs to."""
    for parent in (element, *element.iterancestors()):
        if space(parent) in _KNOWN and parent.tag != bpmn("extensionElements") and parent.get("id"):
            return parent.get("id", "")
    return ""
