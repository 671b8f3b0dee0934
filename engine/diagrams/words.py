"""What the elements of a diagram are called in both languages."""

from __future__ import annotations

from engine.diagrams.model import Element
from engine.feel.said import Said

KINDS: dict[str, Said] = {
    "userTask": Said("步骤", "step"),
    "serviceTask": Said("服务任务", "service task"),
    "businessRuleTask": Said("业务规则任务", "business rule task"),
    "callActivity": Said("调用活动", "call activity"),
    "subProcess": Said("子流程", "sub-process"),
    "exclusiveGateway": Said("排他网关", "exclusive gateway"),
    "parallelGateway": Said("并行网关", "parallel gateway"),
    "eventBasedGateway": Said("事件网关", "event gateway"),
    "startEvent": Said("开始事件", "start event"),
    "endEvent": Said("结束事件", "end event"),
    "boundaryEvent": Said("边界事件", "boundary event"),
    "intermediateCatchEvent": Said("中间捕获事件", "intermediate catching event"),
    "intermediateThrowEvent": Said("中间事件", "intermediate event"),
}


def called(element: Element) -> Said:
    """The element as a person finds it on the picture."""
    kind = KINDS.get(element.kind, Said(element.kind, element.kind))
    if element.name.strip():
        return Said("{kind}“{name}”（{id}）", '{kind} "{name}" ({id})').filled(
            kind=kind, name=element.name, id=element.id
        )
    return Said("{kind}“{id}”", "{kind} {id}").filled(kind=kind, id=element.id)
