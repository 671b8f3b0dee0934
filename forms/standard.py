"""The field types that form-js itself knows, as marshmallow fields with Chinese refusals."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields

from forms.checks import Check, checks_of, first_of
from forms.context import Context
from forms.document import Component
from forms.messages import Message, missing
from forms.ruled import ruled


def settings(part: Component, context: Context) -> dict[str, Any]:
    """What every field is made with: required or not, the checks, the sentence for an empty one."""
    empty = missing(part)
    return {
        "required": part.required,
        "validate": first_of(checks_of(part, context)),
        "error_messages": {"required": empty, "null": empty, "invalid": empty},
    }


def text(part: Component, context: Context) -> fields.String:
    return fields.String(**settings(part, context), post_load=ruled(part, context))


def number(part: Component, context: Context) -> Number:
    return Number(part, **settings(part, context))


def moment(part: Component, context: Context) -> Day:
    return Day(part, **settings(part, context))


def tick(part: Component, context: Context) -> fields.Boolean:
    """A checkbox. A required one must be ticked."""
    if not part.required:
        return fields.Boolean(load_default=False)
    empty = missing(part)
    said: dict[str, Any] = {"required": empty, "null": empty, "invalid": empty}
    return fields.Boolean(required=True, error_messages=said, validate=first_of((lambda on: None if on else empty,)))


def ticks(part: Component, context: Context) -> fields.List[str]:
    """A checklist. A required one needs at least one tick."""
    empty = missing(part)
    some: Check = lambda chosen: empty if part.required and not chosen else None  # noqa: E731
    made = settings(part, context) | {"validate": first_of((some, *checks_of(part, context)))}
    return fields.List(fields.String(), **made)


class Number(fields.Field[float]):
    """A whole number, or one with as many decimals as the form allows."""

    def __init__(self, part: Component, **rest: Any) -> None:
        super().__init__(**rest)
        self.part = part

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> float:
        digits = int(self.part.extra.get("decimalDigits") or 0)
        try:
            found = float(value)
        except ValueError:
            found = float("nan")
        if not abs(found) <= 1e15:
            raise ValidationError(Message("{label}请填写数字", label=self.part.label))
        if digits == 0 and found != int(found):
            raise ValidationError(Message("{label}请填写整数", label=self.part.label))
        return int(found) if digits == 0 else round(found, digits)


class Day(fields.Field[str]):
    """A date, kept as ISO text so that answers stay JSON."""

    def __init__(self, part: Component, **rest: Any) -> None:
        super().__init__(**rest)
        self.part = part

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            pattern = "{label}不是有效的日期，请按 2026-11-22 的样子填写"
            raise ValidationError(Message(pattern, label=self.part.label)) from None
