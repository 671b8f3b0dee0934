"""How the steps of a business go, and which cases stand still: counted over real cases on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from engine import outbox
from engine.flow_figures import Figures, Kind, Stuck, Wish, figures, stuck
from engine.flow_figures.steps import MOST, StepFigures, nearest
from engine.flow_figures.stuck import ENOUGH
from engine.store import Store
from engine.tables import Staff, Task
from tests.flow.trouble import broken
from tests.house import CHANGE, MONDAY, HandClock, drawn, hire, staff
from tests.walk import Walk

LI = staff("li")


def told(store: Store, **wish: object) -> Figures:
    with store.read() as tx:
        return figures(tx, Wish(CHANGE, wish.pop("since", MONDAY - timedelta(days=1)), **wish), store.clock.now())  # type: ignore[arg-type]


def test_a_step_tells_how_long_it_took_and_who_stands_there(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    for customer, minutes in (("zhang", 3), ("wang", 9)):
        case = walk(customer=customer).photos()
        clock.pass_by(minutes=minutes)
        case.do("basic_data")
    clock.pass_by(minutes=30)
    found = told(store)
    basic, cards = found.steps["basic_data"], found.steps["bank_cards"]
    assert (found.cases, found.cut, basic.answered, basic.standing) == (2, False, 2, 0)
    assert (basic.median, basic.p90) == (timedelta(minutes=3), timedelta(minutes=9))
    assert (cards.standing, cards.waiting, cards.oldest) == (2, timedelta(minutes=30), timedelta(minutes=39))
    assert cards.answered == 0 and cards.median is None


def test_a_desk_tells_how_often_it_sends_back_and_for_what(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().to_review()
    case.reject("review", "card_photo_unclear", "id_of_another")
    walk(customer="wang").to_review().decide("review", review__decision="pass")
    found = told(store)
    review = found.steps["review"]
    assert (review.answered, review.rejected, review.reject_rate) == (2, 1, 0.5)
    assert {(one.desk, one.reason, one.given, one.of) for one in found.reasons} == {
        ("review", "card_photo_unclear", 1, 2), ("review", "id_of_another", 1, 2),
    }  # fmt: skip


def test_a_step_tells_who_gave_up_there_and_nobody_who_went_on(store: Store, walk: Callable[..., Walk]) -> None:
    walk().to_bank_cards().give_up()
    walk(customer="wang").to_bank_cards().cards()
    cards = told(store).steps["bank_cards"]
    assert (cards.given_up, cards.answered, cards.drop_rate) == (1, 1, 0.5)


def test_a_step_that_nobody_ever_answered_has_counts_and_no_times(store: Store, walk: Callable[..., Walk]) -> None:
    walk().to_bank_cards().give_up()
    cards = told(store).steps["bank_cards"]
    assert (cards.given_up, cards.answered, cards.median, cards.p95) == (1, 0, None, None)


def test_only_cases_of_the_window_and_of_the_version_count(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    walk().photos()
    assert told(store, bundle_hash=drawn(CHANGE).hash).steps["check_photos"].answered == 1
    assert told(store, bundle_hash="0" * 64).steps == {}
    later = told(store, since=MONDAY + timedelta(days=1))
    assert later.cases == 0 and later.steps["basic_data"].standing == 1, "what stands now counts whenever it began"
    assert later.steps.keys() == {"basic_data"}


def test_more_cases_than_are_counted_are_said_to_be_more(
    store: Store, walk: Callable[..., Walk], monkeypatch: pytest.MonkeyPatch
) -> None:
    walk().photos()
    walk(customer="wang").photos()
    assert not told(store).cut and MOST > 2
    monkeypatch.setattr("engine.flow_figures.steps.MOST", 1)
    found = told(store)
    assert (found.cases, found.cut) == (1, True)


@pytest.mark.parametrize(
    ("share", "of", "place"),
    [(50, 1, 1), (50, 2, 1), (50, 4, 2), (50, 5, 3), (90, 4, 4), (90, 10, 9), (95, 20, 19), (95, 21, 20), (95, 1, 1)],
)
def test_a_percentile_is_a_value_that_was_measured(share: int, of: int, place: int) -> None:
    assert nearest(share, of) == place


USUAL = {
    step: StepFigures(step, answered=ENOUGH, p95=timedelta(hours=1))
    for step in ("review", "bank_cards", "video_verification")
}


def standing(store: Store, usual: dict[str, StepFigures] = USUAL, most: int = 50) -> list[Stuck]:
    with store.read() as tx:
        return stuck(tx, CHANGE, usual, lambda _: drawn(CHANGE), store.clock.now(), most)


def kinds(store: Store) -> list[tuple[Kind, str]]:
    return [(one.kind, one.element) for one in standing(store)]


def test_a_case_is_stuck_only_past_what_is_usual_there(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    walk().to_bank_cards()
    clock.pass_by(minutes=59)
    assert kinds(store) == []
    clock.pass_by(minutes=2)
    assert kinds(store) == [("customer_silent", "bank_cards")]
    few = {"bank_cards": StepFigures("bank_cards", answered=ENOUGH - 1, p95=timedelta(hours=1))}
    assert standing(store, few) == [], "a few measured times are no measure"


def test_a_desk_task_tells_what_holds_it(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    case = walk().to_review()
    clock.pass_by(hours=2)
    assert kinds(store) == [("nobody_eligible", "review")]
    hire(store, LI)
    assert kinds(store) == [("unclaimed", "review")]
    case.hold("review", LI)
    [held] = standing(store)
    assert (held.kind, held.held_by, held.case_id, held.usual) == ("claimed", "li", case.id, timedelta(hours=1))
    with store.write() as tx:
        tx.execute(update(Staff).values(locked_at=clock.now()))
    clock.pass_by(hours=2)
    assert kinds(store) == [("nobody_eligible", "review")], "whoever is locked takes nothing"


def test_who_did_the_first_review_does_not_make_the_second_one_possible(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    """Four eyes are asked of each case: the colleague who is free for one is not for the other."""
    usual = {"second_review": StepFigures("second_review", answered=ENOUGH, p95=timedelta(hours=1))}
    hire(store, LI)
    cases = [walk(second_review=True).to_review(), walk(customer="wang", second_review=True).to_review()]
    cases[0].decide("review", by=LI, review__decision="pass")
    clock.pass_by(minutes=1)
    cases[1].decide("review", by=staff("somebody else"), review__decision="pass")
    clock.pass_by(hours=2)
    assert [(one.kind, one.case_id) for one in standing(store, usual)] == [
        ("nobody_eligible", cases[0].id), ("unclaimed", cases[1].id),
    ]  # fmt: skip
    hire(store, staff("zhou"))
    assert [one.kind for one in standing(store, usual)] == ["unclaimed", "unclaimed"]


def test_a_step_past_its_due_time_is_late_whatever_is_usual(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case = walk().to_review()
    with store.write() as tx:
        tx.execute(update(Task).where(Task.case_id == case.id).values(due_at=clock.now() + timedelta(minutes=20)))
    clock.pass_by(minutes=15)
    assert standing(store, {}) == []
    clock.pass_by(minutes=10)
    assert [one.kind for one in standing(store, {})] == ["nobody_eligible"]


def test_what_the_machine_does_not_do_comes_first(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    broken(walk())
    other = walk(customer="wang")
    other.do("upload_photos")
    other.until("photo.check")
    clock.pass_by(minutes=4)
    assert [one.kind for one in standing(store)] == ["job_failed"]
    clock.pass_by(minutes=4)
    assert [one.kind for one in standing(store)] == ["job_failed", "queue_down"]
    outbox.due(store)
    assert [one.kind for one in standing(store)] == ["job_failed"], "it was sent, and its lease runs"
    clock.pass_by(days=40)
    assert [one.kind for one in standing(store)][:2] == ["job_failed", "queue_down"]
    assert "timer_overdue" in {one.kind for one in standing(store)}


def test_of_each_kind_so_many_are_told(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    walk().to_bank_cards()
    clock.pass_by(minutes=1)
    walk(customer="wang").to_bank_cards()
    clock.pass_by(hours=3)
    [one] = standing(store, most=1)
    assert (one.kind, one.since) == ("customer_silent", MONDAY)
