"""The queue and its claims. Papers are shown to the holder of a live claim, to nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import claims
from engine.errors import Claimed, Conflict, NeedsReason, NoRoom, NotClaimed, NotYours, Stale
from engine.tables import Task
from webapp.access import current_staff, desk_task, quiet, staff_only
from webapp.desk import queue
from webapp.desk.over import over, said
from webapp.desk.page import is_mine, page
from webapp.house import look_again, reading, store
from webapp.language import moment
from webapp.language import words as _

SHORTEST_REASON, LONGEST_REASON = 2, 200

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("")
@staff_only("reviewer", "verifier")
def home() -> Page:
    return render_template("desk/queue.html", rows=queue.rows(), here="")


@blueprint.get("/queue")
@quiet
@staff_only("reviewer", "verifier")
def waiting() -> Page:
    """The list alone, asked again by the page; it also tells that the task which is open there has been closed."""
    here = request.args.get("here", "")
    return render_template("desk/queue_part.html", rows=queue.rows(), here=here, over=_over_there(here))


def _over_there(task_id: str) -> str:
    row, member = reading().get(Task, task_id), current_staff()
    mine = row is not None and row.role in member.roles and row.branch_id == member.branch_id
    return said(row) if row is not None and mine and row.closed_at else ""


@blueprint.get("/tasks/<task_id>")
@staff_only()
def task(task_id: str) -> Page:
    found = desk_task(task_id)
    if found.closed_at is not None:
        return over(found)
    if not is_mine(found):
        return _unclaimed(found)
    _extend(found)
    return page(found)


def _extend(found: Task) -> None:
    """Looking keeps the claim. A look that could not be noted is still a look: the disk may be full."""
    with suppress(NoRoom, Conflict, NotClaimed, Stale):
        claims.extend(store(), found.id, current_staff().actor)
    look_again()


def _unclaimed(found: Task, reason: str = "", errors: Mapping[str, str] | None = None) -> str:
    """What may be known of a task before it is claimed."""
    row = queue.row_of(found)
    return render_template(
        "desk/unclaimed.html", rows=queue.rows(), here=found.id, row=row, reason=reason, errors=errors or {}
    )


@blueprint.post("/tasks/<task_id>/claim")
@staff_only()
def claim(task_id: str) -> Page:
    found, reason = desk_task(task_id), request.form.get("reason", "").strip()
    try:
        _check_reason(reason)
        claims.claim(store(), found.id, current_staff().actor, reason)
    except (NeedsReason, ValueError):
        errors = {"reason": _("请写明为什么由您接手（2 至 200 个字），会记入审计")}
        return _unclaimed(found, reason, errors), 422
    except Claimed as lost:
        by, since = queue.name_of(lost.by), moment(lost.since)
        flash(_("%(by)s 更快一步，已于 %(since)s 领取。请从列表中另选一件。", by=by, since=since), "warn")
        return redirect(url_for("desk.home"), 303)
    except NotYours:
        flash(_("这一步须由另一位同事办理：您已办过同一受理单的相关步骤，或它不属于您的岗位。"), "warn")
        return redirect(url_for("desk.home"), 303)
    except Stale:
        return over(found)
    look_again()
    return redirect(url_for("desk.task", task_id=found.id), 303)


def _check_reason(reason: str) -> None:
    """A reason that is given says something; none at all is the engine's business."""
    if reason and not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise ValueError("2 to 200 characters")


@blueprint.post("/tasks/<task_id>/release")
@staff_only()
def release(task_id: str) -> Page:
    found = desk_task(task_id)
    try:
        claims.release(store(), found.id, current_staff().actor)
    except NotClaimed:
        flash(_("您的领取已经结束，不需要退回。"), "warn")
    except Stale:
        return over(found)
    else:
        flash(_("已退回队列，其他同事可以领取。已写的内容作为您的草稿保留。"), "good")
    look_again()
    return redirect(url_for("desk.home"), 303)
