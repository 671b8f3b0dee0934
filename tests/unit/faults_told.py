"""What may be wrong with the records and tables of a business: one change for each fault, and what its line says."""

from __future__ import annotations

from tests.unit.faults_drawn import Row
from tests.unit.tea import (
    BUSINESS,
    DECISIONS,
    ENGLISH,
    HANDLING,
    KIND,
    NOTICES,
    ORDER_FORM,
    PROCESS,
    QUESTIONS,
    REASONS,
    flow,
    table,
)

TASTE_FORM = "forms/tea/taste.form.json"
CLAIMED = 'name="statusClaimed" value="品茶中"'
TO_HEAD = flow("tasted", "head", 'taste.decision = "reject"')
ALLOWED = '<decision id="tea_allowed"'
FIRST_RULE = '<rule id="tea_allowed_rule">'
ALWAYS = (
    '<rule id="always"><inputEntry id="always_test"><text>-</text></inputEntry><outputEntry id="always_result">'
    "<text>null</text></outputEntry></rule>"
)
AGAIN = ALWAYS.replace("always", "again")
TABLE = table("tea_allowed", "FIRST", "person.age", "&lt; 18", "refusal", '"under_age"')
FIRST_ENTRY = '<inputEntry id="tea_allowed_test"><text>&lt; 18</text></inputEntry>'

