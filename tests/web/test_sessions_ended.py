"""Who signs out in a request is nobody for the rest of it."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import KeptSms, sign_in
from webapp import sessions
from webapp.house import look_again


def test_who_has_signed_out_is_not_found_again_in_the_same_request(
    app: Flask, client: FlaskClient, sms: KeptSms
) -> None:
    sign_in(app, client, sms)
    cookie = client.get_cookie("kaihu_investor") or client.get_cookie("__Host-kaihu_investor")
    assert cookie is not None
    with app.test_request_context("/", headers={"Cookie": f"{cookie.key}={cookie.value}"}):
        assert sessions.find(sessions.INVESTOR) is not None
        sessions.end(sessions.INVESTOR)
        look_again()
        assert sessions.find(sessions.INVESTOR) is None
