"""Resident ID numbers (GB 11643-1999): area, birth date, sequence, check digit by ISO 7064 MOD 11-2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from forms.rules.verdict import Problem, Verdict, refused, warning

_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
_CHECK_DIGITS = "10X98765432"
_EARLIEST_YEAR = 1900
_PROVINCES = frozenset(
    str(code)
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in codes
)

_AGAIN = "请核对身份证上的号码后重新填写"
_SHAPE_PROBLEM = Problem(
    "id_number.shape",
    f"身份证号码应为18位数字，最后一位可以是X。{_AGAIN}",
    "An ID number has 18 digits; the last one may be X. Please check the number on your ID card.",
)
_PERMIT_PROBLEM = Problem(
    "id_number.not_resident",
    "本业务只能使用中国大陆居民身份证办理，暂不支持居住证。请联系公司客服",
    "This business needs a mainland resident ID card; residence permits are not accepted. Please call the hotline.",
)
_PROVINCE_PROBLEM = Problem(
    "id_number.province",
    f"身份证号码的前两位不是有效的省级代码。{_AGAIN}",
    "The first two digits are no province code. Please check the number on your ID card.",
)
_BIRTH_PROBLEM = Problem(
    "id_number.birth",
    f"身份证号码中的出生日期不正确。{_AGAIN}",
    "The birth date inside the number is not valid. Please check the number on your ID card.",
)
_SEQUENCE_PROBLEM = Problem(
    "id_number.sequence",
    f"身份证号码的顺序码不正确。{_AGAIN}",
    "The sequence digits of the number are not valid. Please check the number on your ID card.",
)
_CHECK_PROBLEM = Problem(
    "id_number.check",
    f"身份证号码的校验位不正确，可能输错了某一位。{_AGAIN}",
    "The check digit does not match; one digit may be wrong. Please check the number on your ID card.",
)
_COUNTY_WARNING = warning(
    "id_number.county",
    "身份证号码前六位不在行政区划代码表中，请复核时核对证件原件",
    "The first six digits are in no list of county codes; compare with the card itself.",
)


@dataclass(frozen=True)
class IdNumber:
    """A valid number and what it says about its holder."""

    number: str
    birth: date
    sex: Literal["男", "女"]

    def age(self, today: date) -> int:
        """Full years by the calendar; the birthday itself counts, and 29 February waits for 1 March."""
        return age_on(self.birth, today)


def check(text: str, today: date) -> Verdict[IdNumber]:
    """Judge a typed number. A withdrawn county code is fine, an unknown one is a warning: codes come and go."""
    number = text.strip().upper()
    if not _SHAPE.fullmatch(number):
        return refused(_SHAPE_PROBLEM)
    if problem := _area_problem(number):
        return refused(problem)
    birth = _birth(number, today)
    if birth is None:
        return refused(_BIRTH_PROBLEM)
    if number[14:17] == "000":
        return refused(_SEQUENCE_PROBLEM)
    if check_digit(number[:17]) != number[17]:
        return refused(_CHECK_PROBLEM)
    known = number[:6] in _counties()
    return Verdict(IdNumber(number, birth, "男" if int(number[16]) % 2 else "女"), () if known else (_COUNTY_WARNING,))


def check_digit(first_17: str) -> str:
    """The check digit of the first 17 digits."""
    return _CHECK_DIGITS[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first_17)) % 11]


def age_on(birth: date, today: date) -> int:
    """Full years between two days."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _area_problem(number: str) -> Problem | None:
    if number[:2] in ("81", "82", "83"):
        return _PERMIT_PROBLEM
    return None if number[:2] in _PROVINCES else _PROVINCE_PROBLEM


def _birth(number: str, today: date) -> date | None:
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return birth if birth.year >= _EARLIEST_YEAR and birth <= today else None


@lru_cache(maxsize=1)
def _counties() -> frozenset[str]:
    lines = (files("forms.rules") / "counties.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    return frozenset(prefecture + county for prefecture, *counties in rows for county in counties)
