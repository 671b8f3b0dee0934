"""What the page of a call is given for the relay: a name with its end, and the password that coturn makes of it too."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask

from engine.clock import SHANGHAI
from tests.web.conftest import close
from webapp.app import create_app
from webapp.settings import WebSettings
from webapp.streams.turn import ice_servers

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
URLS = ("turn:relay.example.com:3478?transport=udp", "turns:relay.example.com:5349?transport=tcp")


def servers(app: Flask, case_id: str = "c1", now: datetime = NOW) -> list[dict[str, object]]:
    with app.test_request_context():
        return ice_servers(case_id, now)


@pytest.fixture
def relayed(web_settings: WebSettings) -> Flask:
    return create_app(replace(web_settings, turn_urls=URLS, turn_secret="s3cret"))


def test_the_password_is_the_hash_of_a_name_that_ends_within_the_hour(relayed: Flask) -> None:
    one, other = servers(relayed)
    name = f"{int(NOW.timestamp()) + 3600}:c1"
    assert (one["urls"], other["urls"]) == URLS and one["username"] == other["username"] == name
    assert one["credential"] == base64.b64encode(hmac.new(b"s3cret", name.encode(), hashlib.sha1).digest()).decode()
    close(relayed)


def test_each_call_has_a_name_of_its_own(relayed: Flask) -> None:
    assert servers(relayed, "c1") != servers(relayed, "c2")
    close(relayed)


def test_without_a_relay_nothing_is_given(web_settings: WebSettings) -> None:
    app = create_app(web_settings)
    assert servers(app) == []
    close(app)
