# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""Old pages, and tasks that somebody else has: the page says which step is open or who was faster; nothing changes."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from engine.store import Store
from engine.tables import Task
from tests.web.conftest import HandClock, KeptSms, employ, post, sign_in, sign_in_staff
from tests.web.line import Browser, Line, jpeg, value
from tests.web.refusals import nothing_stored, refused
from tests.web.test_desk import claim, decide, desk_task
from tests.web.test_kept_forms import fields_of
from tests.web.test_steps_line import app, browser  # noqa: F401

DATA = {"address": "样本市样本路 9 号", "issuer": "样本市公安局", "validity": "2016.05.02-2036.05.02"}
MOVED = "您打开的一步已经办过了，没有重复提交。下面是现在要办的一步"


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    sign_in(app, client, sms)
    made = Line(app, client, store, browser)
    made.photos()
    return made


@pytest.fixture
def at_desk(line: Line) -> Line:
    line.basic_data()
    line.bank_cards()
    line.certificate()
    line.signature()
    return line


# -- the investor's old pages --


def old_ways(line: Line) -> dict[str, tuple[str, dict[str, Any]]]:
    """Everything that an old page of 个人基本资料 could still send."""
    path = line.path()

    def photo() -> dict[str, Any]:
        return {"photo-id_portrait": (io.BytesIO(jpeg()), "x.jpg")}

    return {
        "submit": (path, DATA),
        "back": (f"{path}/back", DATA),
        "with a file": (path, DATA | photo()),
        "an upload": (f"/cases/{line.case_id}/photos/id_portrait", photo()),
        "a button that only saves": (path, DATA | {"add_row": "cards.1"}),
    }


@pytest.mark.parametrize("way", ["submit", "back", "with a file", "an upload", "a button that only saves"])
def test_an_old_page_leads_to_the_step_that_is_open(line: Line, store: Store, way: str) -> None:
    page, (path, fields) = line.page(), old_ways(line)[way]
    line.basic_data()
    with nothing_stored(store):
        answer = line.post(path, page, **fields)
    assert answer.status_code == 303
    shown = line.client.get(answer.location, follow_redirects=True)
    refused(shown, MOVED, "<h1>银行卡</h1>", status=200)


def test_an_old_autosave_changes_nothing(line: Line, store: Store) -> None:
    page, path = line.page(), line.path("draft")
    line.basic_data()
    with nothing_stored(store):
        assert line.post(path, page, **DATA).status_code == 409


def test_a_page_from_before_another_sign_in_is_refused_and_the_draft_is_there(
    line: Line, app: Flask, store: Store, sms: KeptSms, clock: HandClock
) -> None:
    page, path = line.page(), line.path()
    line.post(line.path("draft"), page, **DATA)
    post(line.client, "/sign-out", page)
    clock.pass_by(minutes=2)
    sign_in(app, line.client, sms, path="/sign-in")
    with nothing_stored(store):
        refused(line.post(path, page, **DATA), "这一页已失效，没有提交", "请返回上一页并刷新，再提交一次", status=400)
    assert DATA["address"] in line.page().text


PRESSED = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
"""What a browser says of a form on a page of this very site."""


def from_before(line: Line, app: Flask, sms: KeptSms, clock: HandClock, headers: dict[str, str]) -> TestResponse:
    """He opens the page, signs in anew in another window, and presses 下一步 on the first."""
    page, path = line.page(), line.path()
    post(line.client, "/sign-out", page)
    clock.pass_by(minutes=2)
    sign_in(app, line.client, sms, path="/sign-in")
    given = {name: value(page, name) for name in ("csrf_token", "submission_id")} | DATA
    return line.client.post(path, data=given, headers={"Referer": f"http://localhost{path}", **headers})


def test_what_was_typed_on_a_page_from_before_another_sign_in_goes_on_with_one_button(
    line: Line, app: Flask, store: Store, sms: KeptSms, clock: HandClock
) -> None:
    path = line.path()
    with nothing_stored(store):
        told = from_before(line, app, sms, clock, PRESSED)
        refused(told, "您填写的内容还在", "这一页是重新登录之前打开的，没有提交", status=400)
    assert f'action="{path}"' in told.text and f'href="{path}"' in told.text
    assert line.client.post(path, data=fields_of(told)).status_code == 303 and line.task.step == "bank_cards"


@pytest.mark.parametrize(
    "headers",
    [PRESSED | {"Sec-Fetch-Site": "cross-site"}, PRESSED | {"Sec-Fetch-Mode": "cors"}, {}],
    ids=["a stranger's page", "a script", "a browser that does not say"],
)
def test_a_form_that_nobody_pressed_here_is_not_offered_to_be_sent_on(
    line: Line, app: Flask, store: Store, sms: KeptSms, clock: HandClock, headers: dict[str, str]
) -> None:
    told = from_before(line, app, sms, clock, headers)
    refused(told, "这一页已失效，没有提交", "请返回上一页并刷新", status=400)
    assert DATA["address"] not in told.text


def test_who_was_signed_out_meanwhile_is_told_and_finds_his_draft(
    line: Line, app: Flask, store: Store, sms: KeptSms, clock: HandClock
) -> None:
    page, path = line.page(), line.path()
    line.post(line.path("draft"), page, **DATA)
    clock.pass_by(minutes=31)
    given = {"csrf_token": value(page, "csrf_token"), **DATA}
    with nothing_stored(store):
        answer = line.client.post(path, data=given, headers={"Referer": f"http://localhost{path}"})
    assert answer.status_code == 303 and "/sign-in" in answer.location
    refused(line.client.get(answer.location), "请先登录", "已保存的内容都还在", status=200)
    back = sign_in(app, line.client, sms, path=answer.location)
    assert DATA["address"] in line.client.get(back.location, follow_redirects=True).text


