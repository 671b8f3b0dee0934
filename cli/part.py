"""`kaihu part NAME`: one process of a running Kaihu, as the supervisor starts it."""

from __future__ import annotations

from typing import Any

import click
from gunicorn.app.base import BaseApplication

from cli.installation import Installation, installation


@click.command(hidden=True)
@click.argument("name", type=click.Choice(["web", "worker", "reader", "relay"]))
@click.option("--data", default=None)
@click.option("--port", default=8000)
@click.option("--behind-proxy", is_flag=True)
def part(name: str, data: str | None, port: int, behind_proxy: bool) -> None:
    """Run one part in the foreground."""
    place = installation(data)
    if name == "web":
        WebServer(place, port, behind_proxy).run()
    else:
        run_worker_part(name, place)


def run_worker_part(name: str, place: Installation) -> None:
    from cli.known import known
    from workers.entry import reader_main, relay_main, worker_main
    from workers.settings import WorkerSettings

    settings = WorkerSettings(
        place.data,
        place.database_url,
        place.redis_url or "",
        known(),
        account_system_url=place.account_system_url,
    )
    {"worker": worker_main, "reader": reader_main, "relay": relay_main}[name](settings)


class WebServer(BaseApplication):  # type: ignore[misc]
    """gunicorn with threads: two processes of four."""

    def __init__(self, place: Installation, port: int, behind_proxy: bool) -> None:
        self.place, self.port, self.behind_proxy = place, port, behind_proxy
        super().__init__()

    def load_config(self) -> None:
        values: dict[str, Any] = {
            "bind": f"127.0.0.1:{self.port}",
            "workers": 2,
            "threads": 4,
            "worker_class": "gthread",
            "preload_app": True,  # nothing is connected yet; a process that dies is replaced at once
            "timeout": 60,
            "graceful_timeout": 10,
            "control_socket_disable": True,
        }
        for name, value in values.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        from cli.web import web_application

        return web_application(self.place, behind_proxy=self.behind_proxy)
