"""A walk over tokens that counts what it builds: the bounds on size and nesting live here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from engine.feel import faults
from engine.feel.errors import FeelError
from engine.feel.said import Said
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
            raise self._unexpected(faults.EXPECTED.filled(kind=kind))
        return self._next()

    def _unexpected(self, mend: Said | None = None) -> FeelError:
        token = self._token
        if token.kind == "end":
            return FeelError(faults.TOO_EARLY, token.position, mend=mend or faults.COMPLETE)
        return FeelError(faults.UNEXPECTED, token.position, text=token.text, mend=mend or _mend(token))

    def _made(self, node: N) -> N:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise FeelError(faults.TOO_MANY, node.position, most=str(MAX_NODES))
        return node

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FeelError(faults.TOO_DEEP, self._token.position, most=str(MAX_DEPTH))
        yield
        self._depth -= 1


def _mend(token: Token) -> Said:
    if token.kind == "word" and token.text == "not":
        return faults.NOT_IN
    if token.kind == "..":
        return faults.RANGE_AFTER_IN
    if token.kind == "?":
        return faults.ONLY_IN_CELLS
    if token.kind in ("name", "text", "number"):
        return faults.OPERATOR_MISSING
    return faults.REMOVE
