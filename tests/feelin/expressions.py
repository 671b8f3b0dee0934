"""Expressions of the subset that Kaihu and FEEL have in common, made by chance from a seed."""

from __future__ import annotations

from random import Random
from typing import Any

FACTS: dict[str, Any] = {
    "a": 3, "b": -2, "half": 0.5, "none": None, "yes": True, "no": False, "bank": "ICBC", "word": "",
    "客户": {"等级": 4}, "todo": {"sign": True, "check": False}, "day": "2026-02-28", "slots": ["front", "back"],
    "counts": [1, 3, 5], "empty": [],
}  # fmt: skip
DEEPEST = 4


class Expressions:
    """Makes one expression after the other. Every method gives the text of an expression of one type, or of null."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def any(self) -> str:
        return self.chance.choice([self.condition, self.condition, self.number, self.text])(DEEPEST)

    def cell(self) -> tuple[str, Any]:
        """A cell of a decision table, and a value for its column."""
        numbers = [self._test(str(self.chance.randrange(-5, 15))) for _ in range(self.chance.randint(1, 3))]
        words = [f'"{self.chance.choice(["ICBC", "ABC", "茶", ""])}"' for _ in range(self.chance.randint(1, 3))]
        tests, value = self.chance.choice([(numbers, self.chance.randrange(-5, 15)), (words, "ICBC"), (words, "茶")])
        if self.chance.random() < 0.1:
            return self.chance.choice(["-", "true", "false", "null", "? > 3 and ? < 9"]), self.chance.choice([4, True])
        joined = ", ".join(tests)
        return (f"not({joined})" if self.chance.random() < 0.3 else joined), value

    def _test(self, value: str) -> str:
        return self.chance.choice(
            [value, f"< {value}", f">= {value}", f"[{value}..15]", f"(-9..{value})", f"? = {value}"]
        )

    def condition(self, depth: int) -> str:
        if depth == 0 or self.chance.random() < 0.1:
            return self.chance.choice(["true", "false", "yes", "no", "todo.sign", "todo.check", "none", "null"])
        inner = [
            self._joined,
            self._joined,
            self._compared,
            self._compared,
            self._unlike,
            self._in,
            self._not,
            self._dates,
        ]
        return self.chance.choice(inner)(depth - 1)

    def number(self, depth: int) -> str:
        if depth == 0 or self.chance.random() < 0.2:
            return self.chance.choice(["0", "1", "7", "12", "0.25", "2.5", "a", "b", "half", "客户.等级", "none", "-4"])
        made = [self._sum, self._sum, self._product, self._counted]
        return self.chance.choice(made)(depth - 1)

    def text(self, depth: int) -> str:
        if depth == 0 or self.chance.random() < 0.5:
            return self.chance.choice(['""', '"ICBC"', '"a"', '"茶"', r'"\"q\""', "bank", "word", "none"])
        return f"{self.text(depth - 1)} + {self.text(depth - 1)}"

    def day(self, depth: int) -> str:
        days = ['date("2026-01-31")', 'date("2026-02-28")', 'date("2024-02-29")', "date(day)"]
        if depth == 0 or self.chance.random() < 0.4:
            return self.chance.choice(days)
        return f"{self.day(depth - 1)} {self.chance.choice('+-')} {self.length()}"

    def length(self) -> str:
        return f'duration("{self.chance.choice(["P1D", "P2D", "P10D", "P1M", "P3M", "P1Y"])}")'

    def _sum(self, depth: int) -> str:
        return f"({self.number(depth)} {self.chance.choice('+-')} {self.number(depth)})"

    def _product(self, depth: int) -> str:
        return f"{self.number(depth)} {self.chance.choice('*/')} {self.number(depth)}"

    def _counted(self, depth: int) -> str:
        return f"count({self.chance.choice(['slots', 'counts', 'empty', self._list(depth)])})"

    def _list(self, depth: int) -> str:
        return f"[{', '.join(self.number(min(depth, 1)) for _ in range(self.chance.randrange(4)))}]"

    def _joined(self, depth: int) -> str:
        left, right = self._term(depth), self._term(depth)
        return f"{left} {self.chance.choice(['and', 'or'])} {right}"

    def _term(self, depth: int) -> str:
        """Something to be joined: in brackets, since comparisons and joins bind differently."""
        return f"({self.condition(depth)})"

    def _not(self, depth: int) -> str:
        return f"not({self.condition(depth)})"

    def _compared(self, depth: int) -> str:
        kind = self.chance.choice([self.number, self.number, self.text])
        return f"{kind(depth)} {self._sign()} {kind(depth)}"

    def _unlike(self, depth: int) -> str:
        """Values of different types, and null, are only equal or not."""
        left, right = self.chance.sample([self.number(depth), self.text(depth), "null", "yes"], 2)
        return f"{left} {self.chance.choice(['=', '!='])} {right}"

    def _in(self, depth: int) -> str:
        value = self.number(min(depth, 1))
        low, high = sorted(self.chance.sample(range(-5, 15), 2))
        opening, closing = self.chance.choice("[("), self.chance.choice("])")
        tests = [f"{opening}{low}..{high}{closing}", f"{self.chance.choice(['<', '<=', '>', '>='])} {low}", str(high)]
        chosen = self.chance.sample(tests, self.chance.randint(1, 3))
        return f"{value} in ({', '.join(chosen)})" if self.chance.random() < 0.7 else f"{value} in {tests[0]}"

    def _dates(self, depth: int) -> str:
        if self.chance.random() < 0.3:
            return f'{self.day(0)} - {self.day(0)} {self._sign()} duration("P{self.chance.randrange(40)}D")'
        return f"{self.day(min(depth, 2))} {self._sign()} {self.day(min(depth, 2))}"

    def _sign(self) -> str:
        return self.chance.choice(["=", "!=", "<", "<=", ">", ">="])
