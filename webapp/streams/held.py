"""Whether somebody still holds the other end of a stream: his connection, his session, what the view asks besides."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import Any

from flask import g, request
from sqlalchemy.orm import Session

from engine.tables import SessionRow
from webapp.house import store
from webapp.sessions import INVESTOR, STAFF, Door

May = Callable[[Session], bool]
ESTABLISHED = 1  # the kernel's number for a connection that both sides hold
NO_TCP = (errno.EOPNOTSUPP, errno.ENOPROTOOPT)


def gone() -> Callable[[], bool]:
    """Asks the kernel whether the other side has hung up: writing would tell that only half a minute later."""
    end: Any = request.environ.get("gunicorn.socket")
    info = getattr(socket, "TCP_INFO", None)
    if end is None or info is None:
        return lambda: False

    def hung_up() -> bool:
        try:
            return bool(end.getsockopt(socket.IPPROTO_TCP, info, 1)[0] != ESTABLISHED)
        except OSError as wrong:
            return wrong.errno not in NO_TCP

    return hung_up


def still_in(also: May | None) -> Callable[[], bool]:
    """Asks the database whether the sessions of this request are still open, and `also`."""
    here, doors = store(), {door.kind: door for door in (INVESTOR, STAFF)}
    asked = [(doors[kind], row.id) for kind, row in g.get("session_rows", {}).items() if row is not None]

    def still() -> bool:
        with here.read() as tx:
            opened = all(_is_open(tx, door, key) for door, key in asked)
            return opened and (also is None or also(tx))

    def _is_open(tx: Session, door: Door, key: str) -> bool:
        row = tx.get(SessionRow, key)
        return row is not None and door.open_at(row, here.clock.now())

    return still
