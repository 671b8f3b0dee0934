"""A call in a room of Janus' VideoRoom: each page sends into it once, hears the other, and Janus writes both down."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import randbelow
from typing import Any

from engine.clock import Clock
from engine.recordings import NoConsent
from engine.tables import VideoCall
from webapp.calls.janus_api import Declined, Janus, MediaAway
from webapp.calls.seats import Seat, Seats

SIDES = ("investor", "verifier")
EXISTS, NO_ROOM, NO_FEED = 427, 426, 428
BITRATE = 950_000
"""What a page is told to send at most; the pages ask no more of themselves between two browsers."""
AT_ONCE = 4
"""Two pages, and the two that they take the places of: Janus notices a moment later that those have left."""


class NotYet(Exception):
    """The other page sends nothing yet."""


class SeatGone(Exception):
    """This page has no seat any more: another page of its side took it, or the media server began anew."""


class JanusRoom:
    """`recordings` is the folder in which Janus writes; each call has one of its own there."""

    def __init__(self, janus: Janus, seats: Seats, recordings: Path, clock: Clock) -> None:
        self._janus, self._seats, self._folder, self._clock = janus, seats, recordings, clock

    def publish(self, call: VideoCall, side: str, page: str, offer: str) -> str:
        """Janus' answer to what this page sends; recorded from its first picture. NoConsent before that."""
        if call.consented_at is None:
            raise NoConsent
        self._leave(call.id, side)
        session = self._janus.open()
        try:
            sends, feed = self._janus.attach(session), 1 + randbelow(2**40)
            self._open_room(call.id, session, sends)
            took = _sdp(self._janus.send(session, sends, self._joining(call.id, side, feed), _offered(offer)))
        except MediaAway:
            with suppress(MediaAway):
                self._janus.close(session)
            raise
        self._seats.take(call.id, side, Seat(page, session, sends, feed))
        return took

    def subscribe(self, call: VideoCall, side: str, page: str, other: str) -> str:
        """Janus' offer of what the other page sends. NotYet while it does not."""
        mine, theirs = self._seat(call.id, side, page), self._seats.of(call.id, _other(side))
        if theirs is None or theirs.page != other:
            raise NotYet
        hears = self._janus.attach(mine.session)
        wish = {"request": "join", "ptype": "subscriber", "room": room_of(call.id), "pin": self._pin(call.id)}
        try:
            took = self._janus.send(mine.session, hears, {**wish, "streams": [{"feed": theirs.feed}]})
        except Declined as declined:
            raise NotYet if declined.code in (NO_FEED, NO_ROOM) else declined from None
        self._seats.take(call.id, side, Seat(mine.page, mine.session, mine.sends, mine.feed, hears))
        return _sdp(took)

    def start(self, call: VideoCall, side: str, page: str, answer: str) -> None:
        """The page hears from now on."""
        mine = self._seat(call.id, side, page)
        jsep = {"type": "answer", "sdp": answer, "trickle": False}
        self._janus.send(mine.session, mine.hears, {"request": "start"}, jsep)

    def beat(self, call: VideoCall, side: str) -> bool:
        """Keep the page's session; false when there is none to keep any more."""
        seat = self._seats.of(call.id, side)
        try:
            if seat is not None:
                self._janus.keep(seat.session)
        except MediaAway:
            return False
        return True

    def end(self, call: VideoCall) -> None:
        """Nobody sends or hears any more, and the files are closed; what Janus has forgotten already needs no end."""
        with suppress(MediaAway):
            session = self._janus.open()
            wish = {"request": "destroy", "room": room_of(call.id), "secret": self._secret(call.id)}
            with suppress(Declined):
                self._janus.ask(session, self._janus.attach(session), wish)
            self._janus.close(session)
        for side in SIDES:
            self._leave(call.id, side)

    def _leave(self, call_id: str, side: str) -> None:
        seat = self._seats.of(call_id, side)
        with suppress(MediaAway):
            if seat is not None:
                self._janus.close(seat.session)

    def _seat(self, call_id: str, side: str, page: str) -> Seat:
        seat = self._seats.of(call_id, side)
        if seat is None or seat.page != page:
            raise SeatGone
        return seat

    def _open_room(self, call_id: str, session: int, handle: int) -> None:
        wish = {
            "request": "create", "room": room_of(call_id), "is_private": True, "permanent": False,
            "secret": self._secret(call_id), "pin": self._pin(call_id), "publishers": AT_ONCE, "bitrate": BITRATE,
            "audiocodec": "opus", "videocodec": "vp8", "record": False, "rec_dir": str(self._folder / call_id),
        }  # fmt: skip
        try:
            self._janus.ask(session, handle, wish)
        except Declined as declined:
            if declined.code != EXISTS:
                raise

    def _joining(self, call_id: str, side: str, feed: int) -> Mapping[str, Any]:
        """The name of the files, in the room's folder, sorts by time and says whose they are."""
        name = f"{int(self._clock.now().timestamp() * 1000)}-{side}"
        return {
            "request": "joinandconfigure", "ptype": "publisher", "room": room_of(call_id), "pin": self._pin(call_id),
            "id": feed, "display": side, "record": True, "filename": name,
        }  # fmt: skip

    def _secret(self, call_id: str) -> str:
        return self._janus.keyed("secret", call_id)

    def _pin(self, call_id: str) -> str:
        return self._janus.keyed("pin", call_id)


def room_of(call_id: str) -> int:
    """Janus numbers its rooms; 52 bits of the call's id, which a script can count to as well."""
    return int(hashlib.sha256(call_id.encode()).hexdigest()[:13], 16)


def _other(side: str) -> str:
    return SIDES[1 - SIDES.index(side)]


def _offered(sdp: str) -> dict[str, Any]:
    return {"type": "offer", "sdp": sdp, "trickle": False}


def _sdp(event: Mapping[str, Any]) -> str:
    jsep = event.get("jsep")
    if not isinstance(jsep, dict) or not isinstance(jsep.get("sdp"), str):
        raise MediaAway("no description")
    return str(jsep["sdp"])
