"""Forms of a field or two, and what they say when they refuse."""

from __future__ import annotations

from datetime import date

import pytest

from forms.context import Context
from forms.document import Form
from forms.load import Invalid, load

TODAY = Context(today=date(2026, 11, 22))


def form(*components: dict) -> Form:
    numbered = [{"id": f"Field_{index}", **part} for index, part in enumerate(components)]
    return Form.parse({"type": "default", "schemaVersion": 19, "components": numbered}, "test/form")


def text(key: str = "address", label: str = "住址", type: str = "textfield", **rest) -> dict:
    return {"type": type, "key": key, "label": label, **rest}


def refusal(asked: Form, posted: dict, context: Context = TODAY) -> Invalid:
    with pytest.raises(Invalid) as refused:
        load(asked, posted, context)
    return refused.value


REQUIRED = {"validate": {"required": True}}
CHOICES = {"values": [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}]}
