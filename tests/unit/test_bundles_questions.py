"""Knowledge questions as data: the pool of a business, what is wrong with one, and how a call draws from it."""

from __future__ import annotations

import pytest

from tests.unit.tea import QUESTIONS, changed, findings, load, rules, tea

SHARED = "processes/shared/questions.json"


def test_the_same_task_draws_the_same_and_another_task_others() -> None:
    asked = load(tea()).questions
    assert asked is not None
    drawn = [one.code for one in asked.drawn("task 1")]
    assert len(drawn) == asked.draw == 2 and drawn == [one.code for one in asked.drawn("task 1")]
    assert {tuple(one.code for one in asked.drawn(f"task {n}")) for n in range(30)} > {tuple(drawn)}
    assert {one.code for n in range(30) for one in asked.drawn(f"task {n}")} == {one.code for one in asked.pool}


def test_a_business_speaks_over_the_shared_questions() -> None:
    files = tea()
    shared = files.pop(QUESTIONS)
    assert load({**files, SHARED: shared}).questions == load(tea()).questions
    other = shared.replace(b'"needed": 1', b'"needed": 2')
    assert load({**files, SHARED: shared, QUESTIONS: other}).questions != load(tea()).questions


def test_a_form_that_asks_questions_needs_a_pool() -> None:
    files = tea()
    del files[QUESTIONS]
    assert rules(files) == {"questions.missing"}


BROKEN = [
    ("questions.duplicate", '"leaf"', '"cup"'),
    ("questions.number", '"draw": 2', '"draw": 4'),
    ("questions.number", '"draw": 2', '"draw": 0'),
    ("questions.number", '"needed": 1', '"needed": 3'),
    ("json.shape", '"needed": 1', '"needed": "all"'),
    ("json.shape", '"needed": 1', '"neded": 1'),
    ("json.shape", '"answer"', '"anser"'),
    ("json.syntax", '"draw": 2,', '"draw": 2'),
    ("text.english", "什么茶", "好茶"),
]


@pytest.mark.parametrize(("rule", "old", "new"), BROKEN)
def test_a_broken_pool_is_found_by_its_rule(rule: str, old: str, new: str) -> None:
    found = [finding for finding in findings(changed(QUESTIONS, old, new)) if finding.rule == rule]
    assert found and all(finding.file == QUESTIONS and finding.why and finding.mend for finding in found)
