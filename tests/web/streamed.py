# ruff: noqa: F811 - the queue server is shared by import
"""An application with a queue server and a mailbox that anybody may read, and how a test reads a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from redis import Redis
from werkzeug.test import TestResponse

from tests.queue.conftest import RunningServer, own_server, shared_server  # noqa: F401
from tests.web.conftest import close, furnish
from webapp.app import create_app
from webapp.settings import WebSettings
from webapp.streams import answer
from webapp.streams.streams import Streams

BOX = "/a-box"


@pytest.fixture
def queue_url(shared_server: RunningServer) -> Iterator[str]:
    yield shared_server.server.url
    with Redis.from_url(shared_server.server.url) as server:
        server.flushall()


@pytest.fixture
def app(web_settings: WebSettings, queue_url: str) -> Iterator[Flask]:
    made = with_box(replace(web_settings, redis_url=queue_url, streams=60))
    yield made
    end(made)


def with_box(settings: WebSettings) -> Flask:
    made = create_app(settings)
    furnish(made)
    made.add_url_rule(BOX, "box", lambda: answer.stream("box", request.args.get("after", "0")))
    made.add_url_rule(f"{BOX}/all", "box_all", lambda: answer.messages("box", request.args.get("after", "0")))
    return made


def end(app: Flask) -> None:
    of(app).bell.close()
    close(app)


def of(app: Flask) -> Streams:
    found: Streams = app.extensions["kaihu.streams"]
    return found


class Reader:
    """A page that listens: each `next` is one event, comments left out."""

    def __init__(self, client: FlaskClient, path: str = BOX, **headers: str) -> None:
        self.answer: TestResponse = client.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        self._parts = iter(self.answer.response)

    def next(self) -> tuple[str, str]:
        """The id and the data of the next event; StopIteration when the stream has ended."""
        while True:
            raw = next(self._parts)
            text = raw.decode() if isinstance(raw, bytes) else raw
            if found := re.search(r"(?:^id: (.*)\n)?data: (.*)", text, re.MULTILINE):
                return found[1] or "", found[2]

    def begin(self) -> None:
        """Past the first line, so that it waits as a page's stream does."""
        next(self._parts)

    def close(self) -> None:
        self.answer.close()
