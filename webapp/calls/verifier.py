"""The verifier's side of a call: whoever holds the customer's task may listen and speak."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue as Page

from engine import claims, recordings, stills
from engine.errors import Conflict, NoRoom, NotClaimed, Stale
from engine.tables import CallStill, VideoCall
from webapp.access import current_staff, desk_task, quiet, staff_only
from webapp.calls import signals
from webapp.calls.engines import engine_of
from webapp.calls.panes import room
from webapp.calls.seating import seated
from webapp.desk.page import is_mine
from webapp.house import clock, reading, store

blueprint = Blueprint("desk_calls", __name__, url_prefix="/desk/tasks/<task_id>/call")
NOT_HIS: Page = ({"said": "not your call"}, 409)
GROWS = timedelta(seconds=10)
"""A recording that the media server makes is taken in every second or two."""


@blueprint.get("/events")
@quiet
@staff_only("verifier")
def events(task_id: str) -> Page:
    call = _call(task_id)
    return signals.listened(call, signals.VERIFIER) if call else ("", 204)


@blueprint.get("/messages")
@quiet
@staff_only("verifier")
def messages(task_id: str) -> Page:
    call = _call(task_id)
    return signals.read(call, signals.VERIFIER) if call else NOT_HIS


@blueprint.post("/messages")
@staff_only("verifier")
def say(task_id: str) -> Page:
    call = _call(task_id)
    return signals.passed_on(call, signals.INVESTOR) if call else NOT_HIS


@blueprint.get("/relays")
@quiet
@staff_only("verifier")
def relays(task_id: str) -> Page:
    return signals.relays(desk_task(task_id).case_id, _call(task_id))


@blueprint.post("/media")
@staff_only("verifier")
def media(task_id: str) -> Page:
    call = _call(task_id)
    return seated(call, signals.VERIFIER) if call else NOT_HIS


@blueprint.get("/recorded")
@quiet
@staff_only("verifier")
def recorded(task_id: str) -> Page:
    """Whether the media server's recording runs, as far as its files grow."""
    call = _call(task_id)
    return {"running": _is_recorded(call)} if call else NOT_HIS


def _is_recorded(call: VideoCall) -> bool:
    last = recordings.last_at(reading(), call)
    return last is not None and clock().now() - last < GROWS


@blueprint.get("/stills")
@quiet
@staff_only("verifier")
def taken(task_id: str) -> Page:
    """The newest picture of each kind, as far as a worker has looked at it."""
    call = _call(task_id)
    return [_still(row) for row in stills.counting(reading(), call.id).values()] if call else NOT_HIS


def _still(row: CallStill) -> dict[str, str]:
    """`address` is empty while there is nothing to look at."""
    address = url_for("desk.still", still_id=row.id) if row.picture else ""
    return {"kind": row.kind, "status": row.status, "at": f"{row.at:%H:%M:%S}", "address": address}


@blueprint.post("/beat")
@staff_only("verifier")
def beat(task_id: str) -> Page:
    """A call may last longer than a claim: its page keeps it."""
    found = desk_task(task_id)
    try:
        claims.extend(store(), found.id, current_staff().actor)
    except (NotClaimed, Stale):
        return {"over": True}
    except (NoRoom, Conflict):
        pass  # the next sign comes in seconds
    call = _call(task_id)
    return {"over": False, "media": call is None or engine_of(call).beat(call, signals.VERIFIER)}


def _call(task_id: str) -> VideoCall | None:
    """The call of this task; None for whoever does not hold it."""
    found = desk_task(task_id)
    return room(found) if found.closed_at is None and is_mine(found) else None
