"""A supervisor's branch: every desk's open tasks, who does how much, and giving a task to a colleague. No papers."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine.cases.status import is_claimed
from engine.errors import Conflict, NoRoom, NotYours, Stale
from engine.reassigning import KEPT, SUPERVISOR, reassign
from engine.tables import Task
from webapp.access import branch_task, current_staff, quiet, staff_only
from webapp.calls import signals
from webapp.desk import people, queue, waiting
from webapp.desk.over import said
from webapp.desk.queue import name_of
from webapp.desk.reasons import LONGEST_REASON, SHORTEST_REASON, bad_reason
from webapp.desk.views import blueprint
from webapp.house import clock, look_again, reading, store
from webapp.language import words as _
from webapp.steps.refusals import not_stored


@blueprint.get("/supervise")
@staff_only(SUPERVISOR)
def supervise() -> Page:
    return render_template("desk/supervise.html", **_branch())


@blueprint.get("/supervise/list")
@quiet
@staff_only(SUPERVISOR)
def supervised() -> Page:
    """The tables alone, asked again by the page."""
    return render_template("desk/supervise_part.html", **_branch())


def _branch() -> dict[str, object]:
    items = waiting.in_my_branch()
    return {"listing": queue.branch_listing(items), "loads": people.loads(items)}


@blueprint.get("/supervise/tasks/<task_id>")
@staff_only(SUPERVISOR)
def hand_over(task_id: str) -> Page:
    return _form(branch_task(task_id), {}, {})


@blueprint.post("/supervise/tasks/<task_id>")
@staff_only(SUPERVISOR)
def give(task_id: str) -> Page:
    """The claim ends, and the colleague has the task to himself for four hours."""
    found = branch_task(task_id)
    typed = {"to": request.form.get("to", ""), "reason": request.form.get("reason", "").strip()}
    errors = _errors(found, typed)
    if errors:
        return _form(found, typed, errors, 422)
    call = signals.of_task(found)
    try:
        reassign(store(), found.id, typed["to"], current_staff().actor, typed["reason"])
    except Stale:
        return _over(found)
    except NotYours:
        look_again()
        return _form(found, typed, {"to": _cannot()}, 422)
    except (NoRoom, Conflict) as refused:
        look_again()
        told, status = not_stored(refused)
        return _form(found, typed, {"": told}, status)
    look_again()
    signals.tell_over(call)
    hours = KEPT.seconds // 3600
    flash(_("已转给 %(who)s，%(n)d 小时内由他优先办理。", who=name_of(typed["to"]), n=hours), "good")
    return redirect(url_for("desk.supervise"), 303)


def _errors(found: Task, typed: Mapping[str, str]) -> dict[str, str]:
    errors = {}
    if typed["to"] not in {one.id for one in _free(found)}:
        errors["to"] = _cannot() if typed["to"] else _("请选择转给哪位同事")
    if bad_reason(typed["reason"]):
        errors["reason"] = _(
            "请写明原因（%(least)d 至 %(most)d 个字），同事和主管看得到", least=SHORTEST_REASON, most=LONGEST_REASON
        )
    return errors


def _cannot() -> str:
    return _("这位同事不能办理这一件：岗位或营业部不符、账号已停用，或他办过同一受理单的相关步骤。请另选一位")


def _form(found: Task, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200) -> Page:
    row = queue.row_of(found) if found.closed_at is None else None
    if row is None:
        return _over(found)
    others = people.candidates(found, _holder(found))
    page = render_template("desk/hand_over.html", row=row, others=others, typed=typed, errors=errors)
    return page, status


def _free(found: Task) -> list[people.Candidate]:
    """Who may be chosen: nobody who did what forbids it, nor who has it already."""
    return [one for one in people.candidates(found, _holder(found)) if not one.forbidden and not one.has_it]


def _holder(found: Task) -> str | None:
    return found.claimed_by if is_claimed(found, clock().now()) else None


def _over(found: Task) -> Page:
    look_again()
    flash(said(reading().get_one(Task, found.id)), "warn")
    return redirect(url_for("desk.supervise"), 303)
