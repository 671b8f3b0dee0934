"""What the diagrams of a version hold: elements, flows, lanes, processes and notes."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bundles.differences import naming
from engine.bundles.differences.comparing import Aspect, Key, Thing
from engine.bundles.model import Bundle
from engine.diagrams.model import Element, Event, Flow
from engine.feel.said import Said

_PROPERTIES: dict[str, Said] = {
    "form": Said("表单", "form"),
    "status": Said("办理状态", "status"),
    "statusClaimed": Said("领取后的办理状态", "status while claimed"),
    "statusRejected": Said("退回后的办理状态", "status after a reject"),
    "back": Said("上一步", "step back"),
    "backWhen": Said("上一步的条件", "condition of the step back"),
    "notSameAs": Said("不得与其同一人的步骤", "step of another person"),
    "due": Said("办理期限", "due time"),
    "outside": Said("页面标记", "mark for pages"),
    "notice": Said("期间给客户看的通知", "notice that the customer reads meanwhile"),
    "afterwards": Said("结束后请求的服务", "service asked for afterwards"),
    "retention": Said("保存期限", "term of retention"),
    "sms": Said("短信通知", "notice by SMS"),
    "smsRejected": Said("退回时的短信", "SMS after a reject"),
    "smsBooked": Said("预约后的短信", "SMS after a booking"),
    "smsChanged": Said("改约后的短信", "SMS after a change of the booking"),
    "smsCancelled": Said("取消预约后的短信", "SMS after a booking was cancelled"),
    "smsMissed": Said("错过预约后的短信", "SMS after a missed booking"),
    "smsReminder": Said("预约提醒的短信", "SMS that reminds of a booking"),
}
_TEXTS = frozenset({"status", "statusClaimed", "statusRejected"})
_EVENTS: dict[str, Said] = {
    "message": Said("消息 {text}", "message {text}"),
    "duration": Said("等待 {text}", "wait {text}"),
    "date": Said("等到 {text}", "wait until {text}"),
    "error": Said("错误 {text}", "error {text}"),
    "terminate": Said("终止", "terminate"),
}


def elements(bundle: Bundle) -> dict[Key, Thing]:
    """Steps by their id, since it names one step in all diagrams; other elements by process and id."""
    return {_key(item): _element(bundle, item) for item in bundle.drawing.elements.values()}


def flows(bundle: Bundle) -> dict[Key, Thing]:
    """By the ends: a flow that was drawn anew between the same elements is the same."""
    return {(flow.process, flow.source, flow.target, number): _flow(bundle, flow)
            for flow, number in _numbered(bundle)}  # fmt: skip


def lanes(bundle: Bundle) -> dict[Key, Thing]:
    found: dict[Key, Thing] = {}
    for diagram in bundle.diagrams:
        for lane in diagram.lanes:
            what = naming.lane(bundle, lane.process, lane.id)
            label = {"name": _name(bundle, lane.name)}
            found[lane.process, lane.id] = Thing("lane", diagram.file, lane.id, what, label)
    return found


def processes(bundle: Bundle) -> dict[Key, Thing]:
    found: dict[Key, Thing] = {}
    for item in bundle.drawing.processes.values():
        label = naming.name(bundle, item.name) if item.name else None
        what = naming.called(Said("流程", "process"), item.id, label)
        found[item.id] = Thing("process", item.file, item.id, what, {"name": _name(bundle, item.name)})
    return found


def notes(bundle: Bundle) -> dict[Key, Thing]:
    found: dict[Key, Thing] = {}
    for diagram in bundle.diagrams:
        for note in diagram.notes:
            text = Aspect(Said("文字", "text"), naming.name(bundle, note.text), told=True)
            what = naming.called(Said("注释", "note"), note.id)
            found[diagram.file, note.id] = Thing("note", diagram.file, note.id, what, {"text": text})
    return found


def _key(item: Element) -> Key:
    return item.id if item.kind == "userTask" else item.key


def _element(bundle: Bundle, item: Element) -> Thing:
    subject = "step" if item.kind == "userTask" else "element"
    return Thing(subject, item.file, item.id, naming.element(bundle, item), dict(_aspects(bundle, item)))


def _aspects(bundle: Bundle, item: Element) -> Iterator[tuple[str, Aspect]]:
    yield "name", _name(bundle, item.name)
    if item.lane:
        lane = naming.lane(bundle, item.process, item.lane)
        yield "lane", Aspect(Said("办理人", "done by"), lane, "moved", item.kind == "userTask", item.lane)
    process = bundle.drawing.processes[item.process]
    yield (
        "process",
        Aspect(Said("流程", "process"), naming.name(bundle, process.name or process.id), "moved", key=process.id),
    )
    yield "kind", Aspect(Said("种类", "kind"), naming.kind_of(item))
    for name, said in item.properties.items():
        shown = naming.name(bundle, said) if name in _TEXTS else naming.code(said)
        yield f"property {name}", Aspect(_PROPERTIES.get(name, Said(name, name)), shown, told=name == "form")
    yield from _work(item)
    yield "event", Aspect(Said("事件", "event"), _event(item.event), told=True)
    yield "attached", Aspect(Said("所在任务", "task that it sits on"), naming.code(item.attached_to), told=True)
    if not item.interrupting:
        yield "interrupting", Aspect(Said("中断任务", "interrupts its task"), Said("否", "no"), told=True)
    yield "default", _default(bundle, item)


def _work(item: Element) -> Iterator[tuple[str, Aspect]]:
    """What a task asks for."""
    if item.operator:
        yield "service", Aspect(Said("服务", "service"), naming.code(item.operator.id), told=True)
        for parameter in item.operator.parameters:
            label = Said(f"参数 {parameter.id}", f"parameter {parameter.id}")
            yield f"parameter {parameter.id}", Aspect(label, naming.code(parameter.value), told=True)
    yield "decision", Aspect(Said("决策表", "decision table"), naming.code(item.decision), told=True)
    yield "called", Aspect(Said("调用的流程", "called process"), naming.code(item.called), told=True)


def _event(event: Event | None) -> Said | None:
    return _EVENTS[event.kind].filled(text=event.text) if event else None


def _default(bundle: Bundle, item: Element) -> Aspect:
    """Where the default flow leads, whatever its id."""
    called = Said("默认连线", "default flow")
    default = next((flow for flow in bundle.drawing.flows_of(item) if flow.id == item.default), None)
    if default is None:
        return Aspect(called, None)
    target = naming.end(bundle, item.process, default.target)
    return Aspect(called, Said("去{target}", "to {target}").filled(target=target), key=default.target)


def _numbered(bundle: Bundle) -> Iterator[tuple[Flow, int]]:
    """Flows between the same two elements are told apart by their order."""
    seen: dict[tuple[str, str, str], int] = {}
    for flow in bundle.drawing.flows:
        ends = (flow.process, flow.source, flow.target)
        seen[ends] = seen.get(ends, 0) + 1
        yield flow, seen[ends]


def _flow(bundle: Bundle, flow: Flow) -> Thing:
    source, target = (naming.end(bundle, flow.process, each) for each in (flow.source, flow.target))
    what = Said("从{source}到{target}的连线", "flow from {source} to {target}").filled(source=source, target=target)
    condition = Aspect(Said("条件", "condition"), naming.code(flow.condition), told=True)
    return Thing("flow", flow.file, flow.id, what, {"name": _name(bundle, flow.name), "condition": condition})


def _name(bundle: Bundle, text: str) -> Aspect:
    return Aspect(Said("名称", "name"), naming.name(bundle, text) if text.strip() else None, "renamed")
