"""One element of a diagram is changed in words: what is not meant stays, byte for byte."""

from __future__ import annotations

import pytest
from lxml import etree

from engine.diagrams.reading import read_diagram
from engine.diagrams.relaning import lanes_of
from engine.diagrams.retouching import element_in, retouch, said_of
from engine.diagrams.schema import check_schema
from engine.diagrams.writing import canonical
from engine.diagrams.xml import read_xml
from tests.house import ROOT

SHIPPED = sorted((ROOT / "processes").rglob("*.bpmn"))
PROPERTIES = dict.fromkeys(("form", "status", "back", "due", "sms", "retention"))
SIGNING, VIDEO = ROOT / "processes/shared/signing.bpmn", ROOT / "processes/shared/video.bpmn"


def changed(data: bytes, own: str, **said: str) -> str:
    root = read_xml("x.bpmn", data)
    element = element_in(root, own)
    assert element is not None
    retouch(element, {key.replace("_", "-"): value for key, value in said.items()})
    assert check_schema("x.bpmn", root) == []
    return canonical("x.bpmn", etree.tostring(root)).decode()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_whoever_says_what_it_says_changes_no_byte(path: object) -> None:
    data = path.read_bytes()  # type: ignore[attr-defined]
    root = read_xml("x.bpmn", data)
    diagram = read_diagram("x.bpmn", root)
    for own in (*(one.id for one in diagram.elements), *(one.id for one in diagram.flows)):
        element = element_in(root, own)
        assert element is not None
        retouch(element, said_of(element, PROPERTIES))
    assert canonical("x.bpmn", etree.tostring(root)) == data


FLOW = "sign_agreements_back__signing_left"
CASES = {
    "a name": ("sign_agreements", {"name": "请签"},
               'name="签署协议">\n      <bpmn:doc', 'name="请签">\n      <bpmn:doc'),
    "a form": ("sign_agreements", {"property_form": "x/y"}, '"shared/sign_agreements"', '"x/y"'),
    "a time limit": ("sign_agreements", {"property_due": "P1D"}, 'value="certificate_check" />\n',
                     'value="certificate_check" />\n          <spiffworkflow:property name="due" value="P1D" />\n'),
    "no way back": ("sign_agreements", {"property_back": ""},
                    '          <spiffworkflow:property name="back" value="certificate_check" />\n', ""),
    "a condition": (FLOW, {"condition": "back and 1 < 2"}, ">back</bpmn", ">back and 1 &lt; 2</bpmn"),
    "no condition": (FLOW, {"condition": ""}, """targetRef="signing_left">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">back</bpmn:conditionExpression>
    </bpmn:sequenceFlow>""", 'targetRef="signing_left" />'),
    "a first condition": ("signing_start__sign_agreements", {"condition": "back"}, 'targetRef="sign_agreements" />',
                          """targetRef="sign_agreements">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">back</bpmn:conditionExpression>
    </bpmn:sequenceFlow>"""),
    "a first property": ("signing_done", {"property_sms": "done"}, """name="已签署">
""", """name="已签署">
      <bpmn:extensionElements>
        <spiffworkflow:properties>
          <spiffworkflow:property name="sms" value="done" />
        </spiffworkflow:properties>
      </bpmn:extensionElements>
"""),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_said_is_changed_and_nothing_else(case: str) -> None:
    own, said, old, new = CASES[case]
    before = SIGNING.read_text("utf-8")
    assert before.count(old) == 1
    assert changed(before.encode(), own, **said) == before.replace(old, new)


def test_what_was_put_in_and_taken_out_again_leaves_nothing_behind() -> None:
    before = SIGNING.read_bytes()
    once = changed(before, "signing_done", property_sms="done", name="x")
    assert changed(once.encode(), "signing_done", property_sms="", name="已签署").encode() == before


def test_a_step_goes_to_another_lane_with_its_shape_its_events_and_its_flows() -> None:
    data = VIDEO.read_bytes()
    root = read_xml("x.bpmn", data)
    step = element_in(root, "video_verification")
    assert step is not None and {lane for lane, _name in lanes_of(step)} >= {"investor", "verifier"}
    before = read_diagram("x.bpmn", root)
    after = read_diagram("x.bpmn", read_xml("x.bpmn", changed(data, "video_verification", role="investor").encode()))
    mine = {one.id for one in before.elements if "video_verification" in (one.id, one.attached_to)}
    lane = next(one for one in after.lanes if one.id == "investor")
    boxes = {one.id: one for one in after.elements}
    assert {boxes[own].lane for own in mine} == {"investor"}
    assert all(lane.y <= boxes[own].y and boxes[own].y + boxes[own].h <= lane.y + lane.h + 20 for own in mine)
    for flow in after.flows:
        if flow.waypoints and {flow.source, flow.target} & mine:
            for own, (x, y) in ((flow.source, flow.waypoints[0]), (flow.target, flow.waypoints[-1])):
                box = boxes[own]
                assert box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h, flow.id
    stayed = {one.id: one for one in before.elements if one.id not in mine}
    assert {own: (one.x, one.y, one.lane) for own, one in stayed.items()} == {
        own: (boxes[own].x, boxes[own].y, boxes[own].lane) for own in stayed
    }
    assert changed(data, "video_verification", role="nobody").encode() == data
