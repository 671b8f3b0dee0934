"""The steps of an investor: one address for each case and each open task, and never an error for a wrong way."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine.cases import go_back
from engine.errors import Conflict, NoRoom, NotYours, Reused, Stale
from forms.conditions import hidden_parts
from webapp.access import current_investor, investor_only, my_case, quiet
from webapp.house import store
from webapp.steps import uploads, values
from webapp.steps.asked import asked, open_task
from webapp.steps.page import page
from webapp.steps.posted import nonce, posted
from webapp.steps.refusals import elsewhere, no_way_back, unsaved
from webapp.steps.standing import fragment, standing

blueprint = Blueprint("steps", __name__)


@blueprint.get("/cases/<case_id>")
@investor_only
def case(case_id: str) -> Page:
    """Whichever step is open; else what the case waits for, or how it ended."""
    found = my_case(case_id)
    task = open_task(found)
    if task and found.ended_at is None:
        return redirect(url_for("steps.step", case_id=found.id, task_id=task.id), 303)
    return standing(found)


@blueprint.get("/cases/<case_id>/waiting")
@quiet
@investor_only
def waiting(case_id: str) -> Page:
    """Asked again by the waiting page; once a step is open, the browser goes there."""
    found = my_case(case_id)
    answer = make_response(fragment(found))
    if open_task(found) or found.ended_at is not None:
        answer.headers["HX-Redirect"] = url_for("steps.case", case_id=found.id)
    return answer


@blueprint.get("/cases/<case_id>/<task_id>")
@investor_only
def step(case_id: str, task_id: str) -> Page:
    found = my_case(case_id)
    here = asked(found, task_id)
    return page(here) if here else elsewhere(found)


@blueprint.post("/cases/<case_id>/<task_id>/back")
@investor_only
def back(case_id: str, task_id: str) -> Page:
    """上一步: what was typed stays as a draft, then the diagram's own road back; `to` is a step further back."""
    found = my_case(case_id)
    here = asked(found, task_id)
    if here is None:
        return elsewhere(found)
    try:
        uploads.take_all(here)
        values.save(here, posted())
        go_back(store(), here.task.id, current_investor().actor, nonce(), request.form.get("to") or None)
    except (Stale, Reused):
        return elsewhere(found)
    except NotYours:
        return no_way_back(found)
    except (NoRoom, Conflict) as refused:
        return unsaved(here, refused)
    return onwards(case_id)


@blueprint.post("/cases/<case_id>/<task_id>/draft")
@investor_only
def draft(case_id: str, task_id: str) -> Page:
    """Autosave: when it was kept, and which parts of the form are hidden now."""
    here = asked(my_case(case_id), task_id)
    if here is None:
        return {"closed": True}, 409
    moment, kept = values.save(here, posted())
    hidden = hidden_parts(here.form, kept)
    return {"saved": f"{moment:%H:%M}", "hidden": sorted(hidden)}


def onwards(case_id: str) -> Page:
    """To whichever step is open now."""
    return redirect(url_for("steps.case", case_id=case_id), 303)
