"""A booking is reminded of on the evening before and an hour before it begins: each once, and only while it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from engine import appointments, bookings, company
from engine.clock import SHANGHAI
from engine.store import Store
from engine.tables import Case
from tests.house import HandClock
from tests.walk import Walk

REMINDER = "appointment_reminder"
WEDNESDAY_MORNING, THURSDAY_AFTERNOON = "2026-11-25.am", "2026-11-26.pm"


@pytest.fixture
def booked(store: Store, walk: Callable[..., Walk]) -> Walk:
    """On Monday, for Wednesday 09:00."""
    return book(walk().to_video_page(), WEDNESDAY_MORNING)


def book(case: Walk, half: str) -> Walk:
    store = case.store
    with store.write() as tx:
        bookings.book(store, tx, tx.get_one(Case, case.id), half)
    return case


def at(store: Store, day: int, hour: int, minute: int = 0) -> int:
    """It is then, and the relay comes round: how many were reminded."""
    clock = store.clock
    assert isinstance(clock, HandClock)
    clock.pass_by(seconds=(datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI) - clock.now()).total_seconds())
    return bookings.remind(store)


def reminders(case: Walk) -> int:
    return case.told.count(REMINDER)


def test_both_reminders_come_once_each(store: Store, booked: Walk) -> None:
    times = [(24, 17, 59), (24, 18, 0), (24, 18, 1), (25, 7, 59), (25, 8, 0), (25, 8, 1), (25, 8, 59), (25, 9, 0)]
    assert [at(store, *time) for time in times] == [0, 1, 0, 0, 1, 0, 0, 0]
    assert reminders(booked) == 2


def test_a_relay_that_stood_still_over_both_reminds_once(store: Store, booked: Walk) -> None:
    assert (at(store, 25, 8, 30), at(store, 25, 8, 31)) == (1, 0)


def test_a_half_day_that_has_begun_is_not_reminded_of(store: Store, booked: Walk) -> None:
    assert at(store, 25, 9) == 0


def test_who_books_in_the_evening_is_reminded_in_the_morning_only(store: Store, walk: Callable[..., Walk]) -> None:
    at(store, 24, 20)
    case = book(walk().to_video_page(), WEDNESDAY_MORNING)
    assert [at(store, 24, 20, 5), at(store, 25, 8)] == [0, 1] and reminders(case) == 1


def test_a_change_is_reminded_of_at_its_own_time(store: Store, booked: Walk) -> None:
    at(store, 24, 18)
    book(booked, THURSDAY_AFTERNOON)
    assert [at(store, 25, 8), at(store, 25, 18), at(store, 26, 12)] == [0, 1, 1]


def test_what_was_given_back_is_not_reminded_of(store: Store, booked: Walk) -> None:
    with store.write() as tx:
        bookings.cancel(store, tx, tx.get_one(Case, booked.id))
    assert [at(store, 24, 18), at(store, 25, 8)] == [0, 0]


def test_what_was_given_back_between_the_look_and_the_text_is_not_told(
    store: Store, booked: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is read first, each text is written in a transaction of its own."""
    with store.read() as tx:
        mine = appointments.active(tx, booked.id, store.clock.now())
        assert mine is not None
    with store.write() as tx:
        bookings.cancel(store, tx, tx.get_one(Case, booked.id))
    monkeypatch.setattr(appointments, "to_remind", lambda tx, now: [mine])
    store.clock.pass_by(days=1)  # type: ignore[attr-defined]
    assert bookings.remind(store) == 0 == reminders(booked)


def test_both_moments_follow_from_the_half_day(store: Store, booked: Walk) -> None:
    with store.read() as tx:
        row = appointments.active(tx, booked.id, store.clock.now())
        assert row is not None and company.load(tx).appointments is not None
        evening, hour_before = appointments.reminders(row)
    assert evening == datetime(2026, 11, 24, 18, tzinfo=SHANGHAI) and hour_before == row.starts_at - timedelta(hours=1)
