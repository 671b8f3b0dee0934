"""Bank card numbers: Luhn (ISO/IEC 7812), length, and the bank by the company's own BIN table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from forms.rules.verdict import Problem, Verdict, refused, warning

_GAPS = re.compile(r"[ \-]")
_DIGITS = re.compile(r"[0-9]{8,22}")
_USUAL_LENGTHS = range(15, 20)
# UnionPay, and the national numbers of before it (JR/T 0008): with these a BIN missing from the table proves nothing.
_DOMESTIC = ("62", "60", "9")

_AGAIN = "请核对卡面号码后重新填写"
_SHAPE_PROBLEM = Problem(
    "bank_card.shape",
    f"银行卡号应为8至22位数字。{_AGAIN}",
    "A card number has 8 to 22 digits. Please check the number on the card.",
)
_CHECK_PROBLEM = Problem(
    "bank_card.check",
    f"银行卡号不正确，可能输错了某一位。{_AGAIN}",
    "The card number is not valid; one digit may be wrong. Please check the number on the card.",
)
_CREDIT_PROBLEM = Problem(
    "bank_card.credit",
    "结算账户只能使用借记卡，不支持信用卡。请换一张借记卡",
    "A settlement account needs a debit card; credit cards are not accepted. Please use a debit card.",
)
_UNKNOWN_BANK_PROBLEM = Problem(
    "bank_card.unknown_bank",
    "这张卡不属于支持的银行。请换一张列表中银行的借记卡，如有疑问请联系公司客服",
    "This card belongs to no supported bank. Please use a debit card of a bank on the list, or call the hotline.",
)
_OTHER_BANK_PROBLEM = Problem(
    "bank_card.other_bank",
    "卡号与所选银行不一致。请核对卡号和开户银行",
    "The card number belongs to another bank. Please check the number and the bank.",
)
_LENGTH_WARNING = warning(
    "bank_card.length",
    "银行卡号长度少见，请复核时核对卡面照片",
    "The card number has an unusual length; compare with the photo of the card.",
)
_BIN_WARNING = warning(
    "bank_card.bin",
    "卡号的发卡行标识不在公司的卡表中，请复核时核对开户银行和卡种",
    "The issuer number is not in the company's table; verify the bank and the kind of card.",
)


@dataclass(frozen=True)
class Bin:
    """One row of the company's table: numbers that start so (and are so long) belong to this bank."""

    prefix: str
    bank: str
    kind: Literal["debit", "credit"] = "debit"
    length: int | None = None

    def fits(self, number: str) -> bool:
        return number.startswith(self.prefix) and self.length in (None, len(number))


def check(text: str, bank: str | None = None, bins: Sequence[Bin] = (), passbook: bool = False) -> Verdict[str]:
    """Judge a typed number for the chosen bank's code; a passbook account need not be a card number.

    Without a table no bank can be unknown: the number passes with a warning.
    """
    number = _GAPS.sub("", text.strip())
    if not _DIGITS.fullmatch(number):
        return refused(_SHAPE_PROBLEM)
    if passbook:
        return Verdict(number)
    problem = None if luhn(number) else _CHECK_PROBLEM
    problem = problem or _bin_problem(number, bank, bins)
    return refused(problem) if problem else Verdict(number, tuple(_warnings(number, bins)))


def luhn(number: str) -> bool:
    """Whether the last digit checks the others."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(doubled) + sum(map(int, number[-1::-2]))) % 10 == 0


def issuer(number: str, bins: Sequence[Bin]) -> Bin | None:
    """The row with the longest prefix that fits."""
    return max((row for row in bins if row.fits(number)), key=lambda row: len(row.prefix), default=None)


def _bin_problem(number: str, bank: str | None, bins: Sequence[Bin]) -> Problem | None:
    row = issuer(number, bins)
    if row is None:
        return None if not bins or number.startswith(_DOMESTIC) else _UNKNOWN_BANK_PROBLEM
    if row.kind == "credit":
        return _CREDIT_PROBLEM
    return _OTHER_BANK_PROBLEM if bank is not None and row.bank != bank else None


def _warnings(number: str, bins: Sequence[Bin]) -> list[Problem]:
    found = [] if len(number) in _USUAL_LENGTHS else [_LENGTH_WARNING]
    return found if issuer(number, bins) else [*found, _BIN_WARNING]
