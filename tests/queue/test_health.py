"""/healthz sees which parts take from the queue, as RQ writes them down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rq import Queue

from engine.vault import make_keys
from tests.queue.conftest import RunningServer
from tests.web.conftest import close, furnish
from webapp.app import create_app
from webapp.settings import WebSettings
from workers.queue import beside, connect_queue
from workers.settings import FILMS, READING, WorkerSettings
from workers.worker import KaihuWorker, _worker


@pytest.fixture
def ordinary(own_server: RunningServer, tmp_path: Path) -> Iterator[Queue]:
    """The queue of an installation with a server of its own, under its own name."""
    queue = connect_queue(WorkerSettings(tmp_path, "", own_server.server.url))
    yield queue
    queue.connection.close()


def _born(queue: Queue, name: str) -> KaihuWorker:
    worker = _worker(beside(queue, name))
    worker.register_birth()
    return worker


def test_a_reader_that_is_away_degrades_and_serves(tmp_path: Path, own_server: RunningServer, ordinary: Queue) -> None:
    make_keys(tmp_path / "keys.json")
    settings = WebSettings(f"sqlite:///{tmp_path / 'kaihu.db'}", tmp_path, own_server.server.url, secure_cookies=False)
    app = create_app(settings)
    furnish(app)
    try:
        ask = app.test_client().get
        _born(ordinary, "")
        _born(ordinary, FILMS)
        reader = _born(ordinary, READING)
        assert [ask("/healthz").json[each] for each in ("state", "worker", "reader")] == ["ok", True, True]
        reader.register_death()
        assert [ask("/healthz").json[each] for each in ("state", "worker", "reader")] == ["degraded", True, False]
        assert ask("/healthz").status_code == 200
    finally:
        close(app)


def test_one_that_ended_without_a_word_is_forgotten_in_two_minutes(ordinary: Queue) -> None:
    reader = _born(ordinary, READING)
    assert 60 < ordinary.connection.ttl(reader.key) <= 120
