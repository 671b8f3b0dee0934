"""Who works on a desk task: one person, as long as his lease lives, and never the one who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine import claims, video_queue
from engine.actors import SYSTEM, Actor
from engine.cases import Completion, complete, queue
from engine.errors import Claimed, Gone, NotClaimed, NotYours, Stale
from engine.store import Store
from tests.flow.strides import again_to
from tests.house import HandClock, hire, investor, staff
from tests.walk import Walk

LI, HAN = staff("li"), staff("han")


def test_the_first_to_claim_wins_and_the_other_reads_who_was_faster(store: Store, walk: Callable[..., Walk]) -> None:
    task = walk().to_review().task("review")
    claimed = claims.claim(store, task.id, LI)
    assert (claimed.claimed_by, claimed.lease_until) == ("li", store.clock.now() + timedelta(minutes=30))
    with pytest.raises(Claimed) as lost:
        claims.claim(store, task.id, HAN)
    assert (lost.value.by, lost.value.since) == ("li", store.clock.now())


def test_a_claim_shows_in_the_status_and_ends_with_its_release(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().to_review()
    assert case.case.status == "待复核"
    claims.claim(store, case.task("review").id, LI)
    assert case.case.status == "复核中"
    claims.release(store, case.task("review").id, LI)
    assert case.case.status == "待复核"
    claims.claim(store, case.task("review").id, HAN)


def test_a_claim_is_taken_over_only_after_its_lease(store: Store, clock: HandClock, walk: Callable[..., Walk]) -> None:
    task = walk().to_review().task("review")
    claims.claim(store, task.id, LI)
    clock.pass_by(minutes=29)
    claims.extend(store, task.id, LI)
    clock.pass_by(minutes=29)
    with pytest.raises(Claimed):
        claims.claim(store, task.id, HAN)
    clock.pass_by(minutes=2)
    hire(store, HAN)
    assert claims.claim(store, task.id, HAN, "he went home").claimed_by == "han"
    with pytest.raises(NotClaimed):
        claims.extend(store, task.id, LI)


def test_the_state_says_again_that_nobody_is_at_work_once_the_lease_has_run_out(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    case, other = walk().to_review(), walk(customer="wang").to_queue()
    for each, step in ((case, "review"), (other, "video_verification")):
        claims.claim(store, each.task(step).id, LI)
    assert claims.tell_lapsed(store) == 0
    for _ in range(16):
        clock.pass_by(minutes=2)
        claims.extend(store, other.task("video_verification").id, LI)
    assert [claims.tell_lapsed(store) for _ in range(2)] == [1, 0]
    assert (case.case.status, other.case.status) == ("待复核", "视频中")


def test_a_customer_in_line_is_held_for_three_minutes_and_papers_for_thirty(
    store: Store, clock: HandClock, walk: Callable[..., Walk]
) -> None:
    papers, caller = walk().to_review(), walk(customer="wang").to_queue()
    for case, step in ((papers, "review"), (caller, "video_verification")):
        claims.claim(store, case.task(step).id, LI)
    clock.pass_by(minutes=3)
    assert claims.tell_lapsed(store) == 1
    assert (papers.case.status, caller.case.status) == ("复核中", "排队中")


@pytest.mark.parametrize(
    ("minutes", "refusal"),
    [pytest.param(0, Claimed, id="another holds it"), pytest.param(31, NotClaimed, id="the lease ran out")],
)
def test_only_the_holder_of_a_live_claim_completes(
    store: Store, clock: HandClock, walk: Callable[..., Walk], minutes: int, refusal: type[Exception]
) -> None:
    case = walk().to_review()
    task = case.task("review")
    claims.claim(store, task.id, LI)
    clock.pass_by(minutes=minutes)
    actor = HAN if minutes == 0 else LI
    with pytest.raises(refusal):
        case.submit(task, actor, {"review__decision": "pass"})


def test_a_desk_task_without_a_claim_is_not_completed(walk: Callable[..., Walk]) -> None:
    case = walk().to_review()
    with pytest.raises(NotClaimed):
        case.submit(case.task("review"), LI, {"review__decision": "pass"})


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [
        pytest.param(staff("li", "verifier"), NotYours, id="another role"),
        pytest.param(staff("li", branch="south"), NotYours, id="another branch"),
        pytest.param(staff("ana", "analyst"), NotYours, id="an analyst"),
        pytest.param(investor("zhang"), NotYours, id="the customer himself"),
        pytest.param(investor("wang"), Gone, id="another customer"),
        pytest.param(SYSTEM, NotYours, id="the system"),
    ],
)
def test_nobody_else_claims_or_completes_a_desk_task(
    store: Store, walk: Callable[..., Walk], actor: Actor, refusal: type[Exception]
) -> None:
    task = walk().to_review().task("review")
    with pytest.raises(refusal):
        claims.claim(store, task.id, actor)
    with pytest.raises(refusal):
        complete(store, Completion(task.id, actor, "n"))


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [
        pytest.param(investor("wang"), Gone, id="another customer"),
        pytest.param(staff("li"), NotYours, id="one of the staff"),
        pytest.param(SYSTEM, NotYours, id="the system"),
    ],
)
def test_nobody_else_completes_an_investors_step(
    store: Store, walk: Callable[..., Walk], actor: Actor, refusal: type[Exception]
) -> None:
    task = walk().task("upload_photos")
    with pytest.raises(refusal):
        complete(store, Completion(task.id, actor, "n"))


def test_a_task_that_never_was_is_gone(store: Store) -> None:
    with pytest.raises(Gone):
        complete(store, Completion("00000000-0000-0000-0000-000000000000", investor(), "n"))
    with pytest.raises(Gone):
        claims.claim(store, "nothing", LI)


def test_who_verified_in_the_video_may_not_review_in_any_round(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().to_queue()
    case.decide("video_verification", by=LI, video__decision="pass")
    case.do("video_passed")
    case.do("certificate_recheck", certificate__found=True)
    case.do("sign_agreements")
    with pytest.raises(NotYours):
        claims.claim(store, case.task("review").id, LI)
    case.reject("review", "signature_invalid", by=HAN, review__decision="reject")
    case.do("sign_agreements")
    with pytest.raises(NotYours):
        claims.claim(store, case.task("review").id, LI)
    case.decide("review", by=HAN, review__decision="pass")


def test_who_rejected_counts_as_having_done_the_step_too(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk(second_review=True).to_review()
    case.reject("review", "signature_invalid", by=LI, review__decision="reject")
    case.do("sign_agreements")
    hire(store, HAN)
    case.decide("review", by=HAN, review__decision="pass")
    for actor in (LI, HAN):
        with pytest.raises(NotYours):
            claims.claim(store, case.task("second_review").id, actor)
    claims.claim(store, case.task("second_review").id, staff("mo"))


def test_who_reviewed_may_not_verify_in_a_video_that_comes_later(store: Store, walk: Callable[..., Walk]) -> None:
    """The review stands, and the second reviewer asks for a video: one person would have done both."""
    case = walk(second_review=True).to_review()
    case.decide("review", by=LI, review__decision="pass")
    case.reject("second_review", "video_repeat", by=HAN, second_review__decision="reject")
    case.do("video_page", video__choice="queue", device__ok=True)
    with pytest.raises(NotYours):
        claims.claim(store, case.task("video_verification").id, LI)
    assert video_queue.call_next(store, LI) is None
    assert video_queue.call_next(store, HAN) is not None, "the control: he only reviewed the review"


def test_who_did_the_second_review_leaves_the_first_to_others(store: Store, walk: Callable[..., Walk]) -> None:
    """Else nobody of two reviewers could do the second review of the next round."""
    case = walk(second_review=True).to_review()
    case.decide("review", by=LI, review__decision="pass")
    case.decide("second_review", by=HAN, second_review__decision="pass")
    case.answer("account.apply", application__result="refused")
    case.reject("handle_refusal", "link_failed", by=HAN, refusal__decision="correct")
    case.answer("account.withdraw", application__result="withdrawn")
    again_to(case, "review")
    with pytest.raises(NotYours):
        claims.claim(store, case.task("review").id, HAN)
    case.decide("review", by=LI, review__decision="pass")
    case.decide("second_review", by=HAN, second_review__decision="pass")


def test_four_eyes_hold_at_completion_even_with_a_claim(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk(second_review=True).to_review()
    case.decide("review", by=LI, review__decision="pass")
    task = case.task("second_review")
    with store.write() as tx:
        row = tx.get(type(task), task.id)
        assert row is not None
        row.claimed_by, row.claimed_at = "li", store.clock.now()
        row.lease_until = store.clock.now() + timedelta(minutes=5)
    with pytest.raises(NotYours):
        case.submit(task, LI, {"second_review__decision": "pass"})


@pytest.mark.parametrize("decision", ["reject", None])
def test_a_review_that_neither_passes_nor_names_a_reason_is_refused(
    walk: Callable[..., Walk], decision: str | None
) -> None:
    """Its `todo` would be false, nothing else would be asked, and the change would be applied."""
    case = walk().to_review()
    with pytest.raises(ValueError, match="without a reason"):
        case.decide("review", by=LI, review__decision=decision)
    assert case.steps == ["review"]


def test_a_finished_task_is_stale_to_the_late_claimer(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().to_review()
    task = case.task("review")
    case.decide("review", by=LI, review__decision="pass")
    with pytest.raises(Stale) as stale:
        claims.claim(store, task.id, HAN)
    assert stale.value.closed_by == "li"


def test_the_queue_holds_what_role_and_branch_may_see(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().to_review()
    with store.read() as tx:
        assert [task.case_id for task in queue(tx, {"reviewer"}, "north")] == [case.id]
        assert queue(tx, {"verifier"}, "north") == []
        assert queue(tx, {"reviewer"}, "south") == []
