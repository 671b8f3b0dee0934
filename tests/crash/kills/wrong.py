"""Controls: five designs that lose or double, put in place of the product's in the forked parts of one run.

Each is what a reasonable person might have written, and each is right as long as nobody is killed and nothing fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import after_this_request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug import Response

from engine import outbox, texts, timers
from engine.actors import SYSTEM
from engine.cases import inbox
from engine.cases.holding import holding
from engine.errors import Refused
from engine.store import Store
from engine.tables import Job, Timer
from tests.crash.kills.board import Board
from tests.crash.kills.effects import SERVICE
from tests.crash.kills.town import Town
from webapp.steps import submitting
from workers.queue import PATIENCE, connect_queue, send

ANSWERED, COMMITTED, DONE, MARKED, SAID = (
    "web.wrong.answered",
    "web.wrong.committed",
    "worker.wrong.done",
    "timers.wrong.marked",
    "worker.wrong.said",
)
POINTS = (ANSWERED, COMMITTED, DONE, MARKED, SAID)
"""Where each of them hurts."""


def do_it_wrongly(town: Town) -> None:
    """In this process and all that it forks; after the points were placed."""
    submitting.complete = answer_first(town.board, no_outbox(town, submitting.complete))
    outbox.finish = effect_apart(town.board, outbox.finish)
    timers._sweep_one = partial(timer_apart, town.board)
    texts.to_send = said_first(town.board, texts.to_send)


def answer_first(board: Board, complete: Callable[..., Any]) -> Callable[..., None]:
    """The form is accepted, and what it means is written once the answer is on its way."""

    def accept(store: Store, completion: Any, also: object) -> None:
        def write() -> None:
            board.pass_by(ANSWERED)
            try:
                complete(store, completion)
            except Refused:
                return

        @after_this_request
        def later(response: Response) -> Response:
            response.call_on_close(write)
            return response

    return accept


def no_outbox(town: Town, complete: Callable[..., Any]) -> Callable[..., None]:
    """Whoever has committed hands every other job to the queue himself, and nobody looks for it again."""
    right = inbox.new_job

    def handed_over(store: Store, case_id: str, service: str, *args: Any, **words: Any) -> Job:
        job = right(store, case_id, service, *args, **words)
        if service == SERVICE and by_hand(job.id):
            job.status, job.attempt = "sent", 1
        return job

    def commit_then_enqueue(store: Store, completion: Any) -> None:
        came = complete(store, completion)
        if came.jobs:
            town.board.pass_by(COMMITTED)
        for job_id in came.jobs:
            send(connect_queue(town.working, PATIENCE), job_id, 1, 60)

    inbox.new_job = handed_over
    return commit_then_enqueue


def by_hand(job_id: str) -> bool:
    """Of the jobs that go without the outbox; the others are brought back by it, so that a second effect can come."""
    return int(job_id, 16) % 2 == 1


def effect_apart(board: Board, finish: Callable[..., bool]) -> Callable[..., bool]:
    """The effect in a transaction of its own, before the one that looks whether the result still counts."""

    def apart(
        store: Store, job_id: str, attempt: int, facts: Mapping[str, Any], effect: Callable[[Session], None] | None
    ) -> bool:
        if effect is not None:
            with store.write() as tx:
                effect(tx)
            if not by_hand(job_id):
                board.pass_by(DONE)
        return finish(store, job_id, attempt, facts)

    return apart


def timer_apart(board: Board, store: Store, case_id: str) -> int:
    """The timer is marked as fired in one transaction, so that nobody else takes it, and acts in the next."""
    due = (Timer.case_id == case_id) & (Timer.due_at <= store.clock.now())
    with store.write() as tx:
        taken = list(tx.scalars(select(Timer).where(due).with_for_update(skip_locked=True)))
        for timer in taken:
            tx.delete(timer)
    for timer in taken:
        board.pass_by(MARKED)
        with store.write() as tx:
            held = holding(store, tx, case_id)
            held.run.fire(timer.task_id)
            held.settle(SYSTEM, "timer", {"timer": timer.task_id})
    return len(taken)


def said_first(
    board: Board, to_send: Callable[[Store, str, int], texts.Outgoing | None]
) -> Callable[[Store, str, int], texts.Outgoing | None]:
    """The text is marked as sent before it is, so that nobody sends it twice."""

    def said(store: Store, id: str, attempt: int) -> texts.Outgoing | None:
        outgoing = to_send(store, id, attempt)
        if outgoing is not None:
            texts.sent(store, id)
            board.pass_by(SAID)
        return outgoing

    return said
