"""The analysts' pages of migration: what a proposal would mean, choosing, beginning, watching, taking back."""

from __future__ import annotations

import re
from contextlib import nullcontext

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.cases import open_case
from engine.migration import Trial
from engine.store import Store
from engine.tables import Case
from tests.house import SETTINGS
from tests.web.conftest import MAIN, ON_BOTH, WANG, KeptSms, employ, hidden, post, sign_in, sign_in_staff
from tests.web.studio import NOTE, act, broken, handed_in, in_use, over, reworded
from webapp.studio import tried_apart

CHOOSE = f"/studio/{MAIN}/migration"


def running(store: Store) -> str:
    return open_case(store, business=MAIN, customer_id=WANG.id, branch_id="east", settings=SETTINGS)


def version_of(store: Store, case_id: str) -> str:
    with store.read() as tx:
        return tx.get_one(Case, case_id).bundle_hash


def published(analyst: FlaskClient, store: Store) -> str:
    act(analyst, handed_in(analyst, ("business.json", reworded())), "publish", note=NOTE)
    return in_use(store)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the seconds that a process of its own takes to start."""
    monkeypatch.setattr(tried_apart, "judges", lambda: nullcontext(Trial))


def tries(analyst: FlaskClient, to: str, **fields: str) -> TestResponse:
    """The page of migrations, with what this version would mean."""
    begun = post(analyst, f"{CHOOSE}/trial", analyst.get(CHOOSE), to=to, step="", **fields)
    assert begun.status_code == 303, begun.text
    over()
    return analyst.get(begun.location)


def begun(analyst: FlaskClient, to: str) -> TestResponse:
    """The results' page of a migration that has been worked off."""
    page = analyst.get(f"{CHOOSE}?to={to}")
    begin = post(analyst, CHOOSE, page, to=to, step="", note="简介要一致")
    assert begin.status_code == 303
    results = analyst.get(begin.location)
    assert "继续迁移" in results.text and "正在迁移" in results.text
    post(analyst, f"{begin.location}/next", results)
    return analyst.get(begin.location)


def versions_told(results: TestResponse) -> list[str]:
    """Of the one case: the version from which it came, and the one on which it was left."""
    return re.findall(r'data-label="(?:原来的版本|迁移之后的版本)">([^<]*)<', results.text)


def test_a_proposal_tells_what_it_would_mean_for_running_cases(analyst: FlaskClient, store: Store) -> None:
    running(store)
    page = handed_in(analyst, ("business.json", reworded()))
    assert f"{page.request.path}/impact" in page.text
    there = f"{page.request.path}/impact"
    assert "在副本上试过" not in analyst.get(there).text
    assert post(analyst, there, analyst.get(there)).location == there
    over()
    told = analyst.get(there).text
    assert "1 件在办受理单，每一件都在副本上试过" in told and "流程不变" in told and "上传照片" in told
    wrong = handed_in(analyst, ("handling.bpmn", broken()))
    assert f"{wrong.request.path}/impact" not in wrong.text
    assert "还有检查没有通过，现在不能试" in analyst.get(f"{wrong.request.path}/impact").text


@ON_BOTH
def test_a_case_is_moved_with_a_note_and_taken_back(analyst: FlaskClient, store: Store) -> None:
    before, case = in_use(store), running(store)
    to = published(analyst, store)
    assert CHOOSE in analyst.get(f"/studio/{MAIN}").text
    page = tries(analyst, to)
    assert "1 件在办受理单，每一件都在副本上试过" in page.text and "开始迁移 1 件" in page.text
    assert version_of(store, case) == before
    blank = post(analyst, CHOOSE, page, to=to, note=" ")
    assert blank.status_code == 422 and "请写明为什么迁移" in blank.text
    results = begun(analyst, to)
    assert version_of(store, case) == to and "流程不变" in results.text and "已试 1 件，共 1 件" in results.text
    assert WANG.id not in results.text and "简介要一致" in results.text
    was, now = f"第 1 版 · {before[:12]}", f"第 2 版 · {to[:12]}"
    assert versions_told(results) == [was, now]
    back = post(analyst, f"{results.request.path}/undo", results)
    assert version_of(store, case) == before
    taken_back = analyst.get(back.location)
    assert "已撤回 1 件" in taken_back.text and versions_told(taken_back) == [was, was]
    page = analyst.get(CHOOSE).text
    assert "第 1 版 · " in page and f"第 2 版 · {to[:12]}" in page and "到第 2 版" in results.text


def test_a_case_whose_customer_is_at_work_is_held_and_its_page_says_why(
    app: Flask, analyst: FlaskClient, store: Store, sms: KeptSms
) -> None:
    before = in_use(store)
    assert sign_in(app, app.test_client(), sms).status_code == 303
    case = running(store)
    results = begun(analyst, published(analyst, store))
    assert "暂缓" in results.text and "客户正在办理" in results.text and version_of(store, case) == before
    assert versions_told(results) == [f"第 1 版 · {before[:12]}"] * 2, "it stays where it was"


@pytest.mark.parametrize("to", ["nothing", "0" * 64])
def test_a_version_that_nobody_published_is_refused_with_what_to_do(analyst: FlaskClient, to: str) -> None:
    page = analyst.get(f"{CHOOSE}?to={to}")
    assert page.status_code == 422 and "没有这个版本。请重新选择" in page.text
    assert post(analyst, CHOOSE, page, to=to, note="为什么").status_code == 422


def test_a_mapping_that_leads_nowhere_is_refused_with_what_to_do(analyst: FlaskClient, store: Store) -> None:
    running(store)
    page = analyst.get(f"{CHOOSE}?to={in_use(store)}&home.tea=nowhere")
    assert page.status_code == 422 and "新版本没有 nowhere" in page.text
    assert post(analyst, CHOOSE, page, to=in_use(store), note="为什么", **{"home.tea": "nowhere"}).status_code == 422


def test_nobody_else_migrates(app: Flask, store: Store) -> None:
    employ(store, "other", {"operator", "supervisor"})
    client = app.test_client()
    sign_in_staff(client, "other")
    assert {client.get(path).status_code for path in (CHOOSE, "/studio/migrations/x")} == {403}
    assert {post(client, path).status_code for path in (CHOOSE, "/studio/migrations/x/next")} == {403}


def test_a_script_asks_for_the_next_cases_and_gets_the_part_that_changed(analyst: FlaskClient, store: Store) -> None:
    running(store)
    to = published(analyst, store)
    page = analyst.get(f"{CHOOSE}?to={to}")
    at = post(analyst, CHOOSE, page, to=to, note="简介要一致").location
    results = analyst.get(at)
    assert f'hx-post="{at}/next"' in results.text and "htmx.min.js" in results.text
    token = {"csrf_token": hidden(results, "csrf_token")}
    part = analyst.post(f"{at}/next", data=token, headers={"HX-Request": "true"})
    assert part.status_code == 200 and "<html" not in part.text and "已试 1 件，共 1 件" in part.text
    assert "hx-post" not in part.text, "it is done and asks for no more"


def test_a_trial_without_a_version_says_what_to_choose(analyst: FlaskClient) -> None:
    page = analyst.get(f"/studio/{MAIN}/migration?to=&step=")
    assert page.status_code == 422 and "请选择要迁移到的版本" in page.text
    assert analyst.get(f"/studio/{MAIN}/migration").status_code == 200
