"""What is sure where a condition holds, and what it asks for without being sure of it."""

from __future__ import annotations

import pytest

from engine.feel.certainty import implied, unsure
from engine.feel.parser import parse

DONE = frozenset({"order.size"})
"""Given once `todo.order` is false."""


def refused(name: str) -> frozenset[str]:
    return DONE if name == "todo.order" else frozenset()


@pytest.mark.parametrize(
    ("text", "holds", "sure"),
    [
        ("a", True, "a"),
        ("a", False, ""),
        ('a = "x"', True, "a"),
        ('a = "x"', False, ""),
        ('a != "x"', True, ""),
        ("a = null", True, ""),
        ("a != null", True, "a"),
        ("a > 3", True, "a"),
        ('a in ["x", "y"]', True, "a"),
        ('a in ["x", null]', True, ""),
        ("a in (null)", True, ""),
        ("a and b", True, "a b"),
        ("a and b", False, ""),
        ("a or b", True, ""),
        ("a = 1 or a = 2", True, "a"),
        ("not(todo.order)", True, "order.size"),
        ("todo.order", False, "order.size"),
        ("todo.order = false", True, "order.size"),
        ("todo.order = true", False, "order.size"),
        ("todo.order or b", False, "order.size"),
        ("todo.order and b", False, ""),
        ("not(a)", True, ""),
        ("not(not(a))", True, ""),
    ],
)
def test_a_condition_says_what_has_a_value_where_it_holds_and_where_it_does_not(
    text: str, holds: bool, sure: str
) -> None:
    said = implied(parse(text).root, holds, refused)
    assert said - {"todo.order"} == frozenset(sure.split())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('a = "x"', "a"),
        ("given = 1", ""),
        ("a = 1 and b = a", "a b"),
        ("a != null and a > 3", ""),
        ("a = null or a > 3", ""),
        ("null != a and a > 3", ""),
        ('todo.order or order.size = "big"', ""),
        ('order.size = "big" or todo.order', "order.size"),
        ('todo.order and order.size = "big"', "order.size"),
        ("given = 1 and (b or c in [1..2])", "b c"),
    ],
)
def test_a_name_is_asked_for_in_vain_unless_what_stands_before_it_vouches_for_it(text: str, names: str) -> None:
    found = unsure(text, frozenset({"given", "todo.order"}), refused)
    assert [name.path for name in found] == names.split()
