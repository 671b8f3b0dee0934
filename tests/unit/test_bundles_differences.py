"""The difference between two versions in words: each kind of change by one change to the sound business."""

from __future__ import annotations

import json
import re
from time import process_time
from typing import Any

import pytest

from engine.bundles import SECTIONS, Difference, differences
from engine.bundles.differences.difference import _SECTION_OF
from engine.bundles.loading import assemble
from tests.unit.tea import (
    AGREEMENT,
    BUSINESS,
    CHECK,
    DECISIONS,
    ENGLISH,
    HANDLING,
    KNOWN,
    NOTICES,
    ORDER_FORM,
    PROCESS,
    QUESTIONS,
    REASONS,
    SCENARIO,
    Files,
    changed,
    flow,
    lane,
    tea,
    user_task,
)

STIR = user_task("stir", "订茶", form="tea/sign", status="待订茶")
FIELD = '"label": "茶",\n   "properties": {\n    "widget": "agreements"'
SECOND_RULE = (
    '<rule id="second"><inputEntry id="second_test"><text>-</text></inputEntry><outputEntry id="second_result">'
    "<text>null</text></outputEntry></rule>"
)


def told(files: Files, before: Files | None = None) -> list[Difference]:
    return differences(assemble(before or tea(), "tea", KNOWN), assemble(files, "tea", KNOWN))


