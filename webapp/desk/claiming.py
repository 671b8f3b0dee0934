"""Claiming and releasing: one winner, a reason where a colleague comes first, nothing typed is lost."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import claims, video_queue
from engine.errors import Claimed, Conflict, NeedsReason, NoRoom, NotClaimed, NotYours, Stale
from engine.tables import QueuePlace, Task
from webapp.access import current_staff, desk_task, staff_only
from webapp.calls import signals
from webapp.desk import queue
from webapp.desk.over import over
from webapp.desk.reasons import LONGEST_REASON, SHORTEST_REASON, bad_reason
from webapp.desk.unclaimed import unclaimed
from webapp.desk.views import blueprint
from webapp.house import look_again, reading, store
from webapp.language import moment
from webapp.language import words as _
from webapp.steps.refusals import not_stored


@blueprint.post("/tasks/<task_id>/claim")
@staff_only()
def claim(task_id: str) -> Page:
    found, reason = desk_task(task_id), request.form.get("reason", "").strip()
    if reason and bad_reason(reason):
        return _unreasoned(found, reason)
    try:
        _claim(found, reason)
    except NeedsReason:
        return _unreasoned(found, reason)
    except Stale:
        return over(found)
    except (NoRoom, Conflict) as refused:
        told, status = not_stored(refused)
        look_again()
        return unclaimed(found, reason, {"": told}, status)
    except (Claimed, NotYours, video_queue.InCall) as refused:
        flash(_refused(refused), "warn")
        return redirect(url_for("desk.home"), 303)
    look_again()
    return redirect(url_for("desk.task", task_id=found.id), 303)


def _claim(found: Task, reason: str) -> None:
    """A customer in line is called: one at a time. Of papers one may have several."""
    take = claims.claim if reading().get(QueuePlace, found.id) is None else video_queue.call
    take(store(), found.id, current_staff().actor, reason)


def _unreasoned(found: Task, reason: str) -> Page:
    told = _(
        "请写明为什么由您接手（%(least)d 至 %(most)d 个字），同事和主管看得到",
        least=SHORTEST_REASON,
        most=LONGEST_REASON,
    )
    return unclaimed(found, reason, {"reason": told}, 422)


def _refused(refused: Claimed | NotYours | video_queue.InCall) -> str:
    if isinstance(refused, Claimed):
        by, since = queue.name_of(refused.by), moment(refused.since)
        return _("%(by)s 更快一步，已于 %(since)s 领取。请从列表中另选一件。", by=by, since=since)
    if isinstance(refused, video_queue.InCall):
        return _("您正在与一位客户通话。请先作出决定或退回队列，再接通另一位。")
    return _("这一步须由另一位同事办理：您已办过同一受理单的相关步骤，或它不属于您的岗位。")


@blueprint.post("/tasks/<task_id>/release")
@staff_only()
def release(task_id: str) -> Page:
    found = desk_task(task_id)
    call = signals.of_task(found)
    try:
        claims.release(store(), found.id, current_staff().actor)
    except NotClaimed:
        flash(_("您的领取已经结束，不需要退回。"), "warn")
    except Stale:
        return over(found)
    else:
        signals.tell_over(call)
        flash(_("已退回队列，其他同事可以领取。已写的内容作为您的草稿保留。"), "good")
    look_again()
    return redirect(url_for("desk.home"), 303)
