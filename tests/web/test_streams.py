# ruff: noqa: F811 - fixtures are shared by import
"""A stream tells what is in a mailbox, in order and once; it holds no connection, and it ends when it should."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis

from engine.store import Store
from tests.web.conftest import WANG
from tests.web.streamed import BOX, Reader, app, end, of, own_server, queue_url, shared_server, with_box  # noqa: F401
from tests.web.test_access import let_in
from webapp import sessions
from webapp.house import db
from webapp.settings import WebSettings
from webapp.streams import answer, mailbox
from webapp.streams.mailbox import Away


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams that look round at once."""
    monkeypatch.setattr(answer, "LOOK", 0.02)
    monkeypatch.setattr(answer, "HEARTBEAT", 0.05)


@pytest.fixture
def reader(client: FlaskClient) -> Iterator[Reader]:
    one = Reader(client)
    yield one
    one.close()


def post(app: Flask, **message: object) -> str:
    return of(app).mailbox.post("box", message)


def test_a_mailbox_gives_what_came_after_an_id_in_order(app: Flask) -> None:
    box = of(app).mailbox
    ids = [post(app, n=n) for n in range(3)]
    assert [message["n"] for _, message in box.read("box")] == [0, 1, 2]
    assert box.read("box", ids[1]) == [(ids[2], {"n": 2})] and box.read("box", ids[2]) == []
    assert box.read("another") == []
    assert len(box.read("box", "no id ( at all")) == 3


def test_a_mailbox_is_bounded_and_is_forgotten(app: Flask, queue_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "KEPT", 5)
    for n in range(9):
        post(app, n=n)
    assert [message["n"] for _, message in of(app).mailbox.read("box")] == [4, 5, 6, 7, 8]
    with Redis.from_url(queue_url) as server:
        assert 0 < server.ttl("kaihu:box:box") <= mailbox.LIFE.total_seconds()


def test_a_stream_tells_what_was_there_and_what_comes(app: Flask, reader: Reader) -> None:
    was = post(app, said="早")
    assert reader.next() == (was, '{"said":"早"}')
    comes = post(app, n=1)
    assert reader.next() == (comes, '{"n":1}')
    assert reader.answer.headers["Content-Type"].startswith("text/event-stream")
    assert reader.answer.headers["X-Accel-Buffering"] == "no" and "no-store" in reader.answer.headers["Cache-Control"]


def test_who_waits_is_woken_by_the_bell_and_not_by_the_clock(app: Flask, reader: Reader) -> None:
    """It looks round every two seconds only; what is rung for comes at once."""
    reader.begin()
    heard: list[tuple[str, str]] = []
    waiting = Thread(target=lambda: heard.append(reader.next()))
    waiting.start()
    began = time.monotonic()
    post(app, n=1)
    waiting.join(answer.LOOK)
    assert heard and time.monotonic() - began < answer.LOOK


@pytest.mark.parametrize("how", ["the browser's last id", "the address"])
def test_a_page_resumes_where_it_was(app: Flask, client: FlaskClient, how: str) -> None:
    first, second = post(app, n=1), post(app, n=2)
    reader = (
        Reader(client, BOX, Last_Event_ID=first) if how.startswith("the b") else Reader(client, f"{BOX}?after={first}")
    )
    assert reader.next() == (second, '{"n":2}')
    reader.close()


def test_the_same_is_asked_for_without_a_stream(app: Flask, client: FlaskClient) -> None:
    first, second = post(app, n=1), post(app, n=2)
    assert client.get(f"{BOX}/all").json == [{"id": first, "message": {"n": 1}}, {"id": second, "message": {"n": 2}}]
    assert client.get(f"{BOX}/all?after={first}").json == [{"id": second, "message": {"n": 2}}]


def test_without_a_queue_server_the_page_is_sent_to_ask(web_settings: WebSettings) -> None:
    app = with_box(web_settings)
    client = app.test_client()
    assert client.get(BOX).status_code == 204 and client.get(f"{BOX}/all").status_code == 503
    with pytest.raises(Away):
        post(app, n=1)
    assert of(app).room.taken == 0
    end(app)