CHANGES: list[tuple[str, str, str, str, str, str | None]] = [
    # what is changed, what is said of it in Chinese, and the element that it is said of
    (HANDLING, 'name="品茶"', 'name="订茶"', "步骤“品茶”（taste）改名为“订茶”", "step.renamed", "taste"),
    (HANDLING, lane("investor", "order", "sign") + lane("reviewer", "taste"),
     lane("investor", "order") + lane("reviewer", "taste", "sign"),
     "步骤“签字”（sign）从泳道“茶客”（investor）移到泳道“茶客”（reviewer）", "step.moved", "sign"),
    (HANDLING, 'value="待品茶"', 'value="品茶中"', "步骤“品茶”（taste）：办理状态由“待品茶”改为“品茶中”",
     "step.changed", "taste"),
    (HANDLING, '<spiffworkflow:property name="due" value="P1D"/>', "", "步骤“品茶”（taste）：去掉办理期限，原为 P1D",
     "step.cleared", "taste"),
    (HANDLING, '<exclusiveGateway id="head"/>', '<exclusiveGateway id="head" name="订茶"/>',
     "排他网关“head”：名称设为“订茶”", "element.set", "head"),
    (HANDLING, 'default="signed__taste_open"', 'default="signed__head"',
     "排他网关“signed”：默认连线由去排他网关“taste_open”改为去排他网关“head”", "element.changed", "signed"),
    (PROCESS, ">settings.idle_limit<", ">P1D<",
     "边界事件“变故”（idle）：事件由等待 settings.idle_limit改为等待 P1D", "element.changed", "idle"),
    (PROCESS, "'\"idle_warning\"'", "'\"under_age\"'",
     '服务任务“查茶”（send_warning）：参数 template由 "idle_warning" 改为 "under_age"', "element.changed",
     "send_warning"),
    (CHECK, 'Operator id="leaf.check"', 'Operator id="notice.send"',
     "服务任务“查茶”（check_leaf）：服务由 leaf.check 改为 notice.send", "element.changed", "check_leaf"),
    (HANDLING, 'lane id="reviewer" name="茶客"', 'lane id="reviewer" name="品茶"',
     "泳道“茶客”（reviewer）改名为“品茶”", "lane.renamed", "reviewer"),
    (PROCESS, 'process id="tea" name="喝茶"', 'process id="tea" name="订茶"', "流程“喝茶”（tea）改名为“订茶”",
     "process.renamed", "tea"),
    (PROCESS, "", '<textAnnotation id="n"><text>茶</text></textAnnotation>', "增加注释“n”，文字：“茶”", "note.added",
     "n"),
    (HANDLING, flow("signed", "taste_open"), "", "删除从排他网关“signed”到排他网关“taste_open”的连线", "flow.removed",
     "signed__taste_open"),
    (HANDLING, "", flow("order", "sign", "back"), "增加从步骤“订茶”（order）到步骤“签字”（sign）的连线，条件：back",
     "flow.added", "order__sign"),
    (HANDLING, ">todo.order<", ">not(todo.order)<",
     "从排他网关“order_open”到步骤“订茶”（order）的连线：条件由 todo.order 改为 not(todo.order)", "flow.changed",
     "order_open__order"),
    (PROCESS, 'id="idle" name="变故" attachedToRef="handling" cancelActivity="true"',
     'id="idle" name="变故" attachedToRef="handling" cancelActivity="false"',
     "边界事件“变故”（idle）：中断任务设为否", "element.set", "idle"),
    (HANDLING, 'name="due" value="P1D"', 'name="due" value="P2D"', "步骤“品茶”（taste）：办理期限由 P1D 改为 P2D",
     "step.changed", "taste"),
    (HANDLING, 'name="notSameAs" value="order"', 'name="notSameAs" value="sign"',
     "步骤“品茶”（taste）：不得与其同一人的步骤由 order 改为 sign", "step.changed", "taste"),
    # forms
    (ORDER_FORM, FIELD, FIELD.replace("茶", "品茶", 1), "表单“tea/order”的字段“茶”（agree）：标签由“茶”改为“品茶”",
     "field.changed", "agree"),
    (ORDER_FORM, FIELD, FIELD.replace("{", '{\n    "fact": "tea.agreed",'),
     "表单“tea/order”的字段“茶”（agree）：事实设为“tea.agreed”", "field.set", "agree"),
    (ORDER_FORM, FIELD, '"validate": {"required": true}, ' + FIELD,
     "表单“tea/order”的字段“茶”（agree）：必填设为是", "field.set", "agree"),
    (ORDER_FORM, FIELD, '"values": [{"value": "yes", "label": "签字"}], ' + FIELD,
     "表单“tea/order”的字段“茶”（agree）：选项 yes设为“签字”", "field.set", "agree"),
    (ORDER_FORM, '"key": "agree"', '"key": "agreed"', "删除表单“tea/order”的字段“茶”（agree）", "field.removed",
     "agree"),
    # records
    (BUSINESS, '"button": "马上喝茶"', '"button": "喝茶"', "业务“喝茶”（tea）：按钮文字由“马上喝茶”改为“喝茶”",
     "business.changed", None),
    (BUSINESS, '"exclusive": true', '"exclusive": false', "业务“喝茶”（tea）：办理中不得办理其他业务由是改为否",
     "business.changed", None),
    (BUSINESS, '"茶票"', '"茶票", "茶杯"', "业务“喝茶”（tea）：要准备的证件由“茶票”改为“茶票”、“茶杯”",
     "business.changed", None),
    (BUSINESS, '"sign"\n', '"sign", "taste"\n', "办理阶段“订茶”（order）：步骤由 order、sign 改为 order、sign、taste",
     "milestone.changed", "order"),
    (REASONS, '"step": "order"', '"step": "sign"', "驳回原因“茶凉了”（cold）：退回的步骤由 order 改为 sign",
     "reason.changed", "cold"),
    (REASONS, '"code": "gone"', '"code": "out"', "增加驳回原因“没茶了”（out），最终原因：是；岗位：taste",
     "reason.added", "out"),
    (NOTICES, '"请致电{hotline}"', '"茶"', "通知“快到期了”（idle_warning）：怎么办由“请致电{hotline}”改为“茶”",
     "notice.changed", "idle_warning"),
    (NOTICES, '"under_age"', '"too_young"', "删除通知“继续”（under_age）", "notice.removed", "under_age"),
    (QUESTIONS, '"needed": 1', '"needed": 2', "开户知识：答对数由1改为2", "questions.changed", None),
    (QUESTIONS, '"answer": "两杯"', '"answer": "绿茶"', "题目“几杯”（cup）：答案由“两杯”改为“绿茶”",
     "question.changed", "cup"),
    # decisions
    (DECISIONS, "&lt; 18", "&lt; 20",
     '决策表“表”（tea_allowed）的规则 1：内容由[person.age: < 18 → refusal = "under_age"]改为'
     '[person.age: < 20 → refusal = "under_age"]',
     "rule.changed", "tea_allowed_rule"),
    (DECISIONS, 'hitPolicy="FIRST"', 'hitPolicy="ANY"', "决策表“表”（tea_allowed）：命中策略由 FIRST 改为 ANY",
     "table.changed", "tea_allowed"),
    (DECISIONS, "</rule></decisionTable>", "</rule>" + SECOND_RULE + "</decisionTable>",
     "增加决策表“表”（tea_allowed）的规则 2，内容：[person.age: - → refusal = null]", "rule.added", "second"),
    (DECISIONS, "<text>person.age</text>", "<text>person.height</text>",
     "增加决策表“表”（tea_allowed）的输入列 person.height", "column.added", "tea_allowed_input"),
    # what is only read
    (AGREEMENT, "# 订茶协议\n", "# 订茶协议\n\n茶要热。\n", f"文本“{AGREEMENT}”：新增 2 行，删除 0 行",
     "document.rewritten", None),
    (AGREEMENT.replace(".md", ".en.md"), "# Order of tea\n", "\n# Order of tea",
     f"文本“{AGREEMENT[:-3]}.en.md”：新增 1 行，删除 0 行", "document.rewritten", None),
    (SCENARIO, "[cold]", "[gone]", f"场景“{SCENARIO}”：新增 1 行，删除 1 行", "scenario.rewritten", None),
    (ENGLISH, '"English of 茶杯"', '"Cup"', "“茶杯”的英文：译文由“English of 茶杯”改为“Cup”", "english.changed",
     None),
    (ENGLISH, '"茶杯"', '"杯"', "增加 1 条英文", "english.added", None),
    # files
    (PROCESS, 'x="10"', 'x="12"', f"文件“{PROCESS}”只调整了版面，走法不变", "file.redrawn", None),
    (CHECK, '<endEvent id="unused_end"/>', '<endEvent id="unused_end" name="茶"/>',
     f"文件“{CHECK}”有改动，但不影响本业务的办理", "file.unread", None),
]  # fmt: skip


