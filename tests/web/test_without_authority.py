"""Where no authority certifies keys: an investor learns it before he uploads anything, an administrator too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.pki import make_demonstration_ca
from engine.store import Store
from tests.web.conftest import EXTRA, MAIN, KeptSms, close, employ, furnish, sign_in, sign_in_staff, store_of
from webapp.app import create_app
from webapp.settings import WebSettings

SAID = "本公司还没有接通证书机构"
PUBLIC = ["/", f"/business/{MAIN}", f"/sign-in/{MAIN}"]


@pytest.fixture
def certified(web_settings: WebSettings) -> Iterator[Flask]:
    """The control: the same house with an authority."""
    made = create_app(web_settings, authority=make_demonstration_ca(web_settings.data_dir, web_settings.clock.now()))
    furnish(made)
    yield made
    close(made)


@pytest.mark.parametrize("path", PUBLIC)
def test_it_is_said_before_the_sign_in(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert SAID in page and "现在还不能在网上办完" in page
    english = client.get(f"{path}?lang=en", follow_redirects=True).text
    assert "This company is not connected to a certificate authority yet" in english


@pytest.mark.parametrize("path", PUBLIC)
def test_with_an_authority_nothing_of_it_is_said(certified: Flask, path: str) -> None:
    assert "证书机构" not in certified.test_client().get(path).text


def test_what_has_another_road_than_a_certificate_does_not_say_so(client: FlaskClient) -> None:
    assert SAID not in client.get(f"/business/{EXTRA}").text and SAID not in client.get("/sign-in").text


def test_it_is_said_where_a_business_is_started(app: Flask, client: FlaskClient, sms: KeptSms) -> None:
    sign_in(app, client, sms, path="/sign-in")
    assert SAID in client.get("/my").text


def test_the_administrator_reads_it_with_what_is_worth_a_look(client: FlaskClient, store: Store) -> None:
    employ(store, "boss", {"administrator"})
    sign_in_staff(client, "boss")
    assert "还没有接通证书机构：不能签发也不能识别数字证书" in client.get("/administration/company").text


def test_an_administrator_with_an_authority_does_not(certified: Flask) -> None:
    employ(store_of(certified), "boss", {"administrator"})
    client = certified.test_client()
    sign_in_staff(client, "boss")
    assert "证书机构" not in client.get("/administration/company").text
