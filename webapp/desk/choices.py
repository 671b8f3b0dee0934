"""What the fields of a decision offer: reasons with their texts, drawn questions with their answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.bundles import Bundle
from forms.context import Reason
from forms.document import Component
from webapp.house import say
from webapp.steps.fields import Drawing


@dataclass(frozen=True)
class Choice:
    """A reason that may be given; its texts as the desk has changed them."""

    code: str
    label: str
    step: str
    final: bool
    chosen: bool
    customer_text: str
    internal_note: str


@dataclass(frozen=True)
class Asked:
    """A question of this call. `mark` is right, wrong, or empty while nothing was noted."""

    name: str
    text: str
    answer: str
    mark: str
    error: str


def reasons(bundle: Bundle, drawing: Drawing, part: Component) -> list[Choice]:
    typed_rows: Any = drawing.values.get(part.key) or []
    rows = {row["reason"]: row for row in typed_rows}
    return [_choice(bundle, reason, rows.get(reason.code)) for reason in drawing.context.offered(part)]


def _choice(bundle: Bundle, reason: Reason, row: Mapping[str, str] | None) -> Choice:
    return Choice(
        code=reason.code,
        label=say(bundle, reason.label),
        step=say(bundle, bundle.step_name(reason.step)) if reason.step else "",
        final=reason.final,
        chosen=row is not None,
        customer_text=(row or {}).get("customer_text") or reason.customer_text,
        internal_note=(row or {}).get("internal_note", ""),
    )


def questions(drawing: Drawing, part: Component) -> list[Asked]:
    typed_marks: Any = drawing.values.get(part.key)
    marks = typed_marks if isinstance(typed_marks, dict) else {}
    return [
        Asked(
            name=f"{part.key}.{one.code}",
            text=drawing.say(one.text),
            answer=drawing.say(one.answer),
            mark=marks.get(one.code, ""),
            error=drawing.message(drawing.errors.get(f"{part.key}.{one.code}", "")),
        )
        for one in drawing.context.questions
    ]
