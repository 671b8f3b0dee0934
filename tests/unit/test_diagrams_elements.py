"""What a diagram may hold; `test_every_fault` has what it may not."""

from __future__ import annotations

from tests.unit.tea import CHECK, PROCESS, boundary, changed, findings, flow, rules, tea

CHECKING = '<process id="leaf_check"'


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
