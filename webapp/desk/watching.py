"""A supervisor watches recorded calls of his branch: a list of them, and a reason before each, written down with it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import watching
from engine.errors import Conflict, NoRoom, NotYours
from engine.reassigning import SUPERVISOR
from engine.tables import Case, VideoCall
from webapp.access import branch_call, current_staff, staff_only
from webapp.desk import filters, openings
from webapp.desk.reasons import LONGEST_REASON, SHORTEST_REASON, bad_reason
from webapp.desk.talks import Talk
from webapp.desk.views import blueprint
from webapp.house import bundle_of, look_again, reading, say
from webapp.language import words as _
from webapp.steps.refusals import not_stored

SHOWN = 50


@dataclass(frozen=True)
class Line:
    """One call with its case."""

    talk: Talk
    case: Case
    business: str


@blueprint.get("/supervise/calls")
@staff_only(SUPERVISOR)
def branch_calls() -> Page:
    """Who talked when, and how it ended; nothing of what was said."""
    number = filters.asked().number
    found = watching.of_branch(reading(), current_staff().branch_id, number, SHOWN)
    lines = [_line(call, case) for call, case in found]
    return render_template("desk/branch_calls.html", lines=lines, number=number, shown=SHOWN)


@blueprint.get("/supervise/calls/<call_id>")
@staff_only(SUPERVISOR)
def ask_to_watch(call_id: str) -> Page:
    return _form(branch_call(call_id), "", "")


@blueprint.post("/supervise/calls/<call_id>")
@staff_only(SUPERVISOR)
def open_to_watch(call_id: str) -> Page:
    """The look and its reason are stored before a byte of the film is given out."""
    call, reason = branch_call(call_id), request.form.get("reason", "").strip()
    if bad_reason(reason):
        told = _(
            "请写明原因（%(least)d 至 %(most)d 个字），同事和主管看得到", least=SHORTEST_REASON, most=LONGEST_REASON
        )
        return _form(call, reason, told, 422)
    try:
        ticket = openings.opened(call, reason)
    except NotYours:
        abort(404)
    except (NoRoom, Conflict) as refused:
        look_again()
        told, status = not_stored(refused)
        return _form(branch_call(call_id), reason, told, status)
    return redirect(url_for("desk.playback", call_id=call_id, opening=ticket), 303)


def _form(call: VideoCall, reason: str, error: str, status: int = 200) -> Page:
    case = reading().get_one(Case, call.case_id)
    line = _line(call, case)
    errors = {"reason": error} if error else {}
    return render_template("desk/ask_to_watch.html", line=line, reason=reason, errors=errors), status


def _line(call: VideoCall, case: Case) -> Line:
    bundle = bundle_of(case)
    return Line(Talk(call, bundle), case, say(bundle, bundle.business.name))
