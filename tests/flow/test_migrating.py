"""A case under way is put on another version: what it has goes along, and it comes to its end there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine import audit, drafts, migration
from engine.cases import access
from engine.migration import BLOCKED, HELD, NEEDS_MAPPING, UNTOUCHED
from engine.migration.migrating import MOVED
from engine.store import Store
from engine.tables import Draft, Incident, SessionRow, Signature, Task, VideoCall
from tests.flow import redrawn
from tests.flow.editions import with_another_button, with_income
from tests.flow.migrated import (
    ANALYST,
    RENAMED,
    migrated,
    renamed,
    told,
    with_reminder,
    without_notice,
    without_warning,
)
from tests.flow.strides import again_to, applied
from tests.flow.wander.ground import EVERYBODY, employed
from tests.flow.wander.holds import check
from tests.flow.wander.homeward import WAYS, home
from tests.flow.wander.starts import STARTS
from tests.house import CHANGE, drawn
from tests.walk import Walk

Start = Callable[..., Walk]


@pytest.mark.parametrize("start", STARTS)
def test_from_any_place_to_a_version_with_one_more_step_and_on_to_the_end(store: Store, start: str) -> None:
    with store.write() as tx:
        tx.add_all(employed(person) for person in EVERYBODY.values())
    walks = STARTS[start](store)
    before = [(walk.steps, {one.element: one.due_at for one in walk.timers.values()}) for walk in walks]
    waits_for_a_service = any(walk.jobs for walk in walks)
    order = migrated(store, with_income())
    check(store, {})
    for walk, stood in zip(walks, before, strict=True):
        assert (walk.steps, {one.element: one.due_at for one in walk.timers.values()}) == stood
        mine = walk.case.business == CHANGE and not waits_for_a_service
        assert walk.case.bundle_hash == (with_income().hash if mine else drawn(walk.case.business).hash)
        home(walk, WAYS[0])
    check(store, {})
    assert {result for result, _ in told(store, order)} <= {BLOCKED if waits_for_a_service else MOVED}


def test_a_case_that_was_rejected_twice_goes_along_with_what_is_open_due_and_claimed(walk: Start) -> None:
    """The one that SpiffWorkflow's own migration loses: draft and due times, and which refuses what a loop has done."""
    case = walk().to_review()
    case.reject("review", "signature_invalid", review__decision="reject")
    again_to(case, "review")
    case.reject("review", "card_number_wrong", review__decision="reject")
    again_to(case, "review")
    case.hold("review")
    task, due = case.task("review"), {one.element: (one.task_id, one.due_at) for one in case.timers.values()}
    order = migrated(case.store, with_income())
    assert told(case.store, order) == [(MOVED, ["passed"])]
    now = case.task("review")
    for column in ("id", "step", "round", "due_at", "claimed_by", "claimed_at", "lease_until", "opened_at"):
        assert getattr(now, column) == getattr(task, column), column
    assert {one.element: (one.task_id, one.due_at) for one in case.timers.values()} == due
    case.reject("review", "id_photo_unclear", review__decision="reject")  # the loop is walked on the new version
    case.photos()
    assert case.steps != ["income"], "a step that was passed by is not asked because something else is"
    again_to(case, "review")
    case.decide("review", review__decision="pass")
    assert applied(case).case.status == "办理成功"
    with case.store.read() as tx:
        row = next(row for row in audit.history(tx, audit.case_chain(case.id)) if row.action == "migrate")
        assert audit.verify(tx, case.store.vault, audit.case_chain(case.id)) is None
    assert row.actor == ANALYST.key and with_income().hash in row.body and "收入要问" in row.body


