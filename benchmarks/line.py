"""How many customers of one line are called in a second: `python3 run.py benchmark-line` (docs/video.md).

Several processes press 接通下一位 until the line is empty, each time as another verifier. What their start costs is
measured with an empty line and taken off.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text

from engine.store import Store, connect
from engine.tables import Base
from engine.vault import make_keys, open_vault
from tests.conftest import SERVER
from tests.crash.competitors import race
from tests.crash.line_crowd import crowd
from tests.house import CountedIds, HandClock, furnish, known
from workers.catalogue import SERVICES

PATIENCE = 1800


def main() -> None:
    words = argparse.ArgumentParser(prog="benchmark-line", description=__doc__)
    words.add_argument("--customers", type=int, default=1000)
    words.add_argument("--processes", type=int, default=16)
    words.add_argument("--sqlite", action="store_true", help="a file instead of the PostgreSQL server of the tests")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = nullcontext(f"sqlite:///{folder}/line.db")
        with file if asked.sqlite else _database() as url:
            seconds = _measured(url, Path(folder), asked.customers, asked.processes)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{asked.customers} calls by {asked.processes} processes in {seconds:.1f} s: "
          f"{asked.customers / seconds:.0f} a second, {os.cpu_count()} cores, load {load}")  # fmt: skip


def _measured(url: str, folder: Path, customers: int, processes: int) -> float:
    make_keys(folder / "keys.json")
    engine = connect(url)
    Base.metadata.create_all(engine)
    vault = open_vault(folder / "keys.json", folder / "blobs")
    store = Store(engine, HandClock(), CountedIds(), vault, SERVICES, known())
    furnish(store)
    spans = []
    for size in (0, customers):
        if size:
            crowd(store, size, booked_every=10)
        engine.dispose()
        begin = time.monotonic()
        race(url, folder, store.clock.now(), "call_all", [("", str(size))], processes, PATIENCE)
        spans.append(time.monotonic() - begin)
    return spans[1] - spans[0]


@contextmanager
def _database() -> Iterator[str]:
    """A database of this run."""
    name = f"kaihu_line_{uuid4().hex[:8]}"
    with create_engine(SERVER + "postgres", isolation_level="AUTOCOMMIT").connect() as server:
        server.execute(text(f"CREATE DATABASE {name}"))
        yield SERVER + name
        server.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


if __name__ == "__main__":
    main()
