"""What one page of a call may say to the other. The server passes it on, and vouches for a command to take a still."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue as Page

from engine import calls
from engine.calls import PEER
from engine.tables import Task, VideoCall
from webapp.calls.engines import engine_of
from webapp.house import clock, reading
from webapp.shots import warrant
from webapp.streams.answer import messages, stream
from webapp.streams.held import May
from webapp.streams.mailbox import FROM_THE_START, Away
from webapp.streams.streams import mailbox
from webapp.streams.turn import ice_servers

INVESTOR, VERIFIER = "investor", "verifier"
STILL = "still"
KINDS = frozenset({"hello", "description", "candidate", "again", STILL, "taken", "bye"})
LARGEST = 32 * 1024
"""Bytes of one message: a description with many candidates has a few thousand."""
OVER = "over"


def box(call_id: str, side: str) -> str:
    """The mailbox of one side of a call."""
    return f"call:{call_id}:{side}"


def passed_on(call: VideoCall, to: str) -> Page:
    """Put what was sent into the other side's box; 503 while the queue server is away, the page tries again."""
    message = _message()
    if message is None:
        return {"said": "not a message of a call"}, 400
    if to == INVESTOR and message["kind"] == STILL:
        asked = warrant(call.id, str(message.get("ask")), str(message.get("nonce")))
        message = {**message, "warrant": asked}
    try:
        return {"id": mailbox().post(box(call.id, to), message)}
    except Away:
        return {"said": "the queue server is away"}, 503


def listened(call: VideoCall, side: str, still: May | None = None) -> Page:
    """The stream of one side, from where its page left off."""
    return stream(box(call.id, side), _after(), still=still)


def read(call: VideoCall, side: str) -> Page:
    """The same by asking again and again."""
    return messages(box(call.id, side), _after())


def _after() -> str:
    """A page that has heard nothing yet begins where its box ended when the page was made (`since`)."""
    after = request.args.get("after", FROM_THE_START)
    return request.args.get("since", FROM_THE_START) if after == FROM_THE_START else after


def newest(call: VideoCall | None, side: str) -> str:
    """Where a page that is opened now begins to listen: what was said before it was not said to it."""
    try:
        return mailbox().newest(box(call.id, side)) if call else FROM_THE_START
    except Away:
        return FROM_THE_START


def relays(case_id: str, call: VideoCall | None) -> Page:
    """How the two may reach each other, and what time it is here: the time that stands in the recorded picture."""
    now = clock().now()
    engine = call.engine if call else PEER
    return {"servers": ice_servers(case_id, now), "now": round(now.timestamp() * 1000), "engine": engine}


def of_task(task: Task) -> str:
    """The call that is about to end: its id, or nothing."""
    call = calls.of_task(reading(), task.id)
    return call.id if call else ""


def tell_over(call_id: str) -> None:
    """The customer's page goes on at once; should the word be lost, its own sign of life finds out."""
    call = reading().get(VideoCall, call_id) if call_id else None
    if call is None:
        return
    with suppress(Away):
        mailbox().post(box(call_id, INVESTOR), {"kind": OVER})
    engine_of(call).end(call)


def _message() -> Mapping[str, Any] | None:
    body = request.stream.read(LARGEST + 1)
    try:
        message = json.loads(body) if len(body) <= LARGEST else None
    except (ValueError, RecursionError):
        return None
    kind = message.get("kind") if isinstance(message, dict) else None
    return message if isinstance(kind, str) and kind in KINDS else None
