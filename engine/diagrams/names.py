"""The XML names of BPMN 2.0.2 and of the engine's extension elements."""

from __future__ import annotations

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def bpmn(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def spiff(name: str) -> str:
    return f"{{{SPIFF}}}{name}"


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def space(element: etree._Element) -> str:
    """The element's namespace, empty when it has none."""
    return etree.QName(element).namespace or ""