def test_beyond_the_room_the_page_is_sent_to_ask_and_later_finds_room(
    web_settings: WebSettings, queue_url: str
) -> None:
    app = with_box(replace(web_settings, redis_url=queue_url, streams=2))
    inside = [Reader(app.test_client()) for _ in range(2)]
    assert app.test_client().get(BOX).status_code == 204 and app.test_client().get("/healthz").status_code == 200
    inside[0].close()
    third = Reader(app.test_client())
    assert third.answer.status_code == 200
    for one in (third, inside[1]):
        one.close()
    assert of(app).room.taken == 0
    end(app)


def test_fifty_pages_that_wait_hear_fifty_messages_over_eight_connections(app: Flask) -> None:
    """redis-py's own pool refuses where ours waits."""
    readers = [Reader(app.test_client()) for _ in range(50)]
    for one in readers:
        one.begin()
    heard: list[str] = []
    waiting = [Thread(target=lambda one=one: heard.append(one.next()[1])) for one in readers]
    for each in waiting:
        each.start()
    post(app, n=1)
    for each in waiting:
        each.join(10)
    assert heard == ['{"n":1}'] * 50
    for one in readers:
        one.close()


def test_an_open_stream_holds_no_connection_of_the_database(app: Flask, client: FlaskClient, store: Store) -> None:
    let_in(app, client, WANG.id)

    def held() -> int:
        with app.app_context():
            return db.engine.pool.checkedout() + store.db.pool.checkedout()  # type: ignore[attr-defined]

    def view() -> object:
        assert sessions.find(sessions.INVESTOR) and held() == 1  # the control: this request has read something
        return answer.stream("box")

    app.add_url_rule("/read", "read", view)
    reader = Reader(client, "/read")
    reader.begin()
    assert held() == 0
    reader.close()


def test_a_stream_ends_with_the_session(app: Flask, client: FlaskClient, quick: None) -> None:
    let_in(app, client, WANG.id)
    app.add_url_rule("/mine", "mine", lambda: answer.stream("box") if sessions.find(sessions.INVESTOR) else ("", 401))
    reader = Reader(client, "/mine")
    for n in range(2):  # the control: it goes on over many heartbeats
        post(app, n=n)
        assert json.loads(reader.next()[1]) == {"n": n}
    with app.test_request_context():
        sessions.revoke_all("investor", WANG.id)
    with pytest.raises(StopIteration):
        reader.next()
    reader.close()


def test_a_stream_ends_when_its_view_says_so(app: Flask, client: FlaskClient, quick: None) -> None:
    may = [True, True, False]
    app.add_url_rule("/while", "while", lambda: answer.stream("box", still=lambda tx: may.pop(0)))
    reader = Reader(client, "/while")
    with pytest.raises(StopIteration):
        reader.next()
    assert may == []
    reader.close()


def test_a_stream_ends_after_some_minutes(app: Flask, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "LIFE", 0.1)
    reader = Reader(app.test_client())
    with pytest.raises(StopIteration):
        reader.next()
    reader.close()


def test_a_process_that_is_told_to_stop_lets_its_streams_go(app: Flask, reader: Reader, quick: None) -> None:
    reader.begin()
    of(app).room.closing = True
    with pytest.raises(StopIteration):
        reader.next()
    assert app.test_client().get(BOX).status_code == 204


def test_a_queue_server_that_dies_ends_the_streams_and_a_new_one_is_found(
    web_settings: WebSettings, own_server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.streams.bell.TICK", 0.05)
    app = with_box(replace(web_settings, redis_url=own_server.server.url))
    reader = Reader(app.test_client())
    reader.begin()
    own_server.stop()
    with pytest.raises(StopIteration):
        reader.next()
    reader.close()
    assert app.test_client().get(BOX).status_code == 204
    own_server.start()
    again = _until_there(app)
    number = post(app, n=7)
    assert again.next() == (number, '{"n":7}')
    again.close()
    end(app)


def _until_there(app: Flask) -> Reader:
    for _ in range(200):
        one = Reader(app.test_client())
        if one.answer.status_code == 200:
            return one
        one.close()
        time.sleep(0.01)
    raise AssertionError("no stream although the server is there")
