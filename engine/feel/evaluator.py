"""A walk over the tree that gives its value. Nothing here calls Python by name: what is not listed does not exist."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from engine.feel import faults
from engine.feel.errors import FeelError, did_you_mean
from engine.feel.parser import parse, parse_tests
from engine.feel.syntax import (
    Arithmetic,
    Both,
    Call,
    Compare,
    CompareTest,
    ConditionTest,
    Either,
    Expression,
    In,
    Input,
    ListOf,
    Literal,
    Name,
    Negate,
    Node,
    Not,
    RangeTest,
    Test,
    UnaryTests,
    ValueTest,
)
from engine.feel.temporal import parse_date, parse_duration
from engine.feel.values import Value, all_of, any_of, calculate, equal, less, minus, opposite, to_value

Facts = Mapping[str, object]


def evaluate(expression: Expression | str, facts: Facts, declared: Collection[str] | None = None) -> Value:
    """The value of an expression over nested facts.

    A name outside `declared` is a FeelError; a declared one without a fact is null. Without `declared`, the names
    that have facts are the declared ones.
    """
    tree = parse(expression) if isinstance(expression, str) else expression
    return _Walk(facts, declared).value(tree.root)


def holds(expression: Expression | str, facts: Facts, declared: Collection[str] | None = None) -> bool:
    """Whether a condition is true; null, and whatever is no boolean, counts as not true."""
    return evaluate(expression, facts, declared) is True


def passes(tests: UnaryTests | str, value: Value, facts: Facts, declared: Collection[str] | None = None) -> bool:
    """Whether a value passes the tests of a decision table's cell."""
    cell = parse_tests(tests) if isinstance(tests, str) else tests
    if not cell.tests:
        return True
    answer = _Walk(facts, declared, value).any_test(cell.tests)
    return (opposite(answer) if cell.negated else answer) is True


class _Walk:
    def __init__(self, facts: Facts, declared: Collection[str] | None, subject: Value = None) -> None:
        self._facts = facts
        self._declared = declared
        self._subject = subject

    def value(self, node: Node) -> Value:
        """Both sides of everything are looked at, so that an unknown name never hides behind a false."""
        match node:
            case Literal(value=value):
                return value
            case Name():
                return self._fact(node)
            case Input():
                return self._subject
            case Both(left=left, right=right):
                return all_of((self.value(left), self.value(right)))
            case Either(left=left, right=right):
                return any_of((self.value(left), self.value(right)))
            case Not(operand=operand):
                return opposite(self.value(operand))
            case Compare(operator=operator, left=left, right=right):
                return _compare(operator, self.value(left), self.value(right))
            case In(value=value, tests=tests):
                return _Walk(self._facts, self._declared, self.value(value)).any_test(tests)
            case Arithmetic(operator=operator, left=left, right=right):
                return calculate(operator, self.value(left), self.value(right))
            case Negate(operand=operand):
                return minus(self.value(operand))
            case ListOf(items=items):
                return tuple(self.value(item) for item in items)
            case Call(function=function, argument=argument):
                return _call(function, self.value(argument))
        raise FeelError(faults.UNKNOWN_PART, node.position, part=type(node).__name__)

    def any_test(self, tests: tuple[Test, ...]) -> bool | None:
        """Whether the subject passes one of the tests."""
        return any_of(tuple(self._test(test) for test in tests))

    def _test(self, test: Test) -> bool | None:
        match test:
            case CompareTest(operator=operator, operand=operand):
                return _compare(operator, self._subject, self.value(operand))
            case RangeTest(low=low, high=high, low_closed=low_closed, high_closed=high_closed):
                above = less(self.value(low), self._subject, or_equal=low_closed)
                return all_of((above, less(self._subject, self.value(high), or_equal=high_closed)))
            case ConditionTest(condition=condition):
                answer = self.value(condition)
                return answer if isinstance(answer, bool) else None
            case ValueTest(value=value):
                return _is_or_is_in(self._subject, self.value(value))
        raise FeelError(faults.UNKNOWN_PART, test.position, part=type(test).__name__)

    def _fact(self, name: Name) -> Value:
        if self._declared is not None and name.path not in self._declared:
            raise unknown_name(name, self._declared)
        found: object = self._facts
        for part in name.path.split("."):
            if isinstance(found, Mapping) and part in found:
                found = found[part]
            elif self._declared is None:
                raise unknown_name(name, known_facts(self._facts))
            else:
                return None
        try:
            return to_value(found)
        except TypeError as wrong:
            raise FeelError(faults.NOT_SINGLE, name.position, name=name.path, why=str(wrong)) from None


def unknown_name(name: Name, known: Collection[str]) -> FeelError:
    """The refusal of a name that nobody declared."""
    mend = did_you_mean(name.path, {*known, "true", "false", "null"}, faults.DECLARE)
    return FeelError(faults.UNKNOWN_NAME, name.position, name=name.path, mend=mend)


def known_facts(facts: Facts, prefix: str = "") -> set[str]:
    """The dotted names of nested facts."""
    names: set[str] = set()
    for key, value in facts.items():
        names |= known_facts(value, f"{prefix}{key}.") if isinstance(value, Mapping) else {f"{prefix}{key}"}
    return names


def _compare(operator: str, left: Value, right: Value) -> bool | None:
    match operator:
        case "=":
            return equal(left, right)
        case "!=":
            return opposite(equal(left, right))
        case "<" | "<=":
            return less(left, right, or_equal=operator == "<=")
        case _:
            return less(right, left, or_equal=operator == ">=")


def _is_or_is_in(subject: Value, value: Value) -> bool | None:
    if isinstance(value, tuple) and not isinstance(subject, tuple):
        return any_of(tuple(equal(subject, item) for item in value))
    return equal(subject, value)


def _call(function: str, argument: Value) -> Value:
    match function:
        case "count":
            return _count(argument)
        case "date":
            return _date(argument)
        case _:
            return parse_duration(argument) if isinstance(argument, str) else None


def _count(argument: Value) -> Decimal | None:
    """A single value counts as a list of one, as in FEEL."""
    if argument is None:
        return None
    return Decimal(len(argument)) if isinstance(argument, tuple) else Decimal(1)


def _date(argument: Value) -> date | None:
    if isinstance(argument, datetime):
        return argument.date()
    return parse_date(argument) if isinstance(argument, str) else argument if isinstance(argument, date) else None
