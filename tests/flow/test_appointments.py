"""Half days to be booked: which are offered, that no place is given twice, what becomes of a booking."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from engine import appointments, bookings, calls, claims, video_queue
from engine.appointments import FullyBooked, Half, NotOffered
from engine.company import Company, default_company, read_company
from engine.store import Store
from engine.tables import Appointment, Case, Staff
from tests.house import HandClock, customer, staff
from tests.walk import Walk

TUESDAY, WEDNESDAY = "2026-11-24.am", "2026-11-25.pm"
FAR = "2026-12-23.pm"


def firm(**rules: Any) -> Company:
    """The default company with other rules for appointments; `calendars` replaces some of its calendars."""
    record = copy.deepcopy(dict(default_company().document))
    record["calendars"].update(rules.pop("calendars", {}))
    record["appointments"].update(rules)
    return read_company(record, demonstration=False)


@pytest.fixture
def case(store: Store) -> Callable[[str], Walk]:
    """Another customer of the branch `north`, at the first page; there is a verifier."""
    with store.write() as tx:
        tx.add(Staff(id="li", login="li", name="li", password="-", roles=["verifier"], branch_id="north"))

    def open_one(name: str) -> Walk:
        with store.write() as tx:
            tx.add(customer(name))
        return Walk(store, customer=name)

    return open_one


def offered(store: Store, of: Company, branch: str = "north") -> dict[str, Half]:
    with store.read() as tx:
        return {half.id: half for half in appointments.halves(tx, of, branch, store.clock.now())}


def book(store: Store, of: Company, who: Walk, half: str) -> str:
    with store.write() as tx:
        return appointments.book(tx, of, tx.get_one(Case, who.id), half, store.clock.now(), store.ids).id


def fates(store: Store, who: Walk) -> list[tuple[str, str | None]]:
    """Every half day that a case booked, with what became of it."""
    with store.read() as tx:
        rows = tx.query(Appointment).filter_by(case_id=who.id).order_by(Appointment.booked_at, Appointment.id)
        return [(f"{row.day}.{row.half}", row.closed_how) for row in rows]


# what is offered


@pytest.mark.parametrize(
    ("day", "is_offered"),
    [
        pytest.param("2026-11-23", False, id="today"),
        pytest.param("2026-11-24", True, id="tomorrow"),
        pytest.param("2026-11-28", False, id="a Saturday"),
        pytest.param("2026-11-30", False, id="a holiday of the company"),
        pytest.param("2026-12-23", True, id="the thirtieth day"),
        pytest.param("2026-12-24", False, id="the day after it"),
    ],
)
def test_trading_days_from_tomorrow_to_thirty_days_ahead_are_offered(store: Store, day: str, is_offered: bool) -> None:
    trading = {**default_company().document["calendars"]["trading"], "holidays": ["2026-11-30"]}
    found = offered(store, firm(calendars={"trading": trading}))
    assert {f"{day}.am" in found, f"{day}.pm" in found} == {is_offered}


def test_national_day_is_not_offered(store: Store, clock: HandClock) -> None:
    clock.moment = clock.moment.replace(month=9, day=28)
    assert date(2026, 9, 30) in {half.day for half in offered(store, firm()).values()}
    assert date(2026, 10, 1) not in {half.day for half in offered(store, firm()).values()}


def test_a_half_day_in_which_nobody_answers_is_not_offered(store: Store) -> None:
    answered = {"tue": [["11:30", "17:00"]], "wed": [["11:29", "12:00"]]}
    found = offered(store, firm(calendars={"video": {"hours": answered}}))
    assert {half[:13] for half in found if half < "2026-11-30"} == {"2026-11-24.pm", "2026-11-25.am"}


def test_hours_capacity_and_reach_are_the_companys_and_a_branch_may_have_its_own(store: Store) -> None:
    of = firm(days_ahead=1, am=["08:30", "12:00"], capacity=5, branches={"south": 2})
    north, south = offered(store, of), offered(store, of, "south")
    assert list(north) == ["2026-11-24.am", "2026-11-24.pm"]
    morning = north[TUESDAY]
    assert (f"{morning.starts_at:%H:%M}", f"{morning.ends_at:%H:%M}") == ("08:30", "12:00")
    assert (morning.capacity, south[TUESDAY].capacity) == (5, 2)


def test_a_booking_counts_in_its_half_day_and_branch_only(store: Store, case: Callable[[str], Walk]) -> None:
    book(store, firm(), case("an"), TUESDAY)
    assert [half.id for half in offered(store, firm()).values() if half.booked] == [TUESDAY]
    assert offered(store, firm())[TUESDAY].free == 19
    assert not any(half.booked for half in offered(store, firm(), "south").values())


# booking


def test_the_last_place_is_given_once_and_who_is_refused_keeps_what_he_had(
    store: Store, case: Callable[[str], Walk]
) -> None:
    small, one, two = firm(capacity=1), case("an"), case("bo")
    book(store, small, two, WEDNESDAY)
    book(store, small, one, TUESDAY)
    with pytest.raises(FullyBooked):
        book(store, small, two, TUESDAY)
    assert fates(store, two) == [(WEDNESDAY, None)]


def test_a_change_frees_the_first_place_for_the_next(
    store: Store, clock: HandClock, case: Callable[[str], Walk]
) -> None:
    small, one, two = firm(capacity=1), case("an"), case("bo")
    book(store, small, one, TUESDAY)
    clock.pass_by(minutes=1)
    book(store, small, one, WEDNESDAY)
    assert fates(store, one) == [(TUESDAY, "changed"), (WEDNESDAY, None)]
    book(store, small, two, TUESDAY)


def test_the_same_half_day_again_is_the_same_booking_even_where_it_is_full(
    store: Store, case: Callable[[str], Walk]
) -> None:
    one = case("an")
    assert book(store, firm(), one, TUESDAY) == book(store, firm(capacity=0), one, TUESDAY)
    assert fates(store, one) == [(TUESDAY, None)]


@pytest.mark.parametrize("half", ["2026-11-23.pm", "2026-11-28.am", "2026-12-24.am", "2026-11-24", "", "soon"])
def test_what_is_not_offered_is_not_booked(store: Store, case: Callable[[str], Walk], half: str) -> None:
    one = case("an")
    with pytest.raises(NotOffered):
        book(store, firm(), one, half)
    assert fates(store, one) == []


# what becomes of it


def test_the_end_of_a_case_gives_its_place_back(store: Store, case: Callable[[str], Walk]) -> None:
    one = case("an")
    one.do("upload_photos")
    book(store, firm(), one, TUESDAY)
    one.give_up()
    assert fates(store, one) == [(TUESDAY, "ended")] and not offered(store, firm())[TUESDAY].booked


def called(store: Store, one: Walk, outcome: str) -> None:
    """A verifier has talked to him."""
    task = one.task("video_verification")
    claims.claim(store, task.id, staff("li"))
    with store.write() as tx:
        calls.conclude(store, tx, tx.get_one(type(task), task.id), outcome)


def test_a_pass_ends_the_booking_also_after_its_half_day(
    store: Store, clock: HandClock, case: Callable[[str], Walk]
) -> None:
    early, late = case("an").to_queue(), case("bo").to_queue()
    for one in (early, late):
        book(store, firm(), one, TUESDAY)
    called(store, early, "pass")
    clock.pass_by(days=2)
    called(store, late, "pass")
    assert fates(store, early) == fates(store, late) == [(TUESDAY, "passed")]


def test_what_nobody_came_for_is_closed_as_missed_when_its_half_day_is_over(
    store: Store, clock: HandClock, case: Callable[[str], Walk]
) -> None:
    away, waits, talked = case("an"), case("bo").to_video_page(), case("cui").to_video_page()
    for one in (away, waits, talked):
        book(store, firm(), one, TUESDAY)
    clock.pass_by(days=1, hours=1, minutes=30)  # 11:24
    for one in (waits, talked):
        one.do("video_page", video__choice="queue", device__ok=True)
    called(store, talked, "interrupted")
    hung_up(talked)
    assert bookings.close_missed(store) == 0
    clock.pass_by(minutes=10)
    assert bookings.close_missed(store) == 2
    assert [fates(store, one)[0][1] for one in (away, waits, talked)] == ["missed", None, "came"]
    assert bookings.close_missed(store) == 0


def hung_up(one: Walk) -> None:
    """The verifier's 用户中断 leads back to the video page."""
    one.submit(one.task("video_verification"), staff("li"), {"video.decision": "interrupted"})
    assert one.steps == ["video_page"]


