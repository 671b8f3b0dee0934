"""An operator puts a case back on a step that it has been at: everything holds, and it comes to its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine import audit, outbox
from engine.cases import moving
from engine.errors import Gone, NotYours, Stale
from engine.store import Store
from engine.tables import Task
from tests.flow.wander.ground import EVERYBODY, employed
from tests.flow.wander.holds import check
from tests.flow.wander.homeward import home
from tests.flow.wander.starts import STARTS
from tests.house import staff
from tests.walk import Walk

OPERATOR = staff("operator", "operator")
NOTE = "the customer asked for it on the phone"
FROM = (
    "review after a video",
    "second review",
    "sent back",
    "refused by the account",
    "two in line",
    "an agreement at the counter",
)


def been_at(walk: Walk) -> list[str]:
    """The steps that were done in this case and are not open now."""
    with walk.store.read() as tx:
        done = tx.scalars(select(Task.step).where(Task.case_id == walk.id).order_by(Task.opened_at)).all()
    return [step for step in dict.fromkeys(done) if step not in walk.steps]


def foreseen(case: Walk, step: str, case_id: str = "") -> moving.Move:
    with case.store.read() as tx:
        return moving.foresee(case.store, tx, case_id or case.id, step)


def move(case: Walk, step: str, case_id: str = "") -> None:
    moving.move(case.store, foreseen(case, step, case_id), OPERATOR, NOTE)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("start", FROM)
def test_from_any_place_to_any_step_before_it_and_on_to_the_end(store: Store, start: str) -> None:
    with store.write() as tx:
        tx.add_all(employed(person) for person in EVERYBODY.values())
    first, *others = STARTS[start](store)
    steps = been_at(first)
    assert steps
    for step in steps:
        found = foreseen(first, step)
        assert [name for name, _ in found.closes] == first.steps and step in found.asks
        moving.move(store, found, OPERATOR, NOTE)
        assert first.steps == [step]
        check(store, {})
        for walk in (first, *others):
            home(walk, "goes on")
            assert walk.case.end_id == "succeeded" or walk.case.business != "change_settlement_account"
        check(store, {})
        first, *others = STARTS[start](store)


def test_what_the_business_repeats_is_asked_again_and_who_moved_it_and_why_stays(walk: Callable[..., Walk]) -> None:
    case = walk().to_review()
    move(case, "basic_data")
    case.do("basic_data")
    assert case.steps == ["sign_agreements"]  # what was signed has changed
    case.do("sign_agreements")
    assert case.steps == ["review"]
    with case.store.read() as tx:
        row = next(row for row in audit.history(tx, audit.case_chain(case.id)) if row.action == "move")
        closed = tx.scalars(select(Task).where(Task.step == "review", Task.closed_at.is_not(None))).one()
    assert row.actor == OPERATOR.key and NOTE in row.body and '"step":"basic_data"' in row.body
    assert (closed.closed_how, closed.closed_by) == (moving.MOVED, OPERATOR.id)


def test_a_move_is_never_past_what_the_case_has_not_seen(walk: Callable[..., Walk]) -> None:
    case = walk().to_bank_cards()
    for step, why in [
        ("review", "has not been at review yet"),
        ("bank_cards", "is open already"),
        ("tea", "no step of this business"),
    ]:
        with pytest.raises(NotYours, match=why):
            move(case, step)
    assert case.steps == ["bank_cards"]


def test_a_case_with_a_job_under_way_is_not_moved(walk: Callable[..., Walk]) -> None:
    """What the job may do elsewhere is not known before it has answered."""
    case = walk().to_application()
    outbox.due(case.store)
    with pytest.raises(NotYours, match="a job of the case is under way"):
        move(case, "basic_data")
    assert case.answer("account.apply", application__result="applied") and case.case.end_id == "succeeded"


def test_a_case_that_is_over_or_that_nobody_knows_is_not_moved(walk: Callable[..., Walk]) -> None:
    case = walk().to_success()
    with pytest.raises(Stale):
        move(case, "basic_data")
    with pytest.raises(Gone):
        move(case, "basic_data", case_id="nobody")


def test_a_case_that_has_gone_on_since_it_was_looked_at_is_not_moved(walk: Callable[..., Walk]) -> None:
    """What would be done is no longer what the operator was told and has agreed to."""
    case = walk().to_review()
    found = foreseen(case, "basic_data")
    with pytest.raises(ValueError, match="note"):
        moving.move(case.store, found, OPERATOR, " ")
    case.reject("review", "signature_invalid", review__decision="reject")
    with pytest.raises(Stale):
        moving.move(case.store, found, OPERATOR, NOTE)
    case.do("sign_agreements")  # the same step is open again, in another round
    with pytest.raises(Stale):
        moving.move(case.store, found, OPERATOR, NOTE)
    assert case.steps == ["review"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_hundred_moves_leave_the_state_as_small_as_one(walk: Callable[..., Walk]) -> None:
    case, sizes = walk().to_review(), []
    for number in range(100):
        move(case, ("sign_agreements", "check_photos")[number % 2])
        if number % 2:
            sizes.append(len(case.case.state))
    assert max(sizes) <= min(sizes) * 1.1
    home(case, "goes on")
    assert case.case.end_id == "succeeded"
