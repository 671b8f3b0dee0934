"""What the page of the device check asks for: the spoken digits, a way to measure the network, and a judgement."""

from __future__ import annotations

import json
from dataclasses import asdict

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue as Page

from engine import device_checks
from engine.errors import Conflict, NoRoom
from engine.tables import DeviceCheck
from webapp import bodies
from webapp.access import investor_only, my_case, quiet
from webapp.devices.judging import Demands, faults
from webapp.devices.measured import Measures, Unreadable, measures
from webapp.devices.speech import code, spoken
from webapp.devices.words import results
from webapp.house import clock, house, reading, settings, store
from webapp.language import language
from webapp.language import words as _
from webapp.steps.asked import Asked, asked
from webapp.streams.turn import ice_servers

blueprint = Blueprint("devices", __name__)

WIDGET = "device_check"
UPLOAD = 64 * 1024
"""Bytes that the page sends to see how fast they go: a second of a slow line."""


@blueprint.get("/cases/<case_id>/devices/network")
@quiet
@investor_only
def answers(case_id: str) -> Page:
    """A short answer whose way here and back is timed, with the relay that the connection has to be tried through."""
    return jsonify(ice_servers=ice_servers(my_case(case_id).id, clock().now()))


@blueprint.post("/cases/<case_id>/devices/network")
@quiet
@investor_only
def takes(case_id: str) -> Page:
    """Bytes whose way here is timed; nobody looks at them."""
    my_case(case_id)
    bodies.raw(UPLOAD)
    return "", 204


@blueprint.get("/cases/<case_id>/<task_id>/devices/digits")
@investor_only
def digits(case_id: str, task_id: str) -> Page:
    """The digits to be heard, in the reader's language."""
    here = _open(case_id, task_id)
    if here is None:
        return {"problem": _gone()}, 409
    return Response(spoken(_code(here), language()), mimetype="audio/wav")


@blueprint.post("/cases/<case_id>/<task_id>/devices")
@investor_only
def judge(case_id: str, task_id: str) -> Page:
    """What the browser has measured, judged and stored; the answer says it device by device."""
    here = _open(case_id, task_id)
    if here is None:
        return {"problem": _gone()}, 409
    try:
        found = measures(json.loads(request.form.get("report", "")))
    except (ValueError, RecursionError, Unreadable):
        return {"problem": _("检测结果没有读懂，请刷新本页再检测一次")}, 422
    try:
        row = _stored(here, found)
    except (NoRoom, Conflict):
        return {"problem": _("系统正忙，检测结果没有存上。请稍后再检测一次")}, 503
    return render_template("steps/device_results.html", check=row, results=results(row))


def _open(case_id: str, task_id: str) -> Asked | None:
    """The step, if it is open and checks devices."""
    here = asked(my_case(case_id), task_id)
    return here if here is not None and here.with_widget(WIDGET) is not None else None


def _code(here: Asked) -> str:
    return code(here.task.id, device_checks.wrong_digits(reading(), here.task.id))


def _stored(here: Asked, found: Measures) -> DeviceCheck:
    may_simulate = house().demonstration is not None
    demands = Demands(_code(here), bool(settings().turn_urls), may_simulate)
    wrong, told = faults(found, demands), asdict(found)
    return store().unit(
        lambda tx: device_checks.store_check(
            tx, settings().ids, here.task, clock().now(), faults=wrong, measures=told, simulated=found.simulated
        )
    )


def _gone() -> str:
    return _("这一步已经不在等您，请刷新本页")
