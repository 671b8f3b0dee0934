# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""Two requests at once: both have passed the page's own checks before either is written, and one of them counts."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.store import Store
from engine.tables import AuditRow, Case, Consent, Rejection, Signature, Submission, Task
from tests.web.conftest import ON_BOTH, HandClock, KeptSms, employ, post, sign_in, sign_in_staff
from tests.web.line import NEW_CARD, Browser, Line, value
from tests.web.test_desk import claim
from tests.web.test_steps_line import app, browser  # noqa: F401
from webapp.desk import decision
from webapp.desk import views as desk_views
from webapp.my import giving_up
from webapp.steps import submitting, views

DATA = {"address": "样本市样本路 2 号", "issuer": "样本市公安局", "validity": "2016.05.02-2036.05.02"}
PATIENCE = 20
Act = Callable[[], TestResponse]
pytestmark = ON_BOTH


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    sign_in(app, client, sms)
    made = Line(app, client, store, browser)
    made.photos()
    return made


@pytest.fixture
def phone(line: Line, app: Flask, sms: KeptSms, clock: HandClock) -> Line:
    """The same person on another device."""
    clock.pass_by(minutes=2)
    client = app.test_client()
    sign_in(app, client, sms, path="/sign-in")
    other = Line(app, client, line.store, line.browser)
    other.case_id = line.case_id
    return other


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[TestResponse]]:
    """Run acts at once; each waits for the others right before the engine is asked."""

    def run(place: Any, name: str, *acts: Act) -> list[TestResponse]:
        barrier, real = Barrier(len(acts)), getattr(place, name)

        def wait(*args: Any, **more: Any) -> Any:
            barrier.wait(PATIENCE)
            return real(*args, **more)

        monkeypatch.setattr(place, name, wait)
        answers: list[Any] = [None] * len(acts)
        threads = [Thread(target=_keep, args=(answers, number, act)) for number, act in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(2 * PATIENCE)
        monkeypatch.setattr(place, name, real)
        assert all(isinstance(answer, TestResponse) for answer in answers), answers
        return answers

    return run


def _keep(answers: list[Any], number: int, act: Act) -> None:
    try:
        answers[number] = act()
    except Exception as wrong:
        answers[number] = wrong


def sender(line: Line, submission: str = "", **fields: Any) -> Act:
    """A form that lies ready to be sent, with its own token, and its own nonce unless one is given."""
    path, page = line.path(), line.page()
    given = {name: value(page, name) for name in ("csrf_token", "submission_id")} | fields
    given |= {"submission_id": submission} if submission else {}
    return lambda: line.client.post(path, data=given)


def all_rows(store: Store, table: type, **where: Any) -> list[Any]:
    with store.read() as tx:
        return list(tx.scalars(select(table).filter_by(**where)))


def test_one_submission_sent_twice_at_once_counts_once_and_both_are_led_on(
    line: Line, phone: Line, store: Store, together: Callable[..., list[TestResponse]]
) -> None:
    nonce = "a" * 32
    answers = together(submitting, "complete", sender(line, nonce, **DATA), sender(phone, nonce, **DATA))
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, f"/cases/{line.case_id}")] * 2
    assert len(all_rows(store, Submission, step="basic_data")) == 1
    for each in (line, phone):
        page = each.client.get(f"/cases/{line.case_id}", follow_redirects=True).text
        assert "<h1>银行卡</h1>" in page and "已经办过了" not in page


def test_two_submissions_of_one_step_one_wins_and_the_other_reads_what_is_open(
    line: Line, phone: Line, store: Store, together: Callable[..., list[TestResponse]]
) -> None:
    other = DATA | {"address": "样本市样本路 3 号"}
    answers = together(submitting, "complete", sender(line, **DATA), sender(phone, **other))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(all_rows(store, Submission, step="basic_data")) == 1
    pages = [each.client.get(f"/cases/{line.case_id}", follow_redirects=True).text for each in (line, phone)]
    assert sorted("您打开的一步已经办过了，没有重复提交" in page for page in pages) == [False, True]
    assert all("<h1>银行卡</h1>" in page for page in pages)


def test_the_loser_of_a_step_leaves_no_consent(
    line: Line, phone: Line, store: Store, together: Callable[..., list[TestResponse]]
) -> None:
    line.basic_data()
    line.upload("bank_card:1")
    fields = NEW_CARD | {"bank_cards_consent": "yes"}
    together(submitting, "complete", sender(line, **fields), sender(phone, **fields))
    assert len(all_rows(store, Consent, document="bank_cards")) == 1


def test_the_loser_of_a_signature_leaves_none(
    line: Line, phone: Line, store: Store, together: Callable[..., list[TestResponse]]
) -> None:
    line.basic_data()
    line.bank_cards()
    line.certificate()
    ticks = [tick.split('"')[0] for tick in line.page().text.split('name="agreements" value="')[1:]]
    acts = [sender(each, agreements=ticks, **each.proof("sign", "agreements")) for each in (line, phone)]
    answers = together(submitting, "complete", *acts)
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(all_rows(store, Signature)) == 1
    for each in (line, phone):
        page = each.client.get(f"/cases/{line.case_id}", follow_redirects=True).text
        assert "已提交，等待复核" in page


