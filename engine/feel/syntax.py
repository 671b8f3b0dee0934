"""What an expression is made of. Each node knows where it stands in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal


@dataclass(frozen=True)
class Node:
    """A piece of an expression."""

    position: int

    def children(self) -> Iterator[Node]:
        """The nodes directly below this one."""
        for field in fields(self):
            value = getattr(self, field.name)
            for child in value if isinstance(value, tuple) else (value,):
                if isinstance(child, Node):
                    yield child

    def walk(self) -> Iterator[Node]:
        """This node and all below it."""
        yield self
        for child in self.children():
            yield from child.walk()


@dataclass(frozen=True)
class Literal(Node):
    value: bool | Decimal | str | None


@dataclass(frozen=True)
class Name(Node):
    path: str


@dataclass(frozen=True)
class Input(Node):
    """`?`: the value that the cells of a column are tested against."""


@dataclass(frozen=True)
class Not(Node):
    operand: Node


@dataclass(frozen=True)
class Negate(Node):
    operand: Node


@dataclass(frozen=True)
class Arithmetic(Node):
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Compare(Node):
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Both(Node):
    """`and`"""

    left: Node
    right: Node


@dataclass(frozen=True)
class Either(Node):
    """`or`"""

    left: Node
    right: Node


@dataclass(frozen=True)
class ListOf(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Call(Node):
    function: str
    argument: Node


@dataclass(frozen=True)
class Test(Node):
    """Something a value either passes or does not."""

    __test__ = False


@dataclass(frozen=True)
class RangeTest(Test):
    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True)
class CompareTest(Test):
    operator: str
    operand: Node


@dataclass(frozen=True)
class ValueTest(Test):
    """Equal to the value, or in it when it is a list."""

    value: Node


@dataclass(frozen=True)
class ConditionTest(Test):
    """A condition that speaks of the value as `?`."""

    condition: Node


@dataclass(frozen=True)
class In(Node):
    value: Node
    tests: tuple[Test, ...]


@dataclass(frozen=True)
class Expression:
    """A parsed expression with its text."""

    text: str
    root: Node


@dataclass(frozen=True)
class UnaryTests:
    """A parsed cell of a decision table: no tests at all mean that every value passes."""

    text: str
    tests: tuple[Test, ...]
    negated: bool = False
