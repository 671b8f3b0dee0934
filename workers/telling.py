"""Telling open pages what a job or the relay has changed, through the queue server."""

from __future__ import annotations

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from engine.changes import Tell, Teller, nobody

PATIENCE = 1.0


def teller(redis_url: str) -> Tell:
    """Connects when something is first told, so it may be carried over a fork."""
    if not redis_url:
        return nobody
    once = Retry(NoBackoff(), 0)
    return Teller(
        Redis.from_url(redis_url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=once).publish
    )
