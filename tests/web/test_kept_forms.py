# ruff: noqa: F811 - the line's fixtures are shared by import
"""A form that comes after its session has slept in is kept for its person, and sent on once he has signed in again."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.store import Store
from engine.tables import KeptForm, SessionRow, Staff, Submission
from tests.web.conftest import HandClock, KeptSms, employ, hidden, post, sign_in, sign_in_staff
from tests.web.line import Line
from tests.web.test_steps_line import app, browser, line  # noqa: F401
from workers.expiry import forget_expired

DATA = {"address": "样本市夜里填写的地址 7 号", "issuer": "样本市公安局", "validity": "2016.05.02-2036.05.02"}


def fields_of(page: TestResponse) -> dict[str, str]:
    """What the page would send on."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    return {name: unescape(text) for name, text in found}


def rows(store: Store) -> list[KeptForm]:
    with store.read() as tx:
        return list(tx.scalars(select(KeptForm)))


@pytest.fixture
def at_basic_data(line: Line) -> Line:
    line.photos()
    return line


def too_late(
    line: Line, clock: HandClock, meanwhile: Callable[[], object] = lambda: None, **headers: str
) -> TestResponse:
    """He reads the page, half an hour passes, then he presses 下一步."""
    page, path = line.page(), line.path()
    given = {name: hidden(page, name) for name in ("csrf_token", "submission_id")} | DATA
    meanwhile()
    clock.pass_by(minutes=31)
    return line.client.post(path, data=given, headers={"Referer": f"http://localhost{path}", **headers})


def test_a_step_that_was_sent_too_late_is_sent_on_after_the_sign_in(
    at_basic_data: Line, app: Flask, store: Store, sms: KeptSms, clock: HandClock
) -> None:
    line = at_basic_data
    path = line.path()
    answer = too_late(line, clock)
    assert answer.status_code == 303 and "next=/kept" in answer.location
    back = sign_in(app, line.client, sms, path=answer.location)
    assert back.location == "/kept"
    page = line.client.get("/kept")
    assert "您填写的内容还在" in page.text and fields_of(page)["address"] == DATA["address"]
    assert f'href="{path}"' in page.text, "or back to the page, without sending it"
    sent = line.client.post("/kept", data=fields_of(page))
    assert sent.status_code == 307 and sent.location == path
    done = line.client.post(sent.location, data=fields_of(page))
    assert done.status_code == 303 and line.task.step == "bank_cards" and rows(store) == []
    with store.read() as tx:
        assert tx.scalars(select(Submission).where(Submission.step == "basic_data")).one()


def test_sent_on_twice_it_counts_once(
    at_basic_data: Line, app: Flask, store: Store, sms: KeptSms, clock: HandClock
) -> None:
    answer = too_late(at_basic_data, clock)
    sign_in(app, at_basic_data.client, sms, path=answer.location)
    fields = fields_of(at_basic_data.client.get("/kept"))
    path = at_basic_data.client.post("/kept", data=fields).location
    for _ in range(2):
        assert at_basic_data.client.post(path, data=fields).status_code == 303
    again = at_basic_data.client.post("/kept", data=fields)
    assert again.location == "/my" and "已经提交过，或者超过一小时" in at_basic_data.client.get("/my").text
    with store.read() as tx:
        assert len(tx.scalars(select(Submission).where(Submission.step == "basic_data")).all()) == 1


def test_nothing_of_it_lies_open_and_no_token_or_file_is_kept(
    at_basic_data: Line, clock: HandClock, store: Store
) -> None:
    too_late(at_basic_data, clock)
    [row] = rows(store)
    assert DATA["address"].encode() not in row.fields
    text = store.vault.open("kept_forms.fields", row.fields)
    assert DATA["address"] in text and "csrf_token" not in text


def test_after_an_hour_it_is_gone(
    at_basic_data: Line, app: Flask, store: Store, sms: KeptSms, clock: HandClock
) -> None:
    answer = too_late(at_basic_data, clock)
    clock.pass_by(minutes=61)
    sign_in(app, at_basic_data.client, sms, path=answer.location)
    assert at_basic_data.client.get("/kept").location == "/my"
    forget_expired(store)
    assert rows(store) == []


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda tx, now: tx.query(SessionRow).update({"ended_at": now}), id="a session that was ended"),
        pytest.param(lambda tx, now: tx.query(SessionRow).delete(), id="a session that never was"),
    ],
)
def test_nothing_is_kept_for_a_cookie_that_is_nobodys(
    at_basic_data: Line, store: Store, clock: HandClock, spoil: Callable[..., object]
) -> None:
    def meanwhile() -> None:
        with store.write() as tx:
            spoil(tx, clock.now())

    answer = too_late(at_basic_data, clock, meanwhile)
    assert answer.status_code == 303 and "/kept" not in answer.location and rows(store) == []


