"""The columns of a customer file, and one row of it judged: everything that is wrong, and how it is mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from engine.accounts.reading import LONG_TERM, NUMBER, card_parts, day
from engine.sheets import Row, Words

COLUMNS: Mapping[str, str] = {
    "id_number": "身份证号码",
    "name": "姓名",
    "phone": "手机号码",
    "account_number": "资金账号",
    "account_type": "账户类型",
    "address": "住址",
    "issuer": "签发机关",
    "valid_from": "有效期起",
    "valid_until": "有效期止",
    "branch": "营业部",
    "cards": "银行卡",
}
MAY_BE_EMPTY = frozenset({"valid_from", "valid_until", "cards"})
NUMBERS = ("id_number", "phone", "account_number", "cards")
SHORTENED = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
LONGEST = 200

Check = Callable[[str, str], Words | None]
"""Judges a value of the column `id_number`, `name` or `phone`, or a `card` number; None when it is good."""

EMPTY: Words = ("为空，请补上", "is empty; fill it in")
TOO_LONG: Words = ("超过 200 个字，请缩短", "has more than 200 characters; shorten it")
NO_DATE: Words = ("不是日期，请写成 2016-05-20", "is no date; write it as 2016-05-20")
WRONG_ORDER: Words = ("早于有效期起，请核对", "lies before valid_from; check both")
NO_ACCOUNT: Words = ("须是 1 至 32 个字母、数字或 -", "has 1 to 32 letters, digits and -")
SHORT_NUMBER: Words = (
    "被表格软件改成了科学计数法，末几位已丢失；请把这一列设为“文本”后重新导出",
    "was shortened by the spreadsheet, its last digits are lost; make the column text and export it again",
)
NO_CARD: Words = (
    "应写成 银行代码|网点|卡号，多张以分号隔开，已关联银期的在后面加 |linked",
    "reads BANK|outlet|number, or BANK|outlet|number|linked; several are separated by semicolons",
)
TWO_CARDS: Words = ("每家银行只能有一张卡，请删去一张", "holds two cards of one bank; delete one")
TWICE: Words = ("在本文件中已出现过，请删去一行", "occurs twice in this file; delete one of the lines")


def not_listed(names: Collection[str]) -> Words:
    """What is no name of the record, with those that are."""
    listed = sorted(names)[:12]
    more = "…" if len(names) > len(listed) else ""
    zh, en = f"{'、'.join(listed)}{more}", f"{', '.join(listed)}{more}"
    return f"不在公司资料中，须是 {zh} 之一", f"is not in the company's record; it is one of {en}"


@dataclass(frozen=True)
class ColumnProblem:
    """What is wrong with one column of a row, or (no column) with the row. The value itself is never repeated."""

    column: str
    words: Words

    def text(self, language: str = "zh") -> str:
        if language == "en":
            return f"{self.column} {self.words[1]}".strip()
        name = COLUMNS.get(self.column, "")
        return f"{name}：{self.words[0]}" if name else self.words[0]


@dataclass(frozen=True)
class Known:
    """What a row may refer to."""

    account_types: Collection[str]
    branches: Collection[str]
    banks: Collection[str]


def problems_of(row: Row, known: Known, check: Check) -> list[ColumnProblem]:
    """Everything that is wrong with a row. Of a number that a spreadsheet has shortened nothing else is said."""
    short = {column for column in NUMBERS if SHORTENED.fullmatch(row[column])}
    found = [ColumnProblem(column, SHORT_NUMBER) for column in NUMBERS if column in short]
    others = (_plain(row), _checked(row, check), _listed(row, known), _dates(row), _cards(row, known, check))
    return found + [problem for problem in chain(*others) if problem.column not in short]


def _plain(row: Row) -> Iterator[ColumnProblem]:
    for column in COLUMNS:
        if not row[column] and column not in MAY_BE_EMPTY:
            yield ColumnProblem(column, EMPTY)
        if len(row[column]) > LONGEST and column != "cards":
            yield ColumnProblem(column, TOO_LONG)
    if row["account_number"] and not re.fullmatch(r"[A-Za-z0-9-]{1,32}", row["account_number"]):
        yield ColumnProblem("account_number", NO_ACCOUNT)


def _checked(row: Row, check: Check) -> Iterator[ColumnProblem]:
    for column in ("id_number", "name", "phone"):
        words = check(column, row[column]) if row[column] else None
        if words:
            yield ColumnProblem(column, words)


def _listed(row: Row, known: Known) -> Iterator[ColumnProblem]:
    for column, names in (("account_type", known.account_types), ("branch", known.branches)):
        if row[column] and row[column] not in names:
            yield ColumnProblem(column, not_listed(names))


def _dates(row: Row) -> Iterator[ColumnProblem]:
    until = "" if row["valid_until"] == LONG_TERM else row["valid_until"]
    first, last = day(row["valid_from"]), day(until)
    for column, text, found in (("valid_from", row["valid_from"], first), ("valid_until", until, last)):
        if text and found is None:
            yield ColumnProblem(column, NO_DATE)
    if first and last and last < first:
        yield ColumnProblem("valid_until", WRONG_ORDER)


def _cards(row: Row, known: Known, check: Check) -> Iterator[ColumnProblem]:
    cards = card_parts(row["cards"])
    shapes = (len(parts) in (3, 4) and parts[3:] in ([], ["linked"]) and all(parts) for parts in cards)
    if not all(shapes) or not all(NUMBER.fullmatch(parts[2]) for parts in cards):
        yield ColumnProblem("cards", NO_CARD)
        return
    if any(parts[0] not in known.banks for parts in cards):
        yield ColumnProblem("cards", not_listed(known.banks))
    yield from (ColumnProblem("cards", words) for parts in cards if (words := check("card", parts[2])))
    if len({parts[0] for parts in cards}) < len(cards):
        yield ColumnProblem("cards", TWO_CARDS)
