"""/healthz: is the database there, room on the disks, the queue; what waits for an operator; the last sign of life."""

from __future__ import annotations

from datetime import datetime

import redis
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from engine.clock import SHANGHAI
from engine.incidents import count_open
from engine.room import no_room
from webapp.house import clock, reading, settings

blueprint = Blueprint("health", __name__)
LATE = 60.0


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """200 while people can be served; a missing queue only delays, so that is `degraded`, not down.

    Without room nothing can be accepted any more: that is down, although pages can still be read.
    """
    incidents, queue, relay, disk = _incidents(), _queue(), _relay(), _disk()
    database = incidents is not None
    serves = database and disk["reason"] is None
    well = serves and queue is not False and relay["late"] is not True
    state = "ok" if well else "degraded" if serves else "down"
    found = {"database": database, "incidents": incidents, "queue": queue, "relay": relay, "disk": disk}
    return jsonify(state=state, **found), 200 if serves else 503


def _incidents() -> int | None:
    """How many jobs need somebody: for a monitor, since people are served all the same. None without the database."""
    try:
        return count_open(reading())
    except SQLAlchemyError:
        return None


def _queue() -> bool | None:
    """None when this installation has no queue."""
    address = settings().redis_url
    if address is None:
        return None
    try:
        with redis.Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1) as server:
            return bool(server.ping())
    except (redis.RedisError, OSError):
        return False


def _disk() -> dict[str, str | None]:
    """The folder of the database and the keys, and that of the photographs, which may be another disk."""
    here = settings()
    return {"reason": no_room((here.data_dir, here.blob_folder), here.statvfs)}


def _relay() -> dict[str, object]:
    """The relay touches this file at each round."""
    try:
        beat = datetime.fromtimestamp((settings().data_dir / "beats" / "relay").stat().st_mtime, SHANGHAI)
    except OSError:
        return {"beat": None, "late": None}
    return {"beat": beat.isoformat(timespec="seconds"), "late": (clock().now() - beat).total_seconds() > LATE}
