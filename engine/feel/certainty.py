"""Which names surely have a value where a condition holds or does not, and which it asks for without being sure.

A name without a value is null, and most comparisons with null are null, so that a choice quietly takes another way.
Whoever writes `x = null` or `x != null` has thought of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.feel.parser import parse
from engine.feel.syntax import (
    Both,
    Compare,
    CompareTest,
    Either,
    In,
    ListOf,
    Literal,
    Name,
    Node,
    Not,
    RangeTest,
    Test,
    ValueTest,
)

Names = frozenset[str]
NONE: Names = frozenset()

Refused = Callable[[str], Names]
"""What is sure once this name is not true."""


def unsure(text: str, sure: Names, refused: Refused) -> list[Name]:
    """The names that the condition asks for though they are not surely given, each once, as they stand in the text."""
    root = parse(text).root
    meant = {name.path for name in _compared_with_null(root)}
    found = {name.path: name for name in reversed(list(_unsure(root, sure | meant, refused)))}
    return sorted(found.values(), key=lambda name: name.position)


def implied(node: Node, holds: bool, refused: Refused) -> Names:
    """What is sure where the condition is true, or where it is not."""
    match node:
        case Name(path=path):
            return frozenset((path,)) if holds else refused(path)
        case Both(left=left, right=right) | Either(left=left, right=right):
            sides = implied(left, holds, refused), implied(right, holds, refused)
            both_hold = isinstance(node, Both) is holds
            return sides[0] | sides[1] if both_hold else sides[0] & sides[1]
        case Not(operand=operand) if holds:
            return implied(operand, False, refused)
        case Compare(left=Name(path=path), right=Literal(value=value), operator=operator):
            return _compared(path, value, operator, holds, refused)
        case In(value=Name(path=path), tests=tests) if holds and all(map(_refuses_null, tests)):
            return frozenset((path,))
    return NONE


def _compared(path: str, value: object, operator: str, holds: bool, refused: Refused) -> Names:
    has_value = holds and (operator != "!=") is (value is not None)
    turned_down = operator == "=" and isinstance(value, bool) and value is not holds
    return (frozenset((path,)) if has_value else NONE) | (refused(path) if turned_down else NONE)


def _refuses_null(test: Test) -> bool:
    match test:
        case RangeTest() | CompareTest():
            return True
        case ValueTest(value=ListOf(items=items)):
            return all(isinstance(item, Literal) and item.value is not None for item in items)
        case ValueTest(value=Literal(value=value)):
            return value is not None
    return False


def _unsure(node: Node, sure: Names, refused: Refused) -> Iterator[Name]:
    match node:
        case Name():
            if node.path not in sure:
                yield node
        case Both(left=left, right=right) | Either(left=left, right=right):
            yield from _unsure(left, sure, refused)
            yield from _unsure(right, sure | implied(left, isinstance(node, Both), refused), refused)
        case _:
            for child in node.children():
                yield from _unsure(child, sure, refused)


def _compared_with_null(root: Node) -> Iterator[Name]:
    for node in root.walk():
        if isinstance(node, Compare):
            sides = (node.left, node.right)
            if any(isinstance(side, Literal) and side.value is None for side in sides):
                yield from (side for side in sides if isinstance(side, Name))