def edited(path: str, old: str, new: str) -> Files:
    """One piece replaced; with nothing to replace, the new piece stands at the end of the process."""
    return changed(path, old or "</process>", new if old else new + "</process>")


@pytest.mark.parametrize(("path", "old", "new", "said", "kind", "element"), CHANGES, ids=[row[4] for row in CHANGES])
def test_a_change_is_told_in_words(path: str, old: str, new: str, said: str, kind: str, element: str | None) -> None:
    found = {each.said.zh: each for each in told(edited(path, old, new))}
    assert said in found
    one = found[said]
    assert (f"{one.subject}.{one.change}", one.file, one.element) == (kind, path, element)


def test_a_long_text_is_compared_at_once_however_it_was_turned_round() -> None:
    lines = [f"第 {number} 条\n" for number in range(20_000)]
    before, after = ({**tea(), AGREEMENT: "".join(each).encode()} for each in (lines, lines[::-1]))
    start = process_time()
    (only,) = told(after, before)
    assert only.said.zh.endswith("：只是行的次序变了")
    assert process_time() - start < 1


def test_a_version_does_not_differ_from_itself() -> None:
    assert told(tea()) == []


def test_a_new_step_is_told_with_who_does_it_and_with_its_form_and_a_dropped_one_by_its_name() -> None:
    sign = "<flowNodeRef>sign</flowNodeRef>"
    files = changed(HANDLING, sign, sign + sign.replace("sign", "stir"), edited(HANDLING, "", STIR))
    (added,), (removed,) = told(files), told(tea(), files)
    assert added.said.zh == "增加步骤“订茶”（stir），办理人：泳道“茶客”（investor）；表单：tea/sign"
    assert removed.said.zh == "删除步骤“订茶”（stir）"
    assert added.said.en.startswith('step "English of 订茶" (stir) is added; done by: lane')


