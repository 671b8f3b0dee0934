"""The desk's addresses. Papers are shown to the holder of a live claim, to nobody else."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import audit, claims
from engine.cases.status import is_claimed
from engine.errors import Claimed, Conflict, NoRoom, NotClaimed, NotYours, Refused, Reused, Stale
from engine.tables import Case, Task
from forms.conditions import hidden_parts
from forms.load import Invalid
from forms.typed import typed
from webapp.access import current_staff, desk_task, held_task, quiet, staff_only
from webapp.desk import queue
from webapp.desk.decision import Decision, posted
from webapp.desk.papers import Papers, account_lines
from webapp.house import clock, look_again, reading, say, settings, store, vault
from webapp.language import moment
from webapp.language import words as _
from webapp.steps.flow import drawn
from webapp.steps.refusals import not_stored

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("")
@staff_only("reviewer", "verifier")
def home() -> Page:
    return render_template("desk/queue.html", rows=queue.rows(), here="")


@blueprint.get("/queue")
@quiet
@staff_only("reviewer", "verifier")
def waiting() -> Page:
    """The list alone, asked again by the page."""
    return render_template("desk/queue_part.html", rows=queue.rows(), here=request.args.get("here", ""))


@blueprint.get("/tasks/<task_id>")
@staff_only()
def task(task_id: str) -> Page:
    found = desk_task(task_id)
    if found.closed_at is not None:
        return _over(found)
    if not _mine(found):
        return render_template("desk/unclaimed.html", rows=queue.rows(), here=found.id, row=queue.row_of(found))
    claims.extend(store(), found.id, current_staff().actor)
    look_again()
    return _page(found)


@blueprint.post("/tasks/<task_id>/claim")
@staff_only()
def claim(task_id: str) -> Page:
    found = desk_task(task_id)
    try:
        claims.claim(store(), found.id, current_staff().actor)
    except Claimed as lost:
        by, since = queue.name_of(lost.by), moment(lost.since)
        flash(_("%(by)s 更快一步，已于 %(since)s 领取。请从列表中另选一件。", by=by, since=since), "warn")
        return redirect(url_for("desk.home"), 303)
    except NotYours:
        flash(_("这一步须由另一位同事办理：您已办过同一受理单的相关步骤，或它不属于您的岗位。"), "warn")
        return redirect(url_for("desk.home"), 303)
    except Stale:
        return _over(found)
    look_again()
    return redirect(url_for("desk.task", task_id=found.id), 303)


@blueprint.post("/tasks/<task_id>/release")
@staff_only()
def release(task_id: str) -> Page:
    found = desk_task(task_id)
    try:
        claims.release(store(), found.id, current_staff().actor)
    except NotClaimed:
        flash(_("您的领取已经结束，不需要退回。"), "warn")
    except Stale:
        return _over(found)
    else:
        flash(_("已退回队列，其他同事可以领取。已写的内容作为您的草稿保留。"), "good")
    look_again()
    return redirect(url_for("desk.home"), 303)


@blueprint.post("/tasks/<task_id>/reveal")
@staff_only()
def reveal(task_id: str) -> Page:
    """Full numbers for this one page; who looked and when stands in the audit of the case."""
    found = held_task(task_id)
    _write_down(found, "reveal")
    return _page(found, revealed=True)


@blueprint.post("/tasks/<task_id>/draft")
@staff_only()
def draft(task_id: str) -> Page:
    decision = _decision(held_task(task_id))
    saved, values = decision.save_draft()
    return {"saved": saved, "hidden": sorted(hidden_parts(decision.form, values))}


@blueprint.post("/tasks/<task_id>")
@staff_only()
def decide(task_id: str) -> Page:
    found = desk_task(task_id)
    if found.closed_at is not None:
        return _over(found)
    if not _mine(found):
        flash(_("您还没有领取，或领取已到期。请重新领取后再提交；已写的内容保留为草稿。"), "warn")
        _decision(found).save_draft()
        return redirect(url_for("desk.task", task_id=found.id), 303)
    decision = _decision(found)
    try:
        decision.complete(decision.load())
    except Invalid as wrong:
        decision.save_draft()
        return _page(found, wrong.values, wrong.errors), 422
    except (Stale, Reused):
        return _over(found)
    except (NoRoom, Conflict) as refused:
        return _unsaved(found, decision, refused)
    flash(_("%(step)s 已提交。", step=_step_name(found)), "good")
    return redirect(url_for("desk.home"), 303)


def _unsaved(found: Task, decision: Decision, refused: Refused) -> Page:
    """Nothing could be stored: the same page with everything written, what happened and what to do."""
    look_again()
    said, status = not_stored(refused)
    return _page(found, typed(decision.form, posted()), {"": said}), status


def _page(
    found: Task,
    values: Mapping[str, object] | None = None,
    errors: Mapping[str, str] | None = None,
    revealed: bool = False,
) -> str:
    decision = _decision(found)
    drawing = decision.drawing(decision.draft() if values is None else values, errors or {})
    papers = Papers(decision.case, revealed)
    return render_template(
        "desk/case.html",
        rows=queue.rows(),
        here=found.id,
        task=reading().get_one(Task, found.id),
        case=decision.case,
        bundle=decision.bundle,
        step=_step_name(found),
        papers=papers,
        account=account_lines(papers.person),
        pictures=drawn(decision.case),
        fields=drawing.fields(),
        errors=drawing.summary(),
        submission=settings().ids.new(),
        revealed=revealed,
    )


def _decision(found: Task) -> Decision:
    return Decision(reading().get_one(Case, found.case_id), found)


def _mine(found: Task) -> bool:
    return found.claimed_by == current_staff().id and is_claimed(found, clock().now())


def _step_name(found: Task) -> str:
    bundle = _decision(found).bundle
    return say(bundle, bundle.step(found.step).name)


def _over(found: Task) -> Page:
    """The task is closed: by whom, when, or because the customer has given up."""
    look_again()
    row = reading().get_one(Task, found.id)
    if row.closed_how == "abandoned" or row.closed_how == "abandon":
        flash(_("客户已放弃这项业务，不需要再办理。"), "warn")
    elif row.closed_by and row.closed_by != current_staff().id:
        by, at = queue.name_of(row.closed_by), moment(row.closed_at)
        flash(_("这一件已由 %(by)s 于 %(at)s 办完。请从列表中另选一件。", by=by, at=at), "warn")
    else:
        flash(_("这一件已经办完，没有重复提交。"), "warn")
    return redirect(url_for("desk.home"), 303)


def _write_down(found: Task, action: str) -> None:
    with store().write() as tx:
        chain = audit.case_chain(found.case_id)
        who = current_staff().actor.key
        audit.record(tx, vault(), chain, who, action, {"task": found.id}, clock().now())
