"""Mailboxes: what one side of a call, or an open page, is to be told, in order and numbered, kept for some hours.

The queue server may lose them at any time: nothing stands in a mailbox that the database does not know or that a page
cannot ask for again. It keeps a journal, and two browsers tell each other their addresses: what it is given is sealed.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from redis import BlockingConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from engine.changes import CHANNEL
from engine.vault import Vault

KEPT = 500
TEXT = "mailbox.text"
LIFE = timedelta(hours=6)
FROM_THE_START = "0"
PATIENCE = 2.0
CONNECTIONS = 8
ID = re.compile(r"\d{1,19}(-\d{1,19})?", re.ASCII)


class Away(Exception):
    """The queue server is away: nothing can be told; whoever wants to know asks again."""


class Mailbox:
    """The mailboxes of one queue server; without a server all of them are away."""

    def __init__(self, server: Redis | None, vault: Vault) -> None:
        self._server, self._vault = server, vault

    def post(self, box: str, message: Mapping[str, Any]) -> str:
        """Put a message into a box and ring for it; its id."""
        text = base64.b64encode(self._vault.seal(TEXT, json.dumps(message, separators=(",", ":")))).decode()
        with told(self._server) as server:
            both = server.pipeline()
            both.xadd(_key(box), {"m": text}, maxlen=KEPT, approximate=False)
            both.expire(_key(box), LIFE)
            both.publish(CHANNEL, box)
            return str(both.execute()[0])

    def read(self, box: str, after: str = FROM_THE_START) -> list[tuple[str, dict[str, Any]]]:
        """What came into the box after that id; does not wait."""
        start = after if ID.fullmatch(after) else FROM_THE_START
        with told(self._server) as server:
            rows: Any = server.xrange(_key(box), min=f"({start}", count=KEPT)
        return [(str(number), self._message(fields["m"])) for number, fields in rows]

    def newest(self, box: str) -> str:
        """The id of what came into the box last, FROM_THE_START where nothing did."""
        with told(self._server) as server:
            rows: Any = server.xrevrange(_key(box), count=1)
        return str(rows[0][0]) if rows else FROM_THE_START

    def last(self, box: str) -> dict[str, Any] | None:
        """What came into the box last."""
        with told(self._server) as server:
            rows: Any = server.xrevrange(_key(box), count=1)
        return self._message(rows[0][1]["m"]) if rows else None

    def _message(self, sealed: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._vault.open(TEXT, base64.b64decode(sealed)))
        return found


def connect(url: str | None) -> Redis | None:
    """A client that connects when it is first used. Its pool waits for a free connection instead of refusing one."""
    if url is None:
        return None
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=CONNECTIONS,
        timeout=PATIENCE,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        health_check_interval=30,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )
    return Redis(connection_pool=pool)


@contextmanager
def told(server: Redis | None) -> Iterator[Redis]:
    """The server, or Away whatever it is that does not work."""
    if server is None:
        raise Away
    try:
        yield server
    except (RedisError, OSError) as wrong:
        raise Away from wrong


def _key(box: str) -> str:
    return f"kaihu:box:{box}"
