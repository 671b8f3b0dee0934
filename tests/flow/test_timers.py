"""Timers count by the passed clock, fire once, also after downtime, and idle ones start anew with activity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from engine import drafts, photos, timers
from engine.cases import closes_at
from engine.clock import SHANGHAI
from engine.store import Store
from engine.tables import Timer
from tests.house import MONDAY, HandClock, customer, staff
from tests.walk import Walk


def test_due_times_are_counted_from_the_passed_clock(walk: Callable[..., Walk]) -> None:
    dues = {element: timer.due_at for element, timer in walk().timers.items()}
    assert dues == {"idle_warning": MONDAY + timedelta(days=23), "idle_limit": MONDAY + timedelta(days=30)}


def test_nothing_fires_before_it_is_due(walk: Callable[..., Walk]) -> None:
    assert walk().wait(days=22, hours=23) == 0


def test_the_warning_reminds_and_the_limit_ends(walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    assert case.wait(days=23) == 1
    assert case.told == ["idle_warning"] and case.jobs == []
    assert case.steps == ["basic_data"]
    assert case.wait(days=7) == 1
    assert (case.case.status, case.case.end_id) == ("已超时", "expired")
    assert case.told == ["idle_warning", "expired"]


def test_the_closing_is_told_once_the_warning_was_due_and_no_more_after_activity(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case = walk().photos()

    def told() -> datetime | None:
        with store.read() as tx:
            return closes_at(store, tx, case.case)

    clock.pass_by(days=22, hours=23)
    assert told() is None
    clock.pass_by(hours=1)
    assert told() == MONDAY + timedelta(days=30), "the sweep that sends the warning may be late"
    timers.sweep(store)
    assert told() == MONDAY + timedelta(days=30)
    case.do("basic_data")
    assert told() is None


def test_after_downtime_both_fire_in_their_order(walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    assert case.wait(days=100) == 2
    assert case.case.end_id == "expired"


def test_of_two_that_are_due_at_one_moment_the_same_one_fires_first_each_time(store: Store) -> None:
    """By their names: the ids of timers are thrown by the interpreter."""
    names = [f"one of {number}" for number in range(5)]
    with store.write() as tx:
        tx.add_all(customer(name) for name in names)
    cases = [Walk(store, customer=name, idle_warning="P30D") for name in names]
    cases[0].wait(days=30)
    assert [case.told for case in cases] == [["expired"]] * len(cases)


def test_a_second_sweep_finds_nothing(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    case.wait(days=23)
    assert timers.sweep(store) == 0
    assert case.told == ["idle_warning"]


def test_a_submission_restarts_the_idle_timers_and_sets_the_reminder_again(walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    case.wait(days=23)
    assert "idle_warning" not in case.timers
    case.do("basic_data")
    now = MONDAY + timedelta(days=23)
    assert case.timers["idle_limit"].due_at == now + timedelta(days=30)
    assert case.timers["idle_warning"].due_at == now + timedelta(days=23)
    assert case.wait(days=23) == 1


def test_typing_and_uploading_are_activity_too(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    clock.pass_by(days=20)
    drafts.save(store, case.id, "basic_data", "zhang", {"address": "a"})
    assert case.timers["idle_limit"].due_at == MONDAY + timedelta(days=50)
    clock.pass_by(days=20)
    photos.add(store, case_id=case.id, slot="id_portrait", data=b"jpeg", by="zhang", kind="id1")
    assert case.timers["idle_limit"].due_at == MONDAY + timedelta(days=70)
    assert case.wait(days=20) == 0


def test_what_a_desk_does_is_not_the_customers_activity(clock: HandClock, walk: Callable[..., Walk]) -> None:
    case = walk().to_review()
    clock.pass_by(days=5)
    case.reject("review", "signature_invalid", by=staff(), review__decision="reject")
    assert case.timers["idle_limit"].due_at == MONDAY + timedelta(days=30)


def test_a_missed_appointment_leads_back_to_the_video_page(walk: Callable[..., Walk]) -> None:
    case = walk().to_video_page()
    case.do("video_page", video__choice="book")
    case.do("appointment", appointment__ends_at="2026-11-25T12:00:00+08:00")
    assert case.timers["appointment_missed"].due_at == datetime(2026, 11, 25, 12, tzinfo=SHANGHAI)
    assert case.case.status == "已预约"
    assert case.wait(days=2, hours=2) == 0
    assert case.wait(hours=1) == 1
    assert (case.steps, case.case.status) == (["video_page"], "待视频")


def test_a_due_timer_does_not_fire_in_the_midst_of_a_submission(clock: HandClock, walk: Callable[..., Walk]) -> None:
    """Only the sweep fires: a customer who comes at the last minute, before the sweep, still gets through."""
    case = walk().photos()
    clock.pass_by(days=31)
    case.do("basic_data")
    assert case.steps == ["bank_cards"]
    assert case.wait(minutes=1) == 0


@pytest.mark.parametrize(
    ("days", "due"),
    [
        pytest.param(0, datetime(2026, 11, 24, 9, 54, tzinfo=SHANGHAI), id="Monday to Tuesday"),
        pytest.param(4, datetime(2026, 11, 30, 9, 54, tzinfo=SHANGHAI), id="Friday to Monday"),
        pytest.param(5, datetime(2026, 11, 30, 9, 54, tzinfo=SHANGHAI), id="Saturday to Monday"),
    ],
)
def test_a_desk_has_one_trading_day(clock: HandClock, walk: Callable[..., Walk], days: int, due: datetime) -> None:
    clock.pass_by(days=days)
    case = walk().to_review()
    assert case.task("review").due_at == due


def test_the_sweep_does_not_wait_for_a_case_that_somebody_holds(store: Store, walk: Callable[..., Walk]) -> None:
    if store.db.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    case = walk().photos()
    with store.db.connect() as other:
        other.execute(text("SELECT 1 FROM cases WHERE id = :id FOR UPDATE"), {"id": case.id})
        assert case.wait(days=23) == 0
    assert timers.sweep(store) == 1


def test_one_case_whose_timer_cannot_fire_does_not_stop_the_others(store: Store, walk: Callable[..., Walk]) -> None:
    broken, fine = walk(customer="zhang").photos(), walk(customer="wang").photos()
    with store.write() as tx:
        row = tx.get(type(broken.case), broken.id)
        assert row is not None
        row.state = "{}"
    assert fine.wait(days=23) == 1
    assert fine.told == ["idle_warning"] and broken.told == []


def test_a_timer_row_without_its_timer_is_dropped(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    stray = "00000000-0000-0000-0000-000000000001"
    with store.write() as tx:
        tx.add(Timer(task_id=stray, case_id=case.id, element="stray", due_at=MONDAY))
    timers.sweep(store)
    assert "stray" not in case.timers
    assert case.steps == ["basic_data"]
