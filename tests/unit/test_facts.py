"""Facts as a task of the process holds them."""

from __future__ import annotations

from typing import Any

from engine.interpreter.facts import copied, merged

DATA: dict[str, Any] = {
    "todo": {"a": True, "b": None},
    "income": 3,
    "inner": {"deep": {"said": "yes"}},
    "rows": [{"n": 1}],
}


def test_a_copy_shares_nothing_that_could_be_changed() -> None:
    """SpiffWorkflow hands the nested values of a task to the next one."""
    copy = copied(DATA)
    assert copy == DATA
    copy["todo"]["a"], copy["inner"]["deep"]["said"], copy["rows"][0]["n"] = False, "no", 2
    assert DATA["todo"]["a"] is True and DATA["inner"]["deep"]["said"] == "yes" and DATA["rows"] == [{"n": 1}]


def test_facts_are_set_in_a_copy() -> None:
    found = merged(DATA, {"todo.a": False, "review.decision": "pass"})
    assert found["todo"] == {"a": False, "b": None} and found["review"] == {"decision": "pass"}
    assert DATA["todo"]["a"] is True and "review" not in DATA
