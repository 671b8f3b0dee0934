"""Editions of a drawn business, made as an analyst makes them: by changing its files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from engine.bundles import Bundle, load_files
from tests.house import CHANGE, drawn, known

HANDLING = f"processes/{CHANGE}/handling.bpmn"
BUSINESS = f"processes/{CHANGE}/business.json"
ENGLISH = f"processes/{CHANGE}/texts.en.json"
FORM = f"forms/{CHANGE}/income.form.json"

BEFORE_CARDS = '<bpmn:sequenceFlow id="basic_data_passed__bank_cards_needed" sourceRef="basic_data_passed" targetRef='
STEP = f"""
    <bpmn:exclusiveGateway id="income_needed" default="income_needed__bank_cards_needed" />
    <bpmn:userTask id="income" name="收入情况">
      <bpmn:extensionElements>
        <spiffworkflow:properties>
          <spiffworkflow:property name="form" value="{CHANGE}/income" />
          <spiffworkflow:property name="status" value="办理中" />
        </spiffworkflow:properties>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="income_needed__income" sourceRef="income_needed" targetRef="income">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">todo.income</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="income_needed__bank_cards_needed" sourceRef="income_needed" targetRef="bank_cards_needed" />
    <bpmn:sequenceFlow id="income__bank_cards_needed" sourceRef="income" targetRef="bank_cards_needed" />
    """
INCOME = {
    "type": "default", "schemaVersion": 19, "id": "income",
    "components": [{"type": "number", "key": "yearly", "id": "income_1", "label": "年收入（元）"}],
}  # fmt: skip


def files_with(changes: Mapping[str, tuple[str, str]]) -> dict[str, bytes]:
    """The files of the drawn business with one piece of text replaced in each of these."""
    files = dict(drawn(CHANGE).files)
    for path, (old, new) in changes.items():
        text = files[path].decode()
        assert old in text, f"{old!r} is not in {path}"
        files[path] = text.replace(old, new, 1).encode()
    return files


@cache
def with_income() -> Bundle:
    """A step with a new form is inserted between the basic data and the bank cards."""
    files = files_with(
        {
            HANDLING: (BEFORE_CARDS + '"bank_cards_needed" />', STEP + BEFORE_CARDS + '"income_needed" />'),
            BUSINESS: ('        "basic_data"\n', '        "basic_data",\n        "income"\n'),
        }
    )
    files[HANDLING] = files[HANDLING].replace(
        b"<bpmn:flowNodeRef>basic_data</bpmn:flowNodeRef>",
        b"<bpmn:flowNodeRef>basic_data</bpmn:flowNodeRef><bpmn:flowNodeRef>income</bpmn:flowNodeRef>",
    )
    files[FORM] = encoded(INCOME)
    files[ENGLISH] = encoded(json.loads(files[ENGLISH]) | {"收入情况": "Income", "年收入（元）": "Yearly income (CNY)"})
    return load_files(files, CHANGE, known())


@cache
def with_another_button() -> Bundle:
    """Only a text is another."""
    return load_files(
        files_with({BUSINESS: ('"马上开户"', '"马上办理"'), ENGLISH: ('"马上开户"', '"马上办理"')}), CHANGE, known()
    )


def encoded(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def without_the_way_back() -> dict[str, bytes]:
    """The analyst deletes the flow from the review to the head of the chain, and lets the refusal be the default."""
    text = drawn(CHANGE).files[HANDLING].decode()
    flow = re.search(r'<bpmn:sequenceFlow id="review_outcome__chain_head"[^>]*/>', text)
    assert flow
    text = text.replace(flow[0], "")
    for end in ("incoming", "outgoing"):
        text = text.replace(f"<bpmn:{end}>review_outcome__chain_head</bpmn:{end}>", "")
    text = text.replace('default="review_outcome__chain_head"', 'default="review_outcome__refused_in_review"')
    refused = re.search(
        r'(<bpmn:sequenceFlow id="review_outcome__refused_in_review"[^>]*)>.*?</bpmn:sequenceFlow>', text, re.S
    )
    edge = re.search(r'<bpmndi:BPMNEdge id="review_outcome__chain_head_di".*?</bpmndi:BPMNEdge>', text, re.S)
    assert refused and edge
    text = text.replace(refused[0], refused[1] + "/>").replace(edge[0], "")
    return {**drawn(CHANGE).files, HANDLING: text.encode()}
