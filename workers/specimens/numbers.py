"""Numbers for specimens: right by their check digit, and of nobody."""

from __future__ import annotations

from datetime import date

COUNTY = "119901"  # prefecture 1199 was never given out
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def specimen_id_number(born: date, order: int, county: str = COUNTY) -> str:
    """An 18-digit number (GB 11643) of a county that does not exist; an odd `order` is a man's."""
    body = f"{county}{born:%Y%m%d}{order % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECKS[total % 11]


def specimen_card_number(prefix: str, order: int, length: int = 19) -> str:
    """A number that begins like the bank's and ends in the right Luhn digit (ISO/IEC 7812)."""
    body = prefix + f"{order:0{length - 1 - len(prefix)}d}"
    return body + str(-_luhn_sum(body) % 10)


def _luhn_sum(body: str) -> int:
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))]
    return sum(value - 9 if value > 9 else value for value in doubled)