def test_nothing_is_taken_once_the_case_is_over(line: Line, store: Store) -> None:
    page, ways = line.page(), old_ways(line)
    post(line.client, f"/cases/{line.case_id}/abandon", line.client.get(f"/cases/{line.case_id}/abandon"))
    with nothing_stored(store):
        for path, fields in ways.values():
            answer = line.post(path, page, **fields)
            assert answer.status_code == 303 and answer.location == f"/cases/{line.case_id}"
    assert "<h1>已放弃</h1>" in line.client.get(f"/cases/{line.case_id}").text


def test_a_case_that_is_over_is_not_given_up(at_desk: Line, app: Flask, store: Store) -> None:
    desk = somebody(app, store, "zhao")
    page = at_desk.client.get(f"/cases/{at_desk.case_id}/abandon")
    decide(desk, claim(desk, store), decision="pass")
    at_desk.work()
    with nothing_stored(store):
        answer = post(at_desk.client, f"/cases/{at_desk.case_id}/abandon", page)
    assert answer.location == "/my"
    assert "这项业务已经结束，不需要放弃。结果在“已完成业务”里" in at_desk.client.get("/my").text


def test_while_the_change_is_on_its_way_giving_up_is_refused_in_words(at_desk: Line, app: Flask, store: Store) -> None:
    desk = somebody(app, store, "zhao")
    page = at_desk.client.get(f"/cases/{at_desk.case_id}/abandon")
    decide(desk, claim(desk, store), decision="pass")
    for ways in (at_desk.client.get, lambda address: post(at_desk.client, address, page)):
        with nothing_stored(store):
            assert ways(f"/cases/{at_desk.case_id}/abandon").location == "/my"
        refused(at_desk.client.get("/my"), "这项业务正在办结，不能再放弃", "结果会发短信", "请致电客服", status=200)


# -- the desk's old pages --


def somebody(app: Flask, store: Store, login: str) -> FlaskClient:
    employ(store, login, {"reviewer"})
    member = app.test_client()
    sign_in_staff(member, login)
    return member


def told(member: FlaskClient, answer: TestResponse) -> TestResponse:
    assert answer.status_code == 303
    return member.get(answer.location, follow_redirects=True)


def wish(page: TestResponse) -> dict[str, str]:
    written = {"decision": "reject", "reasons": "id_photo_unclear", "note": "写到一半的备注"}
    return {"submission_id": value(page, "submission_id"), **written}


def run_out(store: Store, task: str, clock: HandClock) -> None:
    with store.write() as tx:
        tx.execute(update(Task).where(Task.id == task).values(lease_until=clock.now()))


def test_a_task_that_somebody_else_took_over_is_refused_and_the_note_is_kept(
    at_desk: Line, app: Flask, store: Store, clock: HandClock
) -> None:
    slow, fast = somebody(app, store, "zhao"), somebody(app, store, "qian")
    path = claim(slow, store)
    page = slow.get(path)
    run_out(store, desk_task(store), clock)
    claim(fast, store)
    with nothing_stored(store):
        answer = told(slow, post(slow, path, page, **wish(page)))
        refused(answer, "请重新领取后再提交", "qian（样本）", status=200)
    assert "样本路" not in answer.text
    post(fast, f"{path}/release", fast.get(path))
    assert "写到一半的备注" in slow.get(claim(slow, store)).text


def test_a_task_that_somebody_else_finished_names_him_and_the_time(
    at_desk: Line, app: Flask, store: Store, clock: HandClock
) -> None:
    slow, fast = somebody(app, store, "zhao"), somebody(app, store, "qian")
    path = claim(slow, store)
    page = slow.get(path)
    run_out(store, desk_task(store), clock)
    decide(fast, claim(fast, store), decision="pass")
    for way in ("", "/claim", "/release"):
        with nothing_stored(store):
            answer = told(slow, post(slow, path + way, page, **wish(page)))
            refused(answer, "这一件已由 qian（样本） 于 2026-11-24 09:54 办完", "请从列表中另选一件", status=200)
    assert "这一件已由 qian（样本）" in told(slow, slow.get(path)).text


@pytest.mark.parametrize("comment", ["", "长" * 2001], ids=["empty", "too long"])
def test_a_comment_that_says_nothing_or_too_much_is_refused_and_everything_stays(
    at_desk: Line, app: Flask, store: Store, comment: str
) -> None:
    desk = somebody(app, store, "zhao")
    path = claim(desk, store)
    with nothing_stored(store):
        answer = post(desk, f"{path}/comments", desk.get(path), comment=comment, **wish(desk.get(path)))
        refused(answer, "留言须有 1 至")
    assert "写到一半的备注" in answer.text and comment in answer.text


def test_ones_own_second_tab_is_told_that_it_is_done(at_desk: Line, app: Flask, store: Store) -> None:
    desk = somebody(app, store, "zhao")
    path = claim(desk, store)
    page = desk.get(path)
    decide(desk, path, decision="pass")
    with nothing_stored(store):
        refused(told(desk, post(desk, path, page, **wish(page))), "这一件已经办完，没有重复提交", status=200)


def test_a_task_that_nobody_claimed_is_not_decided(at_desk: Line, app: Flask, store: Store) -> None:
    desk = somebody(app, store, "zhao")
    path = f"/desk/tasks/{desk_task(store)}"
    page = desk.get(path)
    written = {"decision": "pass", "note": "写到一半的备注"}
    with nothing_stored(store):
        refused(
            told(desk, post(desk, path, page, **written)), "您还没有领取，或领取已到期。请重新领取后再提交", status=200
        )
