"""python3 run.py benchmark-streams: many pages that wait in one line, listened to by one process behind nginx.

What a page costs in memory, how long until it is told, and whether forms and /healthz notice that they are there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import proxy
from benchmarks.listeners import Listener, Listeners
from benchmarks.table import Line, load, spread
from benchmarks.waiting_room import WaitingRoom, changes, fill, leaves
from cli.demonstration.screens.product import Product, free_port, running
from cli.running import read
from cli.store import store_of
from engine.store import Store
from workers.telling import teller

MANY, CALLS = 1000, 20
ASKED = ("/healthz", "/sign-in")


@dataclass(frozen=True)
class Place:
    """A product whose streams have a process of their own, with the origin in front of both."""

    product: Product
    store: Store
    origin: str
    port: int

    @property
    def streams_pid(self) -> int:
        """The worker: the master holds no stream."""
        there = read(self.product.place.running)
        assert there is not None
        said = subprocess.run(["pgrep", "-P", str(there.parts["streams"])], capture_output=True, text=True, check=True)
        return int(said.stdout.split()[0])


def main(words: list[str] | None = None) -> int:
    given = arguments().parse_args(words)
    if proxy.found() is None:
        print("nginx is not there: apt-get install nginx-light", file=sys.stderr)
        return 1
    print(f"load {load()}, {given.count} pages")
    with tempfile.TemporaryDirectory(prefix="kaihu-") as folder, placed(Path(folder)) as place:
        for line in measured(place, given.count):
            print(line, flush=True)
    print(f"load {load()}")
    return 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=MANY, help=f"pages that wait [default: {MANY}]")
    return parser


@contextmanager
def placed(folder: Path) -> Iterator[Place]:
    """nginx, two web processes, one process of streams, SQLite, Valkey: all on this machine."""
    streams, port = free_port(), free_port()
    words = ("--behind-proxy", "--streams-port", str(streams))
    with running(folder / "data", folder / "up.log", "cli", *words) as product:
        there = read(product.place.running)
        assert there is not None
        store = store_of(product.place)
        store.tell = teller(there.queue)
        with proxy.in_front(folder / "nginx", port, product.port, streams) as origin:
            yield Place(product, store, origin, port)
        store.db.dispose()


def measured(place: Place, many: int) -> Iterator[Line]:
    room = fill(place.store, many)
    alone = asked(place.origin)
    with Listeners(place.port, room.cookie, room.case_ids[:1]) as first:
        first.open()
        before = memory(place.streams_pid)
    with Listeners(place.port, room.cookie, room.case_ids) as pages:
        opened = pages.open()
        yield told(f"{many} pages open", opened, 60, "s", spread([one.status for one in pages.all]))
        yield told("memory of a page that waits", (memory(place.streams_pid) - before) / many, 100, "kB")
        yield told("processor of the streams' process while all wait", idle(place.streams_pid), 50, "%")
        yield of_one("from a change of a case to its page, median", place, pages)
        yield of_all("from a change of the line to the last page", place, room, pages)
        for path, times in asked(place.origin).items():
            beside = f"alone {spread(alone[path])}, now {spread(times)}"
            yield told(f"{path} while {many} wait, median", median(times), 10 * median(alone[path]) + 50, "ms", beside)


def told(what: str, value: float, goal: float, unit: str, beside: str = "") -> Line:
    return Line(what, value, goal, unit, is_shape=False, beside={"": beside} if beside else {})


def of_one(what: str, place: Place, pages: Listeners) -> Line:
    def delay(page: Listener) -> float:
        return 1000 * until(lambda: changes(place.store, page.case_id), page.next)

    delays = [delay(page) for page in pages.all[10 : 10 + CALLS]]
    return told(what, median(delays), 500, "ms", spread(delays))


def of_all(what: str, place: Place, room: WaitingRoom, pages: Listeners) -> Line:
    """The first of the line goes: every other page is told another number."""
    behind = pages.all[1:]

    def last(since: float) -> float | None:
        delays = [one.next(since) for one in behind]
        return None if None in delays else max(delay for delay in delays if delay is not None)

    return told(what, until(lambda: leaves(place.store, room.case_ids[0]), last), 5, "s")


def until(happens: Callable[[], None], seen: Callable[[float], float | None], patience: float = 60) -> float:
    """Seconds from what happens until it is seen."""
    since = time.monotonic()
    happens()
    while time.monotonic() - since < patience:
        delay = seen(since)
        if delay is not None:
            return delay
        time.sleep(0.005)
    raise TimeoutError


def asked(origin: str, times: int = 20) -> dict[str, list[float]]:
    """Milliseconds of each answer, one after the other."""
    return {path: [_asked(f"{origin}{path}") for _ in range(times)] for path in ASKED}


def _asked(address: str) -> float:
    began = time.monotonic()
    with urllib.request.urlopen(address, timeout=30) as answer:
        answer.read()
    return (time.monotonic() - began) * 1000


def memory(pid: int) -> float:
    """Its own part of memory, in kB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return float(next(line for line in lines if line.startswith("Pss:")).split()[1])


def idle(pid: int, seconds: float = 15) -> float:
    """Its share of a core over that time, in percent."""
    before = _ticks(pid)
    time.sleep(seconds)
    return (_ticks(pid) - before) / os.sysconf("SC_CLK_TCK") / seconds * 100


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


if __name__ == "__main__":
    sys.exit(main())
