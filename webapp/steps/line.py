"""In line for a verifier: the page's sign of life, and leaving the line."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import video_queue
from engine.actors import Actor
from engine.errors import Conflict, NoRoom, Stale
from engine.store import Store
from engine.tables import Case
from webapp.access import current_investor, investor_only, my_case, quiet
from webapp.house import clock, look_again, reading, store
from webapp.language import words as _
from webapp.steps.asked import open_task
from webapp.steps.standing import fragment
from webapp.steps.video_page import how_many
from webapp.steps.views import blueprint, onwards

Leaving = Callable[[Store, str, Actor], None]


@blueprint.get("/cases/<case_id>/line")
@quiet
@investor_only
def length(case_id: str) -> Page:
    """How many stand in line now, for a video page that lies open."""
    found = my_case(case_id)
    return render_template("steps/line_length.html", case=found, waiting=how_many(found.branch_id))


@blueprint.post("/cases/<case_id>/line/beat")
@investor_only
def beat(case_id: str) -> Page:
    """The page is still open: it keeps its place, and is told where it stands. Without scripts a button does it.

    A page that a stream tells where it stands only gives the sign (`sign`).
    """
    found = my_case(case_id)
    _keep_place(found)
    if "sign" in request.form:
        return "", 204
    look_again()
    if "HX-Request" not in request.headers:
        return onwards(case_id)
    answer = make_response(fragment(my_case(case_id)))
    if open_task(found) is not None or found.ended_at is not None or _called(found):
        answer.headers["HX-Redirect"] = url_for("steps.case", case_id=found.id)
    return answer


def _called(found: Case) -> bool:
    """A verifier talks to him: the page of the call is another one."""
    here = video_queue.standing(reading(), found.id, clock().now())
    return here is not None and here.in_call


def _keep_place(found: Case) -> None:
    """A sign that could not be written is no error to somebody who waits: the next one comes in seconds."""
    try:
        video_queue.beat(store(), found.id, current_investor().actor)
    except (NoRoom, Conflict):
        return


@blueprint.post("/cases/<case_id>/line/leave")
@investor_only
def leave(case_id: str) -> Page:
    """取消排队; too late when a verifier has just called."""
    return _leaves(my_case(case_id), video_queue.leave, _("已取消排队。您填写的内容都还在。"))


@blueprint.post("/cases/<case_id>/line/book")
@investor_only
def book_instead(case_id: str) -> Page:
    """预约视频 from the line: the place is given up, and the half days are shown."""
    return _leaves(my_case(case_id), video_queue.book_instead, _("已退出排队。请选择预约时段；您填写的内容都还在。"))


def _leaves(found: Case, leave: Leaving, told: str) -> Page:
    try:
        leave(store(), found.id, current_investor().actor)
    except Stale:
        look_again()
        if open_task(found) is None:
            flash(_("视频验证人员正在接通，这时不能取消排队。请留在此页。"), "warn")
        return redirect(url_for("steps.case", case_id=found.id), 303)
    except (NoRoom, Conflict):
        flash(_("系统正忙，没有取消成功，您仍在排队。请稍后再试。"), "warn")
        return redirect(url_for("steps.case", case_id=found.id), 303)
    flash(told, "good")
    return onwards(found.id)
