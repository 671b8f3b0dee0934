"""A certificate that cannot be installed: why, what to do, whom to call, and nothing is stored."""

from __future__ import annotations

from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.store import Store
from tests.places import PLACES
from tests.web.conftest import KeptSms, company, post, sign_in
from tests.web.refusals import nothing_stored, refused
from tests.web.strides import Strides


@pytest.fixture
def here(app: Flask, client: FlaskClient, store: Store, sms: KeptSms) -> str:
    """The address of the step, in front of its investor."""
    sign_in(app, client, sms, path="/sign-in")
    case = PLACES["at the installation"][1](partial(Strides, store))
    return f"/cases/{case.id}/{case.task('install_certificate').id}"


def test_a_key_that_gets_no_certificate_is_told_in_words(client: FlaskClient, store: Store, here: str) -> None:
    with nothing_stored(store):
        answer = post(client, f"{here}/certificate", client.get(here), challenge="x", signature="x", spki="x")
    assert answer.status_code == 422 and answer.json
    assert answer.json["problem"] == "证书没有安装成功。请再试一次；如仍不成功，请致电客服。"


def test_what_the_network_loses_has_a_sentence_of_the_page_and_never_a_number_alone(
    client: FlaskClient, store: Store, here: str
) -> None:
    page = client.get(here).text
    assert (
        f'data-failed="证书没有安装成功，可能是网络不稳定。请再点击一次；仍不成功请致电 {company(store).hotline}"'
        in page
    )


def test_where_nobody_issues_certificates_the_page_says_whom_to_call(
    client: FlaskClient, store: Store, here: str
) -> None:
    """This application was started without an authority."""
    page = refused(client.get(here), "暂时不能安装数字证书", "您填写的内容都已保存，请致电", status=200)
    assert company(store).hotline in page.text and "data-install hidden" not in page.text
