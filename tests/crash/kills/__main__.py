"""`python3 run.py kills FOLDER`: the kill harness, in its short or its long form. Again on a folder, it goes on."""

from __future__ import annotations

from tests.crash.kills import errand, pixels  # noqa: F401  isort: skip  before the catalogue is read

import json
import sys
import time
from contextlib import nullcontext, redirect_stdout
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import click

from engine import texts
from engine.clock import SHANGHAI
from tests.crash.harness import free_port
from tests.crash.kills import goals, points, wrong
from tests.crash.kills.board import Board
from tests.crash.kills.cluster import LAX, Cluster
from tests.crash.kills.conductor import Conductor
from tests.crash.kills.parts import Parts
from tests.crash.kills.rehearsal import rehearse
from tests.crash.kills.town import Town, furnish
from tests.crash.kills.verdict import verdict
from workers.catalogue import SERVICES
from workers.queue_server import QueueServer

BEGIN = datetime(2026, 11, 23, 9, 54, tzinfo=SHANGHAI)
ATTEMPTS, LEASE = 100_000, 6 * 3600  # a quarter of an hour of this clock, or until it jumps
TEXT_LEASE = timedelta(minutes=10)
REST, REST_OF_WRONG = 120.0, 12.0
MOST = 50  # sentences that are printed


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--database", default="", help="The address of an empty database; SQLite in the folder without one.")
@click.option("--server", is_flag=True, help="A PostgreSQL server of the run's own, which is killed too.")
@click.option("--long", "form", flag_value="long", help="2,000 submissions, 1,000 jobs, 500 timers, 50 kills a point.")
@click.option("--wrong", "form", flag_value="wrong", help="Five wrong designs, which are to be found.")
@click.option("--lax", "form", flag_value="lax", help="A server of its own that says committed too early; is found.")
@click.option("--half", type=click.IntRange(0, 1), help="Only every other point.")
@click.option("--seconds", default=100_000.0, help="Stop after so long; the same command goes on from there.")
@click.option("--seed", default=1)
def main(
    folder: Path, database: str, server: bool, form: str | None, half: int | None, seconds: float, seed: int
) -> None:  # fmt: skip
    """Kill, and compare what clients were told with what is stored. Exit 1: something was lost or happened twice."""
    prepare()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    cluster = Cluster.of(folder, LAX if form == "lax" else ()) if server or form == "lax" else None
    with cluster.up() if cluster else nullcontext():
        conductor = conduct(folder, cluster.url if cluster else database, form or "short", half, seed)
    if cluster:
        conductor.keep(cluster.serve)
    begin = time.monotonic()
    try:
        reached = conductor.work(seconds)
        rested = conductor.settle(REST_OF_WRONG if form == "wrong" else REST)
    finally:
        conductor.stop()
    with cluster.up() if cluster else nullcontext():
        found = verdict(conductor.town.store(), conductor.acks.read())
        told = {"reached": reached, "rested": rested, "seconds": round(time.monotonic() - begin), "wrong": found[:MOST]}
        print(json.dumps(report(conductor) | told, ensure_ascii=False, indent=1))
    sys.exit(0 if reached and rested and not found else 1)


def report(conductor: Conductor) -> dict[str, object]:
    return {
        **asdict(conductor.so_far()),
        "outer_by": dict(sorted(conductor.outside.counted.items())),
        "starts": conductor.nursery.starts,
        "points": dict(sorted(conductor.town.board.count().items())),
    }


def prepare() -> None:
    """All that a fork inherits: attempts enough for all the kills, and leases long enough for this clock."""
    for name, spec in list(SERVICES.items()):
        SERVICES[name] = replace(spec, lease=LEASE, max_attempts=ATTEMPTS)  # type: ignore[index]
    texts.LEASE = TEXT_LEASE


def conduct(folder: Path, database: str, form: str, half: int | None, seed: int) -> Conductor:
    server = QueueServer.private(folder)
    board = Board((*points.NAMES, *wrong.POINTS), folder / "hits")
    board.set_clock(began(folder))
    town = Town(folder, database or f"sqlite:///{folder / 'kaihu.db'}", server.url, board)
    if not (folder / "keys.json").exists():
        furnish(town)
    points.place(board)
    with redirect_stdout(sys.stderr):  # the product's log; the report alone is printed
        rehearse(town)
    if form == "wrong":
        wrong.do_it_wrongly(town)
    names = wrong.POINTS if form == "wrong" else points.NAMES
    mine = names if half is None else names[half::2]
    return Conductor(town, Parts(town, free_port()), server, goals.BY_FORM[form], Random(seed), mine)


def began(folder: Path) -> datetime:
    """A run that goes on begins later than the one before it ended."""
    kept = folder / "clock"
    return datetime.fromisoformat(kept.read_text("ascii")) + timedelta(days=1) if kept.exists() else BEGIN


if __name__ == "__main__":
    main()
