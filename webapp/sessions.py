"""Sessions as rows, so that one can be ended from the server.

Flask-Login keeps one kind of person in one signed cookie. Here an investor and a member of staff may be signed in
side by side, each session can be revoked and ends by idleness, so these few lines do it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, after_this_request, current_app, g, request, session
from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from engine import audit, rows
from engine.errors import Conflict, NoRoom
from engine.prepared import Constant
from engine.tables import SessionRow
from webapp.house import clock, reading, settings, store, vault
from webapp.logs import log

_SESSION = rows.by_key(SessionRow)
_SEEN = Constant(update(rows.of(SessionRow)).where(SessionRow.id == bindparam("of")).values(seen_at=bindparam("now")))
TOUCH_EVERY = timedelta(seconds=30)


@dataclass(frozen=True)
class Door:
    """One kind of person: the name of the cookie and how long a session lives."""

    kind: str
    cookie: str
    idle: timedelta
    absolute: timedelta

    @property
    def cookie_name(self) -> str:
        return f"__Host-{self.cookie}" if settings().secure_cookies else self.cookie

    def open_at(self, row: SessionRow, now: datetime) -> bool:
        return row.ended_at is None and now < row.seen_at + self.idle and now < row.created_at + self.absolute


INVESTOR = Door("investor", "kaihu_investor", timedelta(minutes=30), timedelta(hours=8))
STAFF = Door("staff", "kaihu_staff", timedelta(minutes=15), timedelta(hours=8))


def begin(door: Door, person_id: str, along: Callable[[Session], None] = lambda tx: None) -> None:
    """Start a fresh session: the row that the browser held before ends, the form token changes too.

    `along` writes what coming in means besides: without it nobody is in.
    """
    old, token, now = request.cookies.get(door.cookie_name), secrets.token_urlsafe(32), clock().now()
    with store().write() as tx:
        if old:
            tx.execute(
                update(SessionRow)
                .where(SessionRow.id == digest(old), SessionRow.ended_at.is_(None))
                .values(ended_at=now)
            )
        tx.add(SessionRow(id=digest(token), kind=door.kind, person_id=person_id, created_at=now, seen_at=now))
        _record(tx, door.kind, person_id, "sign_in")
        along(tx)
    _look_anew()
    _give(door, token)


def find(door: Door) -> SessionRow | None:
    """The live session of this request, touched; None when there is none, or it ended, or it slept too long."""
    row, now = _row(door), clock().now()
    if row is None or row.kind != door.kind or not door.open_at(row, now):
        return None
    if now - row.seen_at >= TOUCH_EVERY and not _quiet():
        _touch_later(row.id, now)
    return row


def slept(door: Door) -> SessionRow | None:
    """The session of this request when it was never ended and only slept too long."""
    row = _row(door)
    asleep = row is not None and row.kind == door.kind and row.ended_at is None
    return row if asleep and row is not None and not door.open_at(row, clock().now()) else None


def has_been_here() -> bool:
    """Whether this browser holds a session's cookie of ours, be the session over or not."""
    return any(_row(door) for door in (INVESTOR, STAFF))


def _row(door: Door) -> SessionRow | None:
    """The session of this request's cookie, live or not. Kept for the request, which asks several times."""
    found: dict[str, SessionRow | None] = g.setdefault("session_rows", {})
    if door.kind not in found:
        token = request.cookies.get(door.cookie_name)
        found[door.kind] = rows.first(reading(), _SESSION, key=digest(token)) if token else None
    return found[door.kind]


def _touch_later(id: str, now: datetime) -> None:
    """Remember that somebody is there: with what this request writes, or by itself once it is answered."""
    if "untouched" not in g:
        g.untouched = {}
        after_this_request(_touch_now)
    g.untouched[id] = now


def touch(tx: Session) -> None:
    """Remember it in a transaction that the request has open anyway; a second one would cost as much as the first."""
    for key, now in g.get("untouched", {}).items():
        rows.write(tx, _SEEN, {"of": key, "now": now})


def touched() -> None:
    """What `touch` has written is committed."""
    g.pop("untouched", None)


def _touch_now(response: Response) -> Response:
    """Where that cannot be written, reading goes on all the same."""
    if g.get("untouched"):
        try:
            with store().write() as tx:
                touch(tx)
        except (NoRoom, Conflict) as wrong:
            log.info("session not touched", cause=type(wrong).__name__)
    return response


def end(door: Door) -> None:
    """Sign out: the row ends and the cookie goes."""
    row = _row(door)
    if row is not None and row.ended_at is None:
        with store().write() as tx:
            tx.execute(update(SessionRow).where(SessionRow.id == row.id).values(ended_at=clock().now()))
            _record(tx, door.kind, row.person_id, "sign_out")
    _look_anew()
    _give(door, "")


def revoke_all(kind: str, person_id: str) -> None:
    """End every session of a person, on every device."""
    with store().write() as tx:
        whose = (SessionRow.kind == kind, SessionRow.person_id == person_id, SessionRow.ended_at.is_(None))
        tx.execute(update(SessionRow).where(*whose).values(ended_at=clock().now()))
        _record(tx, kind, person_id, "sessions_revoked")


def _look_anew() -> None:
    """Who was here is here no more: neither his form token nor what this request has read of his session stays."""
    session.clear()
    g.pop("session_rows", None)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _record(tx: Session, kind: str, person_id: str, action: str) -> None:
    """What has no case stands in the chain of whoever did it."""
    key = f"{kind}:{person_id}"
    audit.record(tx, vault(), audit.actor_chain(key), key, action, {}, clock().now())


def _give(door: Door, token: str) -> None:
    name, secure = door.cookie_name, settings().secure_cookies

    @after_this_request
    def set_cookie(response: Response) -> Response:
        age = None if token else 0
        response.set_cookie(name, token, max_age=age, secure=secure, httponly=True, samesite="Lax", path="/")
        return response


def _quiet() -> bool:
    """A page that asks again by itself must not keep a session awake: such views are marked `access.quiet`."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "is_quiet", False))
