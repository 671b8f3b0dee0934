"""/healthz: is the database there, is the queue, when did the parts last show a sign of life."""

from __future__ import annotations

from datetime import datetime

import redis
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from engine.clock import SHANGHAI
from webapp.house import clock, reading, settings

blueprint = Blueprint("health", __name__)
LATE = 60.0


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """200 while people can be served; a missing queue only delays, so that is `degraded`, not down."""
    database, queue, relay = _database(), _queue(), _relay()
    well = database and queue is not False and relay["late"] is not True
    state = "ok" if well else "degraded" if database else "down"
    return jsonify(state=state, database=database, queue=queue, relay=relay), 200 if database else 503


def _database() -> bool:
    try:
        return reading().execute(text("SELECT 1")).scalar() == 1
    except SQLAlchemyError:
        return False


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


def _relay() -> dict[str, object]:
    """The relay touches this file at each round."""
    try:
        beat = datetime.fromtimestamp((settings().data_dir / "beats" / "relay").stat().st_mtime, SHANGHAI)
    except OSError:
        return {"beat": None, "late": None}
    return {"beat": beat.isoformat(timespec="seconds"), "late": (clock().now() - beat).total_seconds() > LATE}
