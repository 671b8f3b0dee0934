"""The columns of a customer file, and one row of it read into words that the account system knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from engine.accounts.people import NewCard, Person, ToldCard

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
LONG_TERM = "长期"
MAY_BE_EMPTY = frozenset({"valid_from", "valid_until", "cards"})
NUMBER = re.compile(r"[0-9]{12,22}")

Words = tuple[str, str]  # Chinese, English
Check = Callable[[str, str], Words | None]
"""Judges a value of the column `id_number`, `name` or `phone`, or a `card` number; None when it is good."""

EMPTY: Words = ("不能为空", "is empty")
NO_DATE: Words = ("不是日期，请写成 2016-05-20", "is no date; write it as 2016-05-20")
NOT_LISTED: Words = ("不在公司资料中", "is not in the company's record")
NO_CARD: Words = (
    "应写成 银行代码|网点|卡号，多张以分号隔开",
    "reads BANK|outlet|number; several are separated by semicolons",
)
TWO_CARDS: Words = ("每家银行只能有一张卡", "holds two cards of one bank")
TWICE: Words = ("在本文件中出现两次", "occurs twice in this file")


@dataclass(frozen=True)
class ColumnProblem:
    """What is wrong with one column of a row. The value itself is never repeated."""

    column: str
    words: Words

    def text(self, language: str = "zh") -> str:
        if language == "en":
            return f"{self.column} {self.words[1]}"
        return f"{COLUMNS.get(self.column, self.column)}：{self.words[0]}"


@dataclass(frozen=True)
class Known:
    """What a row may refer to."""

    account_types: Collection[str]
    branches: Collection[str]
    banks: Collection[str]


def problems_of(row: Mapping[str, str], known: Known, check: Check) -> list[ColumnProblem]:
    """Everything that is wrong with a row."""
    found = [ColumnProblem(column, EMPTY) for column in COLUMNS if not row[column] and column not in MAY_BE_EMPTY]
    checked = ((column, check(column, row[column])) for column in ("id_number", "name", "phone") if row[column])
    found += [ColumnProblem(column, words) for column, words in checked if words]
    listed = (("account_type", known.account_types), ("branch", known.branches))
    found += [ColumnProblem(column, NOT_LISTED) for column, names in listed if row[column] and row[column] not in names]
    dates = (("valid_from", row["valid_from"]), ("valid_until", row["valid_until"].replace(LONG_TERM, "")))
    found += [ColumnProblem(column, NO_DATE) for column, text in dates if text and _date(text) is None]
    return found + _card_problems(row["cards"], known, check)


def person_in(row: Mapping[str, str]) -> Person:
    """The person of a row without problems; who he is here, the row does not tell."""
    return Person(
        customer_id="",
        name=row["name"],
        id_number=row["id_number"].upper(),
        phone=row["phone"],
        address=row["address"],
        issuer=row["issuer"],
        id_valid_from=_date(row["valid_from"]),
        id_valid_until=_date(row["valid_until"]),
        id_long_term=row["valid_until"] == LONG_TERM,
        account_number=row["account_number"],
        account_type=row["account_type"],
        branch_id=row["branch"],
    )


def cards_in(cell: str) -> list[ToldCard]:
    """The cards of a cell without problems."""
    return [ToldCard(NewCard(*parts[:3]), parts[3:] == ["linked"]) for parts in _parts(cell)]


def _card_problems(cell: str, known: Known, check: Check) -> list[ColumnProblem]:
    cards = _parts(cell)
    if any(len(parts) not in (3, 4) or parts[3:] not in ([], ["linked"]) or not all(parts) for parts in cards):
        return [ColumnProblem("cards", NO_CARD)]
    if any(not NUMBER.fullmatch(parts[2]) for parts in cards):
        return [ColumnProblem("cards", NO_CARD)]
    found = [ColumnProblem("cards", NOT_LISTED) for parts in cards if parts[0] not in known.banks]
    found += [ColumnProblem("cards", words) for parts in cards if (words := check("card", parts[2]))]
    if len({parts[0] for parts in cards}) < len(cards):
        found.append(ColumnProblem("cards", TWO_CARDS))
    return found


def _parts(cell: str) -> list[list[str]]:
    entries = (entry for entry in cell.replace("；", ";").split(";") if entry.strip())
    return [[part.strip() for part in entry.split("|")] for entry in entries]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.replace(".", "-"))
    except ValueError:
        return None
