"""What a page of a call asks of the media engine: to take a seat, to hear the other page, to begin."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue as Page

from engine.recordings import NoConsent
from engine.tables import VideoCall
from webapp.calls.engines import NoSuchWay, engine_of
from webapp.calls.janus_api import MediaAway
from webapp.calls.janus_room import NotYet, SeatGone
from webapp.streams.mailbox import Away
from webapp.told import refusal

LARGEST = 64 * 1024
WORDS = {"publish": ("page", "sdp"), "subscribe": ("page", "other"), "start": ("page", "sdp")}
LONGEST_NAME = 64


def seated(call: VideoCall, side: str) -> Page:
    """One request of a page; 204 while the other page sends nothing, 410 when the seat is gone, 503 to try again."""
    wish = _wish()
    if wish is None:
        return {"said": "not a wish of a call"}, 400
    try:
        return _done(call, side, wish)
    except NotYet:
        return "", 204
    except SeatGone:
        return {"said": "the seat is gone"}, 410
    except NoConsent as wrong:
        return refusal(wrong)
    except NoSuchWay:
        return {"said": "this call goes from browser to browser"}, 409
    except (MediaAway, Away):
        return {"said": "the media server is away"}, 503


def _done(call: VideoCall, side: str, wish: Mapping[str, str]) -> Page:
    engine, page = engine_of(call), wish["page"]
    if wish["do"] == "publish":
        return {"sdp": engine.publish(call, side, page, wish["sdp"])}
    if wish["do"] == "subscribe":
        return {"sdp": engine.subscribe(call, side, page, wish["other"])}
    engine.start(call, side, page, wish["sdp"])
    return {}


def _wish() -> Mapping[str, str] | None:
    body = request.stream.read(LARGEST + 1)
    try:
        wish: Any = json.loads(body) if len(body) <= LARGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(wish, dict) or not all(isinstance(one, str) for one in wish.values()):
        return None
    names = WORDS.get(wish.get("do", ""))
    fits = names is not None and all(wish.get(name) for name in names) and len(wish["page"]) <= LONGEST_NAME
    return wish if fits else None
