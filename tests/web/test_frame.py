"""What holds on every page: headers, form tokens, errors as sentences, languages, /healthz."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine import errors as refusals
from engine.clock import SHANGHAI
from tests.web.conftest import (
    MAIN,
    WANG,
    HandClock,
    KeptSms,
    close,
    employ,
    furnish,
    post,
    sign_in,
    sign_in_staff,
    store_of,
)
from webapp.app import create_app
from webapp.errors import ENGINE
from webapp.settings import WebSettings

PAGES = [
    "/", f"/business/{MAIN}", f"/sign-in/{MAIN}", "/sign-in", "/staff/sign-in", "/my", "/page/help", "/page/education",
    "/page/privacy", "/healthz", "/nowhere", "/static/kaihu.css",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    for part in (
        "default-src 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert path.startswith("/static") or headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith(("/static", "/healthz"))])
def test_no_page_needs_inline_scripts_or_styles(client: FlaskClient, path: str) -> None:
    page = client.get(path, follow_redirects=True).text
    assert "style=" not in page and "<style" not in page and "onclick" not in page
    assert all('src="' in tag for tag in page.split("<script")[1:])


def test_cookies_are_bound_to_the_host_when_secure(web_settings: WebSettings, sms: KeptSms) -> None:
    secure = WebSettings(**{**web_settings.__dict__, "secure_cookies": True})
    app = create_app(secure)
    app.config["PREFERRED_URL_SCHEME"] = "https"
    furnish(app)
    try:
        client = app.test_client()
        client.environ_base["HTTP_REFERER"] = "https://localhost/"
        employ(store_of(app), "zhou", {"reviewer"})
        answers = [client.get("/?lang=en"), sign_in(app, client, sms), sign_in_staff(client, "zhou")]
        given = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
        assert {cookie.split("=")[0].removeprefix("__Host-") for cookie in given} == COOKIES
        for cookie in given:
            assert cookie.startswith(("__Host-", "kaihu_language=")), cookie
            assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/")), cookie
        assert all("Strict-Transport-Security" in answer.headers for answer in answers)
    finally:
        close(app)


COOKIES = {"kaihu_form", "kaihu_investor", "kaihu_staff", "kaihu_language"}


@pytest.mark.parametrize(
    "path", [f"/sign-in/{MAIN}", "/sign-in", "/sign-out", "/staff/sign-in", "/staff/sign-out", f"/my/start/{MAIN}"]
)
def test_a_form_without_its_token_is_refused_with_a_sentence(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data={"login": "x"})
    assert answer.status_code == 400 and "这一页已失效" in answer.text


def test_with_its_token_the_same_form_is_taken(client: FlaskClient) -> None:
    assert post(client, "/sign-in").status_code == 422


@pytest.mark.parametrize(
    ("path", "status", "said"), [("/nowhere", 404, "没有这个页面"), ("/sign-out", 405, "不能直接打开")]
)
def test_a_wrong_way_leads_back(
    app: Flask, client: FlaskClient, sms: KeptSms, path: str, status: int, said: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status and said in answer.text and 'href="/"' in answer.text
    sign_in(app, client, sms)
    assert "继续办理" in client.get(path).text


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (refusals.Gone(), 404), (refusals.NotYours(), 403), (refusals.Stale("c", None, None, "submit"), 409),
        (refusals.Claimed("周", HandClock().now()), 409), (refusals.NotClaimed(), 409), (refusals.Reused(), 409),
        (refusals.Conflict(), 409), (refusals.NoRoom(), 507), (refusals.NeedsReason("周", None), 409),
        (refusals.Unchanged(), 409), (refusals.Overtaken("a" * 64), 409), (refusals.NoVersionBefore(), 409),
        (refusals.UnderWay(), 409), (refusals.NeedsAnother(), 409),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_every_refusal_of_the_engine_has_a_page(app: Flask, refusal: refusals.Refused, status: int) -> None:
    app.add_url_rule("/raise", view_func=lambda: (_ for _ in ()).throw(refusal))
    answer = app.test_client().get("/raise")
    assert answer.status_code == status and "<h1>" in answer.text and "Traceback" not in answer.text


def test_no_refusal_of_the_engine_is_forgotten() -> None:
    own = {kind for kind in refusals.Refused.__subclasses__() if kind.__module__ == "engine.errors"}
    assert own - {refusals.Pending} == {kind for kind, _, _ in ENGINE}


def test_what_nobody_foresaw_is_told_with_a_number_and_no_cause(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> str:
        raise RuntimeError("110105 19491231 002X broke it")

    app.add_url_rule("/broken", view_func=broken)
    answer = app.test_client().get("/broken")
    logged = capsys.readouterr().out
    assert answer.status_code == 500 and "出了点问题" in answer.text and "RuntimeError" not in answer.text
    number = answer.text.split('<span class="number">')[1].split("<")[0]
    assert number in logged and "RuntimeError" in logged and "002X" not in logged


def test_chinese_comes_first_and_english_by_a_switch(client: FlaskClient) -> None:
    assert '<html lang="zh-Hans">' in client.get("/", headers={"Accept-Language": "en"}).text
    turned = client.get("/sign-in?next=/my&lang=en")
    assert turned.status_code == 302 and turned.location == "/sign-in?next=%2Fmy"
    page = client.get("/sign-in?next=/my")
    assert '<html lang="en">' in page.text and page.headers["Content-Language"] == "en"
    client.get("/?lang=zh")
    assert '<html lang="zh-Hans">' in client.get("/").text


@pytest.mark.parametrize(
    "path", ["/%09/elsewhere.example", "//elsewhere.example", "/%2F/elsewhere.example", "/%0d%0aX: y"]
)
def test_a_switch_of_language_never_leads_to_another_site(client: FlaskClient, path: str) -> None:
    turned = client.get(f"http://localhost{path}?lang=en")
    there = urljoin("http://localhost/", turned.location.replace("\t", ""))
    assert turned.status_code == 302 and urlsplit(there).netloc == "localhost"
    links = re.findall(r'href="([^"]*lang=[^"]*)"', client.get(f"http://localhost{path}", follow_redirects=True).text)
    assert links and all(urlsplit(urljoin("http://localhost/", link)).netloc == "localhost" for link in links)


def test_a_switch_of_language_stays_on_a_page_with_a_chinese_address(client: FlaskClient) -> None:
    assert client.get("/page/%E5%B8%AE%E5%8A%A9?lang=en&a=b").location == "/page/%E5%B8%AE%E5%8A%A9?a=b"


def test_healthz_says_what_is_there(client: FlaskClient, web_settings: WebSettings, clock: HandClock) -> None:
    assert client.get("/healthz").json == {
        "state": "ok",
        "database": True,
        "incidents": 0,
        "queue": None,
        "worker": None,
        "reader": None,
        "films": None,
        "relay": {"beat": None, "late": None},
        "disk": {"reason": None},
    }
    beat = web_settings.data_dir / "beats" / "relay"
    beat.parent.mkdir()
    beat.touch()
    at = clock.now().timestamp()
    os.utime(beat, (at, at))
    told = client.get("/healthz").json
    assert told and told["relay"] == {
        "beat": clock.now().astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "late": False,
    }
    clock.pass_by(minutes=2)
    late = client.get("/healthz")
    assert late.status_code == 200 and late.json and late.json["state"] == "degraded"


def test_a_missing_queue_degrades_but_serves(web_settings: WebSettings, sms: KeptSms, tmp_path: Path) -> None:
    app = create_app(WebSettings(**{**web_settings.__dict__, "redis_url": f"unix://{tmp_path}/none.sock"}))
    furnish(app)
    try:
        client = app.test_client()
        health = client.get("/healthz")
        assert (
            health.status_code == 200
            and health.json
            and (health.json["state"], health.json["queue"]) == ("degraded", False)
        )
        assert client.get("/").status_code == 200
    finally:
        close(app)


def test_too_many_requests_are_slowed_down(web_settings: WebSettings, sms: KeptSms) -> None:
    app = create_app(WebSettings(**{**web_settings.__dict__, "requests_a_minute": 3}))
    furnish(app)
    try:
        client = app.test_client()
        answers = [client.get("/page/help") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert "操作太频繁" in answers[-1].text
    finally:
        close(app)


def test_the_read_session_cannot_write(app: Flask) -> None:
    from sqlalchemy.exc import OperationalError

    from engine.tables import Customer
    from webapp.house import reading

    with app.test_request_context():
        row = reading().get(Customer, WANG.id)
        assert row
        row.branch_id = "west"
        with pytest.raises(OperationalError, match="readonly"):
            reading().commit()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_host_that_is_no_name_is_told_so_in_a_sentence(client: FlaskClient, method: str) -> None:
    answer = client.open("/my", method=method, headers={"Host": "x" * 300})
    assert answer.status_code == 400 and "请核对后重新输入" in answer.text


def test_the_page_of_what_nobody_foresaw_needs_no_routes(app: Flask) -> None:
    """It is the last resort: whatever it called could be what is broken."""
    source, _, _ = app.jinja_env.loader.get_source(app.jinja_env, "errors/broken.html")  # type: ignore[union-attr]
    assert "url_for" not in source
