"""Knowledge questions as data: the pool of a business, what is wrong with one, and how a call draws from it."""

from __future__ import annotations

from tests.unit.tea import QUESTIONS, load, tea

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
