"""A small sound business: tea is ordered, signed for and tasted. Tests break one thing of it at a time."""

from __future__ import annotations

import json
from typing import Any

from engine.bundles import BadBundle, Bundle, Known, load_files
from engine.feel.findings import Finding
from engine.feel.said import Said
from engine.services import ServiceSpec
from forms.trying import fill
from tests.unit.tea_records import POOL, RECORD, REJECTS, TEXTS, WAY

PROCESS = "processes/tea/process.bpmn"
HANDLING = "processes/tea/handling.bpmn"
CHECK = "processes/shared/check.bpmn"
DECISIONS = "processes/tea/decisions.dmn"
BUSINESS = "processes/tea/business.json"
REASONS = "processes/tea/reasons.json"
QUESTIONS = "processes/tea/questions.json"
NOTICES = "processes/tea/notices.json"
ENGLISH = "processes/tea/texts.en.json"
AGREEMENT = "processes/tea/agreements/order.md"
SCENARIO = "processes/tea/scenarios/sound.yaml"
ORDER_FORM = "forms/tea/order.form.json"

Files = dict[str, bytes]


def _facts(components: Any) -> list[str]:
    listed = components if isinstance(components, list) else []
    return [item["properties"]["fact"] for item in listed if "fact" in item.get("properties", {})]


KNOWN = Known(
    services={
        "leaf.check": ServiceSpec("leaf.check", ("slots",), {"leaf.verdict": str}),
        "notice.send": ServiceSpec("notice.send", ("template",), {"notice.sent": bool}),
        "leaf.draft": ServiceSpec("leaf.draft", (), {}, task=False),
    },
    settings=frozenset({"idle_limit", "idle_warning"}),
    form_facts=lambda document: dict.fromkeys(_facts(document.get("components")), "text"),
    form_sure=lambda document: frozenset(_facts(document.get("components"))),
    form_lint=lambda path, data: (
        [Finding("form.bad", path, None, 1, Said("坏", "bad"), Said("改", "mend"))] if b"BAD" in data else []
    ),
    form_fill=fill,
)


def tea() -> Files:
    """The files of the sound business."""
    return {
        PROCESS: spread(_PROCESS).encode(),
        HANDLING: spread(_HANDLING).encode(),
        CHECK: spread(_CHECK).encode(),
        DECISIONS: spread(_DECISIONS).encode(),
        BUSINESS: _json(RECORD),
        REASONS: _json(REJECTS),
        NOTICES: _json(
            {"idle_warning": {"title": "快到期了", "text": "茶快凉了", "action": "请致电{hotline}"}}
            | {"under_age": {"text": "继续"}}
        ),
        QUESTIONS: _json(POOL),
        ENGLISH: _json({text: f"English of {text}" for text in TEXTS.split()}),
        AGREEMENT: "# 订茶协议\n".encode(),
        AGREEMENT.replace(".md", ".en.md"): b"# Order of tea\n",
        SCENARIO: WAY.encode(),
        ORDER_FORM: _form("order", agree={"widget": "agreements", "documents": "agreements/order.md"}),
        "forms/tea/sign.form.json": _form("sign"),
        "forms/tea/taste.form.json": _form(
            "taste", decision={"fact": "taste.decision"}, quiz={"widget": "knowledge_questions"}
        ),
        "forms/shared/check.form.json": _form("check", seen={}),
    }


def changed(path: str, old: str, new: str, files: Files | None = None) -> Files:
    """The sound business with one piece of text replaced; the piece must be there."""
    files = files or tea()
    text = files[path].decode()
    if path.endswith((".bpmn", ".dmn")):
        old, new = spread(old), spread(new)
    assert old in text, f"{old!r} is not in {path}"
    return {**files, path: text.replace(old, new, 1).encode()}


def spread(xml: str) -> str:
    """Each tag on a line of its own, so that a line says what it is about."""
    return xml.replace("><", ">\n<")


def load(files: Files) -> Bundle:
    return load_files(files, "tea", KNOWN)


def findings(files: Files) -> list[Finding]:
    """What is found in these files; nothing when they load."""
    try:
        load(files)
    except BadBundle as wrong:
        return list(wrong.findings)
    return []


def rules(files: Files) -> set[str]:
    return {finding.rule for finding in findings(files)}


def diagram(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
        ' xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
        ' xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" targetNamespace="tea">\n'
        f"{body}\n</definitions>\n"
    )


def flow(source: str, target: str, condition: str = "") -> str:
    inner = f'<conditionExpression xsi:type="tFormalExpression">{condition}</conditionExpression>' if condition else ""
    return f'<sequenceFlow id="{source}__{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>\n'


def user_task(id: str, name: str, **properties: str) -> str:
    said = "\n".join(f'<spiffworkflow:property name="{key}" value="{value}"/>' for key, value in properties.items())
    return (
        f'<userTask id="{id}" name="{name}"><extensionElements><spiffworkflow:properties>\n{said}\n'
        "</spiffworkflow:properties></extensionElements></userTask>\n"
    )


def service_task(id: str, service: str, **parameters: str) -> str:
    given = "".join(f"<spiffworkflow:parameter id='{k}' type='str' value='{v}'/>" for k, v in parameters.items())
    return (
        f'<serviceTask id="{id}" name="查茶"><extensionElements><spiffworkflow:serviceTaskOperator id="{service}">'
        f"<spiffworkflow:parameters>{given}</spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"
        "</extensionElements></serviceTask>\n"
    )


def lane(role: str, *members: str) -> str:
    return f'<lane id="{role}" name="茶客">' + "".join(f"<flowNodeRef>{m}</flowNodeRef>" for m in members) + "</lane>"