def test_a_step_that_lies_ahead_is_asked_and_one_behind_is_passed_by(store: Store, walk: Start) -> None:
    behind, ahead = walk().to_bank_cards(), walk(customer="wang").photos()
    order = migrated(store, with_income())
    assert sorted(codes for _, [codes] in told(store, order)) == ["asked", "passed"]
    ahead.do("basic_data")
    assert (ahead.steps, behind.steps) == (["income"], ["bank_cards"])
    assert (ahead.facts["todo"]["income"], behind.facts["todo"]["income"]) == (True, False)


def test_a_renamed_step_needs_a_mapping_and_takes_its_draft_and_earlier_answers_along(walk: Start) -> None:
    case = walk().photos()
    drafts.save(case.store, case.id, "basic_data", "zhang", {"address": "北京"})
    case.store.clock.pass_by(minutes=20)  # type: ignore[attr-defined]
    assert told(case.store, migrated(case.store, renamed())) == [(NEEDS_MAPPING, ["step"])]
    assert case.steps == ["basic_data"]
    task = case.task("basic_data")
    assert told(case.store, migrated(case.store, renamed(), homes=RENAMED)) == [(MOVED, [])]
    assert case.task("personal_data").id == task.id
    with case.store.read() as tx:
        assert drafts.load(tx, case.store.vault, case.id, "personal_data", "zhang") == {"address": "北京"}
    case.do("personal_data")
    assert case.steps == ["bank_cards"]


def test_a_step_done_before_it_was_renamed_keeps_its_name_in_nothing_but_the_audit(walk: Start) -> None:
    case = walk().to_bank_cards()
    assert told(case.store, migrated(case.store, renamed())) == [(NEEDS_MAPPING, ["done"])]
    order = migrated(case.store, renamed(), homes=RENAMED)
    with case.store.read() as tx:
        assert "basic_data" not in set(tx.scalars(select(Task.step)))
    assert migration.take_back(case.store, order, ANALYST) == {case.id: True}
    with case.store.read() as tx:
        assert "basic_data" in set(tx.scalars(select(Task.step)))


def test_a_step_that_is_gone_becomes_the_one_that_is_named(walk: Start) -> None:
    case = walk().to_bank_cards().cards()
    assert told(case.store, migrated(case.store, without_notice())) == [(NEEDS_MAPPING, ["step"])]
    task = case.task("bank_notice")
    migrated(case.store, without_notice(), homes={"bank_notice": "certificate_check"})
    assert case.task("certificate_check").id == task.id
    case.do("certificate_check", certificate__found=True)
    case.do("sign_agreements")
    case.decide("review", review__decision="pass")
    assert applied(case).case.status == "办理成功"


def test_a_step_whose_part_is_gone_becomes_one_outside_of_it(walk: Start) -> None:
    """The photographs' sub-process is no longer called: who stands in it goes on in the process around it."""
    case, gone = walk(), redrawn.bundle(redrawn.without(redrawn.of(), "photos"))
    due, task = case.timers["idle_limit"].due_at, case.task("upload_photos")
    assert told(case.store, migrated(case.store, gone)) == [(NEEDS_MAPPING, ["step"])]
    migrated(case.store, gone, homes={"upload_photos": "basic_data"})
    assert case.task("basic_data").id == task.id and case.timers["idle_limit"].due_at == due
    case.do("basic_data")
    assert case.steps == ["bank_cards"]


def test_an_event_that_is_gone_is_let_go_only_by_somebody_s_word(walk: Start) -> None:
    case = walk().to_bank_cards()
    assert told(case.store, migrated(case.store, without_warning())) == [(NEEDS_MAPPING, ["waits"])]
    assert told(case.store, migrated(case.store, without_warning(), homes={"idle_warning": ""})) == [
        (MOVED, ["let_go"])
    ]
    assert set(case.timers) == {"idle_limit"}
    case.wait(days=31)
    assert case.case.status == "已超时"


