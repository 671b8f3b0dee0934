"""What a condition may come to while some of its names are unknown, which is something else than null."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import product

from engine.feel.evaluator import Facts, evaluate
from engine.feel.parser import parse
from engine.feel.syntax import Both, Either, Expression, Name, Node, Not
from engine.feel.values import Value, all_of, any_of, opposite

Answers = frozenset[bool | None]
ANY: Answers = frozenset((True, False, None))


def possible(text: str, facts: Facts, known: Callable[[str], bool], declared: Collection[str]) -> Answers:
    """Every answer that the condition can have, whatever the names are that `known` does not know.

    A name that occurs twice is taken for two: the answers may be more than there are, never fewer.
    """

    def of(node: Node) -> Answers:
        if all(known(one.path) for one in node.walk() if isinstance(one, Name)):
            return frozenset((_answer(evaluate(Expression(text, node), facts, declared)),))
        match node:
            case Both(left=left, right=right):
                return frozenset(all_of(pair) for pair in product(of(left), of(right)))
            case Either(left=left, right=right):
                return frozenset(any_of(pair) for pair in product(of(left), of(right)))
            case Not(operand=operand):
                return frozenset(opposite(one) for one in of(operand))
        return ANY

    return of(parse(text).root)


def _answer(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None
