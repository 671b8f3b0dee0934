"""/healthz: database, disks, queue and who takes from it; what waits for an operator; the last sign of life."""

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
TAKEN_BY = {
    "worker": "rq:workers:kaihu",
    "reader": "rq:workers:kaihu-reading",
    "films": "rq:workers:kaihu-films",
}
"""Where RQ keeps who takes from each queue; the record of one that ends silently is gone after two minutes."""


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """200 while people can be served; a missing queue or worker only delays, so that is `degraded`, not down.

    Without room nothing can be accepted any more: that is down, although pages can still be read.
    """
    incidents, (queue, parts), relay, disk = _incidents(), _queue(), _relay(), _disk()
    database = incidents is not None
    serves = database and disk["reason"] is None
    well = serves and queue is not False and False not in parts.values() and relay["late"] is not True
    state = "ok" if well else "degraded" if serves else "down"
    found = {"database": database, "incidents": incidents, "queue": queue, **parts, "relay": relay, "disk": disk}
    return jsonify(state=state, **found), 200 if serves else 503


def _incidents() -> int | None:
    """How many jobs need somebody: for a monitor, since people are served all the same. None without the database."""
    try:
        return count_open(reading())
    except SQLAlchemyError:
        return None


def _queue() -> tuple[bool | None, dict[str, bool | None]]:
    """Whether it answers, and which parts take from it; None when this installation has no queue."""
    address, unknown = settings().redis_url, dict.fromkeys(TAKEN_BY)
    if address is None:
        return None, unknown
    try:
        with redis.Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1) as server:
            return bool(server.ping()), {part: _takes(server, key) for part, key in TAKEN_BY.items()}
    except (redis.RedisError, OSError):
        return False, unknown


def _takes(server: redis.Redis, key: str) -> bool:
    known = server.smembers(key)
    return bool(known) and bool(server.exists(*known))


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
