"""What of an element can be changed in a form without a canvas: its fields, in the words of the editor's panel."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from engine.bundles.vocabulary import Vocabulary
from engine.diagrams.calling import CALLED, DECISION, MESSAGE, SERVICE, parameter_of
from engine.diagrams.names import bpmn, local
from engine.diagrams.relaning import lanes_of
from engine.diagrams.retouching import CONDITION, DEFAULT, FLOW, NAME, ROLE, TIME, property_key
from engine.diagrams.words import KINDS
from engine.feel.checker import check
from webapp.language import language
from webapp.language import words as _
from webapp.studio.panel import CONDITION as CONDITIONAL
from webapp.studio.panel import TEXT, Property, lists_of, properties, role_names, service_of
from webapp.studio.problems import sentence

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Field:
    """`options` is there where the value is chosen; `wrong` is what the checks say of what stands in it."""

    key: str
    label: str
    help: str
    value: str
    options: Options | None = None
    condition: bool = False
    wrong: str = ""


def properties_of(element: etree._Element) -> dict[str, Property]:
    """The properties that its kind knows, by name."""
    kind = f"bpmn:{local(element)[:1].upper()}{local(element)[1:]}"
    return {one.name: one for one in properties() if kind in one.on}


def kind_of(element: etree._Element) -> str:
    kind = KINDS.get(local(element))
    return kind.to(language()) if kind else _("连线")


def fields_of(element: etree._Element, said: Mapping[str, str], words: Vocabulary) -> list[Field]:
    """In the order of the panel. Who reads it hears what each wants."""
    return list(_fields(element, said, words))


def _fields(element: etree._Element, said: Mapping[str, str], words: Vocabulary) -> Iterator[Field]:
    facts = set(words.facts)
    yield Field(NAME, _("名称"), "", said[NAME])
    if ROLE in said:
        names = role_names()
        roles = [(own, names.get(own, name or own)) for own, name in lanes_of(element)]
        told = _("步骤会画到这个角色的泳道里，两边的连线重新画")
        yield Field(ROLE, _("谁来办"), told, said[ROLE], _with([("", _("（无）"))] if not said[ROLE] else [], roles))
    if TIME in said:
        yield Field(TIME, _("时间"), _("ISO 8601 时长，例如 P1D 或 PT30M，或保存它的事实"), said[TIME])
    if CONDITION in said:
        yield _condition(element, said[CONDITION], facts)
    if DEFAULT in said:
        told = _("没有条件成立时走的连线；它自己不写条件")
        yield Field(DEFAULT, _("默认连线"), told, said[DEFAULT], _with(_none(), _leaving(element)))
    yield from _calls(element, said, words)
    lists = lists_of(words)
    for name, one in properties_of(element).items():
        yield _property(one, said[property_key(name)], lists, facts)


def _calls(element: etree._Element, said: Mapping[str, str], words: Vocabulary) -> Iterator[Field]:
    """What it calls."""
    if CALLED in said:
        processes = [(own, f"{name} ({own})") for own, name in words.processes.items()]
        yield _chosen(CALLED, _("调用的流程"), "", said, processes)
    if DECISION in said:
        yield _chosen(DECISION, _("决策表"), "", said, [(one, one) for one in words.decisions])
    if SERVICE in said:
        told = _("换一个服务，同名的参数留着；保存之后这里有它的参数")
        services = [(one["name"], one["label"]) for one in map(service_of, words.services)]
        yield _chosen(SERVICE, _("服务"), told, said, services)
    for key in filter(parameter_of, said):
        told, wrong = _("条件语言；文本要加英文双引号"), _wrong(said[key], set(words.facts))
        label = f"{_('参数')} {parameter_of(key)}"
        yield Field(key, label, told, said[key], condition=True, wrong=wrong)
    if MESSAGE in said:
        told = _("消息发来时用的名字；别处也等它的消息不跟着改名")
        yield Field(MESSAGE, _("消息"), told, said[MESSAGE])


def _chosen(key: str, label: str, told: str, said: Mapping[str, str], offered: Options) -> Field:
    """One of those that are offered; what stands there and is none of them stays one."""
    gone = [(said[key], said[key])] if said[key] and said[key] not in {own for own, _name in offered} else []
    return Field(key, label, told, said[key], _with(_none(), offered, gone))


def _condition(flow: etree._Element, text: str, facts: Collection[str]) -> Field:
    source = next((one for one in _scope(flow) if one.get("id") == flow.get("sourceRef")), None)
    if source is not None and source.get("default") == flow.get("id"):
        told = _("这是默认连线：不写条件")
    else:
        told = _("条件语言，例如 back and not(todo.x)；可以用的事实在下面")
    return Field(CONDITION, _("条件"), told, text, condition=True, wrong=_wrong(text, facts))


def _property(one: Property, value: str, lists: Mapping[str, list[dict[str, str]]], facts: Collection[str]) -> Field:
    key = property_key(one.name)
    if one.kind in (TEXT, CONDITIONAL):
        wrong = _wrong(value, facts) if one.kind == CONDITIONAL else ""
        return Field(key, one.label, one.help, value, condition=one.kind == CONDITIONAL, wrong=wrong)
    offered = [(item["value"], item["label"]) for item in lists[one.kind]]
    return _chosen(key, one.label, one.help, {key: value}, offered)


def _leaving(gateway: etree._Element) -> Options:
    names = {one.get("id"): one.get("name") or one.get("id") for one in _scope(gateway)}
    flows = [one for one in _scope(gateway) if one.tag == bpmn(FLOW) and one.get("sourceRef") == gateway.get("id")]
    return [(one.get("id", ""), " → ".join(filter(None, (one.get("name"), names.get(one.get("targetRef"))))))
            for one in flows]  # fmt: skip


def _scope(element: etree._Element) -> list[etree._Element]:
    parent = element.getparent()
    return [] if parent is None else list(parent)


def _wrong(text: str, facts: Collection[str]) -> str:
    problems = check(text, facts) if text else []
    return sentence(problems[0]) if problems else ""


def _none() -> Options:
    return [("", _("（无）"))]


def _with(*options: Options) -> Options:
    return [one for some in options for one in some]
