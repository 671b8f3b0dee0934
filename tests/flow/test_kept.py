"""Whom a desk task is kept for, taking it nevertheless, and a supervisor's word."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import audit, claims, comments
from engine.actors import Actor
from engine.cases.keeping import PREFERRED
from engine.errors import NeedsReason, NotYours, Stale
from engine.reassigning import KEPT, reassign
from engine.store import Store
from engine.tables import AuditRow, Staff
from tests.house import HandClock, hire, investor, staff
from tests.walk import Walk

LI, HAN, MO = staff("li"), staff("han"), staff("mo")
CHIEF = Actor("staff", "chief", "chief", frozenset({"supervisor"}), "north")


def employ(store: Store, name: str, *roles: str, branch: str = "north", locked: bool = False) -> None:
    """A row of staff, for those whom a supervisor may name."""
    with store.write() as tx:
        tx.add(
            Staff(
                id=name,
                login=name,
                name=name,
                password="-",
                roles=list(roles),
                branch_id=branch,
                locked_at=store.clock.now() if locked else None,
            )
        )


def sent_back(walk: Callable[..., Walk], by: Actor = LI) -> Walk:
    """A case that this reviewer sent back and whose customer has signed again."""
    case = walk().to_review()
    case.reject("review", "signature_invalid", by=by, review__decision="reject")
    case.do("sign_agreements")
    return case


def said(store: Store, case: Walk, action: str) -> dict[str, object]:
    """What the audit holds about the last such act."""
    with store.read() as tx:
        mine = select(AuditRow).where(AuditRow.chain == audit.case_chain(case.id), AuditRow.action == action)
        row = tx.scalars(mine.order_by(AuditRow.seq.desc())).first()
    assert row is not None
    body: dict[str, object] = json.loads(row.body)
    return body


def reason_of(store: Store, case: Walk, action: str) -> str:
    """What was written with the last such act: for colleagues to read, and nowhere in the audit."""
    with store.read() as tx:
        [why] = [one.text for one in comments.of_case(tx, store.vault, case.id) if one.why == action]
        assert not [row for row in tx.scalars(select(AuditRow)) if why in row.body]
    return why


def test_a_case_comes_back_to_whoever_sent_it_back(store: Store, walk: Callable[..., Walk]) -> None:
    task = sent_back(walk).task("review")
    assert (task.preferred_by, task.preferred_until) == ("li", store.clock.now() + PREFERRED)
    assert claims.claim(store, task.id, LI).claimed_by == "li"


def test_a_colleague_takes_it_sooner_only_with_a_reason(store: Store, walk: Callable[..., Walk]) -> None:
    case = sent_back(walk)
    with pytest.raises(NeedsReason) as kept:
        claims.claim(store, case.task("review").id, HAN, "  ")
    assert (kept.value.by, kept.value.until) == ("li", store.clock.now() + PREFERRED)
    hire(store, HAN)
    claims.claim(store, case.task("review").id, HAN, "he is ill")
    assert (said(store, case, "claim")["taken_from"], reason_of(store, case, "claim")) == ("li", "he is ill")


def test_after_its_time_it_is_anybodys(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    task = sent_back(walk).task("review")
    clock.pass_by(seconds=PREFERRED.total_seconds())
    assert claims.claim(store, task.id, HAN).claimed_by == "han"


def test_a_task_that_nobody_sent_back_is_kept_for_nobody(walk: Callable[..., Walk]) -> None:
    assert walk().to_review().task("review").preferred_by is None


def test_it_is_not_kept_for_one_who_was_locked_meanwhile(store: Store, walk: Callable[..., Walk]) -> None:
    employ(store, "li", "reviewer", locked=True)
    assert sent_back(walk).task("review").preferred_by is None


def test_a_lapsed_claim_is_taken_with_a_reason(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    task = walk().to_review().task("review")
    claims.claim(store, task.id, LI)
    clock.pass_by(minutes=31)
    with pytest.raises(NeedsReason):
        claims.claim(store, task.id, HAN)
    assert claims.claim(store, task.id, LI).claimed_by == "li", "his own needs none"


def test_a_supervisor_gives_a_task_to_a_colleague(store: Store, walk: Callable[..., Walk]) -> None:
    hire(store, CHIEF)
    employ(store, "mo", "reviewer")
    case = walk().to_review()
    claims.claim(store, case.task("review").id, LI)
    task = reassign(store, case.task("review").id, "mo", CHIEF, "li went home")
    assert (task.claimed_by, task.preferred_by) == (None, "mo")
    assert task.preferred_until == store.clock.now() + KEPT
    written = said(store, case, "reassign")
    assert (written["from"], written["to"], reason_of(store, case, "reassign")) == ("li", "mo", "li went home")
    assert case.case.status == "待复核"
    assert claims.claim(store, task.id, MO).claimed_by == "mo"


@pytest.mark.parametrize(
    "actor",
    [
        pytest.param(LI, id="a reviewer"),
        pytest.param(Actor("staff", "chief", "", frozenset({"supervisor"}), "south"), id="another branch's supervisor"),
        pytest.param(investor("zhang"), id="the customer"),
    ],
)
def test_nobody_else_gives_tasks_away(store: Store, walk: Callable[..., Walk], actor: Actor) -> None:
    employ(store, "mo", "reviewer")
    with pytest.raises(NotYours):
        reassign(store, walk().to_review().task("review").id, "mo", actor, "why not")


@pytest.mark.parametrize(
    ("roles", "more"),
    [
        pytest.param(["verifier"], {}, id="another role"),
        pytest.param(["reviewer"], {"branch": "south"}, id="another branch"),
        pytest.param(["reviewer"], {"locked": True}, id="locked"),
    ],
)
def test_only_who_may_do_it_is_given_it(
    store: Store, walk: Callable[..., Walk], roles: list[str], more: dict[str, object]
) -> None:
    employ(store, "mo", *roles, **more)  # type: ignore[arg-type]
    with pytest.raises(NotYours):
        reassign(store, walk().to_review().task("review").id, "mo", CHIEF, "please")


def test_four_eyes_hold_for_a_supervisor_too(store: Store, walk: Callable[..., Walk]) -> None:
    employ(store, "li", "reviewer", "verifier")
    case = walk().to_queue()
    case.decide("video_verification", by=LI, video__decision="pass")
    case.do("video_passed")
    case.do("certificate_recheck", certificate__found=True)
    case.do("sign_agreements")
    with pytest.raises(NotYours):
        reassign(store, case.task("review").id, "li", CHIEF, "please")


def test_a_supervisor_gives_no_closed_task_and_needs_a_reason(store: Store, walk: Callable[..., Walk]) -> None:
    employ(store, "mo", "reviewer")
    case = walk().to_review()
    task = case.task("review")
    with pytest.raises(ValueError, match="reason"):
        reassign(store, task.id, "mo", CHIEF, " ")
    case.decide("review", by=LI, review__decision="pass")
    with pytest.raises(Stale):
        reassign(store, task.id, "mo", CHIEF, "please")


def test_what_a_supervisor_gave_is_kept_for_hours(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    hire(store, CHIEF)
    employ(store, "mo", "reviewer")
    task = reassign(store, walk().to_review().task("review").id, "mo", CHIEF, "please")
    clock.pass_by(seconds=(KEPT - timedelta(seconds=1)).total_seconds())
    with pytest.raises(NeedsReason):
        claims.claim(store, task.id, HAN)
