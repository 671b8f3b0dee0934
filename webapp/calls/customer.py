"""The customer's side of a call: listening, answering, being there."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue as Page

from engine import calls, video_queue
from engine.errors import Conflict, NoRoom
from engine.tables import VideoCall
from webapp.access import current_investor, investor_only, my_case, quiet
from webapp.calls import signals
from webapp.calls.engines import engine_of
from webapp.calls.seating import seated
from webapp.house import clock, look_again, reading, store

blueprint = Blueprint("calls", __name__, url_prefix="/cases/<case_id>/call")
NOT_YET: Page = ("", 204)
"""He has been called, and the verifier's page is not open yet."""


@blueprint.get("/events")
@quiet
@investor_only
def events(case_id: str) -> Page:
    call = _call(case_id)
    return signals.listened(call, signals.INVESTOR) if call else NOT_YET


@blueprint.get("/messages")
@quiet
@investor_only
def messages(case_id: str) -> Page:
    call = _call(case_id)
    return signals.read(call, signals.INVESTOR) if call else ([], 200)


@blueprint.post("/messages")
@investor_only
def say(case_id: str) -> Page:
    call = _call(case_id)
    return signals.passed_on(call, signals.VERIFIER) if call else ({"said": "no call"}, 409)


@blueprint.get("/relays")
@quiet
@investor_only
def relays(case_id: str) -> Page:
    return signals.relays(my_case(case_id).id, _call(case_id))


@blueprint.post("/media")
@investor_only
def media(case_id: str) -> Page:
    call = _call(case_id)
    return seated(call, signals.INVESTOR) if call else ({"said": "no call"}, 409)


@blueprint.post("/beat")
@investor_only
def beat(case_id: str) -> Page:
    """His page is still open. It is told which call goes on, and where to go when none does."""
    found = my_case(case_id)
    with suppress(NoRoom, Conflict):  # the next sign comes in seconds
        video_queue.beat(store(), found.id, current_investor().actor)
    look_again()
    line = video_queue.standing(reading(), found.id, clock().now())
    call, next_page = _call(case_id), url_for("steps.case", case_id=found.id)
    kept = call is None or engine_of(call).beat(call, signals.INVESTOR)
    told = {"call": call.id if call else "", "next": next_page, "media": kept}
    return {"over": line is None or not line.in_call, **told}


def _call(case_id: str) -> VideoCall | None:
    return calls.of_case(reading(), my_case(case_id).id, clock().now())
