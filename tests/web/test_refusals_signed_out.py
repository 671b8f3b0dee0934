"""Who was signed out by time is told so where he looks, and finds the way back; what he writes is not taken away."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.store import Store
from tests.web.conftest import HandClock, KeptSms, employ, post, sign_in, sign_in_staff
from tests.web.refusals import refused

WHY = "因为长时间没有操作，系统已自动退出"


def asks_again(client: FlaskClient, path: str, page: str) -> TestResponse:
    """As htmx does on a page that lies open."""
    return client.get(path, headers={"HX-Request": "true", "HX-Current-URL": f"http://localhost{page}"})


@pytest.mark.parametrize(
    ("roles", "part", "page"),
    [
        ({"reviewer"}, "/desk/queue?here=x&holding=yes", "/desk/tasks/x"),
        ({"supervisor"}, "/desk/supervise/list", "/desk/supervise"),
        ({"operator"}, "/operate/incidents/x/outcome", "/operate/incidents/x"),
    ],
)
def test_a_part_of_a_colleagues_page_is_never_replaced_by_the_sign_in_page(
    client: FlaskClient, store: Store, clock: HandClock, roles: set[str], part: str, page: str
) -> None:
    employ(store, "zhou", roles)
    sign_in_staff(client, "zhou")
    clock.pass_by(minutes=16)
    told = refused(asks_again(client, part, page), "登录已过期", "请照常提交，登录后会原样送达", status=200)
    assert "<html" not in told.text and f'href="/staff/sign-in?next={page}"' in told.text
    assert told.headers["HX-Reselect"] == ".signed-out" and 'class="signed-out"' in told.text


def test_the_page_on_which_a_customer_waits_says_that_he_was_signed_out(
    app: Flask, client: FlaskClient, sms: KeptSms, clock: HandClock
) -> None:
    case = sign_in(app, client, sms).location
    clock.pass_by(minutes=31)
    told = refused(asks_again(client, f"{case}/waiting", case), "登录已过期", "重新登录", status=200)
    assert "<html" not in told.text and f'href="/sign-in?next={case}"' in told.text


def test_a_part_leads_back_to_no_other_site(client: FlaskClient) -> None:
    """What the browser says of its page is not believed further than this site."""
    told = client.get("/desk/queue", headers={"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/x"})
    assert "elsewhere" not in told.text


def test_staff_who_were_signed_out_read_why(client: FlaskClient, store: Store, clock: HandClock) -> None:
    employ(store, "zhou", {"reviewer"})
    sign_in_staff(client, "zhou")
    clock.pass_by(minutes=16)
    refused(client.get("/desk", follow_redirects=True), "请先登录", WHY, status=200)


def test_a_wrong_password_says_whom_to_ask(client: FlaskClient) -> None:
    told = refused(post(client, "/staff/sign-in", login="zhou", password="x"), "账号或密码不正确，请再输入一次")
    assert "忘记密码、一次性密码已过期或账号已停用，请联系管理员" in told.text


def test_a_colleague_is_told_to_ask_colleagues_also_where_a_customer_is_signed_in(
    app: Flask, client: FlaskClient, store: Store, sms: KeptSms
) -> None:
    """Both may sit in one browser: the refusal is that of the page."""
    employ(store, "zhou", {"reviewer"})
    sign_in_staff(client, "zhou")
    sign_in(app, client, sms)
    told = client.get("/desk/tasks/none")
    assert told.status_code == 404 and "请联系管理员或运维人员" in told.text and "回到工作台" in told.text
    assert "请致电客服热线" in client.get("/cases/none").text
