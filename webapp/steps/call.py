"""The customer's side of what a call leaves behind: his consent to the recording, and the stills he is asked for."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue as Page

from engine import calls
from engine.errors import Refused
from webapp.access import current_investor, investor_only, my_case
from webapp.house import clock, reading, store
from webapp.language import words as _
from webapp.shots import take
from webapp.steps.views import blueprint
from webapp.told import refusal, refused


@blueprint.post("/cases/<case_id>/call/consent")
@investor_only
def recording_consent(case_id: str) -> Page:
    """Nothing is recorded before; `simulated=yes` when this side's camera is a simulated one."""
    found, simulated = my_case(case_id), request.form.get("simulated") == "yes"
    try:
        given = calls.consent(store(), found.id, current_investor().actor, simulated=simulated)
    except Refused as wrong:
        return refusal(wrong)
    return ("", 204) if given else _no_call()


@blueprint.post("/cases/<case_id>/call/stills")
@investor_only
def call_still(case_id: str) -> Page:
    call = calls.of_case(reading(), my_case(case_id).id, clock().now())
    return take(call.id) if call else _no_call()


def _no_call() -> Page:
    return refused("over", _("现在没有视频通话。"), 410)
