"""A queue server of these tests' own, and a house whose jobs go through it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as ServerAway
from rq import Queue

from engine.accounts import LocalAccountSystem
from engine.store import Store
from tests.house import known
from workers.drivers.sms import LocalSmsGateway
from workers.house import House
from workers.queue import connect_queue
from workers.queue_server import NoQueueServer, QueueServer
from workers.settings import WorkerSettings


class RunningServer:
    """A queue server that a test may stop and start."""

    def __init__(self, folder: Path) -> None:
        self.server = QueueServer.private(folder)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(self.server.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with Redis.from_url(self.server.url) as client:
            for _ in range(500):
                try:
                    client.ping()
                    return
                except ServerAway:
                    time.sleep(0.01)
        raise AssertionError("the queue server does not answer")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    try:
        server = RunningServer(tmp_path_factory.mktemp("queue"))
    except NoQueueServer:
        pytest.skip("no queue server on this machine")
    server.start()
    yield server
    server.stop()
    server.server.tidy()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[RunningServer]:
    """A server that this test may stop."""
    server = RunningServer(tmp_path)
    server.start()
    yield server
    server.stop()
    server.server.tidy()


@pytest.fixture
def settings(shared_server: RunningServer, tmp_path: Path) -> WorkerSettings:
    return WorkerSettings(tmp_path, "", shared_server.server.url, known(), queue=f"test-{uuid4().hex[:8]}")


@pytest.fixture
def queue(settings: WorkerSettings) -> Iterator[Queue]:
    queue = connect_queue(settings)
    queue.connection.flushall()  # ids are counted anew in each test
    yield queue
    queue.connection.close()


@pytest.fixture
def house(store: Store) -> House:
    return House(store, LocalAccountSystem(store), LocalSmsGateway(store))


@pytest.fixture
def queue_on(tmp_path: Path) -> Callable[[RunningServer], Queue]:
    return lambda server: connect_queue(WorkerSettings(tmp_path, "", server.server.url, queue="own"), 2.0)
