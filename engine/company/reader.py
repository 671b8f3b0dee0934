"""Takes values out of a document that a person wrote, and notes everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import TypeVar

from engine.company.problems import Problem

T = TypeVar("T")
KINDS: Mapping[type, tuple[str, str]] = {
    str: ("须填写文字", "a text is needed"),
    int: ("须填写整数", "a whole number is needed"),
    bool: ("须填写 true 或 false", "true or false is needed"),
    list: ("须是列表 [ … ]", "a list [ ... ] is needed"),
    dict: ("须是一组条目 { … }", "a group of entries { ... } is needed"),
}
UNKNOWN = ("没有这样的条目，请检查拼写", "unknown entry; check its spelling")
MISSING = ("缺少这个条目", "is missing")


class Reader:
    """`problems` grow while a document is read; what could not be read is replaced by a fallback that nobody sees.

    A `strict` one notes entries that nobody reads. What is stored is read by another version's rules: it is not.
    """

    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.problems: list[Problem] = []

    def get(self, at: str, record: object, key: str, kind: type[T], fallback: T) -> T:
        value = record.get(key) if isinstance(record, Mapping) else None
        blank = isinstance(value, str) and not value.strip()
        number = kind is int and isinstance(value, bool)
        if not isinstance(value, kind) or blank or number:
            self.note(f"{at}{key}", *KINDS[kind])
            return fallback
        return value

    def rows(self, at: str, record: object, key: str) -> list[tuple[str, object]]:
        return [(f"{at}{key}[{place}].", row) for place, row in enumerate(self.get(at, record, key, list, []))]

    def number(self, at: str, record: object, key: str, least: int, most: int) -> int:
        """A whole number within limits."""
        value = self.get(at, record, key, int, least)
        self.judge(least <= value <= most, f"{at}{key}", f"须在 {least} 到 {most} 之间", f"{least} to {most}")
        return value

    def day(self, place: str, value: object) -> date | None:
        """A day such as 2026-12-31; None, and a note, when it is none."""
        try:
            if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.note(place, "不是日期，请写成 2026-12-31", "is no date; write it as 2026-12-31")
        return None

    def only(self, at: str, record: Mapping[str, object], names: Collection[str]) -> None:
        """An entry that nobody reads is most often one that was misspelt."""
        for name in sorted(set(record) - set(names)) if self.strict else ():
            self.note(f"{at}{name}", *UNKNOWN)

    def judge(self, good: bool, place: str, zh: str, en: str) -> None:
        if not good:
            self.note(place, zh, en)

    def note(self, place: str, zh: str, en: str) -> None:
        self.problems.append(Problem(place, zh, en))
