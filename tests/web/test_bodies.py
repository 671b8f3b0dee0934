"""How much is read of whom: a stranger sends no files, and nothing is read of an address that has had too much."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import (
    MAIN,
    KeptSms,
    close,
    employ,
    furnish,
    post,
    sign_in,
    sign_in_staff,
    store_of,
    token,
)
from webapp.app import create_app
from webapp.bodies import OF_A_STRANGER
from webapp.settings import WebSettings

STEP = "/cases/nobodys/step"


def send(client: FlaskClient, path: str, size: int) -> TestResponse:
    given = {"csrf_token": token(client, "/staff/sign-in"), "photo-signature": (io.BytesIO(bytes(size)), "x.jpg")}
    answer = client.post(path, data=given, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the test client keeps a big body in a file
    return answer


@pytest.mark.parametrize("path", ["/sign-in", f"/sign-in/{MAIN}", "/staff/sign-in", STEP])
def test_of_a_stranger_no_file_is_read(client: FlaskClient, path: str) -> None:
    answer = send(client, path, 2 * OF_A_STRANGER)
    assert answer.status_code == 413 and "文件太大，没有上传" in answer.text
    assert send(client, path, OF_A_STRANGER // 2).status_code != 413


def test_a_cookie_that_nobody_gave_makes_no_guest(client: FlaskClient) -> None:
    client.set_cookie("kaihu_investor", "made up")
    assert send(client, STEP, 2 * OF_A_STRANGER).status_code == 413


def test_who_was_let_in_sends_files_also_when_his_session_is_over(
    app: Flask, client: FlaskClient, sms: KeptSms
) -> None:
    sign_in(app, client, sms)
    cookie = client.get_cookie("kaihu_investor")
    assert cookie and send(client, STEP, 2 * OF_A_STRANGER).status_code == 404
    post(client, "/sign-out")
    client.set_cookie("kaihu_investor", cookie.value)
    assert send(client, STEP, 2 * OF_A_STRANGER).location.startswith("/sign-in?next=")


class Unread(io.BytesIO):
    """A body that must not be looked into."""

    def read(self, *size: object) -> bytes:
        raise AssertionError("it was read")

    readinto = readline = read  # type: ignore[assignment]


def test_nothing_is_read_of_an_address_that_has_had_too_much(web_settings: WebSettings) -> None:
    app = create_app(replace(web_settings, requests_a_minute=1))
    furnish(app)
    try:
        client = app.test_client()
        client.post("/sign-in")  # the limit is counted by route
        body = {
            "input_stream": Unread(bytes(1000)),
            "content_length": 1000,
            "content_type": "multipart/form-data; boundary=x",
        }
        assert client.post("/sign-in", **body).status_code == 429
    finally:
        close(app)


def test_what_a_verifier_records_is_not_counted_among_the_requests_of_his_office(web_settings: WebSettings) -> None:
    app = create_app(replace(web_settings, requests_a_minute=6))
    furnish(app)
    employ(store_of(app), "sun", {"verifier"})
    member, stranger, chunk = app.test_client(), app.test_client(), "/desk/tasks/any/call/parts/1/chunks/0"
    sign_in_staff(member, "sun")
    assert {member.put(chunk).status_code for _ in range(20)} == {400}  # no token, but heard
    assert {stranger.put(chunk).status_code for _ in range(20)} == {400, 429}
    close(app)
