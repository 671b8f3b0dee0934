"""Adding a comment: what was written of the decision stays as a draft."""

from __future__ import annotations

from contextlib import suppress

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import comments
from engine.errors import Conflict, NoRoom, Stale
from engine.tables import Task
from forms.typed import typed
from webapp.access import current_staff, desk_task, staff_only
from webapp.desk.comments import FIELD, too_long, typed_comment
from webapp.desk.page import decision_of, is_mine, page
from webapp.desk.views import blueprint
from webapp.house import look_again, store
from webapp.language import words as _
from webapp.steps.refusals import not_stored


@blueprint.post("/tasks/<task_id>/comments")
@staff_only()
def comment(task_id: str) -> Page:
    """Whoever serves the desk may note something, also when the task has just been closed."""
    found = desk_task(task_id)
    try:
        _keep_decision(found)
        comments.add(store(), found.id, current_staff().actor, typed_comment())
    except ValueError:
        return _refused(found, too_long(), 422)
    except (NoRoom, Conflict) as refused:
        look_again()
        return _refused(found, *not_stored(refused))
    look_again()
    flash(_("留言已保存，同事看得到；决定还没有提交。"), "good")
    return redirect(url_for("desk.task", task_id=found.id, _anchor="decision"), 303)


def _keep_decision(found: Task) -> None:
    """The comment's button stands in the form of the decision."""
    if "submission_id" in request.form:
        with suppress(Stale):
            decision_of(found).save_draft()


def _refused(found: Task, told: str, status: int) -> Page:
    if not is_mine(found) or found.closed_at is not None:
        flash(told, "warn")
        return redirect(url_for("desk.task", task_id=found.id), 303)
    decision = decision_of(found)
    return page(found, typed(decision.form, decision.posted()), {FIELD: told}), status
