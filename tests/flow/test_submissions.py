"""A submission counts once, and is answered alike when it comes again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import drafts
from engine.cases import Completion, RejectionInput, answers, complete, go_back
from engine.errors import Reused, Stale
from engine.store import Store
from engine.tables import Case, Rejection, Submission, Task
from tests.house import count_rows, investor, staff
from tests.walk import Walk


def test_the_same_submission_again_gets_the_same_answer_and_changes_nothing(
    store: Store, walk: Callable[..., Walk]
) -> None:
    case = walk()
    completion = Completion(case.task("upload_photos").id, case.me, "nonce", answers={"a": 1})
    first = complete(store, completion)
    version = case.case.version
    assert complete(store, completion) == first
    assert case.case.version == version
    with store.read() as tx:
        assert count_rows(tx, Submission) == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"answers": {"a": 2}}, id="other answers"),
        pytest.param({"facts": {"certificate.found": True}}, id="other facts"),
        pytest.param({"kind": "later"}, id="another kind"),
    ],
)
def test_the_same_id_with_other_content_is_refused(
    store: Store, walk: Callable[..., Walk], change: dict[str, object]
) -> None:
    case = walk()
    said: dict[str, object] = {"task_id": case.task("upload_photos").id, "actor": case.me, "submission_id": "nonce"}
    complete(store, Completion(**{**said, "answers": {"a": 1}}))  # type: ignore[arg-type]
    with pytest.raises(Reused):
        complete(store, Completion(**{**said, "answers": {"a": 1}, **change}))  # type: ignore[arg-type]


def test_a_fresh_submission_of_a_closed_task_is_stale_and_says_who_closed_it(
    store: Store, walk: Callable[..., Walk]
) -> None:
    case = walk()
    task = case.task("upload_photos")
    case.do("upload_photos")
    with pytest.raises(Stale) as stale:
        complete(store, Completion(task.id, case.me, "late"))
    assert (stale.value.case_id, stale.value.closed_by, stale.value.how) == (case.id, "zhang", "submit")
    assert stale.value.closed_at == store.clock.now()


def test_back_is_answered_alike_when_it_comes_again(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    task = case.task("basic_data")
    first = go_back(store, task.id, case.me, "nonce")
    assert go_back(store, task.id, case.me, "nonce") == first
    assert case.steps == ["check_photos"]


def test_answers_are_kept_by_rounds_sealed_and_never_in_the_state(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    canary = "110105199003072839"
    for _ in range(2):
        task = case.task("upload_photos")
        complete(store, Completion(task.id, case.me, f"n{task.round}", answers={"id": canary, "round": task.round}))
        case.answer("photo.check", photos__verdict="retake")
    with store.read() as tx:
        assert answers.latest(tx, store.vault, case.id, "upload_photos") == {"id": canary, "round": 2}
        assert [each.round for each in answers.rounds(tx, store.vault, case.id, "upload_photos")] == [1, 2]
        assert answers.latest(tx, store.vault, case.id, "basic_data") is None
        assert all(canary.encode() not in row.answers for row in tx.query(Submission))
        case_row = tx.get(Case, case.id)
        assert case_row is not None and canary not in case_row.state


def test_a_submitted_step_drops_its_draft_and_keeps_the_others(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    drafts.save(store, case.id, "basic_data", "zhang", {"address": "a"})
    drafts.save(store, case.id, "bank_cards", "zhang", {"bank": "b"})
    case.do("basic_data")
    with store.read() as tx:
        assert drafts.load(tx, store.vault, case.id, "basic_data", "zhang") == {}
        assert drafts.load(tx, store.vault, case.id, "bank_cards", "zhang") == {"bank": "b"}


def test_what_was_typed_stays_when_the_customer_goes_back(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk().photos()
    drafts.save(store, case.id, "basic_data", "zhang", {"address": "a"})
    case.back("basic_data")
    with store.read() as tx:
        assert drafts.load(tx, store.vault, case.id, "basic_data", "zhang") == {"address": "a"}


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"surprise": True}, "declared nowhere"),
        ({"todo.review": False}, "set by the engine alone"),
        ({"rejection.final": True}, "set by the engine alone"),
        ({"back": True}, "set by the engine alone"),
        ({"certificate.found": [True]}, "no boolean, number or text"),
    ],
)
def test_a_fact_that_nobody_may_give_is_refused(
    store: Store, walk: Callable[..., Walk], facts: dict[str, object], why: str
) -> None:
    case = walk()
    task = case.task("upload_photos")
    with pytest.raises(ValueError, match=why):
        complete(store, Completion(task.id, case.me, "nonce", facts=facts))  # type: ignore[arg-type]
    assert case.steps == ["upload_photos"]


def test_a_rejection_is_rows_with_sealed_texts_that_the_answered_step_resolves(
    store: Store, walk: Callable[..., Walk]
) -> None:
    case = walk().to_review()
    case.reject("review", "card_number_wrong", "address_differs", review__decision="reject")
    assert case.steps == ["basic_data"]
    assert case.case.status == "复核未通过"
    case.do("basic_data")
    with store.read() as tx:
        rows = {row.reason: row for row in tx.query(Rejection)}
        assert {code: row.resolved_at is not None for code, row in rows.items()} == {
            "card_number_wrong": False,
            "address_differs": True,
        }
        text = store.vault.open("rejections.customer_text", rows["card_number_wrong"].customer_text)
        assert text.encode() not in rows["card_number_wrong"].customer_text


@pytest.mark.parametrize(
    ("step", "reason"), [("review", "no_such_reason"), ("review", "link_failed")], ids=["unknown", "another desk's"]
)
def test_a_desk_rejects_only_by_its_own_reasons(
    store: Store, walk: Callable[..., Walk], step: str, reason: str
) -> None:
    case = walk().to_review()
    with pytest.raises(ValueError, match="has no reason"):
        case.reject(step, reason, review__decision="reject")
    assert case.steps == [step]


def test_an_investor_does_not_reject(store: Store, walk: Callable[..., Walk]) -> None:
    case = walk()
    wrong = Completion(case.task("upload_photos").id, case.me, "n", rejections=(RejectionInput("card_number_wrong"),))
    with pytest.raises(ValueError, match="only a desk rejects"):
        complete(store, wrong)


def test_a_fact_that_the_form_does_not_say_any_more_is_unset(walk: Callable[..., Walk]) -> None:
    case = walk().to_review()
    case.reject("review", "signature_invalid", review__decision="reject")
    assert case.facts["review"]["decision"] == "reject"
    case.do("sign_agreements")
    case.reject("review", "signature_invalid")
    assert case.facts["review"]["decision"] is None


def test_the_case_is_numbered_and_started_by_its_first_submission(store: Store, walk: Callable[..., Walk]) -> None:
    first, second = walk(customer="zhang"), walk(customer="wang")
    assert (first.case.number, first.case.started_at) == (None, None)
    second.do("upload_photos")
    first.do("upload_photos")
    assert (second.case.number, first.case.number) == ("20261123000001", "20261123000002")
    assert first.case.started_at == store.clock.now()
    assert investor("zhang").id == first.case.customer_id
    with store.read() as tx:
        assert count_rows(tx, Task, case_id=first.id) == 1
    assert staff().kind == "staff"