def test_a_flow_that_was_only_drawn_again_between_the_same_elements_is_no_difference_of_the_flow() -> None:
    (only,) = told(changed(HANDLING, 'sequenceFlow id="order__check"', 'sequenceFlow id="Flow_1x"'))
    assert only.section == "files"


def test_a_translation_is_told_as_a_translation_and_not_as_a_change_of_what_it_translates() -> None:
    (only,) = told(changed(ENGLISH, '"English of 订茶"', '"Order"'))
    assert (only.subject, only.said.en) == (
        "english",
        'the English of "订茶": translation changes from "English of 订茶" to "Order"',
    )


def test_the_order_of_fields_rules_and_milestones_is_told() -> None:
    fields = json.loads(tea()["forms/tea/taste.form.json"])
    turned = {**fields, "components": fields["components"][::-1]}
    assert [each.said.zh for each in told({**tea(), "forms/tea/taste.form.json": json.dumps(turned).encode()})] == [
        "表单“tea/taste”的字段的顺序有变：“茶”、“茶”"
    ]
    both = changed(DECISIONS, "</rule></decisionTable>", "</rule>" + SECOND_RULE + "</decisionTable>")
    first = re.search('<rule id="tea_allowed_rule">.*?</rule>', both[DECISIONS].decode(), re.DOTALL)
    assert first is not None
    swapped = changed(DECISIONS, first[0] + "\n" + SECOND_RULE, SECOND_RULE + "\n" + first[0], both)
    assert [each.change for each in told(swapped, both)] == ["reordered"]
    milestones = json.loads(tea()[BUSINESS])
    milestones["milestones"].append({"id": "end", "name": "品茶", "steps": []})
    later = json.dumps(milestones, ensure_ascii=False).encode()
    milestones["milestones"].reverse()
    earlier = json.dumps(milestones, ensure_ascii=False).encode()
    assert [each.change for each in told({**tea(), BUSINESS: later}, {**tea(), BUSINESS: earlier})] == ["reordered"]


@pytest.mark.parametrize("path", sorted(tea()))
def test_no_file_changes_in_silence(path: str) -> None:
    """A blank at the end of a file is told, as far as the file may end in one; so are a new file and one taken away."""
    if path.endswith((".bpmn", ".dmn", ".json")):
        assert [each.change for each in told({**tea(), path: tea()[path] + b"\n"})] == ["unread"]
    extra = path.replace(".", "_2.", 1) if not path.endswith(".json") or "forms/" in path else ""
    if extra and not path.endswith((".bpmn", ".dmn")):
        assert path.rpartition("/")[0] in told({**tea(), extra: tea()[path]})[0].file
        assert told(tea(), {**tea(), extra: tea()[path]})[0].change == "removed"


def test_every_kind_of_thing_belongs_to_a_section_and_is_said_in_both_languages() -> None:
    subjects = {row[4].split(".")[0] for row in CHANGES} | {"step", "form"}
    assert subjects == set(_SECTION_OF)
    assert set(_SECTION_OF.values()) == set(SECTIONS)
    for path, old, new, *_ in CHANGES:
        for each in told(edited(path, old, new)):
            assert each.said.zh and each.said.en
            assert plain(each)["said"] == {"zh": each.said.zh, "en": each.said.en}


def plain(difference: Difference) -> dict[str, Any]:
    """What a page gets as JSON."""
    found: dict[str, Any] = json.loads(json.dumps(difference.plain()))
    return found
