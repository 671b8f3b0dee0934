"""The recording as the verifier's browser sends it: parts, chunks, ticks, notes. Only for the holder of the claim."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue as Page

from engine import call_timeline, calls, recordings
from engine.actors import Actor
from engine.errors import Refused
from engine.tables import Task
from webapp import bodies
from webapp.access import current_staff, desk_task, staff_only
from webapp.desk.decision import Decision
from webapp.desk.page import decision_of
from webapp.desk.views import blueprint
from webapp.digests import sent_whole
from webapp.house import store
from webapp.language import words as _
from webapp.told import not_whole, refusal, refused

LONGEST_NOTE = 500


@blueprint.post("/tasks/<task_id>/call/connected")
@staff_only()
def call_connected(task_id: str) -> Page:
    """Picture and sound go between the browsers; `simulated=yes` when this side's camera is a simulated one."""
    _call_desk(task_id)
    try:
        calls.connected(store(), task_id, _me(), simulated=request.form.get("simulated") == "yes")
    except Refused as wrong:
        return refusal(wrong)
    return "", 204


@blueprint.post("/tasks/<task_id>/call/parts")
@staff_only()
def begin_part(task_id: str) -> Page:
    """A number for a recorder that starts now."""
    _call_desk(task_id)
    try:
        return {"part": recordings.begin_part(store(), task_id, _me())}, 201
    except Refused as wrong:
        return refusal(wrong)


@blueprint.put("/tasks/<task_id>/call/parts/<int(max=999):part>/chunks/<int(max=99999):n>")
@staff_only()
def chunk(task_id: str, part: int, n: int) -> Page:
    """One chunk, as often as its browser sends it: stored once."""
    _call_desk(task_id)
    data = bodies.raw(recordings.LARGEST_CHUNK)
    if not data or not sent_whole(data):
        return not_whole()
    try:
        recordings.append(store(), task_id, _me(), part, n, data)
    except Refused as wrong:
        return refusal(wrong)
    return "", 204


@blueprint.post("/tasks/<task_id>/call/ticks")
@staff_only()
def tick(task_id: str) -> Page:
    """A point of the checklist, at the moment at which it is ticked or taken back."""
    decision, item = _call_desk(task_id), request.form.get("item", "")
    if item not in {part.key for part in decision.points}:
        abort(404)
    try:
        call_timeline.tick(store(), task_id, _me(), item, request.form.get("on") == "yes")
    except Refused as wrong:
        return refusal(wrong)
    return "", 204


@blueprint.post("/tasks/<task_id>/call/notes")
@staff_only()
def call_note(task_id: str) -> Page:
    _call_desk(task_id)
    text = request.form.get("text", "").strip()
    if not text or len(text) > LONGEST_NOTE:
        return refused("length", _("请写 1 至 %(most)d 个字。", most=LONGEST_NOTE), 422)
    try:
        call_timeline.note(store(), task_id, _me(), text)
    except Refused as wrong:
        return refusal(wrong)
    return "", 204


def _call_desk(task_id: str) -> Decision:
    """A desk that talks to the customer, in the reader's branch; 404 for any other."""
    found: Task = desk_task(task_id)
    decision = decision_of(found)
    return decision if decision.is_call else abort(404)


def _me() -> Actor:
    return current_staff().actor
