"""How long the live diagram and the stuck board take with many cases: `python3 run.py benchmark-live`.

A database is filled with copies of three cases (ended, at the review, at a step of its customer), spread over 60 days:
half of them ended, all others late, which is the most that the board can be asked. `--postgres URL` fills an empty
database of a server instead. The pages are asked in this process: the server's time, without the network.
"""

from __future__ import annotations

import argparse
import io
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from flask.testing import FlaskClient
from sqlalchemy import insert, select, text, update

from benchmarks import copies
from benchmarks.installation import BUSINESS, REVIEWER, Place, furnish
from benchmarks.product_app import application
from benchmarks.statements import noted
from benchmarks.walk import Walk
from engine.store import Store
from engine.tables import Case, SessionRow, Staff, Task
from webapp.sessions import digest

DAYS = 60
SHARES = {"ended": 0.5, "review": 0.25, "basic_data": 0.25}
PAGES = {
    "live diagram, 30 days": f"/studio/{BUSINESS}/live",
    "live diagram, 90 days": f"/studio/{BUSINESS}/live?days=90",
    "the same as CSV": f"/studio/{BUSINESS}/live.csv?days=90",
    "who stands at a step": f"/studio/{BUSINESS}/live/review",
    "stuck board": "/operate/stuck",
}


def main() -> None:
    words = argparse.ArgumentParser(prog="benchmark-live", description=__doc__)
    words.add_argument("--cases", type=int, default=100_000)
    words.add_argument("--each", type=int, default=20, help="how often each page is asked")
    words.add_argument("--postgres", default="", metavar="URL", help="an empty database of a server")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = furnish(Path(folder), asked.postgres)
        with redirect_stdout(io.StringIO()):
            _fill(place.store(), asked.cases)
        load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
        print(f"{asked.cases} cases on {place.store().db.dialect.name}; {os.cpu_count()} cores, load {load}")
        for line in _measured(place, asked.each):
            print(line)


def _measured(place: Place, each: int) -> Iterator[str]:
    token = _session(place.store())
    client = application(place.database_url, str(place.folder)).test_client()
    client.set_cookie("kaihu_staff", token)
    for name, path in PAGES.items():
        _ask(client, path)
        begin = time.process_time()
        with noted() as statements:
            took = sorted(_ask(client, path) for _ in range(each))
        cpu = (time.process_time() - begin) / each * 1000
        at = took[len(took) // 2], took[int(0.95 * len(took))]
        asked = len(statements) // each
        yield f"{name}: p50 {at[0]:.0f} ms, p95 {at[1]:.0f} ms, {cpu:.0f} ms of one core here, {asked} queries"


def _ask(client: FlaskClient, path: str) -> float:
    begin = time.perf_counter()
    with redirect_stdout(io.StringIO()):  # the log's lines
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return (time.perf_counter() - begin) * 1000


def _fill(store: Store, cases: int) -> None:
    """The originals go back a day between two rounds of copies, and take a little longer."""
    begun = {at: _begun(store, at) for at in SHARES}
    for _ in range(DAYS):
        for at, case_id in begun.items():
            _a_day_earlier(store, case_id)
            copies.copy(store, case_id, "", -(-int(cases * SHARES[at]) // DAYS), signed_in=1)
    day = "replace(substr(CAST(opened_at AS TEXT), 1, 10), '-', '')"
    with store.db.begin() as connection:
        connection.execute(text(f"UPDATE cases SET number = {day} || substr(id, 1, 16)"))
        connection.execute(text("ANALYZE"))


def _begun(store: Store, at: str) -> str:
    walk = Walk(store)
    (walk.to_measured if at == "basic_data" else walk.to_review)()
    if at == "ended":
        walk.to_end()
    return walk.id


def _a_day_earlier(store: Store, case_id: str) -> None:
    back, longer = timedelta(days=1), timedelta(minutes=1)
    with store.write() as tx:
        case = tx.get_one(Case, case_id)
        names = ("opened_at", "started_at", "touched_at", "ended_at")
        moved = {name: at - back for name in names if (at := getattr(case, name))}
        tx.execute(update(Case).where(Case.id == case_id).values(moved))
        for task in tx.scalars(select(Task).where(Task.case_id == case_id)):
            task.opened_at -= back + longer
            task.closed_at = task.closed_at and task.closed_at - back


def _session(store: Store) -> str:
    token, now = uuid4().hex, store.clock.now()
    with store.db.begin() as connection:
        roles = ["reviewer", "analyst", "operator"]
        connection.execute(update(Staff).where(Staff.id == REVIEWER).values(roles=roles))
        row = {"id": digest(token), "kind": "staff", "person_id": REVIEWER, "created_at": now, "seen_at": now}
        connection.execute(insert(SessionRow), row)
    return token


if __name__ == "__main__":
    main()
