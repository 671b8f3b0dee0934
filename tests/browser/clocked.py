"""The product with a clock that a test moves: `python -m tests.browser.clocked up`.

Web, worker and relay follow a file. The web has no panel of a demonstration, so that the hours hold, and the relay's
chores come round at once: what would happen in some seconds happens now.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from cli.installation import Installation, installation
from cli.known import known
from cli.part import WebServer
from engine.clock import Clock
from tests.entry import start
from workers.house import House, build
from workers.settings import WorkerSettings

AT_ONCE = 0.2


@dataclass(frozen=True)
class FileClock:
    """A clock that goes on from the moment that was last written into its file."""

    path: Path

    def now(self) -> datetime:
        moment, since = self.path.read_text("ascii").split()
        return datetime.fromisoformat(moment) + timedelta(seconds=time.time() - float(since))

    def move_to(self, moment: datetime) -> None:
        fresh = self.path.with_suffix(".new")
        fresh.write_text(f"{moment.isoformat()} {time.time()!r}", "ascii")
        fresh.replace(self.path)

    def pass_by(self, **span: float) -> None:
        self.move_to(self.now() + timedelta(**span))


def house_of(place: Installation, clock: Clock) -> House:
    settings = WorkerSettings(place.data, place.database_url, place.redis_url or "", known())
    return build(settings, clock)


class ClockedWeb(WebServer):
    def __init__(self, place: Installation, port: int, clock: Clock) -> None:
        self.clock = clock
        super().__init__(place, port, behind_proxy=False)

    def load(self) -> Any:
        from webapp.app import create_app
        from webapp.settings import WebSettings

        place, house = self.place, house_of(self.place, self.clock)
        settings = WebSettings(place.database_url, place.data, place.redis_url, secure_cookies=False, clock=self.clock)
        return create_app(settings, authority=house.authority)


def relay(settings: WorkerSettings, house: House) -> None:
    from workers.queue import PATIENCE, connect_queue
    from workers.relay import Chore, chores, go_round, stopped_by_signals

    alive = Chore("beat", AT_ONCE, lambda: beat(settings.data_dir, house.store.clock.now()))
    todo = [replace(one, every=AT_ONCE) for one in chores(house, connect_queue(settings, PATIENCE))]
    go_round([*todo, alive], stopped_by_signals())


def beat(data_dir: Path, at: datetime) -> None:
    """The relay's sign of life, at the time that the web takes for now."""
    from workers import relay

    relay.beat(data_dir)
    os.utime(data_dir / "beats" / "relay", (at.timestamp(), at.timestamp()))


@click.group()
def main() -> None: ...


@main.command()
@click.option("--data", required=True)
@click.option("--port", type=int, required=True)
@click.option("--clock", required=True)
def up(data: str, port: int, clock: str) -> None:
    start("tests.browser.clocked", data, port, "--clock", clock)


@main.command()
@click.argument("name")
@click.option("--data", required=True)
@click.option("--port", type=int, required=True)
@click.option("--clock", required=True, type=click.Path(path_type=Path))
def part(name: str, data: str, port: int, clock: Path) -> None:
    place, follows = installation(data), FileClock(clock)
    settings = WorkerSettings(place.data, place.database_url, place.redis_url or "", known())
    if name == "web":
        ClockedWeb(place, port, follows).run()
    elif name == "relay":
        relay(settings, build(settings, follows))
    else:
        from workers.worker import films_main, reader_main, worker_main

        mains = {"worker": worker_main, "reader": reader_main, "films": films_main}
        mains[name](settings, house=build(settings, follows))


if __name__ == "__main__":
    main()