def boundary(id: str, on: str, event: str, interrupting: bool = True) -> str:
    cancels = str(interrupting).lower()
    start = f'<boundaryEvent id="{id}" name="变故" attachedToRef="{on}" cancelActivity="{cancels}">'
    return f"{start}{event}</boundaryEvent>\n"


def timer(text: str, kind: str = "timeDuration") -> str:
    return f'<timerEventDefinition><{kind} xsi:type="tFormalExpression">{text}</{kind}></timerEventDefinition>'


def table(id: str, policy: str, reads: str, test: str, gives: str, result: str) -> str:
    return (
        f'<decision id="{id}" name="表"><decisionTable id="{id}_table" hitPolicy="{policy}"><input id="{id}_input">'
        f'<inputExpression id="{id}_expression"><text>{reads}</text></inputExpression></input>'
        f'<output id="{id}_output" name="{gives}"/><rule id="{id}_rule"><inputEntry id="{id}_test"><text>{test}</text>'
        f'</inputEntry><outputEntry id="{id}_result"><text>{result}</text></outputEntry></rule>'
        "</decisionTable></decision>\n"
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _form(id: str, **fields: dict[str, str]) -> bytes:
    components = [
        {"type": "radio", "key": key, "id": f"{id}_{key}", "label": "茶", "properties": properties}
        for key, properties in fields.items()
    ]
    return _json({"type": "default", "id": id, "components": components})


_MESSAGE = '<messageEventDefinition messageRef="abandon"/>'

_PROCESS = diagram(
    '<message id="abandon" name="abandon"/>\n<process id="tea" name="喝茶" isExecutable="true">\n'
    + '<startEvent id="start"/>\n<callActivity id="handling" name="办理" calledElement="tea_handling"/>\n'
    + boundary("leave", "handling", _MESSAGE)
    + boundary("idle", "handling", timer("settings.idle_limit"))
    + boundary("warn", "handling", timer("settings.idle_warning"), interrupting=False)
    + service_task("send_warning", "notice.send", template='"idle_warning"')
    + '<endEvent id="done" name="喝完了"/><endEvent id="left" name="走了"/>\n'
    + user_task("warned", "", sms="idle_warning").replace("userTask", "endEvent").replace(' name=""', "")
    + flow("start", "handling")
    + flow("handling", "done")
    + flow("leave", "left")
    + flow("idle", "left")
    + flow("warn", "send_warning")
    + flow("send_warning", "warned")
    + '</process>\n<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="tea">'
    + '<bpmndi:BPMNShape bpmnElement="start"><dc:Bounds x="10" y="20" width="36" height="36"/></bpmndi:BPMNShape>'
    + '<bpmndi:BPMNEdge bpmnElement="start__handling"><di:waypoint x="46" y="38"/><di:waypoint x="90" y="38"/>'
    + "</bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
)

_HANDLING = diagram(
    '<process id="tea_handling" name="办理" isExecutable="true">\n<laneSet id="lanes">'
    + lane("investor", "order", "sign")
    + lane("reviewer", "taste")
    + "</laneSet>\n"
    + '<startEvent id="start"/><exclusiveGateway id="head"/>\n'
    + '<exclusiveGateway id="order_open" default="order_open__check"/>\n'
    + user_task("order", "订茶", form="tea/order", status="待订茶")
    + '<callActivity id="check" name="查茶" calledElement="leaf_check"/>\n'
    + '<exclusiveGateway id="sign_open" default="sign_open__taste_open"/>\n'
    + user_task("sign", "签字", form="tea/sign", status="待签字", back="order", backWhen="not(again.sign)")
    + '<exclusiveGateway id="signed" default="signed__taste_open"/>\n'
    + '<exclusiveGateway id="taste_open"/>\n'
    + user_task(
        "taste", "品茶", form="tea/taste", status="待品茶", statusClaimed="品茶中", due="P1D", notSameAs="order"
    )
    + '<exclusiveGateway id="tasted" default="tasted__end"/>\n<endEvent id="end"/>\n'
    + flow("start", "head")
    + flow("head", "order_open")
    + flow("order_open", "order", "todo.order")
    + flow("order_open", "check")
    + flow("order", "check")
    + flow("check", "sign_open")
    + flow("sign_open", "sign", "todo.sign")
    + flow("sign_open", "taste_open")
    + flow("sign", "signed")
    + flow("signed", "head", "back")
    + flow("signed", "taste_open")
    + flow("taste_open", "taste")
    + flow("taste", "tasted")
    + flow("tasted", "head", 'taste.decision = "reject"')
    + flow("tasted", "end")
    + "</process>"
)

_CHECK = diagram(
    '<process id="leaf_check" name="查茶" isExecutable="true">\n<startEvent id="start"/>\n'
    + '<exclusiveGateway id="check_open" default="check_open__end"/>\n'
    + service_task("check_leaf", "leaf.check", slots='"black,green"')
    + '<endEvent id="end"/>\n'
    + flow("start", "check_open")
    + flow("check_open", "check_leaf", 'leaf.verdict = null or leaf.verdict != "ok"')
    + flow("check_open", "end")
    + flow("check_leaf", "end")
    + '</process>\n<process id="unused" isExecutable="true">\n<startEvent id="unused_start"/>'
    + '<endEvent id="unused_end"/>'
    + flow("unused_start", "unused_end")
    + "</process>"
)


KIND = table("tea_kind", "UNIQUE", "leaf.verdict", '"ok"', "tea.kind", '"black"')
"""One table more, for a business rule task to ask."""

_DECISIONS = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="tea" name="tea" namespace="tea">\n'
    + table("tea_allowed", "FIRST", "person.age", "&lt; 18", "refusal", '"under_age"')
    + table("tea_repeats", "COLLECT", "step", '"order"', "repeat", '"sign"')
    + "</definitions>"
)
