"""What a diagram may not hold is refused by name, not ignored."""

from __future__ import annotations

import pytest

from tests.unit.tea import CHECK, HANDLING, PROCESS, boundary, changed, findings, flow, rules, tea

DONE = "</extensionElements></serviceTask>"
ABANDON = '<messageEventDefinition messageRef="abandon"/>'
CHECKING = '<process id="leaf_check"'
CAMUNDA = 'xmlns:c="http://camunda.org/schema/1.0/bpmn"'
LEAF = '<spiffworkflow:serviceTaskOperator id="leaf.check">'
END = '<endEvent id="end"/>'

REFUSED = [
    ("bpmn.element", CHECK, END, '<scriptTask id="x"><script>1</script></scriptTask>' + END),
    ("bpmn.element", CHECK, LEAF, "<spiffworkflow:preScript>x = 1</spiffworkflow:preScript>" + LEAF),
    ("bpmn.element", CHECK, LEAF, "<spiffworkflow:postScript>x = 1</spiffworkflow:postScript>" + LEAF),
    ("bpmn.element", CHECK, END, '<complexGateway id="x"/>' + END),
    ("bpmn.element", CHECK, END, '<inclusiveGateway id="x"/>' + END),
    ("bpmn.element", CHECK, END, '<manualTask id="x"/>' + END),
    ("bpmn.element", CHECK, END, '<task id="x"/>' + END),
    ("bpmn.element", CHECK, END, '<sendTask id="x"/>' + END),
    ("bpmn.element", CHECK, END, '<receiveTask id="x"/>' + END),
    ("bpmn.element", CHECK, END, '<adHocSubProcess id="x"/>' + END),
    ("bpmn.element", CHECK, END, '<transaction id="x"/>' + END),
    ("bpmn.element", CHECK, END, '<dataObject id="x"/>' + END),
    ("bpmn.element", CHECK, END, '<dataStoreReference id="x"/>' + END),
    ("bpmn.element", CHECK, CHECKING, '<dataStore id="x" name="x"/>' + CHECKING),
    ("bpmn.element", CHECK, CHECKING, '<signal id="x"/>' + CHECKING),
    ("bpmn.element", CHECK, CHECKING, '<import importType="x" location="x" namespace="x"/>' + CHECKING),
    ("bpmn.element", CHECK, DONE, '</extensionElements><multiInstanceLoopCharacteristics/></serviceTask>'),
    ("bpmn.element", CHECK, DONE, '</extensionElements><standardLoopCharacteristics/></serviceTask>'),
    ("bpmn.element", CHECK, DONE, '</extensionElements><ioSpecification/></serviceTask>'),
    ("bpmn.element", HANDLING, "<flowNodeRef>order</flowNodeRef>", "<flowNodeRef>order</flowNodeRef><childLaneSet/>"),
    ("bpmn.element", CHECK, LEAF, f"<c:taskListener {CAMUNDA}/>" + LEAF),
    ("bpmn.attribute", HANDLING, '<userTask id="order"', f'<userTask {CAMUNDA} c:assignee="me" id="order"'),
    ("bpmn.attribute", CHECK, '<serviceTask id="check_leaf"', '<serviceTask isForCompensation="true" id="check_leaf"'),
    ("bpmn.event_subprocess", CHECK, END, '<subProcess id="x" triggeredByEvent="true"/>' + END),
    ("bpmn.event", CHECK, '<startEvent id="start"/>', '<startEvent id="start"><messageEventDefinition/></startEvent>'),
    ("bpmn.event", CHECK, '<endEvent id="end"/>', '<endEvent id="end"><messageEventDefinition/></endEvent>'),
    ("bpmn.event", PROCESS, ABANDON, ""),
    ("bpmn.event", PROCESS, ABANDON, ABANDON + "<errorEventDefinition/>"),
    ("bpmn.element", PROCESS, ABANDON, "<conditionalEventDefinition/>"),
    ("bpmn.element", PROCESS, "<timeDuration", "<timeCycle>R/PT1H</timeCycle><timeDuration"),
    ("bpmn.schema", PROCESS, '<callActivity id="handling"', '<callActivity id="start"'),
    ("bpmn.schema", PROCESS, '<callActivity id="handling"', '<callActivity colour="red" id="handling"'),
    ("bpmn.schema", PROCESS, 'id="handling"', 'id="two words"'),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "path", "old", "new"), REFUSED)
def test_an_element_that_kaihu_does_not_run_is_refused(rule: str, path: str, old: str, new: str) -> None:
    found = [finding for finding in findings(changed(path, old, new)) if finding.rule == rule]
    assert found
    assert all(finding.file == path and finding.line for finding in found)


def test_what_modelers_write_around_the_diagram_is_accepted() -> None:
    colour = 'xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" bioc:stroke="#000" bpmnElement="start"'
    files = changed(PROCESS, 'BPMNShape bpmnElement="start"', f"BPMNShape {colour}")
    modeler = 'xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="x" targetNamespace'
    files = changed(PROCESS, "targetNamespace", modeler, files)
    files = changed(PROCESS, "<process", "<!-- drawn by hand --><process", files)
    note = (
        '<textAnnotation id="n"><text>茶</text></textAnnotation><association id="a" sourceRef="n" targetRef="start"/>'
    )
    assert findings(changed(PROCESS, "</process>", note + "</process>", files)) == []


def test_an_embedded_sub_process_and_parallel_branches_outside_loops_are_accepted() -> None:
    inner = '<subProcess id="both" name="查茶"><startEvent id="s"/><parallelGateway id="p"/><parallelGateway id="j"/>'
    inner += '<intermediateThrowEvent id="a"/><intermediateThrowEvent id="b"/><endEvent id="e"/>'
    inner += flow("s", "p") + flow("p", "a") + flow("p", "b") + flow("a", "j") + flow("b", "j") + flow("j", "e")
    body = inner + "</subProcess>" + flow("handling", "both") + flow("both", "done")
    assert findings(changed(PROCESS, flow("handling", "done"), body)) == []


def test_a_boundary_event_on_a_service_task_may_catch_its_error() -> None:
    error = boundary("tired", "check_leaf", '<errorEventDefinition errorRef="exhausted"/>') + flow("tired", "end")
    files = changed(CHECK, "</process>", error + "</process>")
    declared = '<error id="exhausted" name="exhausted" errorCode="exhausted"/>' + CHECKING
    assert rules(changed(CHECK, CHECKING, declared, files)) == set()
    assert rules(tea()) == set()
