# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""Pages of a call and Janus itself: who may send when, who hears whom, and what is left when a call or Janus ends."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.pki import make_demonstration_ca
from engine.store import Store
from engine.tables import VideoCall
from tests.janus import SECRET, RealJanus, janus
from tests.web.conftest import WANG, close, furnish, hidden, store_of
from tests.web.line import Line, filed_card
from tests.web.offers import offer
from tests.web.streamed import of, own_server, queue_url, shared_server  # noqa: F401
from tests.web.test_desk import claim, somebody
from tests.web.test_roads_certificate import at_video, line, queued  # noqa: F401
from tests.web.test_steps_line import browser  # noqa: F401
from webapp.app import create_app
from webapp.calls.janus_api import Janus, MediaAway, MediaSilent
from webapp.calls.janus_room import room_of
from webapp.settings import WebSettings

NO_WISH: list[dict[str, Any]] = [
    {"do": "destroy"}, {"do": "publish"}, {"do": "publish", "sdp": 7}, {"do": "publish", "sdp": "x", "page": "p" * 65},
    {"do": "subscribe", "other": ""}, {"do": "start", "sdp": "x" * 70_000},
]  # fmt: skip
HIS, HERS = "page-of-the-customer", "page-of-the-verifier"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealJanus]:
    with janus(tmp_path_factory.mktemp("janus")) as there:
        yield there


@pytest.fixture
def app(web_settings: WebSettings, queue_url: str, server: RealJanus) -> Iterator[Flask]:
    authority = make_demonstration_ca(web_settings.data_dir, web_settings.clock.now())
    through = {"janus_url": server.url, "janus_secret": SECRET, "janus_recordings": server.recordings}
    made = create_app(replace(web_settings, redis_url=queue_url, call_engine="janus", **through), authority=authority)
    furnish(made)
    filed_card(store_of(made), WANG.id)
    yield made
    of(made).bell.close()
    close(made)


class Pages:
    """The page of the customer and that of the verifier, who has claimed him."""

    def __init__(self, app: Flask, store: Store, line: Line) -> None:
        line.queues()
        self.line, self.verifier = line, somebody(app, store, "sun", roles="verifier")
        self.desk = claim(self.verifier, store)
        self.verifier.get(self.desk)
        self.path = f"/cases/{line.case_id}"
        with store.read() as tx:
            self.call = tx.scalars(select(VideoCall)).one()

    def agrees(self) -> Pages:
        assert self.send(self.line.client, f"{self.path}/call/consent", data={}).status_code == 204
        return self

    def his(self, do: str, **wish: str) -> Any:
        return self.send(self.line.client, f"{self.path}/call/media", json={"page": HIS, "do": do, **wish})

    def hers(self, do: str, **wish: str) -> Any:
        return self.send(self.verifier, f"{self.desk}/call/media", json={"page": HERS, "do": do, **wish})

    def beats(self) -> list[bool]:
        both = (self.line.client, f"{self.path}/call/beat"), (self.verifier, f"{self.desk}/call/beat")
        return [self.send(client, path, data={}).json["media"] for client, path in both]

    def send(self, client: FlaskClient, path: str, **body: Any) -> Any:
        token = hidden(client.get("/staff/sign-in"), "csrf_token")
        return client.post(path, headers={"X-CSRFToken": token}, **body)


@pytest.fixture
def pages(app: Flask, store: Store, at_video: Line) -> Pages:
    return Pages(app, store, at_video)


def rooms(server: RealJanus, call: VideoCall) -> bool:
    """Whether Janus has the room of this call."""
    there = Janus(server.url, SECRET)
    session = there.open()
    found = there.ask(session, there.attach(session), {"request": "exists", "room": room_of(call.id)})
    return bool(found["exists"])


def test_the_engine_stands_in_the_row_and_both_pages_are_told(pages: Pages) -> None:
    assert pages.call.engine == "janus"
    assert pages.line.client.get(f"{pages.path}/call/relays").json["engine"] == "janus"
    assert pages.verifier.get(f"{pages.desk}/call/relays").json["engine"] == "janus"


def test_nobody_sends_before_the_customer_has_agreed_and_nothing_is_left_of_the_room(
    pages: Pages, server: RealJanus
) -> None:
    assert pages.hers("publish", sdp=offer()).status_code == 409 and not rooms(server, pages.call)
    assert [pages.his(**wish).status_code for wish in NO_WISH] == [400] * len(NO_WISH)
    assert pages.agrees().hers("publish", sdp=offer()).status_code == 200 and rooms(server, pages.call)
    assert pages.hers("subscribe", page="an older page", other=HIS).status_code == 410, "its seat was taken"
    pages.send(pages.verifier, f"{pages.desk}/release", data={})
    assert not rooms(server, pages.call)


def test_a_page_waits_for_the_other_page_and_hears_no_earlier_one(pages: Pages) -> None:
    pages.agrees()
    assert "m=video" in pages.his("publish", sdp=offer()).json["sdp"]
    assert pages.his("subscribe", other=HERS).status_code == 204, "she does not send yet"
    assert pages.hers("publish", sdp=offer()).status_code == 200
    assert pages.hers("subscribe", other="an earlier page").status_code == 204
    assert pages.hers("subscribe", other=HIS).status_code == 204, "nobody is behind his offer: no picture comes"
    assert pages.beats() == [True, True]


def test_while_janus_is_away_the_pages_are_told_and_come_back_to_a_new_room(pages: Pages, server: RealJanus) -> None:
    pages.agrees().hers("publish", sdp=offer())
    server.kill()
    assert pages.hers("publish", sdp=offer()).status_code == 503 and pages.beats()[1] is False
    server.start()
    assert pages.beats()[1] is False, "its session is gone"
    assert pages.hers("publish", sdp=offer()).status_code == 200 and pages.beats()[1] is True


def test_another_secret_is_refused_by_janus(server: RealJanus) -> None:
    assert Janus(server.url, SECRET).open()  # the control
    with pytest.raises(MediaAway, match="Unauthorized"):
        Janus(server.url, "another-secret-of-ours").open()


def test_a_server_that_lets_one_wait_is_left_alone_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the connection and says nothing; a proxy of the machine is never asked for it."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        there = Janus(f"http://127.0.0.1:{silent.getsockname()[1]}/janus", SECRET, patience=0.2)
        with pytest.raises(MediaSilent):
            there.open()
        silent.accept()[0].close()
        with pytest.raises(MediaAway, match="just let somebody wait"):
            there.open()
        silent.setblocking(False)
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_where_nothing_is_set_up_any_more_a_call_through_janus_is_told_that_it_is_away() -> None:
    with pytest.raises(MediaAway):
        Janus("", SECRET).open()
