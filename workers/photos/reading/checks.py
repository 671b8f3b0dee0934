"""What proves a number by itself: the check digit of an ID number, Luhn's of a card number."""

from __future__ import annotations

import re
from datetime import date

_ID_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
_CHECK_DIGITS = "10X98765432"
_EARLIEST_YEAR = 1900
CARD_LENGTHS = range(15, 20)


def id_holds(number: str, today: date) -> bool:
    """Shape, a birth date that may be, and the check digit (GB 11643). The region is not asked: regions come and go."""
    if not _ID_SHAPE.fullmatch(number) or birth_in(number, today) is None:
        return False
    return check_digit(number[:17]) == number[17]


def check_digit(first_17: str) -> str:
    """ISO 7064 MOD 11-2."""
    return _CHECK_DIGITS[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first_17)) % 11]


def birth_in(number: str, today: date) -> date | None:
    """The birth date that an ID number tells."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year >= _EARLIEST_YEAR and born <= today else None


def sex_in(number: str) -> str:
    return "男" if int(number[16]) % 2 else "女"


def card_holds(number: str) -> bool:
    """A usual length, and Luhn's digit."""
    if len(number) not in CARD_LENGTHS or not number.isdigit() or len(set(number)) < 3:
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(doubled) + sum(map(int, number[-1::-2]))) % 10 == 0


PROVINCES = frozenset(
    str(code)
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in codes
)


def region_known(number: str) -> bool:
    """Whether the first two digits are a province's."""
    return number[:2] in PROVINCES
