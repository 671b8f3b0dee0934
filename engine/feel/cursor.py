"""A walk over tokens that counts what it builds: the bounds on size and nesting live here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from engine.feel.errors import FeelError
from engine.feel.syntax import Node
from engine.feel.tokens import Token, tokenize

MAX_NODES = 80
MAX_DEPTH = 20

COMPARISONS = frozenset({"=", "==", "!=", "<", "<=", ">", ">="})
N = TypeVar("N", bound=Node)


class Cursor:
    """The tokens of one expression and how far they have been read."""

    def __init__(self, text: str) -> None:
        self._tokens = tokenize(text)
        self._at = 0
        self._depth = 0
        self._nodes = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._token
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def accept(self, kind: str) -> bool:
        """Take the next token if it is of this kind."""
        if self._token.kind != kind:
            return False
        self._next()
        return True

    def finish(self) -> None:
        """Refuse whatever is left over."""
        if self._token.kind != "end":
            raise self._unexpected()

    def _word(self, word: str) -> bool:
        if self._token.kind != "word" or self._token.text != word:
            return False
        self._next()
        return True

    def _expect(self, kind: str) -> Token:
        if self._token.kind != kind:
            raise self._unexpected(f"expected {kind}")
        return self._next()

    def _unexpected(self, mend: str = "") -> FeelError:
        token = self._token
        if token.kind == "end":
            return FeelError("the expression ends too early", token.position, mend or "complete it")
        return FeelError(f"unexpected {token.text!r}", token.position, mend or _mend(token))

    def _made(self, node: N) -> N:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise FeelError(f"the expression has more than {MAX_NODES} parts", node.position, "use a decision table")
        return node

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FeelError(f"more than {MAX_DEPTH} brackets inside each other", self._token.position, "simplify it")
        yield
        self._depth -= 1


def _mend(token: Token) -> str:
    if token.kind == "word" and token.text == "not":
        return "write not(x in ...)"
    if token.kind == "..":
        return "a range stands after in, in brackets: x in [1..5]"
    if token.kind == "?":
        return "? stands only in the cells of a decision table"
    if token.kind in ("name", "text", "number"):
        return "an operator such as and, or, = is missing before it"
    return "remove it"
