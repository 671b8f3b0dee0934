"""A piece of a recording and the conclusion of its call meet half-way: one waits for the other, nobody is turned down.

Only PostgreSQL locks row by row: the piece has its call and is about to write what hangs on the case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, current_thread

import pytest
from sqlalchemy import event

from engine import call_timeline, calls, recordings, stills
from engine.cases.holding import holding_task
from engine.stills import Shot
from engine.store import Store
from tests.crash.interleaving import PATIENCE, outcome
from tests.house import hire, staff
from tests.walk import Walk

pytestmark = [pytest.mark.crash, pytest.mark.parametrize("database_url", ["postgres"], indirect=True)]
LI = staff("li", "verifier")
Move = Callable[[Store, str, str], object]

PIECE: Move = lambda store, task_id, _: recordings.append(store, task_id, LI, 1, 0, b"half a second")  # noqa: E731
STILL: Move = lambda store, _, call_id: stills.add(store, call_id, SHOT)  # noqa: E731
TICK: Move = lambda store, task_id, _: call_timeline.tick(store, task_id, LI, "introduced", True)  # noqa: E731
SHOT = Shot("face", "investor", "a-nonce", b"a face", 640, 480)
MOVES = {"INSERT INTO call_chunks": PIECE, "INSERT INTO call_stills": STILL, "INSERT INTO call_ticks": TICK}


@pytest.fixture
def talking(store: Store) -> Walk:
    hire(store, LI)
    walk = Walk(store).to_queue().hold("video_verification", LI)
    calls.room(store, walk.task("video_verification").id, LI)
    assert calls.consent(store, walk.id, walk.me)
    return walk


@contextmanager
def stopped_before(store: Store, statement: str) -> Iterator[tuple[Event, Event]]:
    """Whoever of `piece` is about to execute it says so and waits until he may."""
    reached, go_on = Event(), Event()

    def wait(_conn: object, _cursor: object, sql: str, *_: object) -> None:
        if current_thread().name == "piece" and sql.startswith(statement):
            reached.set()
            assert go_on.wait(PATIENCE)

    event.listen(store.db, "before_cursor_execute", wait)
    yield reached, go_on
    event.remove(store.db, "before_cursor_execute", wait)


def concludes(store: Store, task_id: str) -> Callable[[], object]:
    """As a desk does: the case is held, then its call is closed."""

    def move() -> None:
        with store.write() as tx:  # once: a lost race would be told here, `unit` would try again
            _held, task = holding_task(store, tx, task_id)
            calls.conclude(store, tx, task, calls.PASS)

    return move


def met(store: Store, walk: Walk, statement: str, move: Move) -> tuple[list[str], int]:
    """What the conclusion was answered, and how often either of them was turned down and began anew."""
    turned_down: list[object] = []
    event.listen(store.db, "handle_error", turned_down.append)
    task_id, concluded, done = walk.task("video_verification").id, [], []
    with store.read() as tx:
        call_id = calls.of_task(tx, task_id).id  # type: ignore[union-attr]
    with stopped_before(store, statement) as (reached, go_on):
        piece = outcome(lambda: move(store, task_id, call_id), done, name="piece")
        assert reached.wait(PATIENCE)
        conclusion = outcome(concludes(store, task_id), concluded)
        conclusion.join(0.5)
        assert concluded == [], "it has to wait"
        go_on.set()
        piece.join(PATIENCE)
        conclusion.join(PATIENCE)
    assert done == ["won"]
    return concluded, len(turned_down)


@pytest.mark.parametrize("statement", MOVES)
def test_what_arrives_while_the_call_is_concluded_costs_nobody_a_second_try(
    store: Store, talking: Walk, statement: str
) -> None:
    assert met(store, talking, statement, MOVES[statement]) == (["won"], 0)


def test_control_who_takes_the_call_before_its_case_is_caught_in_a_deadlock(
    store: Store, talking: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "case_first", lambda *_: None)
    assert met(store, talking, "INSERT INTO call_chunks", PIECE)[1] == 1
