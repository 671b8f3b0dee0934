"""What a finished case leaves behind, and what waiting cases cost while nothing happens."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from benchmarks import copies, cpu
from benchmarks.installation import ROOT, Place, furnish
from benchmarks.table import Line
from benchmarks.walk import Walk
from workers.queue_server import QueueServer

FINISHED = 500
PATIENCE, SETTLED = 60, 2
BESIDE = ("audit", "sessions", "customers")
"""Not counted as the case's: the audit has to grow, the customer was there before."""


def measure(folder: Path, waiting: int, seconds: int) -> Iterator[Line]:
    """Kilobytes of a finished case on SQLite, and the relay's share of a core."""
    yield Line(
        f"KB of a finished case of 8 steps, mean of {FINISHED}",
        _bytes(furnish(folder / "finished")) / 1000,
        10,
        "KB",
        is_shape=False,
    )
    yield Line(
        f"idle relay, {waiting:,} waiting cases: share of a core",
        _idle(furnish(folder / "idle"), waiting, seconds),
        2,
        "%",
        is_shape=False,
    )


def _bytes(place: Place) -> float:
    store = place.store()
    walk = Walk(store)
    walk.to_review()
    walk.to_end()
    store.db.dispose()
    before = _size(place)
    copies.copy(store, walk.id, "", FINISHED, signed_in=1)
    store.db.dispose()
    return (_size(place) - before) / FINISHED


def _size(place: Place) -> int:
    """The size of the tables of cases, in a copy of the file from which the others were taken."""
    source, other = place.folder / "kaihu.db", place.folder / "measured.db"
    other.unlink(missing_ok=True)
    with sqlite3.connect(source) as here, sqlite3.connect(other) as there:
        here.backup(there)
        for table in BESIDE:
            there.execute(f"DELETE FROM {table}")
        there.commit()
        there.execute("VACUUM")
    here.close()
    there.close()
    return other.stat().st_size


def _idle(place: Place, waiting: int, seconds: int) -> float:
    store = place.store()
    walk = Walk(store)
    walk.to_measured()
    copies.copy(store, walk.id, walk.open_task, waiting, signed_in=1)
    store.db.dispose()
    with _relay(place) as pid:
        _come_round(place)
        meter = cpu.Meter(pid)
        before = meter.spent()
        time.sleep(seconds)
        return (meter.spent() - before) / 1e9 / seconds * 100


def _come_round(place: Place) -> None:
    """Until the relay has been through all of its chores: what a start costs is not measured."""
    sign = place.folder / "beats" / "relay"
    until = time.monotonic() + PATIENCE
    while not sign.exists() and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(SETTLED)


@contextmanager
def _relay(place: Place) -> Iterator[int]:
    server = QueueServer.private(place.folder)
    queue = subprocess.Popen(server.command, stdout=subprocess.DEVNULL)
    line = [sys.executable, "-m", "benchmarks.relay_app", str(place.folder), place.database_url, server.url]
    relay = None
    try:
        _wait(server.url)
        relay = subprocess.Popen(line, cwd=ROOT)
        yield relay.pid
    finally:
        for process in (relay, queue):
            if process is not None:
                process.terminate()
                process.wait(20)
        server.tidy()


def _wait(url: str) -> None:
    for _ in range(100):
        try:
            with Redis.from_url(url) as server:
                server.ping()
                return
        except (RedisError, OSError):
            time.sleep(0.1)
    raise RuntimeError("the queue server did not come up")
