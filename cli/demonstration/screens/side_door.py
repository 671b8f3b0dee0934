"""A second web of the walk's own installation, put together otherwise: another clock, other limits, other accounts.

It serves the same people on a port of its own, from the walk's own process; its pages are the product's. A browser
sends it the same cookies, so who is signed in at the front is signed in here. What differs is handed to the composition
root. The product itself cannot be told any of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from sqlalchemy import event
from werkzeug.serving import WSGIRequestHandler, make_server

from cli.authority import authority_of
from cli.installation import Installation
from cli.web import demonstration_of
from engine.accounts import AccountSystem, LocalAccountSystem
from engine.store import Store
from webapp.app import create_app
from webapp.house import db
from webapp.settings import WebSettings


@dataclass
class HandClock:
    """A clock that stands at one moment until it is set to another."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class SideDoor:
    """Where it is, and what it writes with."""

    address: str
    store: Store

    def tells_its_database(self, pragma: str) -> None:
        """Something that SQLite is told by each new connection of this door alone."""
        self.store.db.dispose()
        event.listen(self.store.db, "connect", lambda connection, _: connection.execute(f"PRAGMA {pragma}"))


def as_it_is(place: Installation) -> WebSettings:
    """What the front is told, but for the queue server: limits on requests are counted at each door."""
    return WebSettings(place.database_url, place.data, secure_cookies=False)


@contextmanager
def side_door(
    place: Installation,
    settings: WebSettings,
    accounts: Callable[[Store], AccountSystem] = LocalAccountSystem,
    *,
    always_open: bool = True,
) -> Iterator[SideDoor]:
    """Open for as long as somebody stands in it. Not `always_open`: without the panel of a demonstration, whose hours
    never end.
    """
    panel, authority = demonstration_of(place) if always_open else None, authority_of(place, demonstration=True)
    with (place.logs / "side_door.log").open("a") as log, redirect_stdout(log):
        app = create_app(settings, accounts=accounts, authority=authority, demonstration=panel)
        with _serving(app) as address:
            yield SideDoor(address, app.extensions["kaihu"].store)


@contextmanager
def _serving(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["kaihu"].store.db.dispose()
        with app.app_context():
            db.engine.dispose()


class Silent(WSGIRequestHandler):
    """Nobody reads what was asked at a side door."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        return