RECORDS: list[Row] = [
    ("json.shape/id", BUSINESS, '"id": "tea"', '"id": "coffee"', '"id": "coffee"'),
    ("json.shape/key", BUSINESS, '"button"', '"buton"', '"buton"'),
    ("json.shape/text", BUSINESS, '"button": "马上喝茶"', '"button": ""', '"button"'),
    ("json.shape/text", BUSINESS, ' "button": "马上喝茶",\n', "", "{"),
    ("json.shape/flag", BUSINESS, '"exclusive": true', '"exclusive": "yes"', '"exclusive"'),
    ("json.shape/choice", BUSINESS, '"started_by": "investor"', '"started_by": "anybody"', '"anybody"'),
    ("json.shape/texts", BUSINESS, '"茶票"', "1", '"papers"'),
    ("json.shape/list", BUSINESS, '"milestones": [', '"milestones": {}, "x": [', '"milestones"'),
    ("json.shape/object", BUSINESS, '"milestones": [', '"milestones": [\n7,', "7,"),
    ("json.shape/count", QUESTIONS, '"needed": 1', '"needed": "all"', '"needed"'),
    ("json.syntax/json", QUESTIONS, '"draw": 2,', '"draw": 2', '"needed"'),
    ("json.syntax/json", REASONS, '"cold",', '"cold"', '"text"'),
    ("json.syntax/twice", BUSINESS, '"button": "马上喝茶"', '"button": "马上喝茶",\n "button": "喝茶"', '"喝茶"'),
    ("json.syntax/number", QUESTIONS, '"needed": 1', '"needed": NaN', "NaN"),
    ("process.missing", BUSINESS, '"process": "tea"', '"process": "te"', '"process"'),
    ("business.decision", BUSINESS, '"tea_allowed"', '"tea_alowed"', "tea_alowed"),
    ("business.decision", BUSINESS, '"tea_repeats"', '"tea_repeat"', "tea_repeat"),
    ("business.milestone/unknown", BUSINESS, '"sign"', '"sing"', '"sing"'),
    ("business.milestone/twice", BUSINESS, '"sign"', '\n"order"', '"order"'),
    # forms, as far as the business knows them
    ("form.bad", TASTE_FORM, '"radio"', '"BAD"', "{"),
    ("form.unused", HANDLING, 'value="tea/sign"', 'value="tea/order"', None),
    ("form.document", ORDER_FORM, "agreements/order.md", "agreements/ordre.md", "agreements/ordre.md"),
    ("form.notice", ORDER_FORM, '"widget": "agreements"', '"notice": "nothing"', '"nothing"'),
    ("notice.unknown", PROCESS, 'name="sms" value="idle_warning"', 'name="sms" value="idle_warnin"', "idle_warnin"),
    ("notice.unknown", HANDLING, CLAIMED, 'name="smsRejected" value="tastin"', "tastin"),
    ("notice.empty", NOTICES, '"text": "茶快凉了",', "", '"idle_warning"'),
    ("notice.place/books", HANDLING, CLAIMED, 'name="smsBooked" value="idle_warning"', "smsBooked"),
    ("notice.place/desk", HANDLING, 'name="status" value="待订茶"', 'name="smsRejected" value="idle_warning"',
     "smsRejected"),
    ("notice.placeholder", NOTICES, "{hotline}", "{hotlin}", "{hotlin}"),
    ("notice.placeholder", NOTICES, "{hotline}", "{day}", "{day}"),
    ("notice.placeholder", NOTICES, '"text": "继续"', '"text": "继续{number}"', "{number}"),
    ("notice.english", ENGLISH, "English of 请致电{hotline}", "Call", "Call"),
    ("notice.unknown", HANDLING, CLAIMED, 'name="notice" value="tastin"', "tastin"),
    ("fact.reserved", TASTE_FORM, '"taste.decision"', '"settings.idle_limit"', "settings.idle_limit"),
    ("fact.reserved", TASTE_FORM, '"taste.decision"', '"todo.order"', "todo.order"),
    ("fact.reserved", TASTE_FORM, '"taste.decision"', '"taste.typename"', "taste.typename"),
    ("fact.collision", TASTE_FORM, '"taste.decision"', '"leaf"', '"leaf"'),
    # reasons
    ("reason.duplicate", REASONS, '"gone"', '"cold"', '"code": "cold"'),
    ("reason.step/unknown", REASONS, '"step": "order"', '"step": "oder"', "oder"),
    ("reason.step/none", REASONS, '"final": true', '"final": false', "{"),
    ("reason.step/final", REASONS, '"final": false', '"final": true', '"step"'),
    ("reason.desk/none", REASONS, '"desks": [\n   "taste"\n  ]', '"desks": []', '"desks"'),
    ("reason.desk/unknown", REASONS, '"desks": [\n   "taste"', '"desks": [\n   "tast"', '"desks"'),
    ("reason.field", REASONS, '"field": "agree"', '"field": "agre"', '"agre"'),
    ("reason.road", HANDLING, TO_HEAD, flow("tasted", "sign", 'taste.decision = "reject"'), '"step": "order"'),
    ("reason.none", TASTE_FORM.replace("taste", "sign"), '"components": [',
     '"components": [{"type": "checklist", "id": "w", "key": "w", "properties": {"widget": "reject_reasons"}}',
     'value="tea/sign"'),
    # questions
    ("questions.duplicate", QUESTIONS, '"leaf"', '"cup"', '"cup"'),
    ("questions.number/draw", QUESTIONS, '"draw": 2', '"draw": 4', '"draw"'),
    ("questions.number/draw", QUESTIONS, '"draw": 2', '"draw": 0', '"draw"'),
    ("questions.number/needed", QUESTIONS, '"needed": 1', '"needed": 3', '"needed"'),
    # texts
    ("text.english/text", BUSINESS, "茶票", "茶券", "茶券"),
    ("text.english/text", BUSINESS, '"name": "订茶"', '"name": "定茶"', "定茶"),
    ("text.english/text", REASONS, "茶凉了", "茶冷了", "茶冷了"),
    ("text.english/text", NOTICES, "茶快凉了", "茶快冷了", "茶快冷了"),
    ("text.english/text", QUESTIONS, "什么茶", "好茶", "好茶"),
    ("text.english/text", ORDER_FORM, '"茶"', '"好茶"', "好茶"),
    ("text.english/text", ENGLISH, '"品茶中"', '"品茶了"', "品茶中"),
]  # fmt: skip

