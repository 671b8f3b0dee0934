"""All of BPMN 2.0 that is not let through is refused: with its rule, element and line, why, and how to mend it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import SpiffWorkflow.bpmn.parser as spiff
from lxml import etree

from engine.diagrams.allowed import _DEFINITIONS, _FRAME, EVENTS, NODES, check_elements
from engine.feel.findings import Finding
from tests.unit.sheets import MODEL

SCHEMA = etree.parse(Path(spiff.__file__).parent / "schema" / "Semantic.xsd").getroot()
NAMES = sorted(element.get("name", "") for element in SCHEMA.iterfind("{http://www.w3.org/2001/XMLSchema}element"))
KINDS = sorted(name for name in NAMES if re.fullmatch(r"[a-z]+EventDefinition", name))
"""The ten things that an event may wait for or throw; parallel and several of them are further down."""
INNER = sorted({"loopCardinality", "completionCondition", "timeCycle", "childLaneSet", "dataPath", "condition"})
CHINESE = re.compile("[\u3400-\\u9fff]")


def refused(body: str, element: str) -> Finding:
    """The finding at this element; it says everything in both languages."""
    text = f'<definitions xmlns="{MODEL}" targetNamespace="t">\n<process id="p">\n{body}\n</process></definitions>'
    findings = [each for each in check_elements("f.bpmn", etree.fromstring(text)) if each.element == element]
    assert findings, "nothing is found"
    for said in (findings[0].why, findings[0].mend):
        assert said.en.strip() and CHINESE.search(said.zh)
    assert (findings[0].file, findings[0].line) == ("f.bpmn", 3)
    return findings[0]


def test_the_schema_has_all_of_bpmn() -> None:
    """So that nothing is left out below, and no name that is let through is misspelt."""
    assert len(NAMES) > 120 and len(KINDS) == 10
    assert set(NAMES) >= NODES


@pytest.mark.parametrize("name", [*(name for name in NAMES if name not in NODES | _FRAME), *INNER])
def test_an_element_that_is_not_listed_is_refused(name: str) -> None:
    assert refused(f'<{name} id="x"/>', "x").rule == "bpmn.element"


@pytest.mark.parametrize("event", sorted(EVENTS))
@pytest.mark.parametrize("kind", KINDS)
def test_an_event_waits_for_and_throws_only_what_is_listed(event: str, kind: str) -> None:
    body = f'<{event} id="x"><{kind}/></{event}>'
    if kind in _DEFINITIONS[event]:
        with pytest.raises(AssertionError, match="nothing is found"):
            refused(body, "x")
    else:
        assert refused(body, "x").rule in ("bpmn.event", "bpmn.element")


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        pytest.param('<startEvent id="x" parallelMultiple="true"/>', "bpmn.attribute", id="parallel multiple"),
        pytest.param('<userTask id="x" isForCompensation="true"/>', "bpmn.attribute", id="compensation"),
        pytest.param('<userTask id="x" isForCompensation="1"/>', "bpmn.attribute", id="compensation, said as 1"),
        pytest.param('<userTask id="x" completionQuantity="2"/>', "bpmn.attribute", id="several tokens out"),
        pytest.param('<userTask id="x" startQuantity="2"/>', "bpmn.attribute", id="several tokens in"),
        pytest.param('<eventBasedGateway id="x" instantiate="true"/>', "bpmn.attribute", id="a gateway that starts"),
        pytest.param(
            '<eventBasedGateway id="x" eventGatewayType="Parallel"/>', "bpmn.attribute", id="a gateway for all events"
        ),
        pytest.param('<subProcess id="x" triggeredByEvent="true"/>', "bpmn.event_subprocess", id="event sub-process"),
        pytest.param('<subProcess id="x" triggeredByEvent="1"/>', "bpmn.attribute", id="event sub-process, said as 1"),
        pytest.param('<boundaryEvent id="x" cancelActivity="0"/>', "bpmn.attribute", id="neither true nor false"),
        pytest.param('<boundaryEvent id="x"/>', "bpmn.event", id="an event that waits for nothing"),
        pytest.param(
            '<boundaryEvent id="x"><messageEventDefinition/><timerEventDefinition/></boundaryEvent>', "bpmn.event",
            id="multiple",
        ),
    ],
)  # fmt: skip
def test_what_would_be_ignored_or_read_otherwise_is_refused(body: str, rule: str) -> None:
    assert refused(body, "x").rule == rule
