"""Product, naive peer and floor, each with forms that wait to be sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import insert

from benchmarks import copies, cpu, naive_app, naive_process
from benchmarks.installation import Place
from benchmarks.sending import Post, Sent, fill, send
from benchmarks.servers import Server, serving
from benchmarks.walk import ANSWERS, Walk
from engine.store import Store, connect


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds of the server for each form, and what the client saw."""

    milliseconds: float
    sent: list[Sent]


@dataclass
class Contestant:
    """One server and its forms, used up from the front."""

    server: Server
    posts: list[Post]

    def take(self, count: int) -> list[Post]:
        taken, self.posts = self.posts[:count], self.posts[count:]
        assert len(taken) == count, "too few forms were prepared"
        return taken

    def cost(self, count: int, clients: int = 1) -> Cost:
        """Send so many forms; each must be accepted."""
        taken = self.take(count)
        meter = cpu.Meter(self.server.pid)
        before = meter.spent()
        sent = send(self.server.port, taken, clients)
        spent = meter.spent() - before
        assert all(one.status in (200, 303) for one in sent), sorted({one.status for one in sent})
        return Cost(spent / count / 1e6, sent)


@contextmanager
def product(place: Place, redis_url: str = "") -> Iterator[Server]:
    given = {"database_url": place.database_url, "folder": str(place.folder), "redis_url": redis_url}
    with serving("benchmarks.product_app:application", given, place.folder) as server:
        yield server


def forms_of(server: Server, made: list[copies.Copy]) -> list[Post]:
    """The measured step of each of these cases, filled in."""
    return [
        fill(server.port, f"/cases/{one.case_id}/{one.task_id}", f"kaihu_investor={one.token}", ANSWERS) for one in made
    ]


def looped(store: Store, loops: Mapping[int, int]) -> dict[int, list[copies.Copy]]:
    """For each number of loops so many cases that went through them."""
    return {each: _looped(store, each, count) for each, count in loops.items()}


def _looped(store: Store, loops: int, count: int) -> list[copies.Copy]:
    walk = Walk(store)
    walk.to_measured(loops)
    return copies.copy(store, walk.id, walk.open_task, count)


@contextmanager
def naive(folder: Path, database_url: str, loops: Mapping[int, int]) -> Iterator[dict[int, Contestant]]:
    """The naive peer with so many instances for each number of loops."""
    engine = connect(database_url)
    naive_app.METADATA.create_all(engine)
    states = {each: naive_process.dump(naive_process.at_bank(each)) for each in loops}
    made = {each: [_row(states[each]) for _ in range(count)] for each, count in loops.items()}
    with engine.begin() as connection:
        rows = [row for each in made.values() for row in each]
        connection.execute(insert(naive_app.INSTANCES), rows)
        connection.execute(
            insert(naive_app.SESSIONS), [{"token": row["owner"], "person": row["owner"]} for row in rows]
        )
    engine.dispose()
    with serving("benchmarks.naive_app:application", {"database_url": database_url}, folder) as server:
        yield {each: Contestant(server, [_form(server, row) for row in rows]) for each, rows in made.items()}


def _row(state: str) -> dict[str, object]:
    return {"id": uuid4().hex, "owner": uuid4().hex, "state": state, "version": 1}


def _form(server: Server, row: Mapping[str, object]) -> Post:
    return fill(server.port, f"/instances/{row['id']}", f"{naive_app.COOKIE}={row['owner']}", ANSWERS)


@contextmanager
def floor(folder: Path, database_url: str, count: int) -> Iterator[Contestant]:
    """The floor, which is sent the same form again and again."""
    with serving("benchmarks.floor_app:application", {"database_url": database_url}, folder) as server:
        yield Contestant(server, [Post("/answers", "", urlencode(ANSWERS))] * count)