TABLES: list[Row] = [
    ("dmn.namespace", DECISIONS, "DMN/20191111/MODEL", "DMN/20180521/MODEL", "<definitions"),
    ("dmn.language", DECISIONS, "<inputExpression ", '<inputExpression expressionLanguage="javascript" ',
     "javascript"),
    ("dmn.unsupported", DECISIONS, ALLOWED, '<businessKnowledgeModel id="b"/>' + ALLOWED, "businessKnowledgeModel"),
    ("dmn.unsupported", DECISIONS, ALLOWED,
     '<decision id="d"><literalExpression id="l"><text>1</text></literalExpression></decision>' + ALLOWED, "literal"),
    ("dmn.empty/table", DECISIONS, ALLOWED, '<decision id="d"/>' + ALLOWED, 'id="d"'),
    ("dmn.twice", DECISIONS, 'decision id="tea_repeats"', 'decision id="tea_allowed"', 'decision id="tea_allowed"'),
    ("dmn.hit_policy/unknown", DECISIONS, 'hitPolicy="FIRST"', 'hitPolicy="PRIORITY"', "PRIORITY"),
    ("dmn.hit_policy/aggregation", DECISIONS, 'hitPolicy="COLLECT"', 'hitPolicy="COLLECT" aggregation="SUM"', "SUM"),
    ("dmn.input", DECISIONS, "<text>person.age</text>", "<text></text>", 'input id="tea_allowed_input"'),
    ("dmn.output/name", DECISIONS, 'name="refusal"', 'name="two words"', "two words"),
    ("dmn.output/twice", DECISIONS, '<output id="tea_allowed_output" name="refusal"/>',
     '<output id="tea_allowed_output" name="refusal"/><output id="more" name="refusal"/>', "decisionTable"),
    ("dmn.columns/none", DECISIONS, '<output id="tea_allowed_output" name="refusal"/>', "", "decisionTable"),
    ("dmn.columns/cells", DECISIONS, FIRST_ENTRY, FIRST_ENTRY + FIRST_ENTRY.replace("_test", "_more"),
     "tea_allowed_rule"),
    ("dmn.cell", DECISIONS, "<text>&lt; 18</text>", "<text>&lt; </text>", 'inputEntry id="tea_allowed_test"'),
    ("dmn.cell", DECISIONS, "<text>step</text>", "<text>steps</text>", 'input id="tea_repeats_input"'),
    ("dmn.cell", DECISIONS, "<text>person.age</text>", "<text>person.height</text>", 'input id="tea_allowed_input"'),
    ("dmn.cell", DECISIONS, "<text>&lt; 18</text>", "<text>limit</text>", "tea_allowed_rule"),
    ("dmn.cell", DECISIONS, '<text>"under_age"</text>', "<text>limit</text>", "tea_allowed_rule"),
    ("dmn.type", DECISIONS, '<inputExpression id="tea_allowed_expression"',
     '<inputExpression typeRef="string" id="tea_allowed_expression"', "tea_allowed_rule"),
    ("dmn.unreachable", DECISIONS, FIRST_RULE, ALWAYS + FIRST_RULE, "tea_allowed_rule"),
    ("dmn.twins", DECISIONS, TABLE, TABLE.replace("FIRST", "UNIQUE").replace(FIRST_RULE, ALWAYS + AGAIN + FIRST_RULE),
     '"again"'),
    ("dmn.hit_policy/one", DECISIONS, 'hitPolicy="FIRST"', 'hitPolicy="COLLECT"', ALLOWED),
    ("dmn.hit_policy/several", DECISIONS, 'hitPolicy="COLLECT"', 'hitPolicy="FIRST"', 'decision id="tea_repeats"'),
    ("decision.unused", DECISIONS, ALLOWED, KIND + ALLOWED, 'decision id="tea_kind"'),
    ("decision.step", DECISIONS, '<text>"sign"</text>', '<text>"sing"</text>', 'rule id="tea_repeats_rule"'),
    ("decision.notice", DECISIONS, '<text>"under_age"</text>', '<text>"under_ag"</text>',
     'rule id="tea_allowed_rule"'),
]  # fmt: skip

TOLD = RECORDS + TABLES
