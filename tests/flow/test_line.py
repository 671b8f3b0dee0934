"""The line of those who wait for a verifier: who is next, who is away, who has left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from engine import claims, line_events, video_queue
from engine.errors import Gone, Stale
from engine.store import Store
from engine.tables import Appointment, Branch, QueueEvent, QueuePlace, Staff
from tests.house import HandClock, customer, investor, staff
from tests.walk import Walk

LI, HAN = staff("li"), staff("han")
STEP = "video_verification"


@pytest.fixture
def caller(store: Store, clock: HandClock) -> Callable[[str], Walk]:
    """A new customer at the end of the line, ten seconds after the one before."""

    def join(name: str) -> Walk:
        with store.write() as tx:
            tx.add(customer(name))
        clock.pass_by(seconds=10)
        return Walk(store, customer=name).to_queue()

    return join


def order(store: Store) -> list[str]:
    with store.read() as tx:
        return [one.case_id for one in video_queue.line(tx, "north", store.clock.now())]


def where(store: Store, case: Walk) -> tuple[int, int] | None:
    """Position and total, as his page says them."""
    with store.read() as tx:
        found = video_queue.standing(tx, case.id, store.clock.now())
    return (found.position, found.total) if found else None


def books(store: Store, case: Walk, starts: timedelta) -> None:
    """An appointment whose half day starts that much after now."""
    start = store.clock.now() + starts
    row = Appointment(
        id=store.ids.new(),
        case_id=case.id,
        branch_id="north",
        day=start.date(),
        half="am",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        booked_at=store.clock.now(),
    )
    with store.write() as tx:
        tx.add(row)


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(store.db, "before_cursor_execute", note)
    yield asked
    event.remove(store.db, "before_cursor_execute", note)


def test_who_came_first_is_called_first(store: Store, caller: Callable[[str], Walk]) -> None:
    first, second = caller("an"), caller("bo")
    assert order(store) == [first.id, second.id]
    assert (where(store, first), where(store, second)) == ((1, 2), (2, 2))
    task = video_queue.call_next(store, LI)
    assert task is not None and task.case_id == first.id
    assert first.case.status == "视频中"


def test_of_those_who_came_at_one_moment_the_order_is_that_of_their_cases(store: Store) -> None:
    """Not that of their tasks, whose ids are by chance: whoever is next would be another one each time."""
    names = [f"at once {number}" for number in range(4)]
    with store.write() as tx:
        tx.add_all(customer(name) for name in names)
    cases = [Walk(store, customer=name).to_queue().id for name in names]
    assert order(store) == cases
    called = [video_queue.call_next(store, staff(f"verifier {number}")) for number in range(len(cases))]
    assert [task and task.case_id for task in called] == cases
    assert order(store) == cases, "and so are those in a call"


def test_who_are_silent_for_as_long_are_dropped_in_the_order_of_their_cases(
    store: Store, caller: Callable[[str], Walk], clock: HandClock
) -> None:
    """On PostgreSQL a row that was written last is read last."""
    first, second = caller("an"), caller("bo")
    clock.pass_by(seconds=20)
    video_queue.beat(store, second.id, second.me)
    video_queue.beat(store, first.id, first.me)
    clock.pass_by(minutes=6)
    assert video_queue.drop_absent(store) == 2
    with store.read() as tx:
        gone = select(QueueEvent.case_id).where(QueueEvent.what == line_events.DROPPED).order_by(QueueEvent.id)
        assert list(tx.scalars(gone)) == [first.id, second.id]


def test_the_number_counts_everybody_of_the_branch_and_oneself(store: Store, caller: Callable[[str], Walk]) -> None:
    one, two, three = caller("an"), caller("bo"), caller("cui")
    video_queue.call_next(store, LI)
    assert [where(store, each) for each in (one, two, three)] == [(0, 3), (1, 3), (2, 3)]


def test_another_branch_has_its_own_line(store: Store, caller: Callable[[str], Walk]) -> None:
    mine = caller("an")
    with store.write() as tx:
        assert tx.get(Branch, "south") is not None
    assert video_queue.call_next(store, staff("sue", branch="south")) is None
    assert where(store, mine) == (1, 1)


def test_nobody_is_in_line_before_he_joins_or_after_he_leaves(store: Store, caller: Callable[[str], Walk]) -> None:
    case = caller("an")
    video_queue.leave(store, case.id, investor("an"))
    assert (case.steps, where(store, case), order(store)) == (["video_page"], None, [])
    with pytest.raises(Stale):
        video_queue.leave(store, case.id, investor("an"))


def test_one_does_not_leave_while_a_verifier_talks_to_one(store: Store, caller: Callable[[str], Walk]) -> None:
    case = caller("an")
    video_queue.call_next(store, LI)
    with pytest.raises(Stale):
        video_queue.leave(store, case.id, investor("an"))
    assert case.steps == [STEP]


def test_nobody_moves_or_keeps_anothers_place(store: Store, caller: Callable[[str], Walk]) -> None:
    case = caller("an")
    with pytest.raises(Gone):
        video_queue.leave(store, case.id, investor("wang"))
    store.clock.pass_by(minutes=1)  # type: ignore[attr-defined]
    with pytest.raises(Gone):
        video_queue.beat(store, case.id, investor("wang"))


@pytest.mark.parametrize("how", ["released", "lapsed"])
def test_a_place_is_given_back_with_its_old_time(
    store: Store, clock: HandClock, caller: Callable[[str], Walk], how: str
) -> None:
    first, second = caller("an"), caller("bo")
    task = video_queue.call_next(store, LI)
    assert task is not None
    if how == "released":
        claims.release(store, task.id, LI)
    else:
        for minutes in (1, 2):
            clock.pass_by(minutes=minutes)
            for each, name in ((first, "an"), (second, "bo")):
                video_queue.beat(store, each.id, investor(name))
    assert order(store) == [first.id, second.id]
    again = video_queue.call_next(store, HAN)
    assert again is not None and again.case_id == first.id


def test_who_booked_this_half_day_comes_first(store: Store, caller: Callable[[str], Walk]) -> None:
    walk_in, booked, too_early = caller("an"), caller("bo"), caller("cui")
    books(store, booked, starts=timedelta(minutes=-5))
    books(store, too_early, starts=timedelta(minutes=5))
    assert order(store) == [booked.id, walk_in.id, too_early.id]


def test_who_is_away_is_called_only_when_nobody_else_waits(
    store: Store, clock: HandClock, caller: Callable[[str], Walk]
) -> None:
    away, here = caller("an"), caller("bo")
    clock.pass_by(seconds=40)
    video_queue.beat(store, here.id, investor("bo"))
    clock.pass_by(seconds=10)
    assert order(store) == [away.id, here.id], "the place is kept"
    calls = [video_queue.call_next(store, who) for who in (LI, HAN)]
    assert [task.case_id for task in calls if task] == [here.id, away.id]


def test_a_place_is_kept_for_five_minutes_and_no_longer(
    store: Store, clock: HandClock, caller: Callable[[str], Walk]
) -> None:
    case = caller("an")
    clock.pass_by(minutes=4, seconds=59)
    assert (video_queue.drop_absent(store), case.steps) == (0, [STEP])
    clock.pass_by(seconds=1)
    assert (video_queue.drop_absent(store), case.steps) == (1, ["video_page"])
    assert (video_queue.drop_absent(store), order(store)) == (0, [])


def test_a_sign_of_life_keeps_the_place(store: Store, clock: HandClock, caller: Callable[[str], Walk]) -> None:
    case = caller("an")
    clock.pass_by(minutes=4)
    video_queue.beat(store, case.id, investor("an"))
    clock.pass_by(minutes=4)
    assert (video_queue.drop_absent(store), where(store, case)) == (0, (1, 1))


def test_signs_of_life_are_written_at_most_every_ten_seconds(
    store: Store, clock: HandClock, caller: Callable[[str], Walk]
) -> None:
    case = caller("an")
    for _ in range(9):
        clock.pass_by(seconds=1)
        with statements(store) as asked:
            video_queue.beat(store, case.id, investor("an"))
        assert not [one for one in asked if one.startswith("UPDATE")]
    clock.pass_by(seconds=1)
    video_queue.beat(store, case.id, investor("an"))
    with store.read() as tx:
        assert tx.get_one(QueuePlace, case.task(STEP).id).seen_at == clock.now()


def test_nobody_is_dropped_in_a_call(store: Store, clock: HandClock, caller: Callable[[str], Walk]) -> None:
    case = caller("an")
    video_queue.call_next(store, LI)
    for _ in range(10):
        clock.pass_by(minutes=2)
        claims.extend(store, case.task(STEP).id, LI)
    assert (video_queue.drop_absent(store), case.steps) == (0, [STEP])


def test_who_gave_up_is_in_no_line(store: Store, caller: Callable[[str], Walk]) -> None:
    case = caller("an")
    case.give_up()
    assert (order(store), video_queue.call_next(store, LI)) == ([], None)


def test_a_verifier_is_not_given_whom_another_comes_first_for(store: Store, caller: Callable[[str], Walk]) -> None:
    case = caller("an")
    case.reject(STEP, "video_unclear", by=HAN, video__decision="reject")
    case.do("video_page", video__choice="queue", device__ok=True)
    assert video_queue.call_next(store, LI) is None
    task = video_queue.call_next(store, HAN)
    assert task is not None and task.case_id == case.id


def test_a_long_line_is_read_with_as_many_questions_as_a_short_one(store: Store, caller: Callable[[str], Walk]) -> None:
    asked_for = []
    for name in ("an", "bo", "cui"):
        case = caller(name)
        with statements(store) as asked, store.read() as tx:
            assert video_queue.line(tx, "north", store.clock.now())[-1].case_id == case.id
            assert video_queue.standing(tx, case.id, store.clock.now())
        asked_for.append(len(asked))
    assert len(set(asked_for)) == 1


def test_a_verifier_has_one_call_however_often_he_asks(store: Store, caller: Callable[[str], Walk]) -> None:
    first, second = caller("an"), caller("bo")
    calls = [video_queue.call_next(store, LI) for _ in range(3)]
    assert [task.case_id for task in calls if task] == [first.id] * 3
    with pytest.raises(video_queue.InCall):
        video_queue.call(store, second.task(STEP).id, LI)
    claims.release(store, first.task(STEP).id, LI)
    assert video_queue.call(store, second.task(STEP).id, LI).claimed_by == "li"  # the control


def test_a_verifier_who_presses_twice_at_once_gets_one_customer(store: Store, caller: Callable[[str], Walk]) -> None:
    """Both presses have read the line before either claims."""
    for name in ("an", "bo"):
        caller(name)
    with store.write() as tx:
        tx.add(Staff(id="li", login="li", name="li", password="-", roles=["verifier"], branch_id="north"))
    with ThreadPoolExecutor(2) as hands:
        calls = list(hands.map(lambda _: video_queue.call_next(store, LI), range(2)))
    with store.read() as tx:
        assert sum(place.by == "li" for place in video_queue.line(tx, "north", store.clock.now())) == 1
    assert len({task.id for task in calls if task}) == 1
