"""接通下一位: the verifier claims whoever is next in the branch's line; and whether he is there to call."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import presence, video_queue
from engine.errors import Conflict, NoRoom
from webapp.access import current_staff, staff_only
from webapp.desk.presence import VERIFIER
from webapp.desk.views import blueprint, waiting
from webapp.house import clock, look_again, reading, store
from webapp.language import words as _


@blueprint.post("/next")
@staff_only(VERIFIER)
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


@blueprint.post("/presence")
@staff_only(VERIFIER)
def switch() -> Page:
    """上线, 休息, 下线: counts from now on. A call that runs goes on."""
    wish = request.form.get("state", "")
    try:
        presence.switch(store(), current_staff().actor, wish)
    except ValueError:
        flash(_("没有这个状态。请选择上线、休息或下线。"), "warn")
    except (NoRoom, Conflict):
        flash(_("系统正忙，状态没有改成。请稍后再试。"), "warn")
    if "HX-Request" in request.headers:  # a call on this page is not left for it
        return waiting()
    look_again()
    here = request.args.get("here")
    return redirect(url_for("desk.task", task_id=here) if here else url_for("desk.home"), 303)
