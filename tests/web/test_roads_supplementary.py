# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""补签协议: what must be signed stands in the way of other business, is signed with the certificate, and is gone."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.store import Store
from engine.tables import Case, Obligation, Signature
from tests.web.conftest import EXTRA, MAIN, KeptSms, post, sign_in
from tests.web.line import Browser, Line
from tests.web.test_my import owe, table
from tests.web.test_steps_line import app, at_once, browser  # noqa: F401


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
    line.browser = Browser()
    line.certificate()
    page = line.page().text
    assert "<h1>未检测到证书</h1>" in page and "没有检测到" in page
    line.post(read="yes")
    assert "<h1>证书检测</h1>" in line.page().text
    line.browser = browser
    line.certificate()
    assert "<h1>签署协议</h1>" in line.page().text
