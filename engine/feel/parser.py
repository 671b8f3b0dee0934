"""Tokens to a tree, by recursive descent."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from engine.feel import faults
from engine.feel.cursor import COMPARISONS, Cursor
from engine.feel.errors import FeelError, did_you_mean
from engine.feel.said import Said
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
from engine.feel.tokens import Token

FUNCTIONS = frozenset({"count", "date", "duration"})

_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """The tree of an expression; a single leading `=` is tolerated. Raises FeelError."""
    parser = _Parser(text)
    parser.accept("=")
    root = parser.expression()
    parser.finish()
    return Expression(text, root)


@lru_cache(maxsize=4096)
def parse_tests(text: str) -> UnaryTests:
    """The tests of a decision table's cell; `-` and nothing mean that every value passes."""
    if text.strip() in ("", "-"):
        return UnaryTests(text, ())
    parser = _Parser(text, cell=True)
    negated, tests = parser.cell_tests()
    parser.finish()
    return UnaryTests(text, tests, negated)


class _Parser(Cursor):
    def __init__(self, text: str, cell: bool = False) -> None:
        super().__init__(text)
        self._cell = cell

    # -- words of the grammar, loosest first --

    def expression(self) -> Node:
        return self._chain(self._conjunction, {"or": Either})

    def _conjunction(self) -> Node:
        return self._chain(self._comparison, {"and": Both})

    def _comparison(self) -> Node:
        left = self._sum()
        token = self._token
        if token.kind in COMPARISONS:
            self._next()
            operator = "=" if token.text == "==" else token.text
            return self._alone(self._made(Compare(token.position, operator, left, self._sum())))
        if self._word("in"):
            return self._alone(self._made(In(token.position, left, self._membership())))
        return left

    def _sum(self) -> Node:
        return self._arithmetic(self._product, ("+", "-"))

    def _product(self) -> Node:
        return self._arithmetic(self._unary, ("*", "/"))

    def _unary(self) -> Node:
        token = self._token
        if token.kind == "-":
            self._next()
            with self._deeper():
                return self._made(Negate(token.position, self._unary()))
        if token.kind == "word" and token.text == "not":
            return self._negation()
        return self._operand()

    def _negation(self) -> Node:
        """`not(x)` is a function as in FEEL; `not x` is ours, and refused where its reach could be misread."""
        token = self._next()
        with self._deeper():
            if self._token.kind == "(":
                return self._made(Not(token.position, self._bracketed()))
            node = self._made(Not(token.position, self._unary()))
        if self._token.kind in COMPARISONS or (self._token.kind, self._token.text) == ("word", "in"):
            raise FeelError(faults.NOT_UNCLEAR, token.position)
        return node

    def _operand(self) -> Node:
        token = self._token
        if token.kind == "(":
            return self._bracketed()
        if token.kind == "[":
            return self._list()
        if token.kind == "?" and self._cell:
            self._next()
            return self._made(Input(token.position))
        if token.kind in ("name", "number", "text") or (token.kind == "word" and token.text in _CONSTANTS):
            return self._atom()
        raise self._unexpected()

    def _atom(self) -> Node:
        token = self._next()
        if token.kind == "name":
            return self._call(token) if self._token.kind == "(" else self._made(Name(token.position, token.text))
        if token.kind == "number":
            return self._made(Literal(token.position, Decimal(token.text)))
        value = token.text if token.kind == "text" else _CONSTANTS[token.text]
        return self._made(Literal(token.position, value))

    def _call(self, name: Token) -> Node:
        if name.text not in FUNCTIONS:
            raise FeelError(faults.NO_FUNCTION, name.position, name=name.text, mend=_function_mend(name.text))
        return self._made(Call(name.position, name.text, self._bracketed()))

    def _bracketed(self) -> Node:
        self._expect("(")
        with self._deeper():
            inner = self.expression()
        self._expect(")")
        return inner

    def _list(self) -> Node:
        opening = self._expect("[")
        items: list[Node] = []
        with self._deeper():
            while self._token.kind != "]":
                items.append(self.expression())
                if not self.accept(","):
                    break
        self._expect("]")
        return self._made(ListOf(opening.position, tuple(items)))

    # -- tests: after `in`, and in the cells of a decision table --

    def _membership(self) -> tuple[Test, ...]:
        """`x in TEST` or `x in (TEST, TEST)`; a bracket may also open a range."""
        if self._token.kind != "(" or self._opens_range():
            return (self._test(self._sum),)
        self._expect("(")
        with self._deeper():
            tests = self._tests(self._sum)
        self._expect(")")
        return tests

    def cell_tests(self) -> tuple[bool, tuple[Test, ...]]:
        """Whether the cell says not(...), and its tests."""
        if not self._says_not():
            return False, self._tests(self._cell_value)
        self._next()
        self._expect("(")
        with self._deeper():
            tests = self._tests(self._cell_value)
        self._expect(")")
        return True, tests

    def _tests(self, value: Callable[[], Node]) -> tuple[Test, ...]:
        tests = [self._test(value)]
        while self.accept(","):
            tests.append(self._test(value))
        return tuple(tests)

    def _test(self, value: Callable[[], Node]) -> Test:
        token = self._token
        if token.kind in COMPARISONS:
            self._next()
            return self._made(CompareTest(token.position, "=" if token.text == "==" else token.text, self._sum()))
        if token.kind in ("(", "[", "]") and self._opens_range():
            return self._range()
        node = value()
        if any(isinstance(inner, Input) for inner in node.walk()):
            return self._made(ConditionTest(token.position, node))
        return self._made(ValueTest(token.position, node))

    def _cell_value(self) -> Node:
        """A value, or a condition on `?`; a condition that never says `?` tests nothing and is refused."""
        token = self._token
        node = self.expression()
        speaks = any(isinstance(inner, Input) for inner in node.walk())
        if isinstance(node, Compare | Both | Either | Not | In) and not speaks:
            raise FeelError(faults.SILENT_CELL, token.position)
        return node

    def _range(self) -> RangeTest:
        opening = self._next()
        with self._deeper():
            low = self._sum()
            self._expect("..")
            high = self._sum()
        closing = self._token
        if closing.kind not in (")", "]", "["):
            raise self._unexpected(faults.CLOSE_RANGE)
        self._next()
        return self._made(RangeTest(opening.position, low, high, opening.kind == "[", closing.kind == "]"))

    def _opens_range(self) -> bool:
        """Whether `..` stands inside the bracket that opens here, not inside a deeper one."""
        depth = 0
        for token in self._tokens[self._at + 1 :]:
            if depth == 0 and token.kind in ("..", ",", ")", "]", "end"):
                return token.kind == ".."
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token.kind, 0)
        return False

    def _says_not(self) -> bool:
        """Whether the whole cell is not(...): the bracket opened after `not` closes at the very end."""
        kinds = [token.kind for token in self._tokens[self._at :]]
        if self._token.text != "not" or self._token.kind != "word" or kinds[1] != "(" or kinds[-2] != ")":
            return False
        depth = 0
        for index, kind in enumerate(kinds[1:], start=1):
            depth += {"(": 1, ")": -1}.get(kind, 0)
            if depth == 0:
                return index == len(kinds) - 2
        return False

    # -- chains --

    def _alone(self, node: Node) -> Node:
        """A comparison is not compared again: a < b < c means something else in every language."""
        if self._token.kind in COMPARISONS:
            raise self._unexpected(faults.TWO_AT_A_TIME)
        return node

    def _chain(self, operand: Callable[[], Node], words: dict[str, type[Both] | type[Either]]) -> Node:
        left = operand()
        while self._token.kind == "word" and self._token.text in words:
            token = self._next()
            left = self._made(words[token.text](token.position, left, operand()))
        return left

    def _arithmetic(self, operand: Callable[[], Node], operators: tuple[str, ...]) -> Node:
        left = operand()
        while self._token.kind in operators:
            token = self._next()
            left = self._made(Arithmetic(token.position, token.kind, left, operand()))
        return left


def _function_mend(name: str) -> Said:
    return did_you_mean(name, FUNCTIONS, faults.FUNCTIONS_ARE.filled(names=", ".join(sorted(FUNCTIONS | {"not"}))))
