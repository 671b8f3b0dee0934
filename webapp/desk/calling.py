"""接通下一位: the verifier claims whoever is next in the branch's line."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue as Page

from engine import video_queue
from webapp.access import current_staff, staff_only
from webapp.desk.views import blueprint
from webapp.house import clock, look_again, reading, store
from webapp.language import words as _


@blueprint.post("/next")
@staff_only("verifier")
def call_next() -> Page:
    """Each verifier gets another customer, however many press at once; who has one comes back to him."""
    actor = current_staff().actor
    before = video_queue.call_of(reading(), actor, clock().now())
    task = video_queue.call_next(store(), actor)
    look_again()
    if task is None:
        flash(_("现在没有您可以接通的客户。有人排队时会出现在列表里。"), "warn")
        return redirect(url_for("desk.home"), 303)
    if before is not None and before.id == task.id:
        flash(_("您正在与这位客户通话。请先作出决定或退回队列，再接通下一位。"), "warn")
    return redirect(url_for("desk.task", task_id=task.id), 303)
