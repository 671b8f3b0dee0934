"""What the customer is told on his phone: one text for each thing that happens, as sure as the thing itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import bookings
from engine.cases import Completion, RejectionInput, complete
from engine.store import Store
from engine.tables import Appointment, Case
from tests.flow.strides import again_to
from tests.house import SUPPLEMENT, count_rows, staff
from tests.walk import Walk, new_submission

TUESDAY, WEDNESDAY = "2026-11-24.am", "2026-11-25.pm"
Going = Callable[[Walk], object]


def rejected(desk: str, *reasons: str) -> Going:
    decision = {"video_verification": "video"}.get(desk, desk)
    return lambda walk: walk.reject(desk, *reasons, **{f"{decision}__decision": "reject"})


def answered(service: str, **facts: Any) -> Going:
    return lambda walk: walk.answer(service, **facts)


def sent_back_by_the_counter(result: str) -> Going:
    def go(walk: Walk) -> None:
        walk.answer("account.apply", application__result="refused")
        walk.reject("handle_refusal", "card_number_wrong", refusal__decision="correct")
        assert walk.told == [], "before it is withdrawn nobody knows"
        walk.answer("account.withdraw", application__result=result)

    return go


def twice_in_review(walk: Walk) -> None:
    for _ in range(2):
        rejected("review", "signature_invalid")(walk)
        again_to(walk, "review")


def refused_for_good(walk: Walk) -> None:
    rejected("review", "id_expired")(walk)
    walk.answer("certificate.revoke", certificate__revoked=True)


REVIEWED, IN_VIDEO = "rejected_in_review", "rejected_in_video"
ROADS: dict[str, tuple[Going, Going, list[str]]] = {
    "passed in the video": (Walk.to_queue, Walk.past_video, []),
    "rejected in the video": (Walk.to_queue, rejected("video_verification", "id_photo_unclear"), [IN_VIDEO]),
    "rejected in review for two reasons": (
        Walk.to_review, rejected("review", "signature_invalid", "card_photo_unclear"), [REVIEWED]),
    "rejected in review twice": (Walk.to_review, twice_in_review, [REVIEWED, REVIEWED]),
    "refused for good": (
        Walk.to_review, refused_for_good, ["failed"]),
    "applied": (Walk.to_application, answered("account.apply", application__result="applied"), ["change_applied"]),
    "refused by the account system, corrected": (
        Walk.to_application, sent_back_by_the_counter("withdrawn"), ["correction_needed"]),
    "corrected, but applied after all": (
        Walk.to_application, sent_back_by_the_counter("applied"), ["change_applied"]),
    "left alone": (Walk.photos, lambda walk: walk.wait(days=23), ["idle_warning"]),
    "left alone for too long": (Walk.photos, lambda walk: walk.wait(days=30), ["idle_warning", "expired"]),
    "given up": (Walk.to_review, Walk.give_up, []),
}  # fmt: skip


@pytest.mark.parametrize("road", ROADS)
def test_each_event_sends_its_one_text(walk: Callable[..., Walk], road: str) -> None:
    start, go, told = ROADS[road]
    case = walk()
    start(case)
    assert case.told == []
    go(case)
    assert case.told == told


def test_a_signed_supplement_is_told_by_its_own_business(walk: Callable[..., Walk]) -> None:
    case = walk(SUPPLEMENT)
    case.do("certificate_check", certificate__found=True)
    case.do("sign_agreements")
    case.answer("obligation.settle", obligation__settled=True)
    assert case.told == ["agreement_signed"]


# bookings


def booked(walk: Walk, half: str = TUESDAY) -> None:
    """The appointment page, submitted: row, step and text in one transaction."""
    task = walk.task("appointment")
    given = Completion(task.id, walk.me, new_submission(), facts={"appointment.ends_at": "2026-11-24T11:30:00+08:00"})
    complete(walk.store, given, lambda tx: bookings.book(walk.store, tx, tx.get_one(Case, walk.id), half) and None)


def at_booking(walk: Walk) -> Walk:
    walk.to_video_page().do("video_page", video__choice="book")
    return walk


def change(walk: Walk, half: str) -> None:
    walk.do("appointment_waiting", appointment__choice="change")
    booked(walk, half)


def cancel(walk: Walk) -> None:
    task = walk.task("appointment_waiting")
    given = Completion(task.id, walk.me, new_submission(), facts={"appointment.choice": "cancel"})
    complete(walk.store, given, lambda tx: bookings.cancel(walk.store, tx, tx.get_one(Case, walk.id)))


def away(walk: Walk) -> None:
    walk.wait(days=2)
    bookings.close_missed(walk.store)


def in_line(walk: Walk) -> None:
    """He stands in line in his half day, and when it ends."""
    walk.store.clock.pass_by(days=1)  # type: ignore[attr-defined]
    walk.do("appointment_waiting", appointment__choice="queue", device__ok=True)
    away(walk)


BOOKED, CHANGED, CANCELLED, MISSED = (f"appointment_{how}" for how in ("booked", "changed", "cancelled", "missed"))
BOOKINGS: dict[str, tuple[Going, list[str]]] = {
    "booked": (lambda walk: None, [BOOKED]),
    "changed": (lambda walk: change(walk, WEDNESDAY), [BOOKED, CHANGED]),
    "changed to the same half day": (lambda walk: change(walk, TUESDAY), [BOOKED]),
    "cancelled": (cancel, [BOOKED, CANCELLED]),
    "missed": (away, [BOOKED, MISSED]),
    "missed on the page that changes it": (
        lambda walk: (walk.do("appointment_waiting", appointment__choice="change"), away(walk)), [BOOKED, MISSED]),
    "seen to be missed twice": (lambda walk: (away(walk), bookings.close_missed(walk.store)), [BOOKED, MISSED]),
    "came and stands in line": (in_line, [BOOKED]),
    "given up": (lambda walk: (walk.give_up(), away(walk)), [BOOKED]),
}  # fmt: skip


@pytest.mark.parametrize("what", BOOKINGS)
def test_what_becomes_of_a_booking_is_told_once(walk: Callable[..., Walk], what: str) -> None:
    go, told = BOOKINGS[what]
    case = at_booking(walk())
    booked(case)
    go(case)
    assert case.told == told


# as sure as the thing itself


def test_what_is_rolled_back_is_not_told(store: Store, walk: Callable[..., Walk]) -> None:
    case = at_booking(walk())
    task, given = case.task("appointment"), {"appointment.ends_at": "2026-11-24T11:30:00+08:00"}

    def fails(tx: Any) -> None:
        bookings.book(store, tx, tx.get_one(Case, case.id), TUESDAY)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        complete(store, Completion(task.id, case.me, new_submission(), facts=given), fails)
    with store.read() as tx:
        assert case.told == [] and count_rows(tx, Appointment) == 0
    case.give_up()
    with pytest.raises(AssertionError):
        case.reject("review", "signature_invalid", review__decision="reject")
    assert case.told == []


def test_one_decision_sent_twice_is_told_once(store: Store, walk: Callable[..., Walk]) -> None:
    from engine import claims

    case = walk().to_review()
    task = case.task("review")
    claims.claim(store, task.id, staff())
    given = (RejectionInput("signature_invalid", internal_note="seen"),)
    decision = Completion(task.id, staff(), "once", facts={"review.decision": "reject"}, rejections=given)
    for _ in range(2):
        complete(store, decision)
    assert case.told == [REVIEWED]
