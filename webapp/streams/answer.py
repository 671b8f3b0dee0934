"""The answers that tell what is in a mailbox: as a stream while there is room for one, else all at once."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator

from flask import Response, jsonify, request
from sqlalchemy.exc import SQLAlchemyError

from webapp.house import db
from webapp.streams.bell import Waiter
from webapp.streams.held import May, gone, still_in
from webapp.streams.mailbox import FROM_THE_START, Away, Mailbox
from webapp.streams.streams import Streams, streams

HEARTBEAT = 15.0
LOOK = 2.0
LIFE = 300.0
FIRST = "retry: 1000\n\n"
HEADERS = {"X-Accel-Buffering": "no"}
Events = Iterator[str]


def stream(box: str, after: str = FROM_THE_START, *, still: May | None = None) -> Response:
    """What comes into the box after that id, as it comes. The browser's own last id counts more.

    204 when there is no room for a stream, or no queue server: the page asks again and again instead. The stream ends
    with the sessions of this request, when `still` says so, and after some minutes; the page resumes where it was.
    """
    start = request.headers.get("Last-Event-ID") or after
    return hold([box], lambda waiter: _letters(streams().mailbox, box, start, waiter), still)


def messages(box: str, after: str = FROM_THE_START) -> Response:
    """The same at once, for a page without a stream: a list of `id` and `message`; 503 without the queue server."""
    try:
        found = streams().mailbox.read(box, after)
    except Away:
        return _with_status(jsonify([]), 503)
    return jsonify([{"id": number, "message": message} for number, message in found])


def hold(boxes: list[str], tell: Callable[[Waiter], Events], still: May | None = None) -> Response:
    """A stream of what `tell` yields ("" is nothing now) each time that one of the boxes rings, and in between."""
    here = streams()
    if not here.room.enter():
        return Response(status=204)
    try:
        waiter = here.bell.enter(boxes)
    except Away:
        here.room.leave()
        return Response(status=204)
    told, is_gone, is_in = tell(waiter), gone(), still_in(still)
    db.session.remove()  # an open stream holds no connection of the database
    answer = Response(_paced(here, waiter, told, is_gone, is_in), mimetype="text/event-stream", headers=HEADERS)
    answer.call_on_close(lambda: _let_go(here, waiter, boxes))
    return answer


def _let_go(here: Streams, waiter: Waiter, boxes: list[str]) -> None:
    here.bell.leave(waiter, boxes)
    here.room.leave()


def event(message: object, id: str = "") -> str:
    """One message as a stream carries it."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    return (f"id: {id}\n" if id else "") + f"data: {text}\n\n"


def _letters(box_of: Mailbox, box: str, after: str, waiter: Waiter) -> Events:
    """The messages of one box, and "" whenever there is none."""
    while True:
        try:
            found = box_of.read(box, after)
        except Away:
            return
        for after, message in found:
            yield event(message, after)
        yield ""


def _paced(
    here: Streams, waiter: Waiter, told: Events, is_gone: Callable[[], bool], is_in: Callable[[], bool]
) -> Events:
    """Passes on what is told, waits for the bell in between, beats while it is quiet, and knows when to end."""
    yield FIRST
    until = time.monotonic() + LIFE * random.uniform(0.8, 1.2)  # noqa: S311  so that not all come back at once
    beat_at = time.monotonic() + HEARTBEAT
    for text in told:
        if text:
            yield text
            continue
        while not waiter.wait(LOOK) and time.monotonic() < beat_at:
            if here.room.closing or is_gone():
                return
        if waiter.over or here.room.closing or time.monotonic() >= until:
            return
        if time.monotonic() >= beat_at:
            if is_gone() or not _safely(is_in):
                return
            beat_at = time.monotonic() + HEARTBEAT
            yield ": hb\n\n"


def _safely(is_in: Callable[[], bool]) -> bool:
    """A database that does not answer ends the stream: the page asks anew and is told."""
    try:
        return is_in()
    except SQLAlchemyError:
        return False


def _with_status(answer: Response, status: int) -> Response:
    answer.status_code = status
    return answer
