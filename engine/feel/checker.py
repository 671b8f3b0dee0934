"""What can be said against an expression before it ever runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from engine.feel import faults
from engine.feel.errors import FeelError, Problem
from engine.feel.evaluator import unknown_name
from engine.feel.parser import parse, parse_tests
from engine.feel.syntax import Call, Compare, Expression, Literal, Name, Node, RangeTest, UnaryTests
from engine.feel.temporal import parse_date, parse_duration
from engine.feel.values import less


def names(expression: Expression | UnaryTests | str) -> set[str]:
    """The dotted names that an expression or a cell reads."""
    tree = parse(expression) if isinstance(expression, str) else expression
    return {node.path for node in _nodes(tree) if isinstance(node, Name)}


def check(text: str, declared: Collection[str]) -> list[Problem]:
    """What is wrong with an expression: it cannot be read, or a part of it can never make sense."""
    return _checked(lambda: parse(text), declared)


def check_tests(text: str, declared: Collection[str]) -> list[Problem]:
    """The same for a cell of a decision table."""
    return _checked(lambda: parse_tests(text), declared)


def _checked(read: Callable[[], Expression | UnaryTests], declared: Collection[str]) -> list[Problem]:
    try:
        tree = read()
    except FeelError as wrong:
        return [wrong.problem]
    return [problem for node in _nodes(tree) for problem in _problems(node, declared)]


def _nodes(tree: Expression | UnaryTests) -> Iterator[Node]:
    for root in tree.tests if isinstance(tree, UnaryTests) else (tree.root,):
        yield from root.walk()


def _problems(node: Node, declared: Collection[str]) -> Iterator[Problem]:
    match node:
        case Name() if node.path not in declared:
            yield unknown_name(node, declared).problem
        case Call(function="date", argument=Literal(value=str(text))) if parse_date(text) is None:
            yield Problem.of(faults.NO_DATE, node.position, text=text)
        case Call(function="duration", argument=Literal(value=str(text))) if parse_duration(text) is None:
            yield Problem.of(faults.NO_DURATION, node.position, text=text)
        case RangeTest() if _is_empty(node):
            yield Problem.of(faults.EMPTY_RANGE, node.position)
        case Compare(left=Literal(), right=Literal()):
            yield Problem.of(faults.CONSTANTS, node.position)
        case Compare(operator=operator) if operator not in ("=", "!=") and _says_null(node):
            yield Problem.of(faults.LESS_THAN_NULL, node.position)
        case _:
            return


def _is_empty(node: RangeTest) -> bool:
    if not isinstance(node.low, Literal) or not isinstance(node.high, Literal):
        return False
    return less(node.low.value, node.high.value, or_equal=node.low_closed and node.high_closed) is not True


def _says_null(node: Compare) -> bool:
    return any(isinstance(side, Literal) and side.value is None for side in (node.left, node.right))
