"""`kaihu part NAME`: one process of a running Kaihu, as the supervisor starts it."""

from __future__ import annotations

import signal
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from cli.installation import Installation, installation
from webapp.settings import WebSettings

BESIDE_STREAMS = 8


@click.command(hidden=True)
@click.argument("name", type=click.Choice(["web", "streams", "worker", "reader", "films", "relay"]))
@click.option("--data", default=None)
@click.option("--port", default=8000)
@click.option("--behind-proxy", is_flag=True)
@click.option("--lan", is_flag=True)
def part(name: str, data: str | None, port: int, behind_proxy: bool, lan: bool) -> None:
    """Run one part in the foreground."""
    place = installation(data)
    if name == "web" and lan:
        from cli.lan import LanServer

        LanServer(place, port, behind_proxy=False).run()
    elif name == "web":
        WebServer(place, port, behind_proxy).run()
    elif name == "streams":
        from cli.streams import StreamServer

        StreamServer(place, port, behind_proxy).run()
    else:
        run_worker_part(name, place)


def run_worker_part(name: str, place: Installation) -> None:
    from cli.call_engine import call_engine
    from cli.known import known
    from workers.entry import films_main, reader_main, relay_main, worker_main
    from workers.settings import WorkerSettings

    settings = WorkerSettings(
        place.data,
        place.database_url,
        place.redis_url or "",
        known(),
        account_system_url=place.account_system_url,
        tracks=call_engine(place).recordings,
    )
    mains = {"worker": worker_main, "reader": reader_main, "films": films_main, "relay": relay_main}
    mains[name](settings)


class WebServer(BaseApplication):  # type: ignore[misc]
    """gunicorn with threads: two processes, each with a thread for every stream it holds and some for the rest."""

    def __init__(self, place: Installation, port: int, behind_proxy: bool) -> None:
        self.place, self.port, self.behind_proxy = place, port, behind_proxy
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.values().items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def values(self) -> dict[str, Any]:
        return {
            "bind": f"127.0.0.1:{self.port}",
            "workers": 2,
            "threads": WebSettings.streams + BESIDE_STREAMS,
            "worker_class": "gthread",
            "preload_app": True,  # nothing is connected yet; a process that dies is replaced at once
            "timeout": 60,
            "graceful_timeout": 10,
            "control_socket_disable": True,
            "post_worker_init": end_streams_first,
        }

    def load(self) -> Any:
        from cli.web import web_application

        return web_application(self.place, behind_proxy=self.behind_proxy)


def end_streams_first(worker: Any) -> None:
    """A stream would hold a worker that is told to stop for the whole of its grace."""
    streams, stop = worker.wsgi.extensions["kaihu.streams"], signal.getsignal(signal.SIGTERM)

    def close_and_stop(number: int, frame: Any) -> None:
        streams.stop()
        if callable(stop):
            stop(number, frame)

    signal.signal(signal.SIGTERM, close_and_stop)
