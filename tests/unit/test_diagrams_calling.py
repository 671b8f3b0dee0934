"""What an element calls is changed in words: what is not meant stays, and the schema holds."""

from __future__ import annotations

import pytest
from lxml import etree

from engine.diagrams.calling import calls_of, recall
from engine.diagrams.retouching import element_in
from engine.diagrams.schema import check_schema
from engine.diagrams.writing import canonical
from engine.diagrams.xml import read_xml
from tests.house import ROOT

PROCESSES = ROOT / "processes"
PHOTOS, VIDEO = (PROCESSES / "shared/photos.bpmn"), (PROCESSES / "shared/video.bpmn")
SHELL, STEPS = (PROCESSES / f"change_settlement_account/{name}.bpmn" for name in ("process", "handling"))
PARAMS = {"photo.look": ("slots",), "photo.read": ("slots", "more"), "sms.send": ()}


def recalled(data: bytes, own: str, **said: str) -> str:
    root = read_xml("x.bpmn", data)
    element = element_in(root, own)
    assert element is not None
    recall(element, {key.replace("_", "-"): value for key, value in said.items()}, PARAMS)
    assert check_schema("x.bpmn", root) == []
    return canonical("x.bpmn", etree.tostring(root)).decode()


@pytest.mark.parametrize("path", sorted(PROCESSES.rglob("*.bpmn")), ids=lambda path: path.stem)
def test_whoever_says_what_it_says_changes_no_byte(path: object) -> None:
    data = path.read_bytes()  # type: ignore[attr-defined]
    root = read_xml("x.bpmn", data)
    for element in [one for one in root.iter() if one.get("id")]:
        recall(element, calls_of(element), PARAMS)
    assert canonical("x.bpmn", etree.tostring(root)) == data


def test_another_service_keeps_the_parameters_of_the_same_name() -> None:
    text = recalled(PHOTOS.read_bytes(), "look_at_uploads", service="photo.read")
    part = text[text.index('id="look_at_uploads"') :][:900]
    assert 'serviceTaskOperator id="photo.read" resultVariable="look_at_uploads_result"' in part
    assert "id_portrait,id_emblem,signature" in part and 'id="more"' in part


def test_a_service_comes_and_goes_with_its_parameters() -> None:
    gone = recalled(PHOTOS.read_bytes(), "look_at_uploads", service="")
    assert 'id="photo.look" resultVariable="look_at_uploads_result"' not in gone
    again = recalled(gone.encode(), "look_at_uploads", service="photo.look")
    assert (
        'id="photo.look" resultVariable="look_at_uploads_result"' in again and 'id="slots" type="str" value=""' in again
    )


def test_a_parameter_and_a_called_process_say_something_else() -> None:
    assert "value='\"signature\"'" in recalled(PHOTOS.read_bytes(), "look_at_uploads", parameter_slots='"signature"')
    assert 'name="视频验证" calledElement="other"' in recalled(STEPS.read_bytes(), "video", called="other")


def test_a_message_is_renamed_alone_and_others_keep_theirs() -> None:
    root = read_xml("x.bpmn", VIDEO.read_bytes())
    waiting = [one.get("id", "") for one in root.iter() if "message" in calls_of(one)]
    assert len(waiting) == 2
    assert 'name="go_away"' in recalled(VIDEO.read_bytes(), waiting[0], message="go_away")
    shared = [one.get("id", "") for one in read_xml("x.bpmn", SHELL.read_bytes()).iter() if "message" in calls_of(one)]
    text = recalled(SHELL.read_bytes(), shared[0], message="stop")
    assert '<bpmn:message id="message_1" name="stop" />' in text and 'name="abandon"' in text
    assert recalled(text.encode(), shared[0], message="abandon").count('messageRef="message_abandon"') == 2
