"""`properties.rule`: the people's rules of `forms/rules/`, as the last step of a field."""

from __future__ import annotations

from collections.abc import Callable

from marshmallow import ValidationError

from forms.context import Context
from forms.document import Component
from forms.messages import Message
from forms.rules import About, apply


def ruled(part: Component, context: Context) -> list[Callable[[str], str]]:
    """What normalises the accepted text by the component's rule, or refuses it."""
    rule = part.properties.get("rule")
    if not rule:
        return []
    about = About(context.today, context.birth, context.bank, context.bins)

    def normalise(text: str) -> str:
        verdict = apply(rule, text, about)
        if verdict.block:
            raise ValidationError(Message.ruled(verdict.block.text, verdict.block.english))
        return text if verdict.value is None else verdict.value

    return [normalise]
