# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""补签协议: what must be signed stands in the way of other business, is signed with the certificate, and is gone."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.store import Store
from engine.tables import Case, Obligation, Signature, Task
from tests.web.conftest import EXTRA, MAIN, ON_BOTH, KeptSms, employ, hidden, post, sign_in, sign_in_staff
from tests.web.line import Browser, Line
from tests.web.refusals import refused
from tests.web.test_my import owe, table
from tests.web.test_steps_line import app, browser  # noqa: F401


@pytest.fixture
def inside(app: Flask, client: FlaskClient, store: Store, sms: KeptSms) -> FlaskClient:
    """Signed in for the main business, with something forced to be signed first."""
    owe(store, forced=True)
    answer = sign_in(app, client, sms)
    assert answer.location == "/my"
    return client


@pytest.fixture
def line(app: Flask, inside: FlaskClient, store: Store, browser: Browser) -> Line:
    with store.read() as tx:
        obligation = tx.scalars(select(Obligation.id)).one()
    answer = post(inside, f"/my/obligations/{obligation}/start", inside.get("/my"))
    made = Line(app, inside, store, browser)
    assert answer.location == f"/cases/{made.case_id}" and made.case.business == EXTRA
    return made


def test_signing_in_leads_to_my_business_with_the_reason_and_no_case(inside: FlaskClient, store: Store) -> None:
    page = inside.get("/my").text
    assert "请先补签协议" in page
    row = table(page, "pending")
    assert "补签协议" in row and "去办理" in row and "放弃" not in row
    with store.read() as tx:
        assert tx.scalars(select(Case)).all() == []


def test_the_supplementary_agreement_is_signed_and_then_the_other_business_may_start(line: Line, store: Store) -> None:
    assert "<h1>证书检测</h1>" in line.page().text
    line.certificate()
    page = line.page().text
    assert "<h1>签署协议</h1>" in page and "请核对您要签署的内容" not in page  # no answers to be checked
    line.signature()
    line.work()
    assert line.case.status == "办理成功"
    mine = line.client.get("/my").text
    assert "办理成功" in table(mine, "done") and "补签协议" not in table(mine, "pending")
    with store.read() as tx:
        assert tx.scalars(select(Obligation)).one().done_at is not None
        assert len(list(tx.scalars(select(Signature)))) == 1
    answer = post(line.client, f"/my/start/{MAIN}", line.client.get("/my"))
    assert answer.location.startswith("/cases/")
    assert "<h1>上传照片</h1>" in line.client.get(answer.location, follow_redirects=True).text


def test_before_it_is_signed_the_other_business_may_not_start(line: Line) -> None:
    answer = post(line.client, f"/my/start/{MAIN}", line.client.get("/my"))
    assert answer.location == "/my" and "请先补签协议" in line.client.get("/my").text


def test_without_a_certificate_it_says_so_and_looks_again(line: Line, browser: Browser) -> None:
    page = without_certificate(line)
    assert "<h1>未检测到证书</h1>" in page and "没有检测到" in page and "带身份证到营业部" in page
    line.post(place="online")
    assert "<h1>证书检测</h1>" in line.page().text
    line.browser = browser
    line.certificate()
    assert "<h1>签署协议</h1>" in line.page().text


def without_certificate(line: Line) -> str:
    line.browser = Browser()
    line.certificate()
    return line.page().text


def test_one_says_where_one_wants_to_sign(line: Line) -> None:
    without_certificate(line)
    refused(line.post(), "请选择")


@pytest.fixture
def desk(line: Line, app: Flask, store: Store) -> FlaskClient:
    """The counter of the branch; the customer has said that he will come."""
    without_certificate(line)
    line.post(place="counter")
    employ(store, "zhao", {"reviewer"})
    client = app.test_client()
    sign_in_staff(client, "zhao")
    return client


def counter(desk: FlaskClient, store: Store, **decision: str) -> TestResponse:
    """Claim what waits there, and decide."""
    with store.read() as tx:
        task = tx.scalars(select(Task.id).where(Task.step == "counter_signing", Task.closed_at.is_(None))).one()
    path = f"/desk/tasks/{task}"
    post(desk, f"{path}/claim", desk.get(path))
    page = desk.get(path)
    return post(desk, path, page, submission_id=hidden(page, "submission_id"), **decision)


@ON_BOTH
def test_who_signs_at_the_counter_is_told_to_go_there_and_may_start_once_it_is_recorded(
    line: Line, desk: FlaskClient, store: Store
) -> None:
    page = line.client.get(f"/cases/{line.case_id}").text
    assert "<h1>请到营业部柜台签署</h1>" in page and "携带身份证原件" in page and "不需要再操作" not in page
    assert "待签署" in table(line.client.get("/my").text, "pending")
    refused(counter(desk, store, decision="signed"), "请填写")
    answer = counter(desk, store, decision="signed", in_person="yes", paper_signed="yes", filing_number="2026-017")
    assert answer.status_code == 303
    line.work()
    assert line.case.status == "办理成功"
    with store.read() as tx:
        assert tx.scalars(select(Obligation)).one().done_at is not None
    answer = post(line.client, f"/my/start/{MAIN}", line.client.get("/my"))
    assert answer.location.startswith("/cases/")


def test_who_finds_his_certificate_after_all_signs_online(
    line: Line, desk: FlaskClient, store: Store, browser: Browser
) -> None:
    assert counter(desk, store, decision="online").status_code == 303
    assert "<h1>证书检测</h1>" in line.page().text
    line.browser = browser
    line.certificate()
    assert "<h1>签署协议</h1>" in line.page().text
    with store.read() as tx:
        assert tx.scalars(select(Obligation)).one().done_at is None
