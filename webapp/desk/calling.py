"""接通下一位: the verifier claims whoever is next in the branch's line."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue as Page

from engine import video_queue
from webapp.access import current_staff, staff_only
from webapp.desk.views import blueprint
from webapp.house import look_again, store
from webapp.language import words as _


@blueprint.post("/next")
@staff_only("verifier")
def call_next() -> Page:
    """Each verifier gets another customer, however many press at once."""
    task = video_queue.call_next(store(), current_staff().actor)
    look_again()
    if task is None:
        flash(_("现在没有您可以接通的客户。有人排队时会出现在列表里。"), "warn")
        return redirect(url_for("desk.home"), 303)
    return redirect(url_for("desk.task", task_id=task.id), 303)
