"""Published with care: from a moment on, with a part first, by a second person, and back to an earlier version."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import company
from engine.bundles import published
from engine.proposals import waiting
from engine.store import Store
from tests.web.conftest import LI, MAIN, HandClock, bundle, employ, post, put_on_file, sign_in_staff
from tests.web.strides import Strides
from tests.web.studio import NOTE, act, handed_in, in_use, reworded, tried

ABOUT = f"/studio/{MAIN}"


@pytest.fixture
def page(analyst: FlaskClient) -> TestResponse:
    """A proposal that may be published."""
    return handed_in(analyst, ("business.json", reworded()))


def about(client: FlaskClient) -> str:
    return client.get(ABOUT).text


def decide(client: FlaskClient, what: str, version: str) -> str:
    answer = post(client, f"{ABOUT}/under-way", client.get(ABOUT), what=what, version=version)
    assert answer.status_code == 303
    return client.get(answer.location).text


def version_of(page: str) -> str:
    found = re.search(r'name="version" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def test_a_version_for_later_waits_in_sight_and_begins_by_itself(
    analyst: FlaskClient, page: TestResponse, store: Store, clock: HandClock
) -> None:
    later = f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"
    assert act(analyst, page, "publish", note=NOTE, begins=later).status_code == 303
    text = about(analyst)
    assert "第 2 版在等待启用" in text and f"从 {later.replace('T', ' ')} 起启用" in text
    assert in_use(store) == bundle(MAIN).hash
    clock.pass_by(days=1)
    assert in_use(store) != bundle(MAIN).hash and "等待启用" not in about(analyst)


def test_what_waits_is_decided_before_anything_else_is_published(
    analyst: FlaskClient, page: TestResponse, store: Store, clock: HandClock
) -> None:
    later = f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"
    act(analyst, page, "publish", note=NOTE, begins=later)
    other = handed_in(analyst, ("business.json", reworded() + b"\n"))
    tried(analyst, other)
    assert "第 2 版正在等待启用或试行" in analyst.get(other.request.path).text
    refused = act(analyst, other, "publish", note=NOTE)
    assert refused.status_code == 409 and "请先在业务的页面上决定它" in refused.text
    shown = about(analyst)
    assert "取消启用" in shown and "给所有新受理单使用" not in shown
    assert "已停下" in decide(analyst, "stop", version_of(shown))
    assert "同事已经决定过这个版本" in decide(analyst, "stop", version_of(shown)), "a second press changes nothing"


def test_a_part_of_the_cases_tries_it_and_the_page_tells_how_they_fare(
    analyst: FlaskClient, page: TestResponse, store: Store
) -> None:
    put_on_file(store, LI)
    assert act(analyst, page, "publish", note=NOTE, branches="east").status_code == 303
    tried = Strides(store, LI).photos()
    shown = about(analyst)
    assert "第 2 版在试行" in shown and "先试行：营业部 east" in shown
    assert re.search(r"开始的受理单</th><td[^>]*>1</td><td[^>]*>0</td>", shown)
    with store.read() as tx:
        assert published(tx, MAIN, store.clock.now(), branch="east") != in_use(store)
    form = {"what": "", "version": version_of(shown)}
    assert post(analyst, f"{ABOUT}/under-way", analyst.get(ABOUT), **form).status_code == 400
    assert "所有新开始的业务从现在起按这个版本办理" in decide(analyst, "widen", version_of(shown))
    assert in_use(store) == version_of(shown) and tried.steps == ["basic_data"]


WRONG = [
    ({"begins": "2020-01-01T09:00"}, "这个时间已经过去"),
    ({"begins": "morgen"}, "不是时间"),
    ({"share": "150"}, "比例须是 1 % 到 99 %"),
    ({"branches": "nowhere"}, "没有营业部“nowhere”"),
    ({"share": "10", "branches": "east"}, "请只选比例或营业部之一"),
]


def test_a_plan_that_cannot_be_is_said_at_its_field_and_loses_nothing(
    analyst: FlaskClient, page: TestResponse, store: Store
) -> None:
    for fields, said in WRONG:
        refused = act(analyst, page, "publish", note=NOTE, **fields)
        assert refused.status_code == 422 and said in refused.text, fields
        assert f">{NOTE}</textarea>" in refused.text
    assert in_use(store) == bundle(MAIN).hash


def test_where_a_second_person_is_asked_for_a_colleague_publishes(
    app: Flask, analyst: FlaskClient, page: TestResponse, store: Store
) -> None:
    with store.read() as tx:
        there = company.load(tx)
    company.save(store, {**there.document, "publishing": {"second_person": True}}, demonstration=there.demonstration)
    tried(analyst, page)
    refused = act(analyst, page, "publish", note=NOTE)
    assert refused.status_code == 403 and "须由另一位分析人员发布" in refused.text
    assert "等同事发布" in analyst.get(page.request.path).text
    employ(store, "bob", {"analyst"})
    other = app.test_client()
    sign_in_staff(other, "bob")
    theirs = other.get(page.request.path)
    assert act(other, theirs, "publish", note=NOTE).status_code == 303
    text = about(other)
    assert "bob" in text and re.search(r"由 \S+ 于 [0-9: -]+ 提交", text)
    with store.read() as tx:
        assert waiting(tx) == []


def test_one_goes_back_to_an_earlier_version_by_one_action(
    analyst: FlaskClient, page: TestResponse, store: Store
) -> None:
    first = in_use(store)
    act(analyst, page, "publish", note=NOTE)
    asked = analyst.get(f"{ABOUT}/versions/1/back")
    assert "恢复使用" in asked.text and "看两个版本的差别" in asked.text
    current = {"current": in_use(store), "under_way": ""}
    assert post(analyst, f"{ABOUT}/versions/1/back", asked, note="", **current).status_code == 422
    done = post(analyst, f"{ABOUT}/versions/1/back", asked, note="问得太早", **current)
    assert done.status_code == 303 and in_use(store) == first
    assert "与第 1 版相同" in about(analyst) and "问得太早" in about(analyst)
    again = post(analyst, f"{ABOUT}/versions/1/back", asked, note="问得太早", **current)
    assert again.status_code == 409 and "使用的版本已经变了" in again.text
    assert analyst.get(f"{ABOUT}/versions/9/back").status_code == 404


def test_the_version_in_use_is_not_taken_back_while_another_is_tried(
    analyst: FlaskClient, page: TestResponse, store: Store
) -> None:
    act(analyst, page, "publish", note=NOTE, share="10%")
    answer = post(analyst, f"{ABOUT}/withdraw", analyst.get(f"{ABOUT}/withdraw"), note="weg", version=in_use(store))
    assert answer.status_code == 409 and "请先在业务的页面上决定它" in answer.text
