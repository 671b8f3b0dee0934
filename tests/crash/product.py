"""The product under its own supervisor, with parts that a kill test can hurry: `python -m tests.crash.product`.

Everything is what `kaihu up` starts, but for two things that are passed in: the relay's clock runs faster, so that a
lease that a killed worker held is over in seconds, and a job has attempts enough for all the kills.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import click

from cli.installation import installation
from cli.known import known
from cli.part import WebServer
from engine.clock import SHANGHAI
from tests.entry import start
from workers.catalogue import SERVICES
from workers.settings import WorkerSettings

SPEED = 25.0
LEASE = 240
"""Ten seconds of the wall: less, and a busy machine is still at work when its lease is over, again and again."""
ATTEMPTS = 100


@dataclass(frozen=True)
class FastClock:
    """A clock that was right at `since` and runs faster; every new relay has the same one."""

    since: float

    def now(self) -> datetime:
        begin = datetime.fromtimestamp(self.since, SHANGHAI)
        return begin + timedelta(seconds=(time.time() - self.since) * SPEED)


@click.group()
def main() -> None: ...


@main.command()
@click.option("--data", required=True)
@click.option("--port", type=int, required=True)
def up(data: str, port: int) -> None:
    make_patient()  # the demonstration has a business in flight
    start("tests.crash.product", data, port, "--since", repr(time.time()))


@main.command()
@click.argument("name")
@click.option("--data", required=True)
@click.option("--port", type=int, required=True)
@click.option("--since", type=float, required=True)
def part(name: str, data: str, port: int, since: float) -> None:
    make_patient()
    place = installation(data)
    settings = WorkerSettings(place.data, place.database_url, place.redis_url or "", known())
    if name == "web":
        WebServer(place, port, behind_proxy=False).run()
    elif name in ("worker", "reader", "films"):
        from workers.entry import films_main, reader_main, worker_main

        {"worker": worker_main, "reader": reader_main, "films": films_main}[name](settings)
    else:
        from workers import relay
        from workers.house import build

        relay.relay_main(settings, house=build(settings, FastClock(since)))


def make_patient() -> None:
    """The catalogue of this process: short leases, and attempts enough."""
    for name, spec in list(SERVICES.items()):
        SERVICES[name] = replace(spec, lease=LEASE, max_attempts=ATTEMPTS)  # type: ignore[index]


if __name__ == "__main__":
    main()
