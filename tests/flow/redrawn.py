"""Versions of a business with steps renamed, taken out or given events, as an analyst's modeler would write them."""

from __future__ import annotations

import json
import re
from functools import cache

from lxml import etree

from engine.bundles import Bundle
from engine.bundles.loading import assemble
from tests.house import CHANGE, drawn, known

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
TEXTS = (".bpmn", ".dmn", ".json")
Files = dict[str, bytes]


@cache
def of(business: str = CHANGE) -> Files:
    return dict(drawn(business).files)


def bundle(files: Files, business: str = CHANGE) -> Bundle:
    """Without the rules: what is left out of the drawing need not be left out of every text for these tests."""
    return assemble(files, business, known())


def renamed(files: Files, old: str, new: str) -> Files:
    """The same with another id for a step, wherever it is named."""
    word = re.compile(rf"\b{old}\b".encode())
    named = {path.replace(f"/{old}.form", f"/{new}.form"): data for path, data in files.items()}
    return {path: word.sub(new.encode(), data) if path.endswith(TEXTS) else data for path, data in named.items()}


def without(files: Files, *ids: str) -> Files:
    """The same with these elements gone, and every flow to or from them, and their places in lanes and pictures."""
    return {path: _without(data, ids) if path.endswith(".bpmn") else data for path, data in files.items()}


def replaced(files: Files, old: str, new: str) -> Files:
    """The same with a piece of the diagrams changed, which is there once."""
    there = [path for path, data in files.items() if path.endswith(".bpmn") and old.encode() in data]
    assert len(there) == 1 and files[there[0]].count(old.encode()) == 1, f"{old!r} is in {there}"
    return files | {there[0]: files[there[0]].replace(old.encode(), new.encode())}


def with_event(files: Files, activity: str, event: str, timer: str = "P2D") -> Files:
    """The same with a timer on an activity that leads on to where the activity does not: an end of its own."""
    drawn_event = f"""
    <bpmn:boundaryEvent id="{event}" cancelActivity="false" attachedToRef="{activity}">
      <bpmn:outgoing>{event}__{event}_end</bpmn:outgoing>
      <bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">{timer}</bpmn:timeDuration>
      </bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:endEvent id="{event}_end"><bpmn:incoming>{event}__{event}_end</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="{event}__{event}_end" sourceRef="{event}" targetRef="{event}_end" />
    """
    task = f'<bpmn:userTask id="{activity}"'
    return replaced(files, task, drawn_event + task)


def _without(data: bytes, ids: tuple[str, ...]) -> bytes:
    root = etree.fromstring(data)
    gone = set(ids)
    for flow in root.iter(f"{MODEL}sequenceFlow"):
        if {flow.get("sourceRef"), flow.get("targetRef")} & gone:
            gone.add(str(flow.get("id")))
    for element in list(root.iter()):
        reference = element.text in gone and not len(element)
        if element.get("id") in gone or element.get("bpmnElement") in gone or reference:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def unlisted(files: Files, step: str) -> Files:
    """The same with a step in no stage of the business."""
    path = next(path for path in files if path.endswith("/business.json"))
    record = json.loads(files[path])
    for stage in record["milestones"]:
        stage["steps"] = [each for each in stage["steps"] if each != step]
    return files | {path: json.dumps(record, ensure_ascii=False).encode()}
