"""Every change of a place in line is a row: who, when, from which state to which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import claims, line_events, reassigning, video_queue
from engine.actors import Actor
from engine.errors import Conflict
from engine.store import Store
from engine.tables import QueueEvent
from tests.house import HandClock, hire, investor, staff
from tests.walk import Walk

LI, HAN = staff("li"), staff("han")
STEP = "video_verification"


@pytest.fixture
def case(walk: Callable[..., Walk]) -> Walk:
    return walk().to_queue()


def happened(store: Store, case: Walk) -> list[tuple[str, str, str, str]]:
    """What, by whom, from which state, to which."""
    with store.read() as tx:
        rows = tx.scalars(select(QueueEvent).where(QueueEvent.case_id == case.id).order_by(QueueEvent.id))
        return [(row.what, row.by, row.was, row.became) for row in rows]


JOINED = ("joined", "zhang", "", "waiting")
CALLED = ("called", "li", "waiting", "called")


def concludes(store: Store, clock: HandClock, case: Walk) -> None:
    video_queue.call_next(store, LI)
    with store.write() as tx:
        for _ in range(2):  # the page may say it twice
            line_events.connected(tx, case.task(STEP).id, "li", clock.now())
    case.decide(STEP, by=LI, video__decision="pass")


def goes_away_and_comes_back(store: Store, clock: HandClock, case: Walk) -> None:
    for _ in range(2):
        clock.pass_by(seconds=46)
        video_queue.drop_absent(store)
    video_queue.beat(store, case.id, investor())


def stays_away(store: Store, clock: HandClock, case: Walk) -> None:
    clock.pass_by(minutes=5)
    video_queue.drop_absent(store)


def leaves(store: Store, clock: HandClock, case: Walk) -> None:
    video_queue.leave(store, case.id, investor())


def books_instead(store: Store, clock: HandClock, case: Walk) -> None:
    video_queue.book_instead(store, case.id, investor())
    assert case.steps == ["appointment"]


def gives_up(store: Store, clock: HandClock, case: Walk) -> None:
    case.give_up()


def is_returned(store: Store, clock: HandClock, case: Walk) -> None:
    task = video_queue.call_next(store, LI)
    assert task is not None
    claims.release(store, task.id, LI)


def is_handed_over(store: Store, clock: HandClock, case: Walk) -> None:
    hire(store, HAN, CHIEF)
    video_queue.call_next(store, LI)
    reassigning.reassign(store, case.task(STEP).id, "han", CHIEF, "li is ill")


def lapses(store: Store, clock: HandClock, case: Walk) -> None:
    video_queue.call_next(store, LI)
    clock.pass_by(minutes=3)
    claims.tell_lapsed(store)


def lapses_and_is_called_before_anybody_has_noticed(store: Store, clock: HandClock, case: Walk) -> None:
    video_queue.call_next(store, LI)
    clock.pass_by(minutes=3)
    video_queue.call_next(store, HAN)


CHIEF: Actor = staff("chief", "supervisor")
CHANGES = [
    (concludes, [CALLED, ("connected", "li", "called", "connected"), ("concluded", "li", "connected", "gone")]),
    (
        goes_away_and_comes_back,
        [("absent", "system", "waiting", "absent"), ("came_back", "zhang", "absent", "waiting")],
    ),
    (stays_away, [("absent", "system", "waiting", "absent"), ("dropped", "system", "absent", "gone")]),
    (leaves, [("left", "zhang", "waiting", "gone")]),
    (books_instead, [("left", "zhang", "waiting", "gone")]),
    (gives_up, [("ended", "zhang", "waiting", "gone")]),
    (is_returned, [CALLED, ("returned", "li", "called", "waiting")]),
    (is_handed_over, [CALLED, ("returned", "chief", "called", "waiting")]),
    (lapses, [CALLED, ("returned", "system", "called", "waiting")]),
    (
        lapses_and_is_called_before_anybody_has_noticed,
        [CALLED, ("returned", "system", "called", "waiting"), ("called", "han", "waiting", "called")],
    ),
]


@pytest.mark.parametrize(("change", "rows"), CHANGES, ids=lambda each: getattr(each, "__name__", ""))
def test_every_change_is_written_down(
    store: Store,
    clock: HandClock,
    case: Walk,
    change: Callable[[Store, HandClock, Walk], None],
    rows: list[tuple[str, str, str, str]],
) -> None:
    change(store, clock, case)
    assert happened(store, case) == [JOINED, *rows]


def test_a_change_that_is_not_made_is_not_written_down(store: Store, case: Walk) -> None:
    """The row is of the same transaction."""

    def breaks() -> None:
        with store.write() as tx:
            line_events.called(tx, case.task(STEP).id, "li", store.clock.now(), booked=False)
            tx.flush()
            raise Conflict

    with pytest.raises(Conflict):
        breaks()
    assert happened(store, case) == [JOINED]
    video_queue.call_next(store, LI)
    assert happened(store, case) == [JOINED, CALLED]  # the control


def test_service_times_are_of_concluded_calls_from_the_call_to_the_conclusion(
    store: Store, clock: HandClock, case: Walk
) -> None:
    task = video_queue.call_next(store, HAN)
    assert task is not None
    clock.pass_by(minutes=2)
    claims.release(store, task.id, HAN)  # not concluded
    clock.pass_by(minutes=9)
    video_queue.call_next(store, LI)
    clock.pass_by(minutes=2, seconds=30)
    case.decide(STEP, by=LI, video__decision="interrupted")
    with store.read() as tx:
        took = [
            line_events.service_times(tx, branch, clock.now() - timedelta(days=1), 30) for branch in ("north", "south")
        ]
        later = line_events.service_times(tx, "north", clock.now() + timedelta(seconds=1), 30)
    assert (took, later) == ([[timedelta(minutes=2, seconds=30)], []], [])
