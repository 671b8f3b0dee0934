"""Eight clients at once: the rate, the slowest answers, and one case that all of them want."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, func, select, text

from benchmarks import copies
from benchmarks.contestants import Contestant, forms_of, product
from benchmarks.installation import Place, furnish
from benchmarks.sending import Post, Sent, send
from benchmarks.table import Line
from benchmarks.walk import Walk
from engine.store import Store
from engine.tables import Submission

CLIENTS = 8
SAME = 6
"""How many cases are fought for."""


def measure(folder: Path, each: int, server: str | None) -> Iterator[Line]:
    """On SQLite, and in a database of its own on a server where there is one."""
    yield from _on(furnish(folder / "clients"), "SQLite", each, 1.0)
    if server is not None:
        with _database(server) as url:
            yield from _on(furnish(folder / "clients-server", url), "PostgreSQL", each, 1.6)


def _on(place: Place, name: str, each: int, goal: float) -> Iterator[Line]:
    store = place.store()
    walk = Walk(store)
    walk.to_measured()
    made = copies.copy(store, walk.id, walk.open_task, 3 * each + CLIENTS * 2)
    fought = copies.copy(store, walk.id, walk.open_task, SAME)
    with product(place) as server:
        contestant = Contestant(server, forms_of(server, made))
        contestant.cost(CLIENTS * 2, CLIENTS)
        alone, first = _rate(contestant, each, 1)
        together, sent = _rate(contestant, 2 * each, CLIENTS)
        told = {"alone": f"{alone:.0f}/s", "together": f"{together:.0f}/s", "p50 alone": _ms(_at(first, 0.5))}
        yield Line(
            f"{name}: rate of {CLIENTS} clients / of one",
            together / alone,
            goal,
            least=True,
            is_shape=False,
            beside=told,
        )
        half, most = _at(sent, 0.5), _at(sent, 0.95)
        yield Line(
            f"{name}: p95 / p50 of {CLIENTS} clients", most / half, 6, beside={"p50": _ms(half), "p95": _ms(most)}
        )
        most_wins = max(_fight(server.port, store, forms_of(server, [one] * CLIENTS), one) for one in fought)
    yield Line(f"{name}: {CLIENTS} clients on one case, accepted", most_wins, 1, "")
    store.db.dispose()


def _rate(contestant: Contestant, count: int, clients: int) -> tuple[float, list[Sent]]:
    began = time.perf_counter()
    cost = contestant.cost(count, clients)
    return count / (time.perf_counter() - began), cost.sent


def _at(sent: list[Sent], share: float) -> float:
    return sorted(one.seconds for one in sent)[int(len(sent) * share)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _fight(port: int, store: Store, posts: list[Post], one: copies.Copy) -> int:
    """All send the same step, each a form of his own: each gets an answer, one is accepted."""
    sent = send(port, posts, CLIENTS)
    assert all(answer.status in (303, 409) for answer in sent), sorted({answer.status for answer in sent})
    with store.read() as tx:
        accepted = select(func.count()).where(Submission.task_id == one.task_id)
        return tx.scalar(accepted) or 0


@contextmanager
def _database(server: str) -> Iterator[str]:
    name, engine = (
        f"kaihu_benchmark_{uuid4().hex[:12]}",
        create_engine(f"{server}postgres", isolation_level="AUTOCOMMIT"),
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield f"{server}{name}"
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()
