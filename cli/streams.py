"""The part that holds the event streams of thousands of open pages in one process, behind a proxy."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from gevent.lock import BoundedSemaphore

from cli.part import WebServer

STREAMS = 5000
AT_ONCE = 8  # under the connections of one pool, which are fifteen
ROADS = ("/events", "/healthz")
Serve = Callable[..., Iterable[bytes]]


class StreamServer(WebServer):
    """gunicorn with greenlets: one process, in which a stream that waits costs some kilobytes and no thread.

    It runs under `python -m gevent.monkey`, so that everything is imported as gevent needs it.
    """

    def values(self) -> dict[str, Any]:
        more_files()
        return {
            **super().values(),
            "workers": 1,
            "worker_class": "gevent",
            "worker_connections": STREAMS + 100,
            "preload_app": False,
        }

    def load(self) -> Any:
        from cli.web import application, web_settings

        app = application(self.place, replace(web_settings(self.place, self.behind_proxy), streams=STREAMS))
        app.wsgi_app = streams_only(app.wsgi_app)  # type: ignore[method-assign]
        return app


def streams_only(serve: Serve) -> Serve:
    """What a proxy sends here by mistake is not there: a form would hold up everybody's streams.

    When all pages come at once, a few are let in at a time and in their order: the pool of connections of the database
    has no order, and who is unlucky there waits until it gives up.
    """
    few = BoundedSemaphore(AT_ONCE)

    def only(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").endswith(ROADS):
            with few:
                return serve(environ, start)
        start("404 Not Found", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return []

    return only


def more_files() -> None:
    """A stream is an open file: as many as this user may have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