def test_what_a_script_sends_is_not_kept(at_basic_data: Line, store: Store, clock: HandClock) -> None:
    """An autosave could not be led anywhere; the page's own form comes after it."""
    answer = too_late(at_basic_data, clock, **{"Sec-Fetch-Mode": "cors"})
    assert answer.status_code == 303 and rows(store) == []


def test_a_forged_form_is_refused_before_anything_is_kept(at_basic_data: Line, store: Store, clock: HandClock) -> None:
    path = at_basic_data.path()
    clock.pass_by(minutes=31)
    assert at_basic_data.client.post(path, data=DATA).status_code == 400 and rows(store) == []


STAFF_FORMS = [
    pytest.param(
        {"supervisor"},
        "/desk/supervise/tasks/none",
        {"to": "zhao", "reason": "他今天不在，请你接手"},
        id="a reassignment",
    ),
    pytest.param({"analyst"}, "/studio/proposals/none/publish", {"note": "夜里写好的版本说明"}, id="a version's note"),
    pytest.param({"reviewer"}, "/desk/tasks/none", {"decision": "reject", "note": "夜里写好的备注"}, id="a decision"),
    pytest.param({"reviewer"}, "/desk/tasks/none/comments", {"comment": "夜里写的留言"}, id="a comment"),
]


@pytest.mark.parametrize(("roles", "path", "fields"), STAFF_FORMS)
def test_every_form_of_the_staff_is_kept_alike(
    app: Flask, store: Store, clock: HandClock, roles: set[str], path: str, fields: dict[str, str]
) -> None:
    employ(store, "zhou", roles)
    client = app.test_client()
    sign_in_staff(client, "zhou")
    page = client.get("/staff/sign-in")
    clock.pass_by(minutes=16)
    answer = post(client, path, page, **fields)
    assert answer.status_code == 303 and "next=/staff/kept" in answer.location
    shown = client.get(sign_in_again(client, answer.location))
    assert fields.items() <= fields_of(shown).items()
    assert client.post("/staff/kept", data=fields_of(shown)).location == path


def sign_in_again(client: FlaskClient, location: str) -> str:
    from tests.web.conftest import PASSWORD

    answer = post(client, location, client.get(location), login="zhou", password=PASSWORD)
    assert answer.status_code == 303
    return answer.location


def test_a_password_is_never_kept(app: Flask, store: Store, clock: HandClock) -> None:
    employ(store, "zhou", {"reviewer"})
    client = app.test_client()
    sign_in_staff(client, "zhou")
    page = client.get("/staff/sign-in")
    clock.pass_by(minutes=16)
    post(client, "/desk/tasks/none", page, decision="pass", password="a secret that I typed")
    [row] = rows(store)
    assert "secret" not in store.vault.open("kept_forms.fields", row.fields)


def test_of_the_page_that_changes_a_password_nothing_is_kept(app: Flask, store: Store, clock: HandClock) -> None:
    employ(store, "zhou", {"reviewer"})
    client = app.test_client()
    sign_in_staff(client, "zhou")
    page = client.get("/staff/password")
    clock.pass_by(minutes=16)
    answer = post(client, "/staff/password", page, now="a secret of before", new="a secret to come", again="x")
    assert answer.status_code == 303 and "/kept" not in answer.location and rows(store) == []


def test_a_colleague_at_the_same_browser_finds_nothing(app: Flask, store: Store, clock: HandClock) -> None:
    for login in ("zhou", "qian"):
        employ(store, login, {"reviewer"})
    client = app.test_client()
    sign_in_staff(client, "zhou")
    page = client.get("/staff/sign-in")
    clock.pass_by(minutes=16)
    post(client, "/desk/tasks/none", page, decision="pass")
    sign_in_staff(client, "qian")
    assert client.get("/staff/kept").location == "/staff/"
    with store.read() as tx:
        zhou = tx.scalars(select(Staff).where(Staff.login == "zhou")).one()
        assert [row.person_id for row in rows(store)] == [zhou.id]
