"""The banks of the record, and the table of card numbers that tells them apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from engine.company.model import Bank, BankBin
from engine.company.reader import Reader

CODE = re.compile(r"[A-Za-z0-9_-]{1,16}")
PREFIX = re.compile(r"[0-9]{3,10}")
CARD_LENGTHS = range(12, 20)
ENTRIES = ("code", "name", "name_en", "auto_link", "bins")


def read_banks(read: Reader, document: Mapping[str, Any]) -> tuple[Bank, ...]:
    """The company's list, each bank and each prefix once."""
    banks = tuple(_bank(read, at, row) for at, row in read.rows("", document, "banks"))
    codes = [bank.code for bank in banks]
    prefixes = [row.prefix for bank in banks for row in bank.bins]
    for code in _twice(codes):
        read.note("banks", f"代码 {code} 出现两次", f"the code {code} occurs twice")
    for prefix in _twice(prefixes):
        read.note("banks", f"卡号开头 {prefix} 出现两次", f"the card prefix {prefix} occurs twice")
    return banks


def _twice(values: list[str]) -> list[str]:
    return sorted(value for value, count in Counter(values).items() if value and count > 1)


def _bank(read: Reader, at: str, row: object) -> Bank:
    code = read.get(at, row, "code", str, "")
    fits = not code or CODE.fullmatch(code) is not None
    read.judge(fits, f"{at}code", "须是 1 至 16 个字母、数字或 - _", "1 to 16 letters, digits and - _")
    if isinstance(row, Mapping):
        read.only(at, row, ENTRIES)
    return Bank(
        code=code,
        name=read.get(at, row, "name", str, ""),
        name_en=read.get(at, row, "name_en", str, ""),
        auto_link=read.get(at, row, "auto_link", bool, False),
        bins=tuple(read_bin(read, place, each) for place, each in read.rows(at, row, "bins")),
    )


def read_bin(read: Reader, at: str, row: object) -> BankBin:
    """One row of the table of card numbers."""
    prefix, kind = read.get(at, row, "prefix", str, ""), read.get(at, row, "kind", str, "debit")
    length = read.number(at, row, "length", CARD_LENGTHS.start, CARD_LENGTHS.stop - 1)
    fits = not prefix or PREFIX.fullmatch(prefix) is not None
    read.judge(fits, f"{at}prefix", "须是 3 至 10 位数字", "3 to 10 digits")
    read.judge(kind in ("debit", "credit"), f"{at}kind", "须是 debit（借记卡）或 credit（信用卡）", "debit or credit")
    return BankBin(prefix, length, "credit" if kind == "credit" else "debit")
