"""The banks and their card numbers as a table, to be kept in a spreadsheet: a row for each way a card number begins."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine import sheets
from engine.company.banks import CARD_LENGTHS, CODE, PREFIX
from engine.company.model import Bank
from engine.company.problems import BadCompany, Problem
from engine.sheets import Row

COLUMNS: Mapping[str, str] = {
    "bank": "银行代码",
    "name": "银行名称",
    "name_en": "英文名称",
    "auto_link": "免临柜关联",
    "prefix": "卡号开头",
    "length": "卡号位数",
    "kind": "卡种",
}
MAY_LACK = ("name", "name_en", "auto_link")
YES, NO = ("yes", "true", "1", "是"), ("no", "false", "0", "否", "")
NAME = re.compile(r"[^\x00-\x1f\x7f\ufffd]{0,60}")
NO_NAME = "最多 60 个字，不能换行", "has at most 60 signs, in one line"
KINDS = {"debit": "debit", "credit": "credit", "借记卡": "debit", "贷记卡": "credit", "信用卡": "credit"}


def write_table(banks: tuple[Bank, ...]) -> str:
    """The table of the record's banks."""
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\n")
    writer.writerow(COLUMNS)
    for bank in banks:
        flag = "yes" if bank.auto_link else "no"
        for row in bank.bins:
            cells = map(sheets.shown, (bank.code, bank.name, bank.name_en))
            writer.writerow([*cells, flag, row.prefix, row.length, row.kind])
    return kept.getvalue()


def read_table(text: str, document: Mapping[str, Any], *, only: bool) -> list[dict[str, Any]]:
    """The record's banks with what the table says of them; with `only` the banks of the table and no others.

    A bank that is there keeps what the table leaves out; a new one needs its names. BadCompany tells every bad line.
    """
    problems: list[Problem] = []
    there = {bank["code"]: bank for bank in document["banks"]}
    told: dict[str, dict[str, Any]] = {}
    lines: dict[str, int] = {}
    for line, row in sheets.rows(text, COLUMNS, MAY_LACK):
        bad = [Problem(f"line {line}", *sheets.TOO_MANY)]
        problems += bad if row is None else [*_take(line, row, told, there), *_again(line, row["prefix"], lines)]
    staying = {} if only else there
    problems += _taken(lines, [bank for code, bank in staying.items() if code not in told])
    if problems:
        raise BadCompany(problems)
    return [told.get(code, staying.get(code)) for code in {**staying, **told}]  # type: ignore[misc]


def _take(line: int, row: Row, told: dict[str, dict[str, Any]], there: Mapping[str, Any]) -> list[Problem]:
    code, found = row["bank"], list(_faults(row))
    bank = told.setdefault(code, {**_known(there.get(code)), "code": code, "bins": []})
    for name in ("name", "name_en"):
        bank[name] = row.get(name) or bank.get(name, "")
        if not bank[name]:
            found.append((name, f"新银行须写明{COLUMNS[name]}", f"a new bank needs a {name}"))
    bank["auto_link"] = row["auto_link"].lower() in YES if row.get("auto_link") else bank.get("auto_link", False)
    if not found:
        bank["bins"].append({"prefix": row["prefix"], "length": int(row["length"]), "kind": KINDS[row["kind"].lower()]})
    return [Problem(f"line {line}", f"{COLUMNS[name]}{zh}", f"{name} {en}") for name, zh, en in found]


def _again(line: int, prefix: str, lines: dict[str, int]) -> list[Problem]:
    first = lines.setdefault(prefix, line)
    told = (f"卡号开头 {prefix} 在第 {first} 行已经有了", f"the prefix {prefix} stands on line {first} already")
    return [Problem(f"line {line}", *told)] if prefix and first != line else []


def _taken(lines: Mapping[str, int], staying: list[Mapping[str, Any]]) -> Iterator[Problem]:
    """Prefixes of the table that a bank has which is not in it."""
    for bank in staying:
        for prefix in (row["prefix"] for row in bank["bins"] if row["prefix"] in lines):
            told = (f"卡号开头 {prefix} 已属于{bank['name']}", f"the prefix {prefix} is {bank['name_en']}'s already")
            yield Problem(f"line {lines[prefix]}", *told)


def _known(bank: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: bank[name] for name in ("code", "name", "name_en", "auto_link")} if bank else {}


def _faults(row: Row) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a line by itself; what is wrong with the whole list is told when the record is read."""
    least, most = CARD_LENGTHS.start, CARD_LENGTHS.stop - 1
    length = row["length"] if re.fullmatch("[0-9]{1,2}", row["length"]) else ""
    rules = (
        (CODE.fullmatch(row["bank"]), "bank", "须是 1 至 16 个字母、数字或 - _", "has 1 to 16 letters, digits and - _"),
        (PREFIX.fullmatch(row["prefix"]), "prefix", "须是 3 至 10 位数字", "has 3 to 10 digits"),
        (length and int(length) in CARD_LENGTHS, "length", f"须在 {least} 到 {most} 之间", f"is {least} to {most}"),
        (row["kind"].lower() in KINDS, "kind", "须是 debit（借记卡）或 credit（信用卡）", "is debit or credit"),
        (NAME.fullmatch(row.get("name", "")), "name", *NO_NAME),
        (NAME.fullmatch(row.get("name_en", "")), "name_en", *NO_NAME),
        (row.get("auto_link", "").lower() in (*YES, *NO), "auto_link", "须是 yes 或 no", "is yes or no"),
    )
    yield from ((name, zh, en) for good, name, zh, en in rules if not good)
