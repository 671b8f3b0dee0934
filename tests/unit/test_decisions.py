"""Decision tables: read closed, decided by hit policy, refused with a place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import pytest

from engine.decisions import BadDecisions, DecisionError, DecisionTable, check, load_decisions

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
DECLARED = {"age", "bank", "limit", "reason.video"}


def table_xml(
    rows: list[tuple[str, ...]],
    *,
    policy: str = "UNIQUE",
    inputs: tuple[str, ...] = ("age",),
    outputs: tuple[str, ...] = ("result",),
    id: str = "decision",
    extra: str = "",
    types: tuple[str, str] = ("", ""),
) -> str:
    """A decision as dmn-js writes it, annotation column and all."""
    columns = "".join(
        f'<input id="{id}_in{n}" label="列{n}"><inputExpression id="{id}_e{n}" typeRef="{types[0]}">'
        f"<text>{escape(text)}</text></inputExpression></input>"
        for n, text in enumerate(inputs)
    )
    columns += "".join(
        f'<output id="{id}_out{n}" name="{name}" typeRef="{types[1]}"/>' for n, name in enumerate(outputs)
    )
    rules = ""
    for number, cells in enumerate(rows):
        rules += f'\n<rule id="{id}_rule{number}">'
        for place, cell in enumerate(cells):
            kind = "inputEntry" if place < len(inputs) else "outputEntry"
            rules += f'<{kind} id="{id}_c{number}_{place}"><text>{escape(cell)}</text></{kind}>'
        rules += "<annotationEntry><text>说明</text></annotationEntry></rule>"
    return (
        f'<decision id="{id}" name="决定"><decisionTable id="{id}_table" hitPolicy="{policy}" {extra}>'
        f'{columns}<annotation name="说明"/>{rules}</decisionTable></decision>'
    )


def document(*decisions: str, namespace: str = DMN, head: str = "") -> bytes:
    drawing = (
        '<dmndi:DMNDI xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/">'
        '<dmndi:DMNDiagram id="d"/></dmndi:DMNDI>'
    )
    body = "".join(decisions)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}\n<!-- drawn by hand -->\n'
        f'<definitions xmlns="{namespace}" id="definitions" name="表" namespace="urn:x">\n{body}\n'
        f"{drawing}</definitions>"
    ).encode()


def table(rows: list[tuple[str, ...]], **how: Any) -> DecisionTable:
    return load_decisions(document(table_xml(rows, **how)), "t.dmn")["decision"]


AGES = [("< 18", '"minor"'), ("[18..60]", '"adult"'), ("> 60", '"senior"')]


@pytest.mark.parametrize(
    ("age", "result"),
    [(17, {"result": "minor"}), (18, {"result": "adult"}), (61, {"result": "senior"}), (None, {})],
)
def test_unique_gives_the_one_rule_that_hits(age: int | None, result: dict[str, str]) -> None:
    assert table(AGES).decide({"age": age}, DECLARED) == result


OVERLAPPING = [("> 10", '"first"'), ("> 20", '"second"'), ("-", '"last"')]


@pytest.mark.parametrize(
    ("policy", "age", "result"),
    [
        ("FIRST", 30, {"result": "first"}),
        ("FIRST", 5, {"result": "last"}),
        ("COLLECT", 30, [{"result": "first"}, {"result": "second"}, {"result": "last"}]),
        ("COLLECT", 15, [{"result": "first"}, {"result": "last"}]),
        ("RULE ORDER", 30, [{"result": "first"}, {"result": "second"}, {"result": "last"}]),
    ],
)
def test_the_hit_policy_says_what_several_hits_amount_to(policy: str, age: int, result: object) -> None:
    assert table(OVERLAPPING, policy=policy).decide({"age": age}, DECLARED) == result


def test_without_a_hit_a_list_policy_gives_an_empty_list() -> None:
    assert table([("> 10", "1")], policy="COLLECT").decide({"age": 1}, DECLARED) == []


def test_unique_with_two_hits_is_an_error_that_names_both() -> None:
    with pytest.raises(DecisionError, match="more than one rule hits") as wrong:
        table(OVERLAPPING).decide({"age": 30}, DECLARED)
    assert "decision_rule0" in wrong.value.finding.why.en
    assert wrong.value.finding.element == "decision"
    assert wrong.value.finding.file == "t.dmn"


def test_any_allows_several_hits_that_agree_and_no_others() -> None:
    agreeing = table([("> 10", '"same"'), ("> 20", '"same"')], policy="ANY")
    assert agreeing.decide({"age": 30}, DECLARED) == {"result": "same"}
    with pytest.raises(DecisionError, match="differ in their outputs"):
        table(OVERLAPPING, policy="ANY").decide({"age": 30}, DECLARED)


@pytest.mark.parametrize(
    ("cell", "bank", "hit"),
    [
        ('"ABC","ICBC"', "ICBC", True),
        ('not("ABC")', "ICBC", True),
        ('not("ABC")', "ABC", False),
        ("null", None, True),
        ("-", None, True),
        ('"工商银行"', "工商银行", True),
        ('? != "ABC" and ? != "ICBC"', "CCB", True),
    ],
)
def test_a_cell_is_a_test_in_our_language(cell: str, bank: str | None, hit: bool) -> None:
    found = table([(cell, "true")], inputs=("bank",)).decide({"bank": bank}, DECLARED)
    assert (found == {"result": True}) is hit


def test_outputs_are_expressions_and_whole_numbers_come_as_int() -> None:
    one = table([("-", "limit + 1", "null", "", "0.5", '["a", "b"]')], outputs=("a", "b.c", "d", "e", "f"))
    found = one.decide({"age": 1, "limit": 2}, DECLARED)
    assert found == {"a": 3, "b.c": None, "d": None, "e": Decimal("0.5"), "f": ["a", "b"]}
    assert isinstance(found, dict)
    assert type(found["a"]) is int


def test_an_input_is_an_expression_and_the_table_knows_its_names() -> None:
    one = table([("true", "limit"), ("false", "reason.video")], inputs=("age >= 18",))
    assert one.inputs == ("age",)
    assert one.outputs == ("result",)
    assert one.names == {"age", "limit", "reason.video"}
    assert one.decide({"age": 20, "limit": 7}, DECLARED) == {"result": 7}


def test_the_rules_that_hit_can_be_told_for_the_audit() -> None:
    hits = table(OVERLAPPING, policy="COLLECT").hits({"age": 15}, DECLARED)
    assert [(rule.id, rule.notes) for rule in hits] == [("decision_rule0", ("说明",)), ("decision_rule2", ("说明",))]


def test_several_decisions_stand_in_one_file() -> None:
    found = load_decisions(document(table_xml(AGES, id="one"), table_xml(OVERLAPPING, id="two", policy="FIRST")), "t")
    assert list(found) == ["one", "two"]
    assert found["two"].decide({"age": 15}, DECLARED) == {"result": "first"}


def test_an_undeclared_name_is_an_error_even_in_a_cell_that_is_not_reached() -> None:
    one = table([("> 100", "typo"), ("-", "1")], policy="FIRST")
    with pytest.raises(DecisionError, match="unknown name 'typo'"):
        one.decide({"age": 1}, DECLARED)


def findings(xml: bytes) -> list[tuple[str, str | None]]:
    with pytest.raises(BadDecisions) as wrong:
        load_decisions(xml, "t.dmn")
    assert all(found.file == "t.dmn" and found.why.zh and found.mend.en for found in wrong.value.findings)
    assert all(found.line for found in wrong.value.findings if found.element)
    return [(found.rule, found.element) for found in wrong.value.findings]


LITERAL = '<decision id="d"><literalExpression id="l"><text>1</text></literalExpression></decision>'
ASKS = '<informationRequirement id="r"><requiredDecision href="#other"/></informationRequirement>'


@pytest.mark.parametrize(
    ("xml", "found", "reason"),
    [
        (document(head='<!DOCTYPE definitions [<!ENTITY a "b">]>'), [("xml.doctype", None)], "document type"),
        (b"<definitions", [("xml.syntax", None)], "not well-formed"),
        (document("x" * 1024 * 1024), [("xml.size", None)], "more than 1 MiB"),
        (document(), [("dmn.empty", None)], "no decision"),
        (document(namespace="http://www.omg.org/spec/DMN/20180521/MODEL/"), [("dmn.namespace", "definitions")], "1.2"),
        (document(LITERAL), [("dmn.unsupported", "l")], "a literal expression"),
        (document('<businessKnowledgeModel id="b"/>'), [("dmn.unsupported", "b")], "business knowledge"),
        (
            document(table_xml(AGES).replace("<decisionTable", f"{ASKS}<decisionTable", 1)),
            [("dmn.unsupported", "r")],
            "a table that asks another",
        ),
        (document('<decision id="d"/>'), [("dmn.empty", "d")], "a decision without a table"),
        (document(table_xml(AGES, policy="PRIORITY")), [("dmn.hit_policy", "decision_table")], "priority"),
        (document(table_xml(AGES, policy="OUTPUT ORDER")), [("dmn.hit_policy", "decision_table")], "output order"),
        (
            document(table_xml(AGES, policy="COLLECT", extra='aggregation="SUM"')),
            [("dmn.hit_policy", "decision_table")],
            "a sum",
        ),
        (document(table_xml(AGES, inputs=("",))), [("dmn.input", "decision_in0")], "an input of nothing"),
        (document(table_xml(AGES, outputs=("",))), [("dmn.output", "decision_out0")], "an output without a name"),
        (document(table_xml(AGES, outputs=("a b",))), [("dmn.output", "decision_out0")], "a blank in the name"),
        (
            document(table_xml([("1", "2", "3")], outputs=("a", "a"))),
            [("dmn.output", "decision_table")],
            "two outputs of one name",
        ),
        (document(table_xml([("1",)])), [("dmn.columns", "decision_rule0")], "a cell is missing"),
        (document(table_xml([], inputs=())), [("dmn.columns", "decision_table")], "no input"),
        (document(table_xml([("> >", '"a')])), [("dmn.cell", "decision_c0_0"), ("dmn.cell", "decision_c0_1")], "both"),
        (document(table_xml([("age > 3", "1")])), [("dmn.cell", "decision_c0_0")], "a cell that tests nothing"),
        (document(table_xml([('__import__("os")', "1")])), [("dmn.cell", "decision_c0_0")], "an attack"),
        (document(table_xml(AGES), table_xml(AGES)), [("dmn.twice", "decision")], "one id twice"),
        (
            document(table_xml(AGES).replace("<inputEntry id", '<inputEntry expressionLanguage="python" id', 1)),
            [("dmn.language", "decision_c0_0")],
            "Python in a cell",
        ),
        (
            document(table_xml(AGES).replace("<rule ", '<defaultOutputEntry id="x"/><rule ', 1)),
            [("dmn.unsupported", "x")],
            "an element in a place where it means nothing",
        ),
        (
            document(table_xml(AGES).replace("<rule ", '<evil:rule xmlns:evil="urn:evil" id="x"/><rule ', 1)),
            [("dmn.unsupported", "x")],
            "a rule of another language",
        ),
    ],
)
def test_what_is_not_supported_is_refused_with_its_place(
    xml: bytes, found: list[tuple[str, str | None]], reason: str
) -> None:
    assert findings(xml) == found, reason


def test_a_finding_names_the_line() -> None:
    with pytest.raises(BadDecisions) as wrong:
        load_decisions(document(table_xml([("1", "1"), ("> >", "1")])), "t.dmn")
    assert wrong.value.findings[0].line == 6


@pytest.mark.parametrize(
    ("one", "found", "reason"),
    [
        (table(AGES), [], "nothing to say"),
        (table([("typo", "1")]), [("dmn.cell", "decision_rule0")], "an unknown name in a test"),
        (table([("1", "typo")]), [("dmn.cell", "decision_rule0")], "an unknown name in an output"),
        (table([("1", "1")], inputs=("typo",)), [("dmn.cell", "decision_in0")], "an unknown name in an input"),
        (table([("[5..1]", "1")]), [("dmn.cell", "decision_rule0")], "an empty range"),
        (table([('"a"', "1")], types=("number", "")), [("dmn.type", "decision_rule0")], "a text where numbers are"),
        (table([("1", '"a"')], types=("", "boolean")), [("dmn.type", "decision_rule0")], "a text for a boolean"),
        (table([("> true", "1")], types=("number", "")), [("dmn.type", "decision_rule0")], "in a comparison"),
        (table([("null", "null")], types=("number", "boolean")), [], "null fits everywhere"),
        (
            table([("-", "1"), ("5", "2")], policy="FIRST"),
            [("dmn.unreachable", "decision_rule1")],
            "below a rule that always hits",
        ),
        (table([("5", "2"), ("-", "1")], policy="FIRST"), [], "at the end it is the default"),
        (table([("5", "1"), ("5 ", "2")]), [("dmn.twins", "decision_rule1")], "the same tests under UNIQUE"),
        (table([("5", "1"), ("5", "2")], policy="COLLECT"), [], "which COLLECT may want"),
    ],
)
def test_a_check_finds_rules_that_cannot_be_meant(
    one: DecisionTable, found: list[tuple[str, str]], reason: str
) -> None:
    assert [(item.rule, item.element) for item in check(one, DECLARED)] == found, reason
