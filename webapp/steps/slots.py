"""The places for photographs of an open step: which it shows, the card of one, how many have been looked at."""

from __future__ import annotations

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue as Page

from engine.tables import Case, Photo
from webapp.language import words as _
from webapp.steps import pictures, uploads, values
from webapp.steps.asked import Asked, asked, open_task
from webapp.steps.fields import Field
from webapp.steps.page import drawing
from webapp.steps.widgets import Extras

REVIEW = "photo_review"


def open_step(found: Case) -> Asked | None:
    """The step that the case asks of its customer now."""
    task = open_task(found)
    return asked(found, task.id) if task else None


def shows(here: Asked, slot: str) -> bool:
    """Whether the step shows this slot, to be taken or to be looked at."""
    return uploads.kind_of(here, slot) is not None or slot in _reviewed(here)


def card(here: Asked, slot: str, problem: str = "") -> str:
    """The fragment of one slot; `problem` is said in it."""
    told = pictures.progress(here)
    if uploads.kind_of(here, slot) is None:
        one = Extras(here).named_slot(slot)
        return render_template("steps/slot_answer.html", one=one, case=here.case, error=problem, told=told)
    field = _field(here, slot)
    field.error = problem or field.error
    return render_template("steps/slot_answer.html", field=field, case=here.case, told=told)


def unfinished(here: Asked) -> dict[str, str]:
    """A tick that photographs were looked at says nothing while one of them is being cut out anew."""
    held = pictures.held(here.case.id) if _reviewed(here) else {}
    if not any(held[slot].status in pictures.WORKING for slot in _reviewed(here) if slot in held):
        return {}
    said = _("有一张照片正在重新切边。请等新的照片显示出来，核对后再点击“下一步”")
    return {part.key: said for part in here.form.fields if part.widget == REVIEW}


def unchanged(photo: Photo | None) -> bool:
    """Whether the page that asks again shows this already."""
    return photo is not None and request.args.get("seen") == pictures.mark(photo)


def led(answer: Page) -> Page:
    """For a part of a page: a redirection takes the whole page along."""
    if isinstance(answer, Response) and answer.location and request.headers.get("HX-Request"):
        return "", 200, {"HX-Redirect": answer.location}
    return answer


def _reviewed(here: Asked) -> list[str]:
    parts = (part for part in here.form.fields if part.widget == REVIEW)
    return [slot for part in parts for slot in part.names("slots")]


def _field(here: Asked, slot: str) -> Field:
    drawn = drawing(here, values.first_values(here), {})
    name, colon, row = slot.partition(":")
    for part in here.form.fields:
        if part.properties.get("slot") == slot:
            return drawn.field(part, part.key, None, frozenset())
        for inner in part.components if colon else ():
            if inner.properties.get("slot") == name:
                return drawn.field(inner, f"{part.key}.{row}.{inner.key}", None, frozenset())
    return abort(404)
