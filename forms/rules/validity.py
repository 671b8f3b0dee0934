"""Validity of the resident ID card (居民身份证法 art. 5): 5, 10 or 20 years or 长期 by the age at issue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from forms.rules.id_number import age_on
from forms.rules.verdict import Problem, Verdict, refused, warning

LONG_TERM = "长期"
_TERMS = (5, 10, 20)
_LONG_TERM_AGE = 46
_SECOND_GENERATION = date(2004, 1, 1)
_PRINTED = re.compile(
    r"([0-9]{4})[.\-]([0-9]{1,2})[.\-]([0-9]{1,2})\s*[-—–~至]\s*(?:长期|([0-9]{4})[.\-]([0-9]{1,2})[.\-]([0-9]{1,2}))"
)

_ORDER = Problem(
    "validity.order",
    "有效期的开始日期应早于结束日期，请按身份证国徽面填写",
    "The validity must start before it ends; please copy it from the emblem side of your ID card.",
)
_FUTURE = Problem(
    "validity.future",
    "有效期的开始日期晚于今天，请按身份证国徽面填写",
    "The validity starts after today; please copy it from the emblem side of your ID card.",
)
_EXPIRED = Problem(
    "validity.expired",
    "您的身份证已过有效期。请先换领新证并到营业部柜台更新证件信息，再办理本业务",
    "Your ID card has expired. Please renew it and have it updated at the counter first.",
)
_TERM = Problem(
    "validity.term",
    "身份证有效期应为5年、10年、20年或长期，请按身份证国徽面填写",
    "An ID card is valid for 5, 10 or 20 years or for long term; please copy it from the emblem side of your ID card.",
)
_TOO_YOUNG = Problem(
    "validity.long_term",
    "46周岁以上领取的身份证才是长期有效，请按身份证国徽面填写",
    "Only cards issued at the age of 46 or later are valid for long term; please copy it from the emblem side.",
)
_DAY_OFF = warning(
    "validity.day_off",
    "有效期首尾日期相差一天，请复核时核对证件",
    "The validity is one day off a full term; compare with the card.",
)
_UNUSUAL = warning(
    "validity.age",
    "有效期年限与领证时的年龄不符，请复核时核对证件",
    "The term does not fit the age at issue; compare with the card.",
)
_FIRST_GENERATION = warning(
    "validity.old",
    "有效期开始于2004年之前，早于第二代居民身份证，请复核时核对证件",
    "The validity starts before 2004, before second-generation cards; compare with the card.",
)
_UNREAD = Problem(
    "validity.shape",
    "请按身份证国徽面填写有效期，例如 2016.05.02-2036.05.02 或 2016.05.02-长期",
    "Please copy the validity from the emblem side, e.g. 2016.05.02-2036.05.02 or 2016.05.02-长期.",
)


@dataclass(frozen=True)
class Validity:
    """From one day to another, both included; no end means 长期."""

    start: date
    end: date | None

    def __str__(self) -> str:
        return f"{self.start:%Y.%m.%d}-{f'{self.end:%Y.%m.%d}' if self.end else LONG_TERM}"


def read(text: str) -> Verdict[Validity]:
    """The validity as it is printed, `2016.05.02-2036.05.02` or `2016.05.02-长期`; its dates are not judged."""
    match = _PRINTED.fullmatch(text.strip())
    if not match:
        return refused(_UNREAD)
    numbers = [int(number) for number in match.groups() if number]
    try:
        return Verdict(Validity(date(*numbers[:3]), date(*numbers[3:]) if len(numbers) > 3 else None))
    except ValueError:
        return refused(_UNREAD)


def check(validity: Validity, birth: date, today: date) -> Verdict[Validity]:
    """Judge a validity for a holder born on `birth`: expiry and impossible terms block, unusual ones warn."""
    problem = _date_problem(validity, today) or _term_problem(validity, birth)
    return refused(problem) if problem else Verdict(validity, tuple(_warnings(validity, birth)))


def expired(validity: Validity, today: date) -> bool:
    """The last day is still valid."""
    return validity.end is not None and validity.end < today


def _date_problem(validity: Validity, today: date) -> Problem | None:
    if validity.end is not None and validity.end <= validity.start:
        return _ORDER
    if validity.start > today:
        return _FUTURE
    return _EXPIRED if expired(validity, today) else None


def _term_problem(validity: Validity, birth: date) -> Problem | None:
    if validity.end is not None:
        return None if _years(validity) else _TERM
    return None if age_on(birth, validity.start) >= _LONG_TERM_AGE else _TOO_YOUNG


def _warnings(validity: Validity, birth: date) -> list[Problem]:
    years = _years(validity)
    found = [_UNUSUAL] if years != _usual(age_on(birth, validity.start)) else []
    if validity.end and years and validity.end not in _ends(validity.start, years):
        found.append(_DAY_OFF)
    return [*found, _FIRST_GENERATION] if validity.start < _SECOND_GENERATION else found


def _usual(age: int) -> int | None:
    """The term for an age at issue; None is 长期."""
    if age >= _LONG_TERM_AGE:
        return None
    return 5 if age < 16 else 10 if age <= 25 else 20


def _years(validity: Validity) -> int | None:
    """The term in years, one day more or less tolerated: cards of 1984 ended a day earlier. None when it is no term."""
    day = timedelta(days=1)
    end = validity.end
    if end is None:
        return None
    near = ((years, last) for years in _TERMS for last in _ends(validity.start, years))
    return next((years for years, last in near if abs(end - last) <= day), None)


def _ends(start: date, years: int) -> tuple[date, ...]:
    """The same day years later; a term from 29 February may end on either side of it."""
    year = start.year + years
    if (start.month, start.day) == (2, 29) and not _is_leap(year):
        return date(year, 2, 28), date(year, 3, 1)
    return (start.replace(year=year),)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
