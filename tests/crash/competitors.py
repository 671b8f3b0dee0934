"""Processes that all want the same thing at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import appointments, claims, company, outbox, video_queue
from engine.cases import Completion, abandon, complete, open_case
from engine.errors import Conflict, Pending, Refused
from engine.ids import RandomIds
from engine.store import Store, connect
from engine.tables import Case, Task
from engine.vault import open_vault
from tests.house import CHANGE, SETTINGS, HandClock, investor, known, staff
from workers.catalogue import SERVICES

PROCESSES = 8
PLACES = 120  # seconds that a competitor waits for the others at the start


def store_at(url: str, folder: Path, moment: datetime) -> Store:
    """A store of this process alone."""
    vault = open_vault(folder / "keys.json", folder / "blobs")
    return Store(connect(url), HandClock(moment), RandomIds(), vault, SERVICES, known())


def submit(store: Store, who: int, customer: str, task_id: str) -> str:
    come = Completion(task_id, investor(customer), f"{task_id[:8]}-{who}", answers={"who": who})
    return f"won {complete(store, come).jobs}"


def submit_alike(store: Store, who: int, customer: str, task_id: str) -> str:
    """A double click: all of them send the same form."""
    return f"won {complete(store, Completion(task_id, investor(customer), task_id[:8])).jobs}"


def claim(store: Store, who: int, customer: str, task_id: str) -> str:
    return f"won {claims.claim(store, task_id, staff(f'staff{who}')).claimed_by}"


def answer(store: Store, who: int, customer: str, job_id: str) -> str:
    return "won" if outbox.finish(store, job_id, 1, {"photos.verdict": "ok"}) else "late"


def submit_or_give_up(store: Store, who: int, customer: str, task_id: str) -> str:
    """Half of them go on, half of them give up."""
    if who % 2:
        return submit(store, who, customer, task_id)
    with store.read() as tx:
        case_id = tx.get_one(Task, task_id).case_id
    abandon(store, case_id, investor(customer), f"{task_id[:8]}-{who}")
    return "won by giving up"


def open_one(store: Store, who: int, customer: str, _: str) -> str:
    return f"won {open_case(store, business=CHANGE, customer_id=customer, branch_id='north', settings=SETTINGS)}"


def end_or_begin(store: Store, who: int, customer: str, job_id: str) -> str:
    """Half of them bring the last answer of his case, half of them are he himself, who tries to begin until he may."""
    if who % 2:
        return "ended" if outbox.finish(store, job_id, 1, {"application.result": "applied"}) else "late"
    while True:
        try:
            return open_one(store, who, customer, "")
        except (Pending, Conflict):
            continue


def book(store: Store, who: int, _: str, half: str) -> str:
    """Each of them books for a case of his own."""

    def work(tx: Session) -> str:
        mine = tx.scalars(select(Case).where(Case.customer_id == f"customer{who}")).one()
        row = appointments.book(tx, company.load(tx), mine, half, store.clock.now(), store.ids)
        return f"won {row.case_id}"

    return store.unit(work)


def call_next(store: Store, who: int, _: str, turn: str) -> str:
    """A verifier who has just come presses 接通下一位."""
    task = video_queue.call_next(store, staff(f"verifier{who}-{turn}", "verifier"))
    return f"won {task.case_id}" if task else "nobody"


def call_all(store: Store, who: int, _: str, turn: str) -> str:
    """One verifier after the other presses 接通下一位, until nobody is left; who is told to try again does so."""
    called: list[str] = []
    while True:
        try:
            task = video_queue.call_next(store, staff(f"verifier{who}-{len(called)}", "verifier"))
        except Conflict:  # SQLite lets one write at a time: with sixteen on two cores some wait in vain
            continue
        if task is None:
            return f"won {' '.join(called)}"
        called.append(task.case_id)


def call_all_carelessly(store: Store, who: int, _: str, turn: str) -> str:
    """The same without a lock: look who is first, then write one's name there."""
    called: list[str] = []
    while True:
        now = store.clock.now()
        with store.read() as tx:
            first = next((place for place in video_queue.line(tx, "north", now) if not place.in_call), None)
        if first is None:
            return f"won {' '.join(called)}"
        with store.write() as tx:
            task = tx.get_one(Task, first.task_id)
            task.claimed_by, task.claimed_at, task.lease_until = f"verifier{who}", now, now + claims.CALL_LEASE
        called.append(first.case_id)


def call_carelessly(store: Store, who: int, _: str, moment: str) -> str:
    """The same without a lock: everybody has looked before anybody takes, and takes whom he saw."""
    if moment == "look":
        with store.read() as tx:
            SEEN.append(video_queue.line(tx, "north", store.clock.now())[0])
        return "looked"
    with store.write() as tx:
        tx.get_one(Task, SEEN[0].task_id).claimed_by = f"verifier{who}"
    return f"won {SEEN[0].case_id}"


SEEN: list[video_queue.Place] = []
"""Whom this process saw at the head of the line."""
MOVES: dict[str, Callable[[Store, int, str, str], str]] = {
    move.__name__: move
    for move in (
        submit, submit_alike, submit_or_give_up, claim, answer, open_one, end_or_begin, book, call_next, call_all,
        call_all_carelessly, call_carelessly,
    )
}  # fmt: skip
Prize = tuple[str, str]
"""A customer, and the id of his task or job, or whatever else it is about."""


def race(
    url: str,
    folder: Path,
    moment: datetime,
    move: str,
    prizes: list[Prize],
    processes: int = PROCESSES,
    patience: int = PLACES,
) -> list[list[str]]:
    """What each of the processes got for each prize; `patience` is for how long, in seconds."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.crash.competitors"])
    gate, results = context.Barrier(processes), context.Queue()
    runners = [
        context.Process(target=_run, args=(url, folder, moment, move, prizes, who, gate, results))
        for who in range(processes)
    ]
    for runner in runners:
        runner.start()
    got = dict(results.get(timeout=patience) for _ in runners)
    for runner in runners:
        runner.join(patience)
    return [[got[who][place] for who in range(processes)] for place in range(len(prizes))]


def _run(
    url: str, folder: Path, moment: datetime, move: str, prizes: list[Prize], who: int, gate: Any, results: Any
) -> None:
    store, got = store_at(url, folder, moment), []
    for prize in prizes:
        gate.wait(PLACES)
        got.append(_try(store, who, move, prize))
    results.put((who, got))
    store.db.dispose()


def _try(store: Store, who: int, move: str, prize: Prize) -> str:
    try:
        return MOVES[move](store, who, *prize)
    except Refused as refusal:
        return type(refusal).__name__
    except Exception as wrong:
        return f"broken: {wrong!r}"
