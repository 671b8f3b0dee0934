"""How a customer file's values are judged: by the same rules as the forms."""

from __future__ import annotations

from datetime import date

from engine.clock import SystemClock
from engine.sheets import Words
from forms.rules import About, apply

RULE_OF = {"id_number": "id_number", "name": "name", "phone": "phone", "card": "bank_card"}


def check_column(column: str, value: str, today: date | None = None) -> Words | None:
    """What the rule of this column refuses, in Chinese and English; None when it is good."""
    block = apply(RULE_OF[column], value, About(today or SystemClock().now().date())).block
    return (block.text, block.english) if block else None
