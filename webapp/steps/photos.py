"""Photographs of a step: uploading one, its card while it is looked at, choosing the original, serving it."""

from __future__ import annotations

from typing import Literal

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import photos
from engine.errors import Conflict, NoRoom, Stale
from engine.tables import Photo
from forms.typed import typed
from webapp.access import investor_only, my_case, my_photo, quiet
from webapp.house import look_again, reading, store, vault
from webapp.steps import uploads, values
from webapp.steps.asked import Asked
from webapp.steps.page import page
from webapp.steps.refusals import elsewhere, unsaved
from webapp.steps.slots import card, led, open_step, shows, unchanged
from webapp.steps.submitting import key_of
from webapp.steps.views import blueprint


@blueprint.post("/cases/<case_id>/photos/<slot>")
@investor_only
def upload(case_id: str, slot: str) -> Page:
    """One photograph for one slot; a page without JavaScript comes back to the step, everything typed kept."""
    found = my_case(case_id)
    here = open_step(found)
    if here is None or uploads.kind_of(here, slot) is None:
        return led(elsewhere(found))
    sent = request.files.get(f"photo-{slot}")
    try:
        problem = uploads.take(here, slot, sent) if sent and sent.filename else ""
    except Stale:
        return led(elsewhere(found))
    if request.headers.get("HX-Request"):
        return card(here, slot, problem), 422 if problem else 200
    return _back_to_step(here, slot, problem)


def _back_to_step(here: Asked, slot: str, problem: str) -> Page:
    """For a page without JavaScript: the step again, with what was wrong with the file."""
    posted = {name: request.form.getlist(name) for name in request.form}
    try:
        _, kept = values.save(here, posted)
    except (NoRoom, Conflict) as refused:
        if not problem:
            return unsaved(here, refused)
        kept = typed(here.form, posted)
    if problem:
        return page(here, kept, {key_of(here, slot): problem}), 422
    found = here.case
    return redirect(url_for("steps.step", case_id=found.id, task_id=here.task.id, _anchor=f"slot-{slot}"), 303)


@blueprint.get("/cases/<case_id>/photos/<slot>")
@quiet
@investor_only
def state(case_id: str, slot: str) -> Page:
    """The card of a slot: asked again by the page while the photograph is looked at; nothing where nothing is new."""
    here = open_step(my_case(case_id))
    if here is None or not shows(here, slot):
        abort(404)
    if unchanged(photos.latest(reading(), case_id, slot)):
        return "", 204
    return card(here, slot)


@blueprint.post("/photos/<photo_id>/use")
@investor_only
def use(photo_id: str) -> Page:
    """使用原图, or the cut-out after all."""
    row = my_photo(photo_id)
    here = open_step(my_case(row.case_id))
    if here is None or not shows(here, row.slot):
        return led(elsewhere(my_case(row.case_id)))
    chosen: Literal["original", "crop"] = "original" if request.form.get("use") == "original" else "crop"
    try:
        photos.choose(store(), row.id, chosen, here.task.id)
    except Stale:
        return led(elsewhere(my_case(row.case_id)))
    if request.headers.get("HX-Request"):
        look_again()
        return card(here, row.slot)
    values.save(here, {name: request.form.getlist(name) for name in request.form})
    return redirect(url_for("steps.case", case_id=row.case_id), 303)


@blueprint.get("/photos/<photo_id>/<any(original, crop):which>")
@investor_only
def photo(photo_id: str, which: str) -> Response:
    """A picture of one's own case: made by the pipeline, never the file that was uploaded."""
    return served(my_photo(photo_id), which)


def served(row: Photo, which: str) -> Response:
    """The upright picture or the cut-out as JPEG; not to be kept by anybody."""
    name = row.upright if which == "original" else row.crop
    return sealed(row, name, which) if name else abort(404)


def sealed(row: Photo, name: str, which: str) -> Response:
    """A picture that the pipeline has made of this photograph, by the name of its blob."""
    answer = Response(vault().blobs.get(reading(), row.case_id, name), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Disposition"] = f'inline; filename="{which}.jpg"'
    return answer
