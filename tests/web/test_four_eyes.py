"""Two people see a case, whichever way one of them tries to be both: by the button, by address, by a colleague's lapsed
claim, by a supervisor's word, by an old page, by a new role, in a later round; the control is always somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from engine import claims
from engine.actors import Actor
from engine.store import Store
from engine.tables import Staff, Task
from tests.web.conftest import PASSWORD, WANG, employ, hidden, post, sign_in_staff
from tests.web.strides import Strides

BOTH = ("reviewer", "verifier")
REFUSED = "这一步须由另一位同事办理"


@dataclass
class Office:
    """The branch, with whoever is needed in it."""

    app: Flask
    store: Store
    hired: dict[str, Actor] = field(default_factory=dict)
    seats: dict[str, FlaskClient] = field(default_factory=dict)

    def hires(self, login: str, *roles: str) -> Actor:
        staff_id = employ(self.store, login, set(roles or BOTH))
        self.hired[login] = Actor("staff", staff_id, f"{login}（样本）", frozenset(roles or BOTH), "east")
        return self.hired[login]

    def sits(self, login: str) -> FlaskClient:
        if login not in self.seats:
            self.seats[login] = self.app.test_client()
            assert sign_in_staff(self.seats[login], login, PASSWORD).status_code == 303
        return self.seats[login]


@pytest.fixture
def office(app: Flask, store: Store) -> Office:
    made = Office(app, store)
    for login in ("anna", "bert", "carl"):
        made.hires(login)
    made.hires("chief", *BOTH, "supervisor")
    return made


# -- where one who has done a step stands before the step that he may not do --


def _after_his_video(office: Office) -> tuple[Strides, str]:
    case = Strides(office.store)
    case.to_queue().decide("video_verification", office.hired["anna"], video__decision="pass")
    _signs(case)
    return case, "review"


def _two_rounds_after_his_video(office: Office) -> tuple[Strides, str]:
    """His was the first of two videos."""
    case, _ = _after_his_video(office)
    case.reject("review", "video_repeat", by=office.hired["bert"], review__decision="reject")
    case.do("video_page", video__choice="queue", device__ok=True)
    case.decide("video_verification", office.hired["carl"], video__decision="pass")
    case.do("video_passed")
    _until_review(case)
    return case, "review"


def _after_he_sent_a_video_back(office: Office) -> tuple[Strides, str]:
    """He has seen the customer, and somebody else has passed him."""
    case = Strides(office.store)
    case.to_queue().reject("video_verification", "video_unclear", by=office.hired["anna"], video__decision="reject")
    case.do("video_page", video__choice="queue", device__ok=True)
    case.decide("video_verification", office.hired["carl"], video__decision="pass")
    _signs(case)
    return case, "review"


def _after_his_review(office: Office) -> tuple[Strides, str]:
    """Turned round: who has reviewed is not the one who sees the customer in a later video."""
    case = Strides(office.store)
    case.to_queue().decide("video_verification", office.hired["carl"], video__decision="pass")
    _signs(case)
    case.reject("review", "video_repeat", by=office.hired["anna"], review__decision="reject")
    case.do("video_page", video__choice="queue", device__ok=True)
    return case, "video_verification"


def _before_the_second_review(office: Office) -> tuple[Strides, str]:
    case = Strides(office.store, second_review=True)
    case.to_review().decide("review", office.hired["anna"], review__decision="pass")
    return case, "second_review"


def _before_the_second_review_a_round_later(office: Office) -> tuple[Strides, str]:
    """He sent it back, somebody else has passed the correction."""
    case = Strides(office.store, second_review=True)
    case.to_review().reject("review", "signature_invalid", by=office.hired["anna"], review__decision="reject")
    case.do("sign_agreements")
    case.decide("review", office.hired["carl"], review__decision="pass")
    return case, "second_review"


def _signs(case: Strides) -> None:
    case.do("video_passed")
    case.do("certificate_recheck", certificate__found=False)
    case.do("install_certificate", certificate__found=True)
    case.do("sign_agreements")


def _until_review(case: Strides) -> None:
    while case.steps != ["review"]:
        case.do(case.steps[0])


STANDINGS = [
    _after_his_video,
    _two_rounds_after_his_video,
    _after_he_sent_a_video_back,
    _after_his_review,
    _before_the_second_review,
    _before_the_second_review_a_round_later,
]


@pytest.fixture(params=STANDINGS, ids=lambda standing: standing.__name__.strip("_"))
def task(request: pytest.FixtureRequest, office: Office) -> Task:
    """The task that Anna may not do."""
    case, step = request.param(office)
    found: Task = case.task(step)
    return found


# -- the ways round it --


def _by_the_button(office: Office, task: Task) -> None:
    anna = office.sits("anna")
    page = anna.get(f"/desk/tasks/{task.id}").text
    assert REFUSED in page and f"{task.id}/claim" not in page and "须由同事办理" in anna.get("/desk").text
    assert f"{task.id}/claim" in office.sits("bert").get("/desk").text, "the control: he is offered it"


def _by_address(office: Office, task: Task) -> None:
    anna = office.sits("anna")
    assert _claims(anna, task).location == "/desk"
    assert REFUSED in anna.get("/desk").text


def _by_calling_whoever_is_next(office: Office, task: Task) -> None:
    post(office.sits("anna"), "/desk/next")


def _by_a_lapsed_claim(office: Office, task: Task) -> None:
    claims.claim(office.store, task.id, office.hired["bert"])
    with office.store.write() as tx:
        tx.execute(update(Task).where(Task.id == task.id).values(lease_until=office.store.clock.now()))
    anna = office.sits("anna")
    assert _claims(anna, task).location == "/desk"
    assert REFUSED in anna.get("/desk").text


def _by_a_supervisors_word(office: Office, task: Task) -> None:
    chief = office.sits("chief")
    form = chief.get(f"/desk/supervise/tasks/{task.id}")
    assert "anna（样本） 不能办理：" in form.text and f'value="{office.hired["bert"].id}"' in form.text
    answer = post(chief, f"/desk/supervise/tasks/{task.id}", form, to=office.hired["anna"].id, reason="请她办")
    assert answer.status_code == 422 and "这位同事不能办理这一件" in answer.text


def _by_being_the_supervisor(office: Office, task: Task) -> None:
    _becomes(office, "anna", *BOTH, "supervisor")
    anna = office.sits("anna")
    answer = post(anna, f"/desk/supervise/tasks/{task.id}", to=office.hired["anna"].id, reason="我自己办")
    assert answer.status_code == 422


def _by_deciding_without_a_claim(office: Office, task: Task) -> None:
    anna = office.sits("anna")
    answer = post(anna, f"/desk/tasks/{task.id}", decision="pass", submission_id="1" * 32)
    assert answer.location == f"/desk/tasks/{task.id}"


def _by_an_old_page(office: Office, task: Task) -> None:
    """A colleague's page of this very task, sent with his own session."""
    bert = office.sits("bert")
    _claims(bert, task)
    page = bert.get(f"/desk/tasks/{task.id}")
    post(bert, f"/desk/tasks/{task.id}/release", page)
    given = {"decision": "pass", "submission_id": hidden(page, "submission_id")}
    answer = post(office.sits("anna"), f"/desk/tasks/{task.id}", **given)
    assert answer.location == f"/desk/tasks/{task.id}"


