"""What the views of one application share: mailboxes, the bell, the room for streams."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app

from engine.changes import Tell, Teller, nobody
from engine.vault import Vault
from webapp.settings import WebSettings
from webapp.streams.bell import Bell
from webapp.streams.lines import Lines
from webapp.streams.mailbox import Mailbox, connect
from webapp.streams.room import Room


@dataclass(frozen=True)
class Streams:
    """Everything for streams, of one process."""

    mailbox: Mailbox
    bell: Bell
    room: Room
    lines: Lines

    def stop(self) -> None:
        """The process is told to stop: streams end within a second, and none begins."""
        self.room.closing = True
        self.bell.stop()


def open_streams(app: Flask, settings: WebSettings, vault: Vault) -> None:
    """Nothing is connected yet: the process may fork after this."""
    server = connect(settings.redis_url)
    app.extensions["kaihu.streams"] = Streams(Mailbox(server, vault), Bell(server), Room(settings.streams), Lines())


def teller(settings: WebSettings) -> Tell:
    """Tells the pages of this installation what a unit of work has changed."""
    server = connect(settings.redis_url)
    return nobody if server is None else Teller(server.publish)


def streams() -> Streams:
    found: Streams = current_app.extensions["kaihu.streams"]
    return found


def mailbox() -> Mailbox:
    """The mailboxes of this installation; their methods raise Away when the queue server is away."""
    return streams().mailbox
