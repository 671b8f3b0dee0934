"""A running product of a test's own: started as a process, asked how it is, stopped, its store looked into."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from cli.running import read
from engine.clock import SystemClock
from engine.ids import RandomIds
from engine.store import Store, connect
from engine.vault import open_vault
from tests.crash.killing import wait_for
from tests.house import ROOT, known
from workers.catalogue import SERVICES

START_SECONDS = 300.0


@dataclass
class Product:
    """`kaihu up` on a folder and a database of its own."""

    data: Path
    database_url: str
    port: int
    process: subprocess.Popen[bytes]

    def up(self, name: str, pid: int) -> bool:
        """Whether this process of a part has begun to do its work."""
        if name == "web":
            return self.health() is not None
        if name in ("worker", "reader"):
            return self._known_to_rq(pid)
        beat = self.data / "beats" / "relay"
        return beat.exists() and beat.stat().st_mtime > started_at(pid)

    def health(self) -> dict[str, object] | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return dict(json.load(answer))
        except (OSError, ValueError):
            return None

    def _known_to_rq(self, pid: int) -> bool:
        running = read(self.data / "running.json")
        if running is None:
            return False
        try:
            with Redis.from_url(running.queue, decode_responses=True) as server:
                names = server.smembers("rq:workers")
                return any(server.hget(name, "pid") == str(pid) for name in names)
        except (RedisError, OSError):
            return False

    @contextmanager
    def store(self) -> Iterator[Store]:
        vault = open_vault(self.data / "keys.json", self.data / "blobs")
        store = Store(connect(self.database_url), SystemClock(), RandomIds(), vault, SERVICES, known())
        try:
            yield store
        finally:
            store.db.dispose()

    def stop(self) -> int:
        """What Ctrl-C does; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@contextmanager
def product(data: Path, database_url: str) -> Iterator[Product]:
    """A product that answers; stopped at the end whatever happened."""
    port = free_port()
    command = [sys.executable, "-m", "tests.crash.product", "up", "--data", str(data), "--port", str(port)]
    environment = {**os.environ, "DATABASE_URL": database_url, "PYTHONPATH": str(ROOT)}
    environment.pop("REDIS_URL", None)
    with (data.parent / "up.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    running = Product(data, database_url, port, process)
    try:
        wait_for(lambda: process.poll() is not None or running.health() is not None, START_SECONDS, "the product")
        assert process.poll() is None, (data.parent / "up.log").read_text("utf-8")
        yield running
    finally:
        if process.poll() is None:
            running.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started_at(pid: int) -> float:
    """When a process began, by the clock on the wall; Linux. Now, where that is not known."""
    try:
        ticks = int(Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[19])
        up = float(Path("/proc/uptime").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return time.time()
    return time.time() - up + ticks / os.sysconf("SC_CLK_TCK")