def test_going_on_and_going_back_at_once_is_one_of_the_two(
    line: Line, phone: Line, store: Store, together: Callable[..., list[TestResponse]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, page = phone.path("back"), phone.page()
    back = {name: value(page, name) for name in ("csrf_token", "submission_id")} | DATA
    barrier, real = Barrier(2), views.go_back

    def wait(*args: Any) -> Any:
        barrier.wait(PATIENCE)
        return real(*args)

    monkeypatch.setattr(views, "go_back", wait)
    real_complete = submitting.complete
    monkeypatch.setattr(submitting, "complete", lambda *args: (barrier.wait(PATIENCE), real_complete(*args))[1])
    answers: list[Any] = [None, None]
    acts = [sender(line, **DATA), lambda: phone.client.post(path, data=back)]
    threads = [Thread(target=_keep, args=(answers, number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * PATIENCE)
    assert [answer.status_code for answer in answers] == [303, 303]
    closed = [task.closed_how for task in all_rows(store, Task, step="basic_data") if task.closed_how]
    assert closed in (["submit"], ["back"])
    line.page()  # one step is open


def desk(app: Flask, store: Store, *logins: str) -> list[FlaskClient]:
    members = []
    for login in logins:
        employ(store, login, {"reviewer"})
        members.append(app.test_client())
        sign_in_staff(members[-1], login)
    return members


@pytest.fixture
def reviewed(line: Line) -> Line:
    line.basic_data()
    line.bank_cards()
    line.certificate()
    line.signature()
    return line


def test_two_claims_at_once_have_one_winner_and_the_other_reads_who(
    reviewed: Line, app: Flask, store: Store, together: Callable[..., list[TestResponse]]
) -> None:
    one, two = desk(app, store, "zhao", "qian")
    task = all_rows(store, Task, role="reviewer")[0].id
    path = f"/desk/tasks/{task}"
    pages = [member.get(path) for member in (one, two)]

    def act(member: FlaskClient, page: TestResponse) -> Act:
        token = value(page, "csrf_token")
        return lambda: member.post(f"{path}/claim", data={"csrf_token": token})

    answers = together(desk_views.claims, "claim", act(one, pages[0]), act(two, pages[1]))
    assert sorted(answer.location for answer in answers) == ["/desk", path]
    loser = (one, two)[[answer.location for answer in answers].index("/desk")]
    winner = {one: "qian（样本）", two: "zhao（样本）"}[loser]
    assert f"{winner} 更快一步" in loser.get("/desk").text


def test_two_decisions_at_once_one_counts(
    reviewed: Line, app: Flask, store: Store, together: Callable[..., list[TestResponse]]
) -> None:
    """Two tabs of one reviewer, who passes in one and rejects in the other."""
    (member,) = desk(app, store, "zhao")
    other = app.test_client()
    sign_in_staff(other, "zhao")
    path = claim(member, store)

    def act(client: FlaskClient, **fields: str) -> Act:
        page = client.get(path)
        given = {name: value(page, name) for name in ("csrf_token", "submission_id")} | fields
        return lambda: client.post(path, data=given)

    acts = act(member, decision="pass"), act(other, decision="reject", reasons="id_photo_unclear")
    answers = together(decision, "complete", *acts)
    assert [answer.status_code for answer in answers] == [303, 303]
    decided = [
        row for row in all_rows(store, AuditRow) if row.action in ("submit", "reject") and row.actor.startswith("staff")
    ]
    assert len(decided) == 1
    assert len(all_rows(store, Rejection)) == (decided[0].action == "reject")
    pages = [client.get("/desk").text for client in (member, other)]
    assert sorted("这一件已经办完，没有重复提交" in page for page in pages) == [False, True]


def test_a_decision_and_giving_up_at_once_end_in_one_of_the_two(
    reviewed: Line, app: Flask, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (member,) = desk(app, store, "zhao")
    path = claim(member, store)
    page = member.get(path)
    decide = {name: value(page, name) for name in ("csrf_token", "submission_id")} | {"decision": "pass"}
    asked = reviewed.client.get(f"/cases/{reviewed.case_id}/abandon")
    barrier = Barrier(2)
    for place, name in ((decision, "complete"), (giving_up, "abandon")):
        real = getattr(place, name)
        monkeypatch.setattr(place, name, lambda *args, real=real: (barrier.wait(PATIENCE), real(*args))[1])
    answers: list[Any] = [None, None]
    acts = [
        lambda: member.post(path, data=decide),
        lambda: post(reviewed.client, f"/cases/{reviewed.case_id}/abandon", asked, submission="s1"),
    ]
    threads = [Thread(target=_keep, args=(answers, number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * PATIENCE)
    assert [answer.status_code for answer in answers] == [303, 303]
    case = all_rows(store, Case)[0]
    given_up = case.status == "已放弃"
    told = reviewed.client.get("/my").text
    assert ("已放弃办理" in told, "正在办结，不能再放弃" in told) == (given_up, not given_up)
    assert ("客户已放弃" in member.get("/desk").text) == given_up
