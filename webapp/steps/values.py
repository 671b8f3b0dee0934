"""What the fields of a step start with: the draft, else the answers accepted last, else what is on file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine import drafts
from engine.cases import answers
from engine.tables import Draft
from forms.typed import Posted, typed
from webapp.access import current_investor
from webapp.house import look_again, reading, store, vault
from webapp.steps.asked import Asked
from webapp.steps.knowing import prefilled


def first_values(asked: Asked) -> dict[str, object]:
    """The draft of this very person, else his accepted answers, else the values on file."""
    mine = drafts.load(reading(), vault(), asked.case.id, asked.task.step, current_investor().id)
    if mine:
        return mine
    return {**prefilled(asked), **(_answered(asked) or {})}


def _answered(asked: Asked) -> Mapping[str, object] | None:
    """Ticks that stand for a consent are given again with each round; everything else stays."""
    found = answers.latest(reading(), vault(), asked.case.id, asked.task.step)
    once = {
        part.key for part in asked.form.fields if part.widget in ("document", "notice", "photo_review", "agreements")
    }
    return {key: value for key, value in found.items() if key not in once} if found else None


def saved_at(asked: Asked) -> datetime | None:
    row = reading().get(Draft, (asked.case.id, asked.task.step, current_investor().id))
    return row.saved_at if row else None


def save(asked: Asked, posted: Posted) -> tuple[datetime, dict[str, object]]:
    """Keep what is typed as a draft; nothing is judged."""
    values = typed(asked.form, posted)
    moment = drafts.save(store(), asked.case.id, asked.task.step, current_investor().id, values)
    look_again()
    return moment, values
