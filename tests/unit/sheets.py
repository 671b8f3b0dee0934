"""Small diagrams in a line or two, and a case that runs on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from lxml import etree

from engine.clock import SHANGHAI
from engine.diagrams.specs import Decides, Specs, build_specs
from engine.interpreter import Run

NOW = datetime(2026, 11, 23, 9, 54, tzinfo=SHANGHAI)
MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
DECLARED = frozenset({"again", "verdict", "settings.idle_limit", "settings.idle_warning", "until"})


class Sheet:
    """As much of a bundle as the interpreter knows: one file of processes, the first of them the root."""

    declared = DECLARED

    def __init__(self, *processes: str, decisions: Mapping[str, Decides] | None = None) -> None:
        head = f'<definitions xmlns="{MODEL}" xmlns:spiffworkflow="{SPIFF}" targetNamespace="t">'
        tail = '<message id="m" name="stop"/><error id="e" errorCode="exhausted"/></definitions>'
        self.text = head + "".join(processes) + tail
        self.decisions = decisions or {}
        self.process_hash = sha256(self.text.encode()).hexdigest()

    @cache  # noqa: B019
    def spec(self) -> Specs:
        root = etree.fromstring(self.text.encode())
        return build_specs({"sheet.bpmn": root}, root[0].get("id"), self.decisions)


def process(id: str, *parts: str) -> str:
    return f'<process id="{id}" isExecutable="true">{"".join(parts)}</process>'


def flow(source: str, target: str, condition: str = "") -> str:
    said = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="{source}__{target}" {ends}>{said}</sequenceFlow>'


def service(id: str, operation: str = "do.it") -> str:
    operator = f'<spiffworkflow:serviceTaskOperator id="{operation}" resultVariable="r"><spiffworkflow:parameters/>'
    return (
        f'<serviceTask id="{id}"><extensionElements>{operator}</spiffworkflow:serviceTaskOperator>'
        "</extensionElements></serviceTask>"
    )


def boundary(id: str, on: str, what: str, interrupting: bool = True) -> str:
    where = f'attachedToRef="{on}" cancelActivity="{str(interrupting).lower()}"'
    return f'<boundaryEvent id="{id}" {where}>{what}</boundaryEvent>'


def timer(text: str, kind: str = "timeDuration") -> str:
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


MESSAGE = '<messageEventDefinition messageRef="m"/>'
ERROR = '<errorEventDefinition errorRef="e"/>'
START, END = '<startEvent id="start"/>', '<endEvent id="end"/>'


def user(*ids: str) -> str:
    return "".join(f'<userTask id="{step}"/>' for step in ids)


def gateway(id: str, default: str, kind: str = "exclusiveGateway") -> str:
    return f'<{kind} id="{id}" default="{default}"/>'


def again(run: Run, sheet: Sheet, now: datetime = NOW) -> Run:
    return Run.restore(sheet, run.dump(), now)  # type: ignore[arg-type]


def start(sheet: Sheet, **facts: Any) -> Run:
    named = {name.replace("__", "."): value for name, value in facts.items()}
    return Run.start(sheet, named, NOW)  # type: ignore[arg-type]


def do(run: Run, step: str, **facts: Any) -> None:
    run.complete(next(each.id for each in run.steps if each.step == step), facts)
