"""The pages of the queue. Papers are shown to the holder of a live claim, to nobody else."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue as Page

from engine import claims
from engine.errors import Conflict, NoRoom, NotClaimed, Stale
from engine.tables import Task
from webapp.access import DESK_ROLES, current_staff, desk_task, quiet, staff_only
from webapp.desk import filters, queue, video_line
from webapp.desk.over import lost, over, said
from webapp.desk.page import is_mine, page
from webapp.desk.presence import is_there
from webapp.desk.unclaimed import unclaimed
from webapp.house import look_again, reading, store

blueprint = Blueprint("desk", __name__, url_prefix="/desk")
blueprint.url_defaults(filters.keep)
blueprint.app_context_processor(lambda: {"video_line": video_line.head})


@blueprint.get("")
@staff_only(*DESK_ROLES)
def home() -> Page:
    is_there()
    return render_template("desk/queue.html", listing=queue.listing(), here="")


@blueprint.get("/queue")
@quiet
@staff_only(*DESK_ROLES)
def waiting() -> Page:
    """The list alone, asked again by the page; it also tells what became of the task that is open there."""
    is_there()
    here, holding = request.args.get("here", ""), "holding" in request.args
    return render_template(
        "desk/queue_part.html",
        listing=queue.listing(here),
        here=here,
        holding=holding,
        over=_over_there(here, holding),
    )


def _over_there(task_id: str, holding: bool) -> str:
    row, member = reading().get(Task, task_id), current_staff()
    if row is None or row.role not in member.roles or row.branch_id != member.branch_id:
        return ""
    if row.closed_at:
        return said(row)
    return lost(row) if holding and not is_mine(row) else ""


@blueprint.get("/tasks/<task_id>")
@staff_only()
def task(task_id: str) -> Page:
    found = desk_task(task_id)
    if found.closed_at is not None:
        return over(found)
    if not is_mine(found):
        return unclaimed(found)
    _extend(found)
    return page(found)


def _extend(found: Task) -> None:
    """Looking keeps the claim. A look that could not be noted is still a look: the disk may be full."""
    with suppress(NoRoom, Conflict, NotClaimed, Stale):
        claims.extend(store(), found.id, current_staff().actor)
    look_again()