def test_an_event_that_was_not_there_is_waited_for_and_what_has_rung_is_not_rung_again(walk: Start) -> None:
    case = walk().to_bank_cards()
    case.wait(days=24)
    assert "idle_warning" not in case.timers  # it has rung
    assert told(case.store, migrated(case.store, with_reminder())) == [(MOVED, ["new_events"])]
    assert "idle_warning" not in case.timers
    due = case.timers["hurry"].due_at
    assert (due - case.store.clock.now()).days == 2
    case.do("bank_cards")
    assert "hurry" not in case.timers and case.jobs


def test_a_text_or_a_form_moves_a_case_without_touching_its_state(walk: Start) -> None:
    case = walk().to_bank_cards()
    before = case.case.state
    assert told(case.store, migrated(case.store, with_another_button())) == [(UNTOUCHED, [])]
    assert case.case.state == before and case.case.bundle_hash == with_another_button().hash


def under_a_call(case: Walk) -> None:
    with case.store.write() as tx:
        tx.add(employed(EVERYBODY["han"]))
        tx.flush()
        now, task = case.store.clock.now(), case.tasks[0].id
        tx.add(VideoCall(id="c", case_id=case.id, task_id=task, verifier="han", medium="none", began_at=now))


def with_an_incident(case: Walk) -> None:
    case.do("bank_cards")
    job = case.jobs[0].id
    with case.store.write() as tx:
        tx.add(Incident(id="i", case_id=case.id, job_id=job, cause="no", at=case.store.clock.now()))


def signed_in(case: Walk) -> None:
    now = case.store.clock.now()
    with case.store.write() as tx:
        tx.add(SessionRow(id="s", kind=access.INVESTOR, person_id="zhang", created_at=now, seen_at=now))


@pytest.mark.parametrize(
    ("happens", "result", "why"),
    [
        (lambda case: case.do("bank_cards"), BLOCKED, "job"),
        (with_an_incident, BLOCKED, "incident"),
        (under_a_call, BLOCKED, "call"),
        (lambda case: drafts.save(case.store, case.id, "bank_cards", "zhang", {}), HELD, "typing"),
        (signed_in, HELD, "typing"),
        (lambda case: None, MOVED, "passed"),
    ],
    ids=["a job under way", "an incident", "a call", "a form half typed", "signed in", "nothing"],
)
def test_a_case_is_left_alone_while(walk: Start, happens: Callable[[Walk], object], result: str, why: str) -> None:
    case = walk().to_bank_cards()
    happens(case)
    before = case.case.state
    assert told(case.store, migrated(case.store, with_income())) == [(result, [why])]
    assert (case.case.state == before) is (result != MOVED)


def test_a_customer_who_left_is_not_waited_for(walk: Start) -> None:
    """The control of the half typed form."""
    case = walk().to_bank_cards()
    drafts.save(case.store, case.id, "bank_cards", "zhang", {})
    signed_in(case)
    case.store.clock.pass_by(minutes=11)  # type: ignore[attr-defined]
    assert told(case.store, migrated(case.store, with_income()))[0][0] == MOVED
    with case.store.read() as tx:
        assert tx.get(Draft, (case.id, "bank_cards", "zhang")) is not None


def with_a_signature(case: Walk) -> None:
    now, task = case.store.clock.now(), case.tasks[0].id
    with case.store.write() as tx:
        tx.add(
            Signature(id="s", case_id=case.id, task_id=task, serial="1", statement=b"", documents=[], value="", at=now)
        )


def test_a_signature_is_checked_by_the_names_and_texts_that_were_signed(store: Store, walk: Start) -> None:
    """A renamed step stands in the way of it; other words of an agreement are told, and ask for nothing."""
    case = walk().to_review()
    with_a_signature(case)
    assert told(store, migrated(store, renamed(), homes=RENAMED)) == [(BLOCKED, ["signed"])]
    files = redrawn.of()
    path = next(path for path in files if "/agreements/" in path)
    assert told(store, migrated(store, redrawn.bundle(files | {path: b"other words"}))) == [(UNTOUCHED, ["texts"])]
