"""The embedded server is private, and keeps what it was given."""

from __future__ import annotations

import stat
from collections.abc import Callable

import pytest
from rq import Queue

from tests.queue.conftest import RunningServer
from workers import queue_server
from workers.queue import send
from workers.queue_server import NoQueueServer, QueueServer, find_binary


def test_only_this_user_may_speak_to_it(own_server: RunningServer) -> None:
    socket = own_server.server.socket
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    assert len(str(socket)) < 100


def test_jobs_survive_a_killed_server(own_server: RunningServer, queue_on: Callable[..., Queue]) -> None:
    """Once they stand in its journal, which a busy disk holds up for a second; before that, the database knows."""
    queue = queue_on(own_server)
    for attempt in range(1, 21):
        send(queue, "a" * 32, attempt, 60)
    queue.connection.execute_command("WAITAOF", 1, 0, 30_000)
    own_server.stop()
    own_server.start()
    assert len(queue.job_ids) == 20


def test_without_any_server_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_server, "_packaged", lambda: None)
    monkeypatch.setattr(queue_server.shutil, "which", lambda name: None)
    with pytest.raises(NoQueueServer, match="REDIS_URL"):
        find_binary()


def test_tidying_removes_the_folder_of_the_socket(tmp_path) -> None:
    server = QueueServer.private(tmp_path)
    server.tidy()
    assert not server.socket.parent.exists()
