"""补签协议 from the row in 我的业务 to its end (S37, G6): a second business without a line of Python of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.accounts import add_obligation
from engine.pki import Party, issue_certificate, make_demonstration_ca
from engine.store import Store
from engine.tables import Obligation, Signature
from tests.web.conftest import EXTRA, WANG, KeptSms, close, furnish, post, sign_in, store_of
from tests.web.line import Browser, Line
from webapp.app import create_app
from webapp.settings import WebSettings


@pytest.fixture
def app(web_settings: WebSettings) -> Iterator[Flask]:
    """Where certificates can be issued."""
    authority = make_demonstration_ca(web_settings.data_dir, web_settings.clock.now())
    made = create_app(web_settings, authority=authority)
    furnish(made)
    yield made
    close(made)


@pytest.fixture
def owed(app: Flask, client: FlaskClient, sms: KeptSms) -> str:
    """Wang is signed in and has an agreement to sign."""
    sign_in(app, client, sms, path="/sign-in")
    store = store_of(app)
    with store.write() as tx:
        return add_obligation(tx, store.ids, store.clock.now(), WANG.id, EXTRA, forced=False)


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, owed: str) -> Line:
    post(client, f"/my/obligations/{owed}/start", client.get("/my"))
    return Line(app, client, store, Browser())


def certify(line: Line) -> None:
    party = Party(WANG.id, "", WANG.name, WANG.id_number)
    with line.store.write() as tx:
        authority = line.app.extensions["kaihu"].authority
        now = line.store.clock.now()
        line.browser.pem = issue_certificate(tx, line.store.vault, authority, now, party, line.browser.spki)


def test_the_agreement_is_signed_and_the_obligation_is_settled(line: Line, owed: str) -> None:
    certify(line)
    assert "证书检测" in line.page().text
    line.certificate()
    assert "签署协议" in line.page().text
    line.signature()
    line.work()
    assert line.case.status == "办理成功"
    with line.store.read() as tx:
        assert tx.get_one(Obligation, owed).done_at is not None
        assert tx.query(Signature).filter_by(case_id=line.case_id).count() == 1
    done = line.client.get("/my").text.split("已完成业务")[1]
    assert "补签协议" in done and "办理成功" in done


def test_without_a_certificate_it_says_what_to_do_and_detects_again(line: Line) -> None:
    line.certificate()
    page = line.page().text
    assert "没有检测到数字证书" in page and "换到装有证书的设备" in page
    line.post(place="online")
    certify(line)
    line.certificate()
    assert "签署协议" in line.page().text
