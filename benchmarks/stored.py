"""Whether what people do all day costs the same with many stored cases as with few, and that no table is read whole."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from statistics import median
from uuid import uuid4

from sqlalchemy import insert

from benchmarks import copies
from benchmarks.contestants import Contestant, forms_of, product
from benchmarks.installation import REVIEWER, Place, furnish
from benchmarks.product_app import application
from benchmarks.sending import Post, fill
from benchmarks.servers import Server
from benchmarks.statements import noted, plans
from benchmarks.table import Line, spread
from benchmarks.walk import Walk
from engine.store import Store
from engine.tables import SessionRow
from webapp.sessions import digest

GOAL = 1.3
WARM = 10
ENDED, AT_DESK = 0.9, 200
"""The share of cases that are over, and how many wait at the desk, few or many; the rest waits for its customers.

A branch whose queue grows with all that it ever did has another trouble than its list's page.
"""
LARGE = ("cases", "tasks", "jobs", "submissions", "audit", "timers", "customers", "sessions", "drafts", "rejections")


def measure(folder: Path, few: int, many: int, each: int) -> Iterator[Line]:
    """Rounds of so many requests of each kind, with few and with many cases in turns."""
    rounds = 3
    count = rounds * each + WARM
    small, small_cases = _filled(folder / "few", few, count)
    large, large_cases = _filled(folder / "many", many, count)
    with product(small) as one, product(large) as other:
        here, there = _requests(one, small_cases, count), _requests(other, large_cases, count)
        for what in here:
            yield _line(what, here[what], there[what], rounds, each, f"{many:,} / {few:,}")
    yield from _scans(large, large_cases)


def _line(what: str, few: Contestant, many: Contestant, rounds: int, each: int, sizes: str) -> Line:
    for one in (few, many):
        one.cost(WARM, clients=2)
    pairs = []
    for turn in range(rounds):
        order = (few, many) if turn % 2 else (many, few)
        costs = {id(one): one.cost(each).milliseconds for one in order}
        pairs.append((costs[id(many)], costs[id(few)]))
    beside = {"many": f"{spread([a for a, _ in pairs])} ms", "few": f"{spread([b for _, b in pairs])} ms"}
    return Line(f"CPU with {sizes} stored cases: {what}", median(a / b for a, b in pairs), GOAL, beside=beside)


class _Cases:
    """Some of the cases of an installation, and a reviewer's session."""

    def __init__(self, waiting: list[copies.Copy], at_desk: list[copies.Copy], token: str) -> None:
        self.waiting, self.at_desk, self.token = waiting, at_desk, token

    @property
    def reviewer(self) -> str:
        return f"kaihu_staff={self.token}"


def _filled(folder: Path, cases: int, used: int) -> tuple[Place, _Cases]:
    place = furnish(folder)
    store = place.store()
    ended, at_desk = int(cases * ENDED), max(AT_DESK, used + 1)
    _end(store, ended)
    desk = _copies(store, "to_review", at_desk, used)
    waiting = _copies(store, "to_measured", max(cases - ended, used + 1), used + 1)
    found = _Cases(waiting, desk, _session(store))
    store.db.dispose()
    return place, found


def _end(store: Store, count: int) -> None:
    walk = Walk(store)
    walk.to_review()
    walk.to_end()
    copies.copy(store, walk.id, "", count, signed_in=1)


def _copies(store: Store, way: str, count: int, signed_in: int) -> list[copies.Copy]:
    walk = Walk(store)
    getattr(walk, way)()
    return copies.copy(store, walk.id, walk.open_task, count, signed_in)


def _session(store: Store) -> str:
    token, now = uuid4().hex, store.clock.now()
    with store.db.begin() as connection:
        row = {"id": digest(token), "kind": "staff", "person_id": REVIEWER, "created_at": now, "seen_at": now}
        connection.execute(insert(SessionRow), row)
    return token


def _requests(server: Server, cases: _Cases, count: int) -> dict[str, Contestant]:
    """What is measured, each with so many requests."""
    claim = fill(server.port, f"/desk/tasks/{cases.at_desk[0].task_id}", cases.reviewer, {"reason": ""})
    mine = [Post("/my", f"kaihu_investor={one.token}") for one in cases.waiting[:count]]
    claims = [Post(f"/desk/tasks/{one.task_id}/claim", claim.cookie, claim.body) for one in cases.at_desk[:count]]
    return {
        "我的业务": Contestant(server, mine),
        "a desk's list": Contestant(server, [Post("/desk", cases.reviewer)] * count),
        "the list's own refresh": Contestant(server, [Post("/desk/queue", cases.reviewer)] * count),
        "a claim": Contestant(server, claims),
        "a completion": Contestant(server, forms_of(server, cases.waiting[:count])),
    }


def _scans(place: Place, cases: _Cases) -> Iterator[Line]:
    """The plans of every statement of these requests."""
    app = application(place.database_url, str(place.folder))
    client, desk, one = app.test_client(), app.test_client(), cases.waiting[-1]
    client.set_cookie("kaihu_investor", one.token)
    desk.set_cookie("kaihu_staff", cases.token)
    with noted() as statements, redirect_stdout(io.StringIO()):  # the log's lines
        client.get("/my")
        client.get(f"/cases/{one.case_id}/{one.task_id}")
        desk.get("/desk")
        desk.get("/desk/queue")
    store = place.store()
    steps = plans(store.db, statements)
    store.db.dispose()
    whole = re.compile(rf"SCAN ({'|'.join(LARGE)})\b")
    found = sorted({f"{step}: {statement}" for statement, step in steps if whole.match(step)})
    yield Line(
        "statements that read a large table whole (EXPLAIN)", len(found), 0, "", beside={"of": str(len(statements))}
    )
    for each in found:
        print(f"    {' '.join(each.split())[:300]}")
