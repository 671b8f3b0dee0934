"""What the records of a version tell: the business, its milestones, reasons, notices and questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bundles.differences import naming
from engine.bundles.differences.comparing import Aspect, Key, Order, Thing
from engine.bundles.model import Bundle
from engine.bundles.places import notice_place
from engine.feel.said import Said

_BUSINESS: dict[str, Said] = {
    "name": Said("名称", "name"),
    "summary": Said("简介", "summary"),
    "button": Said("按钮文字", "button"),
    "exclusive": Said("办理中不得办理其他业务", "blocks other business"),
    "started_by": Said("由谁发起", "started by"),
    "process": Said("根流程", "root process"),
    "eligibility": Said("办理条件表", "table of eligibility"),
    "repeats": Said("重做步骤表", "table of repeats"),
    "papers": Said("要准备的证件", "papers"),
    "devices": Said("要准备的设备", "devices"),
}
_REASON: dict[str, Said] = {
    "text": Said("岗位看到的文字", "text for the desk"),
    "step": Said("退回的步骤", "step that is asked again"),
    "field": Said("字段", "field"),
    "final": Said("最终原因", "final"),
    "video": Said("重做视频", "video again"),
    "desks": Said("岗位", "desks"),
    "customer_text": Said("客户看到的文字", "text for the customer"),
}
_NOTICE = {"title": Said("标题", "title"), "text": Said("正文", "text"), "action": Said("怎么办", "what to do")}
_TOLD = frozenset({"step", "final", "desks"})
_IDS = frozenset({"step", "field", "process", "eligibility", "repeats", "started_by"})


def business(bundle: Bundle) -> dict[Key, Thing]:
    record = bundle.business
    what = naming.called(Said("业务", "business"), record.id, naming.name(bundle, record.name))
    aspects = dict(_aspects(bundle, record, _BUSINESS))
    return {record.id: Thing("business", f"processes/{record.id}/business.json", None, what, aspects)}


def milestones(bundle: Bundle) -> dict[Key, Thing]:
    return {each.id: _milestone(bundle, each.id, each.name, each.steps) for each in bundle.business.milestones}


def _milestone(bundle: Bundle, id: str, name: str, steps: tuple[str, ...]) -> Thing:
    what = naming.called(Said("办理阶段", "milestone"), id, naming.name(bundle, name))
    aspects = {
        "name": Aspect(Said("名称", "name"), naming.name(bundle, name), "renamed"),
        "steps": Aspect(Said("步骤", "steps"), naming.ids(steps), told=True),
    }
    return Thing("milestone", f"processes/{bundle.business.id}/business.json", id, what, aspects)


def orders(bundle: Bundle) -> dict[str, Order]:
    thing = Thing(
        "milestone", f"processes/{bundle.business.id}/business.json", None, Said("办理阶段", "the milestones")
    )
    return {
        "milestones": Order(thing, {each.id: naming.name(bundle, each.name) for each in bundle.business.milestones})
    }


def reasons(bundle: Bundle) -> dict[Key, Thing]:
    """Those that a desk of this business may give, shared ones included."""
    found: dict[Key, Thing] = {}
    for reason in bundle.reasons:
        what = naming.called(Said("驳回原因", "reject reason"), reason.code, naming.name(bundle, reason.text))
        aspects = dict(_aspects(bundle, reason, _REASON))
        found[reason.code] = Thing("reason", reason.place.file, reason.code, what, aspects)
    return found


def notices(bundle: Bundle) -> dict[Key, Thing]:
    found: dict[Key, Thing] = {}
    for code, notice in bundle.notices.items():
        label = notice.get("title") or notice.get("text")
        what = naming.called(Said("通知", "notice"), code, naming.name(bundle, label) if label else None)
        aspects = {name: Aspect(_NOTICE[name], naming.value(bundle, text)) for name, text in notice.items()}
        found[code] = Thing("notice", notice_place(bundle, code).file, code, what, aspects)
    return found


def asking(bundle: Bundle) -> dict[Key, Thing]:
    """How many questions are drawn, and how many must be right."""
    asked = bundle.questions
    if asked is None:
        return {}
    aspects = {
        "draw": Aspect(Said("抽题数", "questions drawn"), Said(str(asked.draw), str(asked.draw))),
        "needed": Aspect(Said("答对数", "right answers needed"), Said(str(asked.needed), str(asked.needed))),
    }
    what = Said("开户知识", "the knowledge questions")
    return {"questions": Thing("questions", asked.place.file, None, what, aspects)}


def questions(bundle: Bundle) -> dict[Key, Thing]:
    found: dict[Key, Thing] = {}
    for each in bundle.questions.pool if bundle.questions else ():
        what = naming.called(Said("题目", "question"), each.code, naming.name(bundle, each.text))
        aspects = {
            "text": Aspect(Said("题目", "text"), naming.name(bundle, each.text)),
            "answer": Aspect(Said("答案", "answer"), naming.name(bundle, each.answer)),
        }
        found[each.code] = Thing("question", each.place.file, each.code, what, aspects)
    return found


def _aspects(bundle: Bundle, record: Any, words: dict[str, Said]) -> Iterator[tuple[str, Aspect]]:
    for name, called in words.items():
        value = getattr(record, name)
        shown = naming.ids(value) if name == "desks" else naming.code(value) if name in _IDS else None
        shown = shown or (naming.value(bundle, value) if name not in _IDS else None)
        yield name, Aspect(called, shown, told=name in _TOLD and value is not False)