def test_who_came_in_his_half_day_stays_before_the_others_when_it_ends(
    store: Store, clock: HandClock, case: Callable[[str], Walk]
) -> None:
    walk_in, in_time, too_late = case("an").to_video_page(), case("bo").to_video_page(), case("cui").to_video_page()
    for one in (in_time, too_late):
        book(store, firm(), one, TUESDAY)
    clock.pass_by(days=1, hours=1)
    walk_in.do("video_page", video__choice="queue", device__ok=True)
    clock.pass_by(minutes=10)
    in_time.do("video_page", video__choice="queue", device__ok=True)
    clock.pass_by(hours=1)
    too_late.do("video_page", video__choice="queue", device__ok=True)
    with store.read() as tx:
        now = store.clock.now()
        assert [one.case_id for one in video_queue.line(tx, "north", now)] == [in_time.id, walk_in.id, too_late.id]
        assert appointments.running(tx, "north", now) == {in_time.id: "am"}


def test_who_is_booked_is_not_idle_until_his_half_day_is_over(
    store: Store, clock: HandClock, case: Callable[[str], Walk]
) -> None:
    one = case("an").to_video_page()
    one.do("video_page", video__choice="book")
    assert one.timers["idle_limit"].due_at == clock.now() + timedelta(days=30)
    book(store, firm(), one, FAR)
    ends_at = offered(store, firm())[FAR].ends_at
    one.do("appointment", appointment__ends_at=ends_at.isoformat())
    assert one.timers["idle_limit"].due_at == ends_at + timedelta(days=30)
    assert one.timers["idle_warning"].due_at == ends_at + timedelta(days=23)
    assert one.wait(days=30) == 0 and one.steps == ["appointment_waiting"]
    with store.write() as tx:
        appointments.close(tx, one.id, "cancelled", clock.now())
    one.do("appointment_waiting", appointment__choice="cancel")
    assert one.timers["idle_limit"].due_at == clock.now() + timedelta(days=30)
