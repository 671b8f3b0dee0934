"""What carries the picture and sound of a call: the two browsers themselves, or a media server between them."""

from __future__ import annotations

from typing import Protocol

from engine.calls import JANUS, PEER
from engine.tables import VideoCall
from webapp.calls.janus_api import Janus
from webapp.calls.janus_room import JanusRoom
from webapp.calls.seats import Seats
from webapp.house import clock, settings
from webapp.streams.streams import mailbox


class NoSuchWay(Exception):
    """This engine has no part in what was asked."""


class MediaEngine(Protocol):
    """A page takes a seat with what it sends, is offered what the other page sends, and answers.

    `page` and `other` are the names that the pages of a call have given themselves. MediaAway while the server is away.
    """

    def publish(self, call: VideoCall, side: str, page: str, offer: str) -> str: ...
    def subscribe(self, call: VideoCall, side: str, page: str, other: str) -> str: ...
    def start(self, call: VideoCall, side: str, page: str, answer: str) -> None: ...
    def beat(self, call: VideoCall, side: str) -> bool: ...
    def end(self, call: VideoCall) -> None: ...


class Peer:
    """Browser to browser: the server passes their words on (`signals`) and has no seats."""

    def publish(self, call: VideoCall, side: str, page: str, offer: str) -> str:
        raise NoSuchWay

    def subscribe(self, call: VideoCall, side: str, page: str, other: str) -> str:
        raise NoSuchWay

    def start(self, call: VideoCall, side: str, page: str, answer: str) -> None:
        raise NoSuchWay

    def beat(self, call: VideoCall, side: str) -> bool:
        return True

    def end(self, call: VideoCall) -> None:
        return None


def chosen() -> str:
    """What carries the calls whose rooms are opened now."""
    return JANUS if settings().call_engine == JANUS else PEER


def engine_of(call: VideoCall) -> MediaEngine:
    """What carries this one: written down when its room was opened, whatever is set up today."""
    if call.engine != JANUS:
        return Peer()
    here = settings()
    return JanusRoom(Janus(here.janus_url, here.janus_secret), Seats(mailbox()), here.janus_recordings, clock())
