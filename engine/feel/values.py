"""The values of the language, and what is equal, ordered and added as FEEL says: what makes no sense is null."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Context, Decimal
from typing import TypeAlias

from engine.feel.temporal import Duration, Months, negate, scale, shift

Value: TypeAlias = "bool | Decimal | str | date | timedelta | Months | tuple[Value, ...] | None"

_DECIMAL128 = Context(prec=34, Emin=-6143, Emax=6144, traps=[])
_ORDERED: tuple[type, ...] = (Decimal, str, timedelta, Months)


def to_value(fact: object) -> Value:
    """A fact as a value of the language; raises TypeError for what is none."""
    if fact is None or isinstance(fact, bool | str | date | timedelta | Months):
        return fact
    if isinstance(fact, int | float | Decimal):
        return _finite(Decimal(str(fact)) if isinstance(fact, float) else Decimal(fact))
    if isinstance(fact, list | tuple | set | frozenset):
        return tuple(to_value(item) for item in fact)
    raise TypeError(f"a fact cannot be a {type(fact).__name__}")


def to_plain(value: Value) -> object:
    """A value as Python's own: whole numbers as int, lists as list; the rest stays."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 10**18 else value
    return [to_plain(item) for item in value] if isinstance(value, tuple) else value


def equal(left: Value, right: Value) -> bool | None:
    """FEEL's `=`: null equals only null, values of different types compare to null."""
    if left is None or right is None:
        return left is right
    if isinstance(left, tuple) and isinstance(right, tuple):
        if len(left) != len(right):
            return False
        return all_of(tuple(equal(a, b) for a, b in zip(left, right, strict=True)))
    return left == right if _kind(left) is _kind(right) else None


def less(left: Value, right: Value, or_equal: bool = False) -> bool | None:
    """FEEL's `<` and `<=`; null when the two have no order."""
    if left is None or right is None or _kind(left) is not _kind(right) or not _has_order(left):
        return None
    try:
        return bool(left <= right) if or_equal else bool(left < right)  # type: ignore[operator]
    except TypeError:  # a moment with an offset and one without
        return None


def all_of(answers: tuple[Value, ...]) -> bool | None:
    """Three-valued and: one false settles it, else anything that is not true leaves it open."""
    if any(answer is False for answer in answers):
        return False
    return True if all(answer is True for answer in answers) else None


def any_of(answers: tuple[Value, ...]) -> bool | None:
    """Three-valued or: one true settles it, else anything that is not false leaves it open."""
    if any(answer is True for answer in answers):
        return True
    return False if all(answer is False for answer in answers) else None


def opposite(answer: Value) -> bool | None:
    """Three-valued not."""
    return not answer if isinstance(answer, bool) else None


def minus(value: Value) -> Value:
    """Unary minus of a number or a duration."""
    if isinstance(value, Decimal):
        return _finite(_DECIMAL128.minus(value))
    return negate(value) if isinstance(value, timedelta | Months) else None


def calculate(operator: str, left: Value, right: Value) -> Value:
    """`+ - * /`; null when the operands do not go together, and for a division by zero."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _numbers(operator, left, right)
    if isinstance(left, str) and isinstance(right, str):
        return left + right if operator == "+" else None
    if isinstance(left, date):
        return _from_date(operator, left, right)
    if isinstance(right, date):
        return shift(right, left) if operator == "+" and isinstance(left, timedelta | Months) else None
    return _durations(operator, left, right)


def _numbers(operator: str, left: Decimal, right: Decimal) -> Decimal | None:
    does = {"+": _DECIMAL128.add, "-": _DECIMAL128.subtract, "*": _DECIMAL128.multiply, "/": _DECIMAL128.divide}
    return _finite(does[operator](left, right))


def _from_date(operator: str, left: date, right: Value) -> Value:
    if isinstance(right, timedelta | Months) and operator in ("+", "-"):
        moved = right if operator == "+" else negate(right)
        return None if moved is None else shift(left, moved)
    if operator != "-" or not isinstance(right, date) or _kind(left) is not _kind(right):
        return None
    try:
        return left - right
    except TypeError:  # a moment with an offset and one without
        return None


def _durations(operator: str, left: Value, right: Value) -> Value:
    if operator == "*" and isinstance(left, Decimal):
        left, right = right, left
    if not isinstance(left, timedelta | Months):
        return None
    if isinstance(right, Decimal):
        return _scaled(operator, left, right)
    if operator in ("+", "-") and isinstance(right, timedelta | Months):
        added = right if operator == "+" else negate(right)
        return None if added is None else _duration_sum(left, added)
    return _ratio(left, right) if operator == "/" else None


def _scaled(operator: str, length: Duration, number: Decimal) -> Duration | None:
    if operator == "*":
        return scale(length, number)
    inverse = _finite(_DECIMAL128.divide(Decimal(1), number)) if operator == "/" else None
    return None if inverse is None else scale(length, inverse)


def _duration_sum(left: Duration, right: Duration) -> Duration | None:
    if isinstance(left, Months):
        return Months(left.count + right.count) if isinstance(right, Months) else None
    try:
        return left + right if isinstance(right, timedelta) else None
    except OverflowError:
        return None


def _ratio(left: Duration, right: Value) -> Decimal | None:
    if isinstance(left, Months) and isinstance(right, Months):
        return _finite(_DECIMAL128.divide(Decimal(left.count), Decimal(right.count)))
    if isinstance(left, timedelta) and isinstance(right, timedelta):
        tick = timedelta(microseconds=1)
        return _finite(_DECIMAL128.divide(Decimal(left // tick), Decimal(right // tick)))
    return None


def _finite(number: Decimal) -> Decimal | None:
    return number if number.is_finite() else None


def _has_order(value: Value) -> bool:
    return isinstance(value, (*_ORDERED, date))


def _kind(value: Value) -> type:
    """A moment is a date to Python, not to FEEL; everything else is its own type."""
    return type(value)
