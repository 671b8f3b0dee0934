"""The decision: drafts while it is written, full numbers on wish, and its submission."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue as Page

from engine import audit
from engine.errors import Conflict, NoRoom, NotClaimed, Refused, Reused, Stale
from engine.tables import Task
from forms.conditions import hidden_parts
from forms.load import Invalid
from forms.typed import typed
from webapp.access import current_staff, desk_task, staff_only
from webapp.calls import signals
from webapp.desk.comments import FIELD, LONGEST, too_long, typed_comment
from webapp.desk.decision import Decision
from webapp.desk.over import over, said
from webapp.desk.page import decision_of, is_mine, page, step_name
from webapp.desk.views import blueprint
from webapp.house import clock, look_again, store, vault
from webapp.language import words as _
from webapp.steps.refusals import not_stored


@blueprint.post("/tasks/<task_id>/reveal")
@staff_only()
def reveal(task_id: str) -> Page:
    """Full numbers for this one page; who looked and when stands in the audit of the case."""
    found = desk_task(task_id)
    if found.closed_at is not None:
        return over(found)
    if not is_mine(found):
        return redirect(url_for("desk.task", task_id=found.id), 303)
    with store().write() as tx:
        chain, who = audit.case_chain(found.case_id), current_staff().actor.key
        audit.record(tx, vault(), chain, who, "reveal", {"task": found.id}, clock().now())
    look_again()
    return page(found, revealed=True)


@blueprint.post("/tasks/<task_id>/draft")
@staff_only()
def draft(task_id: str) -> Page:
    found = desk_task(task_id)
    if not is_mine(found) or found.closed_at is not None:
        return {"closed": True, "said": said(found) if found.closed_at else ""}, 409
    decision = decision_of(found)
    saved, values = decision.save_draft()
    return {"saved": saved, "hidden": sorted(hidden_parts(decision.form, values))}


@blueprint.post("/tasks/<task_id>")
@staff_only()
def decide(task_id: str) -> Page:
    found = desk_task(task_id)
    if found.closed_at is not None:
        return over(found)
    if not is_mine(found):
        return _unclaimed(found)
    decision = decision_of(found)
    call = signals.of_task(found)
    try:
        told = _complete(decision)
    except Invalid as wrong:
        decision.save_draft()
        return page(found, wrong.values, wrong.errors), 422
    except (Stale, Reused):
        return over(found)
    except NotClaimed:
        return _unclaimed(found)
    except (NoRoom, Conflict) as refused:
        return _unsaved(found, decision, refused)
    signals.tell_over(call)
    flash(_("%(step)s 已提交：%(verdict)s。", step=step_name(found), verdict=told), "good")
    return redirect(url_for("desk.home"), 303)


def _complete(decision: Decision) -> str:
    """Hand the decision over; what was decided, in words."""
    loaded = decision.load()
    if len(typed_comment()) > LONGEST:
        raise Invalid({FIELD: too_long()}, typed(decision.form, decision.posted()))
    try:
        decision.complete(loaded)
    except ValueError as wrong:  # the engine: a decision without the reasons that it needs
        why = _("这个结论须同时选择原因，才知道请客户更正哪一步。请选择原因，或改选其他结论。")
        raise Invalid({"": why}, typed(decision.form, decision.posted())) from wrong
    return decision.told(loaded)


def _unclaimed(found: Task) -> Page:
    flash(_("您还没有领取，或领取已到期。请重新领取后再提交；已写的内容保留为草稿。"), "warn")
    decision_of(found).save_draft()
    return redirect(url_for("desk.task", task_id=found.id), 303)


def _unsaved(found: Task, decision: Decision, refused: Refused) -> Page:
    """Nothing could be stored: the same page with everything written, what happened and what to do."""
    look_again()
    told, status = not_stored(refused)
    return page(found, typed(decision.form, decision.posted()), {"": told}), status
