# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""The page of somebody who waits is told what is new: his case, his place in line; and it gives a sign of life."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import line_order, photos, video_queue
from engine.actors import Actor
from engine.cases import open_case
from engine.changes import branch_box, case_box
from engine.store import Store
from engine.tables import Case, Photo, QueuePlace, Task
from tests.web.conftest import LI, MAIN, ON_BOTH, HandClock, company, employ, hidden, put_on_file
from tests.web.line import Line
from tests.web.streamed import Reader, of, queue_url, shared_server  # noqa: F401
from tests.web.test_desk import somebody
from tests.web.test_roads_certificate import at_video, line, queued  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401
from webapp.settings import WebSettings
from webapp.steps import told
from webapp.steps.marks import mark
from webapp.streams import lines


@pytest.fixture
def web_settings(web_settings: WebSettings, queue_url: str) -> WebSettings:
    return replace(web_settings, redis_url=queue_url)


@pytest.fixture
def page(queued: Line, app: Flask) -> Iterator[Reader]:
    one = Reader(queued.client, f"/cases/{queued.case_id}/events")
    yield one
    one.close()
    of(app).bell.close()


def news(page: Reader) -> dict[str, object]:
    found: dict[str, object] = json.loads(page.next()[1])
    return found


def joins(store: Store) -> None:
    """Li comes into the same line."""
    put_on_file(store, LI)
    case_id = open_case(store, business=MAIN, customer_id=LI.id, branch_id=LI.branch, settings=company(store).settings)
    with store.write() as tx:
        case, now = tx.get_one(Case, case_id), store.clock.now() + timedelta(seconds=1)
        task = tx.scalars(select(Task).where(Task.case_id == case_id)).first()
        assert task is not None
        tx.add(QueuePlace(task_id=task.id, case_id=case_id, branch_id=LI.branch, joined_at=now, seen_at=now))
        case.status = "排队中"


def give_sign(queued: Line) -> TestResponse:
    page = queued.client.get(f"/cases/{queued.case_id}")
    fields = {"csrf_token": hidden(page, "csrf_token"), "sign": "1"}
    return queued.client.post(f"/cases/{queued.case_id}/line/beat", data=fields)


def test_it_begins_with_how_things_are_and_the_page_knows_that_already(queued: Line, page: Reader) -> None:
    now = news(page)
    assert now["line"] == {"total": 1, "position": 1, "verifiers": 0}
    assert f'data-mark="{now["case"]}"' in queued.client.get(f"/cases/{queued.case_id}").text


def test_who_joins_the_line_is_told_to_who_is_in_it(page: Reader, store: Store) -> None:
    before = news(page)
    joins(store)
    assert news(page) == {"case": before["case"], "line": {"total": 2, "position": 1, "verifiers": 0}}


@ON_BOTH
def test_who_is_called_is_told_at_once(page: Reader, app: Flask, store: Store, queued: Line) -> None:
    before = news(page)
    verifier = somebody(app, store, "sun", roles="verifier")
    with store.read() as tx:
        place = tx.scalars(select(QueuePlace.task_id)).one()
    fields = {"csrf_token": hidden(verifier.get(f"/desk/tasks/{place}"), "csrf_token")}
    assert verifier.post(f"/desk/tasks/{place}/claim", data=fields).status_code == 303
    now = news(page)
    assert now["line"] == {"total": 1, "position": 0, "verifiers": 1} and now["case"] != before["case"]


def test_a_page_in_line_is_woken_to_give_a_sign(queued: Line, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "BEAT_EVERY", 0.0)
    page = Reader(queued.client, f"/cases/{queued.case_id}/events")
    assert "line" in news(page) and news(page) == {"beat": True}
    page.close()
    of(app).bell.close()


def test_a_sign_keeps_the_place_and_asks_for_nothing(queued: Line, store: Store, clock: HandClock) -> None:
    clock.pass_by(seconds=40)
    sign = give_sign(queued)
    assert (sign.status_code, sign.data) == (204, b"")
    with store.read() as tx:
        assert tx.scalars(select(QueuePlace.seen_at)).one() == clock.now()


def test_a_sign_of_life_is_no_news_and_a_call_is(queued: Line, app: Flask, store: Store, clock: HandClock) -> None:
    heard: list[frozenset[str]] = []
    app.extensions["kaihu"].store.tell = heard.append
    clock.pass_by(seconds=40)
    give_sign(queued)
    assert set().union(*heard) == set()
    sun = Actor("staff", employ(store, "sun", {"verifier"}), "", frozenset({"verifier"}), "east")
    assert video_queue.call_next(store, sun)
    assert set().union(*heard) == {case_box(queued.case_id), branch_box("east")}


def test_each_thing_that_happens_to_a_photograph_is_another_mark(queued: Line, store: Store) -> None:
    """Cut out, read, looked at anew: a card is told of each."""
    photo_id = photos.add(store, case_id=queued.case_id, slot="id_portrait", data=b"a face", by="x", kind="id1")
    marks = []
    for status in (photos.WAITING, photos.READING, photos.READY, photos.WAITING):
        with store.write() as tx:
            tx.get_one(Photo, photo_id).status = status
        with store.read() as tx:
            marks.append(mark(tx, queued.case_id))
    assert len(set(marks)) == 3 and marks[0] == marks[3]


def test_one_look_at_the_line_serves_all_whom_the_bell_woke(
    queued: Line, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    real = line_order.precedence
    monkeypatch.setattr(line_order, "precedence", lambda *given: looks.append("look") or real(*given))
    shared = lines.Lines()
    rung = time.monotonic()
    for _ in range(100):
        assert shared.where(store, "east", queued.case_id, rung) == lines.Where(1, 1, 0)
    assert looks == ["look"]
    assert shared.where(store, "east", "nobody", time.monotonic()) is None and len(looks) == 2  # it rang again


def test_without_a_queue_server_the_page_asks_as_before(queued: Line, app: Flask) -> None:
    of(app).mailbox._server = None
    of(app).bell._server = None
    assert queued.client.get(f"/cases/{queued.case_id}/events").status_code == 204
    shown = queued.client.get(f"/cases/{queued.case_id}").text
    assert 'hx-trigger="every 5s, look"' in shown