def _by_a_claim_that_got_through(office: Office, task: Task) -> None:
    """As if it had been written past every guard: the completion asks once more."""
    now, anna = office.store.clock.now(), office.sits("anna")
    held = {"claimed_by": office.hired["anna"].id, "claimed_at": now, "lease_until": now + timedelta(minutes=30)}
    with office.store.write() as tx:
        tx.execute(update(Task).where(Task.id == task.id).values(**held))
    assert anna.get(f"/desk/tasks/{task.id}").status_code == 403
    decided = {"decision": "reject", "reasons": "not_in_person", "submission_id": "1" * 32}
    assert post(anna, f"/desk/tasks/{task.id}", **decided).status_code == 403
    with office.store.write() as tx:
        tx.execute(update(Task).where(Task.id == task.id).values(dict.fromkeys(held)))


def _by_a_new_role(office: Office, task: Task) -> None:
    """Only this task's role, as if he had never had another."""
    _becomes(office, "anna", task.role)
    _by_address(office, task)


def _claims(member: FlaskClient, task: Task) -> TestResponse:
    return post(member, f"/desk/tasks/{task.id}/claim", reason="轮到我了")


def _becomes(office: Office, login: str, *roles: str) -> None:
    with office.store.write() as tx:
        tx.execute(update(Staff).where(Staff.login == login).values(roles=list(roles)))


WAYS = [
    _by_the_button,
    _by_address,
    _by_calling_whoever_is_next,
    _by_a_lapsed_claim,
    _by_a_supervisors_word,
    _by_being_the_supervisor,
    _by_deciding_without_a_claim,
    _by_an_old_page,
    _by_a_claim_that_got_through,
    _by_a_new_role,
]


def test_no_way_leads_one_person_to_both(office: Office, task: Task) -> None:
    for way in WAYS:
        way(office, task)
        now = _row(office, task)
        assert now.closed_at is None and now.claimed_by != office.hired["anna"].id, way.__name__
        assert WANG.name not in office.sits("anna").get(f"/desk/tasks/{task.id}").text, way.__name__
    bert = office.sits("bert")  # the control
    assert _claims(bert, task).location == f"/desk/tasks/{task.id}"
    assert WANG.name in bert.get(f"/desk/tasks/{task.id}").text and _row(office, task).claimed_by


def _row(office: Office, task: Task) -> Task:
    with office.store.read() as tx:
        return tx.get_one(Task, task.id)
