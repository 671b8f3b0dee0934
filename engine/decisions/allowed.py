"""What a DMN file may hold. What is on no list is refused: an element that we skip would decide nothing, silently."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.decisions.faults import FAULTS
from engine.feel.findings import Finding, first
from engine.feel.said import Said, Words

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
DMN = f"{{{NAMESPACE}}}"

_ANYWHERE = frozenset({"description", "extensionElements"})
_DRAWING = frozenset({"inputData", "knowledgeSource", "textAnnotation", "association", "DMNDI"})
_CELL = frozenset({"text"})
_CHILDREN: dict[str, frozenset[str]] = {
    "definitions": frozenset({"decision"}) | _DRAWING,
    "decision": frozenset(
        {"question", "allowedAnswers", "variable", "informationRequirement", "authorityRequirement", "decisionTable"}
    ),
    "informationRequirement": frozenset({"requiredInput"}),
    "decisionTable": frozenset({"input", "output", "rule", "annotation"}),
    "input": frozenset({"inputExpression", "inputValues"}),
    "output": frozenset({"outputValues"}),
    "rule": frozenset({"inputEntry", "outputEntry", "annotationEntry"}),
    "inputExpression": _CELL,
    "inputEntry": _CELL,
    "outputEntry": _CELL,
}
_NOTES = frozenset({"question", "allowedAnswers", "variable", "authorityRequirement", "annotation", "annotationEntry"})
_UNREAD = _ANYWHERE | _DRAWING | _NOTES | {"inputValues", "outputValues", "requiredInput", "text"}
_LANGUAGES = frozenset({"", "feel", "https://www.omg.org/spec/DMN/20191111/FEEL/"})
_REMOVE = Said("删除它", "remove it")
_TABLE = Said("把决策写成表", "write the decision as a table")
_MENDS = {
    "literalExpression": _TABLE,
    "businessKnowledgeModel": _TABLE,
    "requiredDecision": Said(
        "表不能再问另一张表：写出它所依据的事实", "a table cannot ask another table: name the fact that it decides on"
    ),
    "defaultOutputEntry": Said(
        "在最后加一条每个输入都是 - 的规则，命中策略用 FIRST",
        "add a last rule with - in every input and the hit policy FIRST",
    ),
    "import": Said("把所有决策放在一个文件里", "keep every decision in one file"),
}


def check_elements(file: str, root: etree._Element) -> list[Finding]:
    """Findings for all that is not supported."""
    if root.tag != f"{DMN}definitions":
        name = etree.QName(root)
        found = {"name": name.localname, "space": name.namespace or "-"}
        return [FAULTS.found("dmn.namespace", file, root.get("id"), root.sourceline, **found)]
    return first(_findings(file, root))


def _findings(file: str, parent: etree._Element) -> Iterator[Finding]:
    if parent.get("expressionLanguage", "").lower() not in {language.lower() for language in _LANGUAGES}:
        yield _finding("dmn.language", file, parent, language=parent.get("expressionLanguage", ""))
    allowed = _CHILDREN.get(local(parent), frozenset()) | _ANYWHERE
    for child in parent:
        if local(child) not in allowed or not _in_language(child):
            mend = _MENDS.get(local(child), _REMOVE)
            yield _finding("dmn.unsupported", file, child, name=local(child), mend=mend)
        elif local(child) not in _UNREAD:
            yield from _findings(file, child)


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def _in_language(element: etree._Element) -> bool:
    return etree.QName(element).namespace == NAMESPACE or local(element) == "DMNDI"


def _finding(fault: str, file: str, element: etree._Element, /, **what: Words) -> Finding:
    return FAULTS.found(fault, file, _id(element), element.sourceline, **what)


def _id(element: etree._Element) -> str | None:
    """The id of the element, or of the nearest one around it."""
    around = (element, *element.iterancestors())
    return next((item.get("id") for item in around if item.get("id")), None)
