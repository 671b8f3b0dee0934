# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""What the two pages of a call say to each other: passed on to the other side alone, held by who holds the call."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.pki import make_demonstration_ca
from engine.store import Store
from engine.tables import VideoCall
from tests.web.conftest import WANG, close, furnish, hidden, post, store_of
from tests.web.line import Line, filed_card
from tests.web.streamed import of, own_server, queue_url, shared_server  # noqa: F401
from tests.web.test_desk import claim, somebody
from tests.web.test_roads_certificate import at_video, line, queued  # noqa: F401
from tests.web.test_steps_line import browser  # noqa: F401
from tests.web.test_video_page import beat
from webapp.app import create_app
from webapp.calls import signals
from webapp.settings import WebSettings
from webapp.shots import warrant

HELLO = {"kind": "hello", "from": "me", "to": None}


@pytest.fixture
def app(web_settings: WebSettings, queue_url: str) -> Iterator[Flask]:
    authority = make_demonstration_ca(web_settings.data_dir, web_settings.clock.now())
    made = create_app(replace(web_settings, redis_url=queue_url, streams=8), authority=authority)
    furnish(made)
    filed_card(store_of(made), WANG.id)
    yield made
    of(made).bell.close()
    close(made)


@dataclass
class Side:
    """One side of a call: who, and where."""

    client: FlaskClient
    path: str

    def says(self, message: Any, **more: Any) -> TestResponse:
        body = {"data": message} if isinstance(message, (bytes, str)) else {"json": message}
        return self.client.post(f"{self.path}/messages", headers={"X-CSRFToken": self.token}, **body, **more)

    def hears(self, query: str = "") -> list[Any]:
        return [one["message"] for one in self.client.get(f"{self.path}/messages{query}").json or []]

    def beats(self) -> TestResponse:
        return self.client.post(f"{self.path}/beat", headers={"X-CSRFToken": self.token})

    @property
    def token(self) -> str:
        return hidden(self.client.get("/staff/sign-in"), "csrf_token")


@pytest.fixture
def customer(queued: Line) -> Side:
    return Side(queued.client, f"/cases/{queued.case_id}/call")


@pytest.fixture
def verifier(customer: Side, app: Flask, store: Store) -> Side:
    """Who has called the customer; his page is open."""
    member = somebody(app, store, "sun", roles="verifier")
    path = claim(member, store)
    assert member.get(path).status_code == 200
    return Side(member, f"{path}/call")


def test_each_side_hears_the_other_and_not_itself(customer: Side, verifier: Side) -> None:
    assert customer.says(HELLO).status_code == 200
    assert verifier.says({"kind": "candidate", "candidate": {"sdpMid": "0"}}).status_code == 200
    assert verifier.hears() == [HELLO]
    assert [one["kind"] for one in customer.hears()] == ["candidate"]


def test_a_page_that_is_opened_later_does_not_hear_what_was_said_before(customer: Side, verifier: Side) -> None:
    customer.says(HELLO)
    page = verifier.client.get(verifier.path.removesuffix("/call")).text
    since = page.split('data-after="')[1].split('"')[0]
    assert verifier.hears(f"?since={since}&after=0") == [] and verifier.hears("?after=0") == [HELLO]
    customer.says({**HELLO, "from": "again"})
    assert [one["from"] for one in verifier.hears(f"?since={since}&after=0")] == ["again"]


NOT_A_MESSAGE = {
    "no JSON": b"hello",
    "not even text": b"\xff\xfe",
    "a list": [HELLO],
    "an unknown kind": {"kind": "over"},
    "no kind": {},
    "a kind that is a list": {"kind": []},
    "deeper than one reads": b"[" * 30_000,
    "longer than one says": {**HELLO, "more": "x" * signals.LARGEST},
}


@pytest.mark.parametrize("sent", NOT_A_MESSAGE.values(), ids=NOT_A_MESSAGE)
def test_what_is_no_message_of_a_call_is_not_passed_on(customer: Side, verifier: Side, sent: object) -> None:
    assert customer.says(sent).status_code == 400
    assert verifier.hears() == []


