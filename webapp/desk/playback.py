"""Watching a recording: one page for it, for who holds a claim in the case or supervises its branch; written down."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import films, recordings
from engine.store import Store
from engine.tables import Case, Recording, VideoCall
from engine.vault import VaultError
from webapp.access import current_staff, holds_case, staff_only, watched_call
from webapp.desk import film_mark, openings
from webapp.desk.film_mark import Read
from webapp.desk.talks import Talk
from webapp.desk.views import blueprint
from webapp.house import bundle_of, clock, reading, store

MOST_AT_ONCE = 2 * films.PIECE
"""A player asks for the next range when it needs it: nobody's slow line holds a thread."""


@blueprint.get("/calls/<call_id>")
@staff_only()
def playback(call_id: str) -> Page:
    """The holder's look is written down here; a supervisor has given his reason before, and comes with a ticket."""
    call = watched_call(call_id)
    if not holds_case(call.case_id) and openings.opened_at(call) is None:
        return redirect(url_for("desk.ask_to_watch", call_id=call.id), 303)
    ticket = openings.opened(call) if holds_case(call.case_id) else openings.shown()
    case = reading().get_one(Case, call.case_id)
    talk = Talk(reading().get_one(VideoCall, call_id), bundle_of(case))
    film = url_for("desk.film", call_id=call_id, opening=ticket)
    mark = film_mark.over_picture(current_staff(), case, openings.opened_at(talk.row) or clock().now())
    return render_template("desk/playback.html", talk=talk, case=case, bundle=talk.bundle, film=film, mark=mark)


@blueprint.get("/calls/<call_id>/film")
@staff_only()
def film(call_id: str) -> Page:
    """The film or a range of it (RFC 9110), for whoever has just opened its page."""
    call = watched_call(call_id)
    at, row = openings.opened_at(call), recordings.joined(reading(), call.id)
    if at is None or row is None or not row.size:
        abort(404)
    mark = film_mark.at_end(current_staff(), call, at)
    size = row.size + len(mark)
    start, stop, status = 0, size, 200
    if request.range is not None:
        wanted = request.range.range_for_length(size)
        if wanted is None:
            return Response(status=416, headers={"Content-Range": f"bytes */{size}"})
        start, stop, status = wanted[0], min(wanted[1], wanted[0] + MOST_AT_ONCE), 206
    return _answer(row, mark, start, stop, status)


def _answer(row: Recording, mark: bytes, start: int, stop: int, status: int) -> Response:
    """A range is opened before it is answered; the whole, which no player asks for, while it is sent."""
    now = film_mark.followed(lambda a, b: films.read(store(), reading(), row, a, b), row.size, mark)
    try:
        data = b"".join(now(start, stop)) if status == 206 else _later(store(), row, mark)(start, stop)
    except VaultError:
        abort(404)
    answer = Response(data, status, mimetype="video/webm")
    answer.content_length = stop - start
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Disposition"] = 'inline; filename="call.webm"'
    if status == 206:
        answer.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{row.size + len(mark)}"
    return answer


def _later(store: Store, row: Recording, mark: bytes) -> Read:
    """With a session of its own: the request's is gone by then."""

    def read(start: int, stop: int) -> Iterator[bytes]:
        with store.read() as tx:
            yield from films.read(store, tx, row, start, stop)

    return film_mark.followed(read, row.size, mark)