def test_half_a_character_is_passed_on_as_it_came(customer: Side, verifier: Side) -> None:
    assert customer.says(b'{"kind": "hello", "more": "\\ud800"}').status_code == 200
    assert verifier.hears() == [{"kind": "hello", "more": "\ud800"}]


def test_the_queue_server_is_not_told_where_anybody_is(customer: Side, verifier: Side, queue_url: str) -> None:
    """It keeps a journal of all that it is given."""
    verifier.says({"kind": "candidate", "candidate": "candidate:1 1 udp 1 203.0.113.77 9 typ host"})
    with Redis.from_url(queue_url) as server:
        kept = [fields[b"m"] for key in server.keys("kaihu:box:*") for _, fields in server.xrange(key)]
    assert kept
    for text in kept:
        assert b"203.0.113" not in text and b"203.0.113" not in base64.b64decode(text)


def test_a_command_to_take_a_still_is_vouched_for_and_nothing_else_is(
    customer: Side, verifier: Side, app: Flask
) -> None:
    verifier.says({"kind": "still", "ask": "face", "nonce": "nonce-of-it"})
    verifier.says({"kind": "taken", "ask": "face", "nonce": "nonce-of-it"})
    asked, other = customer.hears()
    call_id = customer.beats().json["call"]
    with app.app_context():
        assert asked["warrant"] == warrant(call_id, "face", "nonce-of-it")
        assert asked["warrant"] != warrant(call_id, "face_with_id", "nonce-of-it")
    assert "warrant" not in other


def test_a_customer_in_line_has_nobody_to_talk_to(customer: Side) -> None:
    assert customer.says(HELLO).status_code == 409
    assert customer.hears() == [] and customer.client.get(f"{customer.path}/events").status_code == 204


def test_only_the_holder_of_the_call_speaks_in_it(customer: Side, verifier: Side, app: Flask, store: Store) -> None:
    other = Side(somebody(app, store, "li", roles="verifier"), verifier.path)
    assert other.says(HELLO).status_code == 409 and other.client.get(f"{other.path}/messages").status_code == 409
    assert other.client.get(f"{other.path}/events").status_code == 204
    assert customer.hears() == []
    far = Side(somebody(app, store, "zhou", roles="verifier", branch="west"), verifier.path)
    assert far.says(HELLO).status_code == 404


def test_the_page_of_the_line_becomes_that_of_the_call(queued: Line, verifier: Side) -> None:
    assert beat(queued).headers["HX-Redirect"] == f"/cases/{queued.case_id}"
    page = queued.client.get(f"/cases/{queued.case_id}").text
    assert 'id="call"' in page and "同意录制并接通" in page and "验证人员：sun（样本）" in page


def test_a_call_that_was_given_back_is_over_for_the_customer(customer: Side, verifier: Side) -> None:
    going = customer.beats().json
    assert (going["over"], going["next"]) == (False, customer.path.removesuffix("/call"))
    path = verifier.path.removesuffix("/call")
    post(verifier.client, f"{path}/release", verifier.client.get(path))
    assert [one["kind"] for one in told(customer)] == ["over"]
    assert customer.beats().json["over"] is True
    assert verifier.beats().json == {"over": True}


def told(customer: Side) -> list[Any]:
    """What lies in the customer's box, whether the call goes on or not."""
    boxes = of(customer.client.application).mailbox
    with store_of(customer.client.application).read() as tx:
        call = tx.scalars(select(VideoCall)).one()
    return [message for _, message in boxes.read(signals.box(call.id, signals.INVESTOR))]


def test_without_the_queue_server_the_pages_come_and_say_so(customer: Side, verifier: Side, app: Flask) -> None:
    of(app).mailbox._server = None
    assert customer.says(HELLO).status_code == 503
    assert "同意录制并接通" in customer.client.get(customer.path.removesuffix("/call")).text
    assert verifier.client.get(verifier.path.removesuffix("/call")).status_code == 200
    assert customer.beats().json["over"] is False


def test_the_page_learns_the_time_and_the_ways_to_the_other(customer: Side, store: Store) -> None:
    answer = customer.client.get(f"{customer.path}/relays").json
    assert answer == {"servers": [], "now": round(store.clock.now().timestamp() * 1000), "engine": "peer"}
